package indextest

import (
	"fmt"
	"sync"
	"testing"

	"chaja/search"
)

// snapshot takes a snapshot of x; the test closes it.
func snapshot(t *testing.T, x search.Index) search.Snapshot {
	t.Helper()
	s, err := x.Snapshot(t.Context())
	if err != nil {
		t.Fatalf("Snapshot: %v", err)
	}
	return s
}

// testSnapshot: a snapshot stays as it is, whatever is applied after it was taken.
func testSnapshot(t *testing.T, open Open) {
	x := open.index(t)
	empty := snapshot(t, x)
	apply(t, x, search.Batch{Put: posts("tags: go\nred one", "red two")})
	first := snapshot(t, x)
	apply(t, x, search.Batch{Put: []search.Document{Post("b", "red three"), Post("c", "tags: go\nred four")}, Delete: []string{"a"}})
	second, again := snapshot(t, x), snapshot(t, x)
	for range 2 { // what is read first must not decide
		checkSnapshot(t, "before all", empty, map[string]string{})
		checkSnapshot(t, "after one batch", first, map[string]string{"a": "tags: go\nred one", "b": "red two"})
		checkSnapshot(t, "after two", second, map[string]string{"b": "red three", "c": "tags: go\nred four"})
	}
	for _, s := range []search.Snapshot{empty, first, second} {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
	_ = second.Close() // an error is fine
	checkSnapshot(t, "beside one that was closed twice", again, map[string]string{"b": "red three", "c": "tags: go\nred four"})
	apply(t, x, search.Batch{Delete: []string{"b"}})
	checkSnapshot(t, "after a third batch", again, map[string]string{"b": "red three", "c": "tags: go\nred four"})
	if err := again.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	equal(t, "documents at last", ids(t, x, ""), "c")
}

// checkSnapshot checks that a snapshot has the documents of these sources by ID, and no others.
func checkSnapshot(t *testing.T, when string, s search.Snapshot, want map[string]string) {
	t.Helper()
	found, err := search.Ask(t.Context(), s, search.Query{Match: compiled("red"), Size: all, Facets: true})
	if err != nil {
		t.Fatalf("%s: Search: %v", when, err)
	}
	got, tagged := map[string]string{}, 0
	for _, hit := range found.Hits {
		got[hit.Document.ID] = hit.Document.Hash
		tagged += len(hit.Document.Tags)
	}
	equal(t, when+": hits", got, want)
	equal(t, when+": Total", found.Total, len(want))
	counted := 0
	for _, f := range found.Facets.Tags {
		counted += f.Count
	}
	equal(t, when+": tags counted", counted, tagged)
	docs, err := s.Get(t.Context(), "c", "a", "b", "none", "a")
	got = map[string]string{}
	for id, doc := range docs {
		got[id] = doc.Hash
	}
	if err != nil {
		t.Errorf("%s: Get: %v", when, err)
	}
	equal(t, when+": documents by ID", got, want)
}

// testSnapshotShared: many searches use one snapshot at once while batches are written.
func testSnapshotShared(t *testing.T, open Open) {
	x := open.index(t, posts("red", "tags: go\nred green", "green")...)
	s := snapshot(t, x)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				found, err := search.Ask(t.Context(), s, search.Query{Match: compiled("red"), Size: all, Facets: true})
				if err != nil || ranked(found) != "a b" || len(found.Facets.Tags) != 1 {
					t.Errorf("found %q, %v, %v", ranked(found), found.Facets.Tags, err)
					return
				}
				if doc, ok, err := search.Lookup(t.Context(), s, "c"); err != nil || !ok || doc.Hash != "green" {
					t.Errorf("Get(c) = %q, %t, %v", doc.Hash, ok, err)
					return
				}
			}
		})
	}
	for n := range 10 {
		apply(t, x, search.Batch{Put: []search.Document{Post(fmt.Sprint(n), "red")}, Delete: []string{"c"}})
	}
	wg.Wait()
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// testSnapshotOutlives: an index that is closed under a snapshot does not crash it. It answers as before, or says that it
// cannot.
func testSnapshotOutlives(t *testing.T, open Open) {
	x := open(t)
	apply(t, x, search.Batch{Put: posts("red", "green")})
	s := snapshot(t, x)
	if err := x.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	if found, err := search.Ask(t.Context(), s, search.Query{Match: compiled("red"), Size: all, Facets: true}); err == nil {
		equal(t, "hits", ranked(found), "a")
	}
	if doc, ok, err := search.Lookup(t.Context(), s, "b"); err == nil && (!ok || doc.Hash != "green") {
		t.Errorf("Get(b) = %q, %t", doc.Hash, ok)
	}
	_ = s.Close()
}
