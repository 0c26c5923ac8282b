package match_test

import (
	"strings"
	"testing"

	. "chaja/search/match"
	"chaja/search/ranking"
)

// TestCutoff: of a query that would walk too much, only the terms that nearly all documents have cease to count.
func TestCutoff(t *testing.T) {
	words := "rare a b c d e f g"
	q := compiled(words)
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
		if got := q.Scorer(crowded).Match(tt.doc.forQuery(q)).OK; got != tt.want {
			t.Errorf("%s: match %t, want %t", tt.name, got, tt.want)
		}
		few := crowded
		few.Docs, few.DocFreq = 1000, stats(q, ten).DocFreq
		if got := q.Scorer(few).Match(tt.doc.forQuery(q)).OK; got != (tt.doc.body == words) {
			t.Errorf("%s, each word in ten documents: match %t", tt.name, got)
		}
	}
}

// TestCutoffVariants: variants of a word that nearly all documents have are not looked for either.
func TestCutoffVariants(t *testing.T) {
	q := withVariants("rare a b c d g", func(word string) []Variant {
		if word == "g" {
			return []Variant{{Text: "x y", Kind: Initials}}
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
	if !q.Scorer(crowded).Match(document{body: "rare a b c d"}.forQuery(q)).OK {
		t.Error("a document without the variant does not match")
	}
	crowded.Docs = 10_000_000
	if q.Scorer(crowded).Match(document{body: "rare a b c d"}.forQuery(q)).OK {
		t.Error("a document without the variant matches though few have that")
	}
}

// TestCutoffBounds: whatever the query, what it walks is bounded, and something is left of it.
func TestCutoffBounds(t *testing.T) {
	for _, text := range []string{"a", strings.Repeat("가나다라마바사아자차카타파하", 2), "a b c d e f g h i j k l m n", `"a b" c OR d e`} {
		q := compiled(text)
		s := stats(q, func(Term) int { return 20_000 })
		s.Docs = 20_000
		walked, scorer := 0, q.Scorer(s)
		for i, weight := range scorer.Weight {
			if weight > 0 && q.Terms[i].Space.IsText() {
				walked += s.DocFreq[i]
			}
		}
		if walked == 0 || walked > ranking.MaxWalk*s.Docs {
			t.Errorf("%s: walks %d postings of %d documents", text, walked, s.Docs)
		}
		if !scorer.Match(document{title: text, body: text}.forQuery(q)).OK {
			t.Errorf("%s: a document that has it all does not match", text)
		}
	}
}
