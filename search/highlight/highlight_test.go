package highlight_test

import (
	"testing"

	"chaja/search/compile"
	"chaja/search/highlight"
	"chaja/search/indextest/fakekorean"
	"chaja/search/query"
	"chaja/search/snippet"
)

func highlighter(text string) *highlight.Highlighter {
	node := query.Parse(text).Tree
	_, h := compile.Query(node, fakekorean.New(), nil)
	return h
}

func TestSpans(t *testing.T) {
	tests := []struct{ name, query, text, want string }{
		{"inside the eojeol", "성능", "성능을 높인다", "<mark>성능</mark>을 높인다"},
		{"the particle of the query", "성능은", "성능을 높인다", "<mark>성능</mark>을 높인다"},
		{"part of a compound", "개선", "성능개선을 한다", "성능<mark>개선</mark>을 한다"},
		{"a compound by its parts", "성능개선", "성능을 개선", "<mark>성능</mark>을 <mark>개선</mark>"},
		{"an unknown word by its bigrams", "플로우", "에어플로우를", "에어<mark>플로우</mark>를"},
		{"single bigrams are no match", "에어플로우", "에어 커튼과 플로우", "에어 커튼과 플로우"},
		{"a stem", "index", "Indexes", "<mark>Indexes</mark>"},
		{"every occurrence", "go", "go, Go and going", "<mark>go</mark>, <mark>Go</mark> and <mark>going</mark>"},
		{"an identifier", "net/http", "use net/http", "use <mark>net/http</mark>"},
		{"a name with signs", "C++", "C, C++ and C#", "C, <mark>C++</mark> and C#"},
		{"decomposed Hangul", "서울", "\u1109\u1165\u110b\u116e\u11af\u110b\u1173\u11ab", "<mark>\u1109\u1165\u110b\u116e\u11af</mark>\u110b\u1173\u11ab"},
		{"a phrase", `"서울 시청"`, "서울 시청에서", "<mark>서울 시청</mark>에서"},
		{"excluded words are not marked", "red -blue", "red blue", "<mark>red</mark> blue"},
		{"tags are not marked", "tag:red blue", "red blue", "red <mark>blue</mark>"},
		{"nothing there", "red", "blue", "blue"},
		{"nothing to mark", "tag:red", "red", "red"},
		{"no query", "", "red", "red"},
		{"empty text", "red", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := snippet.Mark(tt.text, highlighter(tt.query).Spans(tt.text)); got != tt.want {
				t.Errorf("%s in %q:\n got %s\nwant %s", tt.query, tt.text, got, tt.want)
			}
		})
	}
}

// TestSpansTellWordsApart: excerpts look for different terms close together.
func TestSpansTellWordsApart(t *testing.T) {
	spans := highlighter("red blue").Spans("red blue red")
	words := map[int]string{}
	for _, s := range spans {
		word := "red blue red"[s.Start:s.End]
		if other, ok := words[s.Term]; ok && other != word {
			t.Errorf("term %d is both %q and %q", s.Term, other, word)
		}
		words[s.Term] = word
	}
	if len(words) < 2 {
		t.Errorf("there are %d terms, want at least 2", len(words))
	}
}
