package snippet

import (
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// find returns the spans of all occurrences of the words, in the order of the words, one term each.
func find(text string, words ...string) []Span {
	var spans []Span
	for term, w := range words {
		for from := 0; ; {
			i := strings.Index(text[from:], w)
			if i < 0 {
				break
			}
			spans = append(spans, Span{from + i, from + i + len(w), term})
			from += i + len(w)
		}
	}
	return spans
}

func TestMark(t *testing.T) {
	tests := []struct {
		name  string
		text  string
		spans []Span
		want  string
	}{
		{"nothing matches", "빌드 캐시", nil, "빌드 캐시"},
		{"no text", "", []Span{{0, 1, 0}}, ""},
		{"inside the eojeol", "성능을 높인다", find("성능을 높인다", "성능", "높이"), "<mark>성능</mark>을 높인다"},
		{"two words", "go build", find("go build", "go", "build"), "<mark>go</mark> <mark>build</mark>"},
		{"all of it", "go", []Span{{0, 2, 0}}, "<mark>go</mark>"},
		{"unsorted", "a b", []Span{{2, 3, 0}, {0, 1, 1}}, "<mark>a</mark> <mark>b</mark>"},
		{"overlapping", "초당옥수수", []Span{{0, 9, 0}, {6, 15, 1}}, "<mark>초당옥수수</mark>"},
		{"adjacent", "초당옥수수", []Span{{0, 6, 0}, {6, 15, 1}}, "<mark>초당옥수수</mark>"},
		{"nested", "초당옥수수의", []Span{{0, 15, 0}, {6, 15, 1}}, "<mark>초당옥수수</mark>의"},
		{"twice the same", "go", []Span{{0, 2, 0}, {0, 2, 1}}, "<mark>go</mark>"},
		{"blanks stay as they are", "a  b\n", []Span{{0, 1, 0}}, "<mark>a</mark>  b\n"},
		{"escaped outside", "<b> & go", find("<b> & go", "go"), "&lt;b&gt; &amp; <mark>go</mark>"},
		{"escaped inside", `"><img onerror='x'>`, []Span{{0, 6, 0}}, "<mark>&#34;&gt;&lt;img</mark> onerror=&#39;x&#39;&gt;"},
		{"a mark in the text", "<mark>", []Span{{1, 5, 0}}, "&lt;<mark>mark</mark>&gt;"},
		{"an entity in the text", "&amp;", []Span{{1, 4, 0}}, "&amp;<mark>amp</mark>;"},
		{"begins inside a character", "가나", []Span{{4, 6, 0}}, "가<mark>나</mark>"},
		{"ends inside a character", "가나", []Span{{0, 4, 0}}, "<mark>가나</mark>"},
		{"inside one character", "a😀b", []Span{{2, 3, 0}}, "a<mark>😀</mark>b"},
		{"empty span", "go", []Span{{1, 1, 0}}, "go"},
		{"inverted span", "go", []Span{{2, 1, 0}}, "go"},
		{"before the text", "go", []Span{{-1, 1, 0}}, "go"},
		{"beyond the text", "go", []Span{{1, 3, 0}}, "go"},
		{"invalid UTF-8", "a\xffb\x80", []Span{{1, 2, 0}}, "a<mark>\ufffd</mark>b\ufffd"},
		{"half a character at the end", "a\xea\xb0", []Span{{2, 3, 0}}, "a\ufffd<mark>\ufffd</mark>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Mark(tt.text, tt.spans)); diff != "" {
				t.Errorf("Mark(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestSpansAreLeftAsTheyAre(t *testing.T) {
	text := "나 가 다 가"
	spans := []Span{{8, 11, 1}, {0, 3, 0}, {0, 3, 0}, {3, 4, 2}, {5, 4, 0}}
	before := append([]Span(nil), spans...)
	Mark(text, spans)
	Excerpt(text, spans, nil, 5)
	if diff := cmp.Diff(before, spans); diff != "" {
		t.Errorf("spans changed (-want +got):\n%s", diff)
	}
}

// plain takes the marks out of HTML, failing when other markup or an unbalanced mark is in it.
func plain(t *testing.T, marked string) string {
	t.Helper()
	if !utf8.ValidString(marked) {
		t.Fatalf("not UTF-8: %q", marked)
	}
	var text strings.Builder
	for i, piece := range strings.Split(marked, "<mark>") {
		if i > 0 {
			inside, after, ok := strings.Cut(piece, "</mark>")
			if !ok || inside == "" {
				t.Fatalf("empty or open mark in %q", marked)
			}
			text.WriteString(inside)
			piece = after
		}
		text.WriteString(piece)
	}
	if strings.ContainsAny(text.String(), `<>"'`) {
		t.Fatalf("markup in %q", marked)
	}
	return html.UnescapeString(text.String())
}

// fuzzSpans reads spans from bytes: start, length and term each.
func fuzzSpans(raw []byte) []Span {
	var spans []Span
	for ; len(raw) >= 3; raw = raw[3:] {
		start := int(int8(raw[0]))
		spans = append(spans, Span{start, start + int(int8(raw[1])), int(raw[2] % 4)})
	}
	return spans
}

func FuzzMark(f *testing.F) {
	f.Add("성능을 <b>높인다</b> & go", []byte{0, 6, 0, 6, 9, 1})
	f.Add("a😀\xffb", []byte{2, 2, 0, 5, 1, 1, 200, 9, 0})
	f.Fuzz(func(t *testing.T, text string, raw []byte) {
		marked := Mark(text, fuzzSpans(raw))
		if diff := cmp.Diff(string([]rune(text)), plain(t, marked)); diff != "" {
			t.Errorf("text changed (-want +got):\n%s", diff)
		}
		if strings.Contains(marked, "</mark><mark>") {
			t.Errorf("marks that touch in %q", marked)
		}
	})
}
