package match_test

import (
	"testing"

	"chaja/search/indextest/fakekorean"
	. "chaja/search/match"
)

func TestPhrase(t *testing.T) {
	tests := []struct {
		name, query, body string
		want              bool
	}{
		{"in order", `"a b"`, "x a b y", true},
		{"out of order", `"a b"`, "b a", false},
		{"apart", `"a b"`, "a x b", false},
		{"at the end of a false start", `"a b c"`, "a b a b c", true},
		{"a term twice", `"a a"`, "a a", true},
		{"a term twice, there once", `"a a"`, "a b a", false},
		{"a term twice among three", `"a b a"`, "b a b a", true},
		{"a term twice, its order wrong", `"a b a"`, "a a b", false},
		{"a term thrice", `"a a a"`, "a a b a a", false},
		{"a run that is longer", `"a a b"`, "a a a a b", true},
		{"a particle between", `"서울 시청"`, "서울의 시청에서", true},
		{"parts of a compound", `"서울 시청"`, "서울시청", true},
		{"a compound in the phrase", `"서울시청 앞"`, "서울 시청 앞", true},
		{"part of a compound and the next word", `"시청 앞"`, "서울시청 앞", true},
		{"not the first part and the next word", `"서울 앞"`, "서울시청 앞", false},
		{"stems", `"running tests"`, "run test", true},
		{"parts of an identifier", `"use net/http"`, "use net http", true},
		{"signs between", `"a b"`, "a, b", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := compiled(tt.query)
			if got := matches(q, document{body: tt.body}.forQuery(q)); got != tt.want {
				t.Errorf("%s in %q: %t, want %t", tt.query, tt.body, got, tt.want)
			}
		})
	}
}

func TestPhraseInOneField(t *testing.T) {
	q := compiled(`"a b"`)
	for name, tt := range map[string]struct {
		doc  document
		want bool
	}{
		"title and body":  {document{title: "a", body: "b"}, false},
		"order by chance": {document{title: "x b", body: "a"}, false},
		"title":           {document{title: "a b"}, true},
		"heading":         {document{heading: "a b", body: "b a"}, true},
		"tag":             {document{tag: "a b"}, true},
	} {
		if got := matches(q, tt.doc.forQuery(q)); got != tt.want {
			t.Errorf("%s: %t, want %t", name, got, tt.want)
		}
	}
}

// TestValuesApart: no phrase reaches from one value of a field into the next.
func TestValuesApart(t *testing.T) {
	q := compiled(`"a b"`)
	for _, values := range [][]string{{"a", "b"}, {"x a", "b"}, {"서울시청 a", "b"}, {"", "a", "", "b"}, {"net/http a", "b a"}} {
		field := fakekorean.New().Occurrences(values)
		freq := make([][Fields]int, len(q.Terms))
		doc := &Doc{Freq: known(freq)}
		for i, term := range q.Terms {
			freq[i][Heading] = len(field.Positions[term.Space][term.Text])
		}
		doc.Positions = func(term int, f Field) []int {
			if f != Heading {
				return nil
			}
			return field.Positions[q.Terms[term].Space][q.Terms[term].Text]
		}
		if matches(q, doc) {
			t.Errorf("the phrase is found across the values %q", values)
		}
	}
}

// TestLiterally: what makes a word is together in the document.
func TestLiterally(t *testing.T) {
	tests := []struct {
		name, query, body string
		want              bool
	}{
		{"letters apart", "오퍼레이션", "오퍼레이터와 애플리케이션", false},
		{"the one bigram of two syllables", "로우", "에어플로우를", true},
		{"letters of a script without a dictionary", "データ", "データを", true},
		{"parts of a name side by side", "net/http", "net http", true},
		{"parts of a name apart", "net/http", "http x net", false},
		{"parts of a compound apart", "서울시청", "시청을 서울에", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := compiled(tt.query)
			if got := matches(q, document{body: tt.body}.forQuery(q)); got != tt.want {
				t.Errorf("%s in %q: %t, want %t", tt.query, tt.body, got, tt.want)
			}
		})
	}
}
