package indextest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"

	"chaja/search"
)

// Length of a random history.
const (
	steps          = 6
	queriesPerStep = 40
)

// Agree writes the same random batches to a new index of each kind and asks both the same random queries after each.
// The history depends on seed only. Totals, facets, order and documents must be equal, scores to nine digits.
func Agree(t *testing.T, open, oracle func(t *testing.T) search.Index, seed uint64) {
	r := newRandom(seed)
	x, o := Open(open).index(t), Open(oracle).index(t)
	defer func() {
		if t.Failed() {
			t.Logf("the seed is %d", seed)
		}
	}()
	for step := range steps {
		batch := r.batch()
		apply(t, o, batch)
		apply(t, x, batch)
		want, err := o.Hashes(t.Context())
		if err != nil {
			t.Fatalf("Hashes: %v", err)
		}
		got, err := x.Hashes(t.Context())
		if err != nil {
			t.Fatalf("Hashes: %v", err)
		}
		equal(t, "Hashes", got, want)
		stored := find(t, o, search.Query{Size: all})
		docs := make([]search.Document, len(stored.Hits))
		for i, hit := range stored.Hits {
			docs[i] = hit.Document
		}
		for range queriesPerStep {
			q, about := r.query(docs)
			agreeOn(t, x, o, q, about)
			if t.Failed() {
				t.Fatalf("step %d, query %s", step, about)
			}
		}
	}
}

// agreeOn asks both indexes one query, once in its window and once for all hits.
func agreeOn(t *testing.T, x, o search.Index, q search.Query, about string) {
	t.Helper()
	got, want := find(t, x, q), find(t, o, q)
	equal(t, about, got, want, cmpopts.EquateEmpty(), cmpopts.EquateApprox(1e-9, 0))
	q.From, q.Size = 0, all
	everything := find(t, x, q)
	if n := len(everything.Hits); n != got.Total {
		t.Errorf("%d hits, but Total is %d", n, got.Total)
	}
	if len(got.Hits) > 0 && !slices.ContainsFunc(everything.Hits, func(h search.Scored) bool { return h.Document.ID == got.Hits[0].Document.ID }) {
		t.Errorf("%s is a hit of the window only", got.Hits[0].Document.ID)
	}
}
