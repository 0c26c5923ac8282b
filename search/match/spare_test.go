package match

import (
	"strings"
	"testing"

	"chaja/search/indextest/fakekorean"
	"chaja/search/query"
)

// TestSpare: of a query that would walk too much, only the terms that nearly all documents have cease to count.
func TestSpare(t *testing.T) {
	words := "rare a b c d e f g"
	q := compile(words)
	crowded := stats(q, func(term Term) int {
		if term.Text == "rare" {
			return 3
		}
		return 90_000
	})
	crowded.Docs = 100_000
	tests := []struct {
		name string
		doc  document
		want bool
	}{
		{"all words", document{body: words}, true},
		{"without one that nearly all have", document{body: "rare a b c d e f"}, true},
		{"without the rare one", document{body: "a b c d e f g"}, false},
	}
	for _, tt := range tests {
		if _, got := q.Scorer(crowded).Match(tt.doc.forQuery(q)); got != tt.want {
			t.Errorf("%s: match %t, want %t", tt.name, got, tt.want)
		}
		few := crowded
		few.Docs, few.DocFreq = 1000, stats(q, ten).DocFreq
		if _, got := q.Scorer(few).Match(tt.doc.forQuery(q)); got != (tt.doc.body == words) {
			t.Errorf("%s, each word in ten documents: match %t", tt.name, got)
		}
	}
}

// TestSpareForms: other forms of a word that nearly all documents have are not looked for either.
func TestSpareForms(t *testing.T) {
	node := query.Parse("rare a b c d g").Tree
	q := Compile(node, fakekorean.New(), func(word string) []Other {
		if word == "g" {
			return []Other{{Text: "x y", Factor: 1}}
		}
		return nil
	})
	crowded := stats(q, func(term Term) int {
		if n, ok := map[string]int{"rare": 3, "g": 0}[term.Text]; ok {
			return n
		}
		return 90_000
	})
	crowded.Docs = 100_000
	if _, ok := q.Scorer(crowded).Match(document{body: "rare a b c d"}.forQuery(q)); !ok {
		t.Error("a document without the other form does not match")
	}
	crowded.Docs = 10_000_000
	if _, ok := q.Scorer(crowded).Match(document{body: "rare a b c d"}.forQuery(q)); ok {
		t.Error("a document without the other form matches though few have that")
	}
}

// TestSpareBounds: whatever the query, what it walks is bounded, and something is left of it.
func TestSpareBounds(t *testing.T) {
	for _, text := range []string{"a", strings.Repeat("가나다라마바사아자차카타파하", 2), "a b c d e f g h i j k l m n", `"a b" c OR d e`} {
		q := compile(text)
		s := stats(q, func(Term) int { return 20_000 })
		s.Docs = 20_000
		walked, scorer := 0, q.Scorer(s)
		for i, weight := range scorer.weight {
			if weight > 0 && q.Terms[i].Space.IsText() {
				walked += s.DocFreq[i]
			}
		}
		if walked == 0 || walked > maxWalk*s.Docs {
			t.Errorf("%s: walks %d postings of %d documents", text, walked, s.Docs)
		}
		if _, ok := scorer.Match(document{title: text, body: text}.forQuery(q)); !ok {
			t.Errorf("%s: a document that has it all does not match", text)
		}
	}
}
