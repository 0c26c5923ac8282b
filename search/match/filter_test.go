package match_test

import (
	"slices"
	"testing"

	. "chaja/search/match"
)

// TestFilters: only a tag or category by itself is a filter, and a document is judged apart from the filters it fails.
func TestFilters(t *testing.T) {
	tests := []struct {
		name, query string
		labels      Labels
		doc         document
		failed      FilterKind
		judged      bool
	}{
		{"none", "red", Labels{}, document{body: "red"}, 0, true},
		{"all hold", "red tag:go", Labels{Lang: "ko"}, document{body: "red", keys: []Term{{TagKeys, "go"}, {LangKey, "ko"}}}, 0, true},
		{"a tag of the query", "red tag:go", Labels{}, document{body: "red"}, TagFilter, true},
		{"a category of the request", "red", Labels{Categories: []string{"x"}}, document{body: "red"}, CategoryFilter, true},
		{"every kind", "tag:a category:b", Labels{Lang: "en"}, document{}, TagFilter | CategoryFilter | OtherFilter, true},
		{"the words fail too", "red tag:go", Labels{}, document{body: "blue"}, TagFilter, false},
		{"an excluded tag is asked for", "red -tag:go", Labels{}, document{body: "red", keys: []Term{{TagKeys, "go"}}}, 0, false},
		{"a tag beside OR is asked for", "tag:go OR red", Labels{}, document{body: "blue"}, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := compiled(tt.query).Where(tt.labels)
			scorer, doc := q.Scorer(stats(q, ten)), tt.doc.forQuery(q)
			if got := scorer.Failed(doc); got != tt.failed {
				t.Errorf("Failed = %b, want %b", got, tt.failed)
			}
			if judged := scorer.Match(doc).OK; judged != tt.judged {
				t.Errorf("Match = %t, want %t", judged, tt.judged)
			}
		})
	}
}

// TestOpenCandidates: a document that fails a filter is a candidate when the filter is not to count.
func TestOpenCandidates(t *testing.T) {
	q := compiled("red tag:go")
	scorer := q.Scorer(stats(q, func(term Term) int { return map[string]int{"red": 10, "go": 3}[term.Text] }))
	for kinds, want := range map[FilterKind]bool{0: false, CategoryFilter: false, TagFilter: true} {
		terms, ok := scorer.Candidates(kinds)
		doc := document{body: "red"}.forQuery(q)
		if got := slices.ContainsFunc(terms, func(t int) bool { return has(doc, t) }); !ok || got != want {
			t.Errorf("without the filters %b: a document without the tag is a candidate: %t, want %t", kinds, got, want)
		}
	}
}
