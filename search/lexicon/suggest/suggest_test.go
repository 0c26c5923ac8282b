package suggest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// post is a Post with headings at anchors of their own.
func post(url, title string, tags []string, headings ...string) Post {
	p := Post{Title: title, URL: url, Tags: tags}
	for i, h := range headings {
		p.Headings = append(p.Headings, Heading{Text: h, URL: url + "#" + string(rune('a'+i))})
	}
	return p
}

// site is the vocabulary of a small blog.
func site(t testing.TB) *Vocabulary {
	t.Helper()
	b := NewBuilder()
	for _, p := range []Post{
		post("/1/", "카카오뱅크 서버를 옮긴 이야기", []string{"카카오뱅크", "이전"}, "옮기기 전", "마치며"),
		post("/2/", "스프링 부트 시작하기", []string{"Spring Boot", "자바"}, "스프링 부트란", "첫 컨트롤러", "마치며"),
		post("/3/", "쿠버네티스(Kubernetes)로 배포하기", []string{"kubernetes", "Spring Boot"}, "파드와 서비스", "마치며"),
		post("/4/", "아이폰16 한 달", []string{"아이폰16"}, "화면", "마치며"),
		post("/5/", "서울특별시 강남구 산책", nil, "관악구에서 광진구까지", "과천"),
		post("/6/", "JavaScript와 TypeScript", []string{"javascript", "C++", "C#"}, "[참고] 카카오 뱅크의 자바스크립트"),
		post("/7/", "- 2018년 돌아보기 -", []string{"회고"}, "스프링 부트 걷어내기"),
	} {
		b.Post(p)
	}
	for word, docs := range map[string]int{
		"카카오뱅크": 3, "카카오": 4, "쿠버네티스": 9, "kubernetes": 12, "자바스크립트": 20, "javascript": 25, "스프링": 30, "부트": 12,
		"스프링부트": 0, "서버": 40, "서비스": 35, "컨트롤러": 8, "캘린더": 2, "카테고리": 3, "칵테일": 2, "한번만": 1, "강": 90,
	} {
		b.Term(word, docs)
	}
	return reopen(t, b.Build())
}

// reopen writes and reads a vocabulary.
func reopen(t testing.TB, v *Vocabulary) *Vocabulary {
	t.Helper()
	data, err := v.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	v, err = Read(data)
	if err != nil {
		t.Fatal(err)
	}
	v.open()
	return v
}

// show writes suggestions as kind: text with what was typed in brackets.
func show(list []Suggestion) []string {
	shown := []string{}
	for _, s := range list {
		text := s.Text
		for _, span := range slices.Backward(s.Spans) {
			text = text[:span.Start] + "<" + text[span.Start:span.End] + ">" + text[span.End:]
		}
		shown = append(shown, string(s.Kind)+": "+text)
	}
	return shown
}

func TestComplete(t *testing.T) {
	const (
		bankTitle   = "title: <카카오뱅크> 서버를 옮긴 이야기"
		bankHeading = "heading: [참고] <카카오 뱅크>의 자바스크립트"
		bankTag     = "tag: <카카오뱅크>"
	)
	tests := []struct {
		name, typed string
		limit       int
		want        []string
	}{
		{"nothing typed", " ", 5, nil},
		{"no place for an answer", "카카오", 0, nil},
		{"half typed: a letter", "카카ㅇ", 1, []string{"title: <카카오>뱅크 서버를 옮긴 이야기"}},
		{"half typed: a final that is the next initial", "카캉", 1, []string{"title: <카카오>뱅크 서버를 옮긴 이야기"}},
		{"half typed: a phone's key pressed once, after what is typed literally", "칵", 2, []string{"term: <칵>테일", "title: <카카>오뱅크 서버를 옮긴 이야기"}},
		{"half typed: a final passed over", "카카오뱈", 9, []string{bankTitle, bankHeading, bankTag}},
		{"narrowing: ㄱ", "ㄱ", 9, []string{"title: 서울특별시 <강>남구 산책", "heading: <과>천", "heading: <관>악구에서 광진구까지", "heading: 스프링 부트 <걷>어내기", "term: <강>"}},
		{"narrowing: 고", "고", 9, []string{"heading: <과>천", "heading: <관>악구에서 광진구까지"}},
		{"narrowing: 과", "과", 9, []string{"heading: <과>천", "heading: <관>악구에서 광진구까지"}},
		{"narrowing: 관", "관", 9, []string{"heading: <관>악구에서 광진구까지"}},
		{"a last word of one letter", "서울특별시 ㄱ", 9, []string{"title: <서울특별시 강>남구 산책"}},
		{"initial consonants", "ㅋㅋㅇㅂㅋ", 9, []string{bankTitle, bankHeading, bankTag}},
		{"initial consonants with a blank", "ㅋㅋㅇ ㅂㅋ", 9, []string{bankTitle, bankHeading, bankTag}},
		{"initial consonants among syllables", "카ㅋㅇㅂㅋ", 9, []string{bankTitle, bankHeading, bankTag}},
		{"initial consonants and digits", "ㅇㅇㅍ16", 9, []string{"title: <아이폰16> 한 달", "tag: <아이폰16>"}},
		{"initial consonants that nothing has", "ㅃㅃㅉ", 9, nil},
		{"initial consonants typed as a compound", "ㅄ", 9, []string{"title: 서울특<별시> 강남구 산책", "heading: 파드와 서<비스>", "heading: [참고] 카카오 뱅크의 자<바스>크립트"}},
		{"blanks that the text has not", "카카오 뱅", 1, []string{"title: <카카오뱅>크 서버를 옮긴 이야기"}},
		{"blanks that only the text has", "스프링부트시", 9, []string{"title: <스프링 부트 시>작하기"}},
		{"words in another order", "부트 스프", 1, []string{"title: <스프>링 <부트> 시작하기"}},
		{"words but the last to the end of a syllable", "서우 강", 9, nil},
		{"words that stand apart", "서울 산", 9, []string{"title: <서울>특별시 강남구 <산>책"}},
		{"Latin in any case", "KUBER", 9, []string{"title: 쿠버네티스(<Kuber>netes)로 배포하기", "tag: <kuber>netes"}},
		{"a part of a name in camel case before the inside of a word", "script", 9, []string{"title: Java<Script>와 TypeScript", "tag: java<script>"}},
		{"inside a word", "산책", 9, []string{"title: 서울특별시 강남구 <산책>"}},
		{"one character is not looked for inside words", "치", 9, nil},
		{"initial consonants beside a word", "ㅋㅂㄴㅌㅅ 배포", 9, []string{"title: <쿠버네티스>(Kubernetes)로 <배포>하기"}},
		{"a word beside initial consonants", "부트 ㅅㅈ", 1, []string{"title: 스프링 <부트 시작>하기"}},
		{"a sign before a word", "[참", 9, []string{"heading: <[참>고] 카카오 뱅크의 자바스크립트"}},
		{"a sign that no word has", "@카카오뱅크", 1, []string{bankTitle}},
		{"the other keyboard", "tmvmfld qnx", 1, []string{"title: <스프링 부트> 시작하기"}},
		{"the other keyboard, half typed", "zkzkdhq", 1, []string{"title: <카카오뱅>크 서버를 옮긴 이야기"}},
		{"the other keyboard with caps lock", "ZKZKDH", 1, []string{"title: <카카오>뱅크 서버를 옮긴 이야기"}},
		{"the other keyboard to Latin", "ㅏㅕㅠㄷ", 1, []string{"title: 쿠버네티스(<Kube>rnetes)로 배포하기"}},
		{"the other keyboard for one word of two", "typescript whk", 9, nil},
		{"the other keyboard, the last word of two", "서울 tks", 9, []string{"title: <서울>특별시 강남구 <산>책"}},
		{"the other keyboard, the first word of two", "tjdnf 산", 9, []string{"title: <서울>특별시 강남구 <산>책"}},
		{"the other keyboard, half typed behind a word", "아이폰16 gks ek", 1, []string{"title: <아이폰16 한 달>"}},
		{"the other keyboard, a letter that could be either", "강남구 t", 9, []string{"title: <서>울특별시 <강남구> 산책"}},
		{"the other keyboard to Latin for one word", "ㅓㅁㅍㅁㄴㅊ ㅆㅛㅔㄷ", 9, []string{"title: <JavaSc>ript와 <Type>Script"}},
		{"the other keyboard for a particle", "JavaScriptdhk", 9, []string{"title: <JavaScript와> TypeScript"}},
		{"the other keyboard for a particle, half typed", "JavaScriptdh", 9, []string{"title: <JavaScript와> TypeScript"}},
		{"the other keyboard for a particle, a letter of it", "JavaScriptd", 9, []string{"title: <JavaScript와> TypeScript"}},
		{"the other keyboard to Latin, with letters that stand alone", "ㅆㅛㅔㄷㄴㅊ갸", 9, []string{"title: JavaScript와 <TypeScri>pt"}},
		{"the other keyboard to Latin, like consonants and a syllable", "ㄴㅊ갸", 1, []string{"title: Java<Scri>pt와 TypeScript"}},
		{"the other keyboard for a particle and a word", "JavaScriptdhk ㅆㅛㅔㄷ", 9, []string{"title: <JavaScript와 Type>Script"}},
		{"the other keyboard for a name before a particle", "ㅓㅁㅍㅁㄴㅊ갸ㅔㅅ와", 9, []string{"title: <JavaScript와> TypeScript"}},
		{"the other keyboard behind a bracket", "kubernetes)fh qovh", 1, []string{"title: 쿠버네티스(<Kubernetes)로 배포>하기"}},
		{"the other keyboard, consonants beside a word", "typescript ㄴㅊ", 9, []string{"title: Java<Sc>ript와 <TypeScript>"}},
		{"the other keyboard is not tried for consonants alone", "ㄴㅊ", 9, nil},
		{"a word that the site has in no layout", "서울 fnrtpaqnfmzm", 9, nil},
		{"symbols that tell names apart", "c#", 9, []string{"tag: <C#>"}},
		{"a name before a longer one", "c", 9, []string{"tag: <C>#", "tag: <C>++"}},
		{"a heading of many posts once, and it leads to no single one", "마치", 9, []string{"heading: <마치>며"}},
		{"a text of two kinds once", "카카오뱅크", 9, []string{bankTitle, bankHeading, bankTag}},
		{"no letter or digit: literally", "[", 9, []string{"heading: <[>참고] 카카오 뱅크의 자바스크립트"}},
		{"decomposed, as file names of macOS are", "\u110f\u1161\u110f\u1161\u110b\u1169\u1107\u1162\u11bc", 1, []string{"title: <카카오뱅>크 서버를 옮긴 이야기"}},
		{"full width", "ＫＵＢＥＲ", 2, []string{"title: 쿠버네티스(<Kuber>netes)로 배포하기", "tag: <kuber>netes"}},
		{"not UTF-8", "카카\xff오", 1, []string{"title: <카카오>뱅크 서버를 옮긴 이야기"}},
	}
	v := site(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, show(v.Complete(test.typed, test.limit)), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("Complete(%q) (-want +got):\n%s", test.typed, diff)
			}
		})
	}
}

// TestCompleteNumber: a number comes before those that begin with its digits.
func TestCompleteNumber(t *testing.T) {
	b := NewBuilder()
	for _, n := range []string{"90", "91", "9", "19"} {
		b.Post(post("/"+n+"/", "규칙 "+n+". 짧게", nil, "부록: 규칙 "+n))
	}
	var got []string
	for _, s := range b.Build().Complete("규칙 9", 6) {
		got = append(got, s.Text)
	}
	want := []string{"규칙 9. 짧게", "규칙 90. 짧게", "규칙 91. 짧게", "부록: 규칙 9", "부록: 규칙 90", "부록: 규칙 91"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("completions (-want +got):\n%s", diff)
	}
}

func TestCompleteURL(t *testing.T) {
	v := site(t)
	for typed, want := range map[string]string{"아이폰16 한": "/4/", "첫 컨": "/2/#b", "마치며": "", "회고": ""} {
		list := v.Complete(typed, 1)
		if len(list) != 1 || list[0].URL != want {
			t.Errorf("Complete(%q, 1) = %+v, want URL %q", typed, list, want)
		}
	}
}

// TestCompleteShares: a kind with more than its share leaves places to the others, and takes those that they leave.
func TestCompleteShares(t *testing.T) {
	b := NewBuilder()
	for _, n := range []string{"하나", "둘", "셋", "넷", "다섯", "여섯"} {
		b.Post(post("/"+n+"/", "검색 "+n, []string{"검색"}, "검색은 "+n))
	}
	b.Term("검색엔진", 3)
	b.Term("검색기", 1) // too rare
	var got []Kind
	for _, s := range b.Build().Complete("검ㅅ", 8) {
		got = append(got, s.Kind)
	}
	want := []Kind{KindTitle, KindTitle, KindTitle, KindTitle, KindHeading, KindHeading, KindTag, KindTerm}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
}

func TestPrefix(t *testing.T) {
	tests := []struct {
		name, typed string
		want        []string
	}{
		{"the most frequent first", "서", []string{"서버", "서비스", "서버를", "서울특별시"}},
		{"half typed: a letter", "카카ㅇ", []string{"카카오", "카카오뱅크"}},
		{"half typed: a final that is the next initial", "카캉", []string{"카카오", "카카오뱅크"}},
		{"half typed: a phone's key pressed once", "칵", []string{"칵테일", "카카오", "카카오뱅크"}},
		{"half typed: a final passed over", "카카오뱈", []string{"카카오뱅크"}},
		{"two words as one", "스프링부", []string{"스프링 부트"}},
		{"two words only beyond the first", "스프링", []string{"스프링"}},
		{"Latin in any case", "Kub", []string{"kubernetes"}},
		{"nothing", " ", nil},
	}
	v := site(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, v.Prefix(test.typed, 5), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("Prefix(%q) (-want +got):\n%s", test.typed, diff)
			}
		})
	}
}

func TestInitials(t *testing.T) {
	tests := []struct {
		name, pattern    string
		starting, inside []string
	}{
		{"words as they are written, terms without their particles", "ㅋㅋㅇㅂㅋ", []string{"카카오뱅크", "카카오 뱅크"}, nil},
		{"with a blank", "ㅋㅋㅇ ㅂㅋ", []string{"카카오뱅크", "카카오 뱅크"}, nil},
		{"among syllables", "카ㅋㅇ", []string{"카카오"}, nil},
		{"word starts and insides", "ㄷㅇ", []string{"돌아보기"}, []string{"파드와"}},
		{"all of the words", "ㅂㅌㅅ", []string{"부트 시작하기"}, nil},
		{"no pattern", "카카오", nil, nil},
		{"the wrong keyboard", "ㅓㅁㅍㅁ", nil, nil},
		{"a sign of a name", "ㅊ#", nil, nil},
	}
	v := site(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			starting, inside := v.Initials(test.pattern, 5)
			if diff := cmp.Diff([][]string{test.starting, test.inside}, [][]string{starting, inside}, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("Initials(%q) (-want +got):\n%s", test.pattern, diff)
			}
		})
	}
}

func TestNames(t *testing.T) {
	tests := []struct {
		name, typed string
		want        []string
	}{
		{"consonants of words", "ㅅㅍㄹ ㅂㅌ", []string{"스프링 부트 시작하기", "스프링 부트란", "스프링 부트 걷어내기"}},
		{"in any order", "시작하기 스", []string{"스프링 부트 시작하기"}},
		{"a word that no title has", "스프링 없는말", nil},
		{"the other layout is another matter", "tmvmfld qnxm", nil},
	}
	v := site(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, v.Names(test.typed, 5), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("Names(%q) (-want +got):\n%s", test.typed, diff)
			}
		})
	}
}

func TestDocs(t *testing.T) {
	v := site(t)
	for word, want := range map[string]int{
		"서버": 40, "Kubernetes": 12, "카카오 뱅크": 3, // as a term
		"마치며": 4, "이야기": 1, "Spring-Boot": 2, // in titles, headings and tags
		"없는말": 0, "서": 0, "": 0, "!": 0,
	} {
		if got := v.Docs(word); got != want {
			t.Errorf("Docs(%q) = %d, want %d", word, got, want)
		}
	}
}

func TestCorrect(t *testing.T) {
	tests := []struct{ name, word, want string }{
		{"a consonant", "쿠버네티즈", "쿠버네티스"},
		{"a vowel, of two words written as one", "스프링부투", "스프링 부트"},
		{"a final", "자바스크릿트", "자바스크립트"},
		{"neighbours swapped", "kuberentes", "kubernetes"},
		{"two edits in a long word", "쿠바네티즈", "쿠버네티스"},
		{"two edits in a short word", "커바", ""},
		{"three edits", "쿠바내티즈", ""},
		{"a short word, the more frequent of two", "서바", "서버"},
		{"a word of one syllable", "갱", ""},
		{"a word of three letters", "jav", ""},
		{"syllables swapped", "쿠네버티스", "쿠버네티스"},
		{"another number", "아이폰15", ""},
		{"nothing like it", "형이상학", ""},
		{"nothing", "", ""},
	}
	v := site(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, ok := v.Correct(test.word, v.Docs); got.Text != test.want || ok != (got.Text != "") {
				t.Errorf("Correct(%q) = %+v, %v, want %q", test.word, got, ok, test.want)
			}
		})
	}
}

// TestCorrectCounts: what counts the posts decides between words, and against those it gives none.
func TestCorrectCounts(t *testing.T) {
	b := NewBuilder()
	b.Term("데이타", 2)
	b.Term("데이터", 20)
	v := b.Build()
	for least, want := range map[int]string{1: "데이터", 2: "데이터", 21: ""} {
		got, _ := v.Correct("데이토", func(word string) int {
			if n := v.Docs(word); n >= least {
				return n
			}
			return 0
		})
		if got.Text != want {
			t.Errorf("of words that %d posts have: %+v, want %q", least, got, want)
		}
	}
}

// TestEveryPrefix types every text character by character: no answer is empty, and a text typed to its end is in it.
func TestEveryPrefix(t *testing.T) {
	v := site(t)
	for i := range v.texts.len() {
		text := string(v.texts.at(i))
		for n := 1; n <= len(text); n++ {
			if n == len(text) || utf8.RuneStart(text[n]) {
				list := v.Complete(text[:n], 5)
				if len(list) == 0 {
					t.Errorf("Complete(%q) is empty, with a text %q", text[:n], text)
				}
				if n == len(text) && !slices.ContainsFunc(list, func(s Suggestion) bool { return s.Text == text }) {
					t.Errorf("Complete(%q) = %q, without the text itself", text, show(list))
				}
			}
		}
	}
}

func TestEmpty(t *testing.T) {
	for name, v := range map[string]*Vocabulary{"zero": {}, "nothing added": reopen(t, NewBuilder().Build())} {
		if got := v.Complete("가", 5); len(got) > 0 {
			t.Errorf("%s: Complete = %v", name, got)
		}
		if got := v.Prefix("가", 5); len(got) > 0 {
			t.Errorf("%s: Prefix = %v", name, got)
		}
		if starting, inside := v.Initials("ㄱㄴ", 5); len(starting)+len(inside) > 0 {
			t.Errorf("%s: Initials = %v, %v", name, starting, inside)
		}
		if got, ok := v.Correct("가나다라", v.Docs); ok {
			t.Errorf("%s: Correct = %v", name, got)
		}
	}
}

// TestLimits holds answers at and beyond every limit.
func TestLimits(t *testing.T) {
	b := NewBuilder()
	long := strings.Repeat("길다 ", 200) // 1,400 bytes, 200 words
	b.Post(post("/long/", "제목 "+long+"끝", nil))
	for i := range 2 * maxLimit {
		b.Post(post(fmt.Sprint("/", i, "/"), fmt.Sprint("제목 ", i), nil))
		b.Term(fmt.Sprint("제목", i), 2)
	}
	v := reopen(t, b.Build())
	tests := []struct {
		name, typed string
		limit, want int
	}{
		{"no limit given", "제목", 0, 0},
		{"a negative limit", "제목", -1, 0},
		{"more than maxLimit", "제목", 10 * maxLimit, maxLimit},
		{"a long title typed to its end", "제목 " + long + "끝", 5, 1},
		{"a word repeated", strings.Repeat("제목 ", 2*maxWords) + "길", 5, 1},
		{"what stands beyond maxMatched", "끝", 5, 0},
		{"a word beyond those with a start, but not inside", "길다길다길", 5, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := v.Complete(test.typed, test.limit); len(got) != test.want {
				t.Errorf("Complete has %d suggestions, want %d: %q", len(got), test.want, show(got))
			}
		})
	}
	if got := len(v.Prefix("제목", 10*maxLimit)); got != maxLimit {
		t.Errorf("Prefix has %d words, want %d", got, maxLimit)
	}
	if better, ok := v.Correct(long, v.Docs); ok {
		t.Errorf("Correct of a long text = %+v", better)
	}
}

// TestBuildSame: the same site gives the same file, whatever the order of its terms.
func TestBuildSame(t *testing.T) {
	first, err := site(t).MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	second, err := site(t).MarshalBinary() // a map gives the terms in another order
	if err != nil || !bytes.Equal(first, second) {
		t.Errorf("two files of one site differ, or %v", err)
	}
}

func TestReadDamaged(t *testing.T) {
	data, err := site(t).MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(data) {
		if _, err := Read(data[:n]); err == nil {
			t.Fatalf("Read of %d bytes of %d: no error", n, len(data))
		}
	}
	for i := range data {
		data[i] ^= 0x20
		if _, err := Read(data); err == nil {
			t.Fatalf("Read with byte %d altered: no error", i)
		}
		data[i] ^= 0x20
	}
}
