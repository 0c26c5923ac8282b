// Package indextest states and checks what every search.Index must do. Run is the contract by example; Agree holds
// an engine against another one on random documents and queries.
//
// Its Korean is that of package fakekorean, so nothing here depends on a dictionary.
package indextest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/compile"
	"chaja/search/indextest/fakekorean"
	"chaja/search/match"
	"chaja/search/query"
)

// Open returns a new empty index, whose documents are analyzed by Analyzer. The suite closes it.
type Open func(t *testing.T) search.Index

// Analyzer returns the analyzer that the engines under test must use.
func Analyzer() *analysis.Analyzer { return fakekorean.New() }

// Run checks one engine.
func Run(t *testing.T, open func(t *testing.T) search.Index) {
	for _, group := range []struct {
		name string
		run  func(*testing.T, Open)
	}{
		{"Write", testWrite},
		{"Cancel", testCancel},
		{"CancelMidway", testCancelMidway},
		{"Copies", testCopies},
		{"Concurrent", testConcurrent},
		{"Snapshot", testSnapshot},
		{"SnapshotShared", testSnapshotShared},
		{"SnapshotOutlives", testSnapshotOutlives},
		{"BigBatch", testBigBatch},
		{"Match", testMatch},
		{"Loose", testLoose},
		{"Parts", testParts},
		{"Several", testSeveral},
		{"Names", testNames},
		{"Filter", testFilter},
		{"Rank", testRank},
		{"Nearness", testNearness},
		{"Boost", testBoost},
		{"Order", testOrder},
		{"Page", testPage},
		{"Facets", testFacets},
	} {
		t.Run(group.name, func(t *testing.T) { group.run(t, open) })
	}
}

// index opens an index that holds docs.
func (open Open) index(t *testing.T, docs ...search.Document) search.Index {
	t.Helper()
	x := open(t)
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	if len(docs) > 0 {
		apply(t, x, search.Batch{Put: docs})
	}
	return x
}

func apply(t *testing.T, x search.Writer, batch search.Batch) {
	t.Helper()
	if err := x.Apply(t.Context(), batch); err != nil {
		t.Fatalf("Apply: %v", err)
	}
}

// compiled reads a query.
func compiled(text string) *match.Query {
	node := query.Parse(text).Tree
	return prepared(node)
}

func prepared(node query.Node) *match.Query {
	q, _ := compile.Query(node, Analyzer(), nil)
	return q
}

// all is the window that has every hit of a test.
const all = 10_000

// find asks the present state of an index.
func find(t *testing.T, x search.Index, q search.Query) search.Matches {
	t.Helper()
	found, err := searchNow(t.Context(), x, q)
	if err != nil {
		t.Fatalf("Search: %v", err)
	}
	return found
}

func searchNow(ctx context.Context, x search.Index, q search.Query) (found search.Matches, err error) {
	s, err := x.Snapshot(ctx)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return search.Ask(ctx, s, q)
}

// ranked returns the IDs of the hits in their order, blanks between them.
func ranked(found search.Matches) string {
	ids := make([]string, len(found.Hits))
	for i, hit := range found.Hits {
		ids[i] = hit.Document.ID
	}
	return strings.Join(ids, " ")
}

// matching returns the IDs of all documents that match, sorted. It fails the test when the total says otherwise.
func matching(t *testing.T, x search.Index, q search.Query) string {
	t.Helper()
	q.Size = all
	found := find(t, x, q)
	if found.Total != len(found.Hits) {
		t.Errorf("Total = %d, but there are %d hits", found.Total, len(found.Hits))
	}
	ids := strings.Fields(ranked(found))
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

// ids returns the sorted IDs of all documents that match a query.
func ids(t *testing.T, x search.Index, text string) string {
	t.Helper()
	return matching(t, x, search.Query{Match: compiled(text)})
}

func equal[T any](t *testing.T, what string, got, want T, opts ...cmp.Option) {
	t.Helper()
	if diff := cmp.Diff(want, got, opts...); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
