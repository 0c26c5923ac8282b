package snippet

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// story has three sentences in two lines; the first line has a match far from the two in the second.
const story = "빌드가 느려서 원인을 찾아 보았다. 캐시가 매번 비어 있었고 아무도 몰랐다.\n" +
	"그래서 캐시 서버를 두고 빌드 시간을 절반으로 줄였다. 다음 글에서는 배포를 다룬다."

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	tests := []struct {
		name  string
		text  string
		words []string // what matches, a term each
		max   int
		want  string
	}{
		{"opening", story, nil, 18, "빌드가 느려서 원인을 찾아…"},
		{"opening, all of it", "짧은 글.", nil, 100, "짧은 글."},
		{"opening after blanks", "\n\n  짧은 글\n", nil, 100, "짧은 글"},
		{"opening of exactly the room", "가나 다라", nil, 5, "가나 다라"},
		{"opening, one character less", "가나 다라", nil, 4, "가나…"},
		{"opening after a blank, one character", " 가", nil, 1, "가"},
		{"nothing", "", nil, 10, ""},
		{"only blanks", " \n\t ", nil, 10, ""},
		{"no room", "가나", nil, 0, ""},
		{"negative room", "가나", nil, -1, ""},

		{"all of it when it fits", "성능을 높인다.", []string{"성능"}, 100, "<mark>성능</mark>을 높인다."},
		{"the window with most terms", story, []string{"캐시", "빌드"}, 24,
			"그래서 <mark>캐시</mark> 서버를 두고 <mark>빌드</mark> 시간을…"},
		{"then with most matches", "go a. " + strings.Repeat("b ", 20) + "go go.", []string{"go"}, 10, "…b b <mark>go</mark> <mark>go</mark>."},
		{"then the first", "a go b c d e f g h go i", []string{"go"}, 6, "a <mark>go</mark> b…"},
		{"begins at the sentence", story, []string{"매번"}, 30, "캐시가 <mark>매번</mark> 비어 있었고 아무도 몰랐다."},
		{"begins at the line", "제목\n본문이 여기서 시작한다 그리고 길게 이어진다", []string{"여기"}, 14, "본문이 <mark>여기</mark>서 시작한다…"},
		{"begins at a word", strings.Repeat("가나다 ", 30) + "성능을 " + strings.Repeat("라마바 ", 30), []string{"성능"}, 20,
			"…가나다 <mark>성능</mark>을 라마바 라마바 라마바…"},
		{"near the end of the text", strings.Repeat("가나다 ", 30) + "성능", []string{"성능"}, 20,
			"…가나다 가나다 가나다 가나다 <mark>성능</mark>"},
		{"the word of a match is whole", "아주 느린합성성능을 잰다", []string{"성능"}, 8, "…느린합성<mark>성능</mark>을…"},
		{"quoted sentence", `그는 "끝났다." 그러고는 껐다 그리고 다시 켰다`, []string{"켰다"}, 20, "그러고는 껐다 그리고 다시 <mark>켰다</mark>"},
		{"number is no sentence end", "버전 1.5 이후로 된다", []string{"이후"}, 12, "…1.5 <mark>이후</mark>로 된다"},
		{"full-width stop", "설정한다。성능을높인다。끝낸다。", []string{"성능"}, 10, "<mark>성능</mark>을높인다。"},
		{"blanks become one", "성능을\n\n   높인다\t빠르게", []string{"성능", "빠르"}, 100, "<mark>성능</mark>을 · 높인다 <mark>빠르</mark>게"},
		{"items of a list", "다음을 본다\n\n인덱스\n- 캐시\n쿼리", []string{"캐시"}, 100, "다음을 본다 · 인덱스 · - <mark>캐시</mark> · 쿼리"},
		{"a line that is a sentence", "빌드가 느리다.\n그래서:\n“캐시를 둔다.”\n끝", []string{"캐시"}, 100, "빌드가 느리다. 그래서: “<mark>캐시</mark>를 둔다.” 끝"},
		{"a match with blanks inside", "데이터 \n 레이크를", []string{"데이터 \n 레이크"}, 100, "<mark>데이터 레이크</mark>를"},
		{"a match with blanks around", "a  go  b", []string{"  go  "}, 100, "a <mark>go</mark> b"},
		{"escaped", "<script>성능</script>", []string{"성능"}, 100, "&lt;script&gt;<mark>성능</mark>&lt;/script&gt;"},

		{"huge word", long, nil, 5, "xxxxx…"},
		{"huge word before the match", long + "go", []string{"go"}, 6, "…xxxx<mark>go</mark>"},
		{"huge word after the match", "go " + long, []string{"go"}, 6, "<mark>go</mark>…"},
		{"match inside a huge word", long + "go" + long, []string{"go"}, 8, "…xx<mark>go</mark>xxxx…"},
		{"huge match", long, []string{long}, 4, "<mark>xxxx</mark>…"},
		{"one character of room", "가 나", []string{"나"}, 1, "…<mark>나</mark>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Excerpt(tt.text, find(tt.text, tt.words...), nil, tt.max)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestExcerptOfCode: code stands apart, also after a sentence; lines of code do not from each other where a reader sees their end.
func TestExcerptOfCode(t *testing.T) {
	const text = "이렇게 부른다.\n  use(a);\n\tuse(b);\n그러면 된다."
	code := func(offset int) bool {
		return strings.Index(text, "use(a)") <= offset && offset < strings.Index(text, "그러면")
	}
	const want = "이렇게 부른다. · <mark>use</mark>(a); <mark>use</mark>(b); · 그러면 된다."
	if got := Excerpt(text, find(text, "use"), code, 100); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// checkExcerpt states what holds for every excerpt: it is a part of the text, no longer than asked for, and shows a
// match where there is one.
func checkExcerpt(t *testing.T, text string, spans []Span, maxRunes int) {
	t.Helper()
	got := Excerpt(text, spans, nil, maxRunes)
	shown := strings.ReplaceAll(plain(t, got), lineEnd, " ") // a break of lines is one character of the text
	if n := utf8.RuneCountInString(shown); n > max(0, maxRunes)+2 {
		t.Errorf("%d characters, want at most %d and two ellipses: %q", n, maxRunes, shown)
	}
	whole := strings.ReplaceAll(strings.Join(strings.Fields(string([]rune(text))), " "), lineEnd, " ")
	front, back := strings.TrimPrefix(shown, ellipsis), strings.TrimSuffix(shown, ellipsis)
	inner := strings.TrimSuffix(front, ellipsis)
	if !strings.Contains(whole, shown) && !strings.Contains(whole, front) && !strings.Contains(whole, back) && !strings.Contains(whole, inner) {
		t.Errorf("%q is no part of %q", shown, whole)
	}
	matches := len(trimBlanks(text, tidy(text, spans))) > 0
	if maxRunes > 0 && matches != strings.Contains(got, "<mark>") {
		t.Errorf("matches: %v, excerpt %q", matches, got)
	}
	if maxRunes > 0 && strings.TrimSpace(text) != "" && shown == "" {
		t.Errorf("no excerpt of %q", text)
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add(story, []byte{10, 6, 0, 100, 6, 1}, 30)
	f.Add("a  b\n\n c。d😀\xff e.", []byte{1, 3, 0, 5, 5, 1, 9, 2, 2}, 4)
	f.Add("… …", []byte{0, 3, 0}, 1)
	f.Fuzz(func(t *testing.T, text string, raw []byte, maxRunes int) {
		checkExcerpt(t, text, fuzzSpans(raw), maxRunes)
	})
}

// TestExcerptIsLinear makes excerpts of a million characters, for shapes that would show a quadratic search. A linear one
// takes a tenth of a second, a quadratic one many minutes; the limit lies far from both, so that a busy machine does not
// matter.
func TestExcerptIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes time")
	}
	const characters, limit = 1_000_000, 30 * time.Second
	shapes := []struct {
		name string
		text func(n int) string
		word string
	}{
		{"matches only", func(n int) string { return strings.Repeat("가", n) }, "가"},
		{"words", func(n int) string { return strings.Repeat("가나 ", n) }, "가"},
		{"blanks", func(n int) string { return "가" + strings.Repeat(" ", n) + "가" }, "가"},
		{"one word", func(n int) string { return strings.Repeat("나", n) + "가" }, "가"},
		{"full stops", func(n int) string { return strings.Repeat(".", n) + " 가" }, "가"},
		{"continuation bytes", func(n int) string { return strings.Repeat("\x80", n) + "가" }, "\x80"},
	}
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			text := s.text(characters)
			spans := find(text, s.word)
			done := make(chan struct{})
			go func() {
				defer close(done)
				Excerpt(text, spans, nil, 160)
			}()
			select {
			case <-done:
			case <-time.After(limit):
				t.Errorf("no excerpt of %d characters after %v", characters, limit)
			}
		})
	}
}

func ExampleExcerpt() {
	text := "첫 문단이다.\n검색 성능을 두 배로 높였다."
	i := strings.Index(text, "성능")
	fmt.Println(Excerpt(text, []Span{{Start: i, End: i + len("성능")}}, nil, 20))
	// Output: 검색 <mark>성능</mark>을 두 배로 높였다.
}

func BenchmarkExcerpt(b *testing.B) {
	text := strings.Repeat(story+"\n", 100)
	spans := find(text, "캐시", "빌드")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Excerpt(text, spans, nil, 160)
	}
}
