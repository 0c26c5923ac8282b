package bleveindex_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/bleveindex"
	"chaja/search/compile"
	"chaja/search/indextest"
	"chaja/search/query"
)

// TestReopen: what was written is there, with the same scores, after the index was closed, for any number of readers.
func TestReopen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x, err := bleveindex.NewEngine(indextest.Analyzer()).Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, batch := range []search.Batch{
		{Put: []search.Document{indextest.Post("a", "tags: Go\n# 성능\n서울은 크다"), indextest.Post("b", "tags: go\n성능 개선"), indextest.Post("c", "성능")}},
		{Put: []search.Document{indextest.Post("a", "tags: go\n# 성능\n부산은 덥다")}, Delete: []string{"c"}},
	} {
		if err := x.Apply(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	want := answer(t, x)
	if want.Total != 2 {
		t.Fatalf("found %d documents, want 2", want.Total)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{false, true} {
		x, err := bleveindex.NewEngine(indextest.Analyzer()).Open(dir, readOnly)
		if err != nil {
			t.Fatal(err)
		}
		second := x
		if readOnly {
			if second, err = bleveindex.NewEngine(indextest.Analyzer()).Open(dir, true); err != nil {
				t.Fatalf("open for a second reader: %v", err)
			}
		}
		for _, reader := range []search.Index{x, second} {
			if diff := cmp.Diff(want, answer(t, reader)); diff != "" {
				t.Errorf("answer after reopening, read only %t (-want +got):\n%s", readOnly, diff)
			}
		}
		if readOnly {
			if err := x.Apply(t.Context(), search.Batch{Delete: []string{"a"}}); err == nil {
				t.Error("an index open for reading can be written")
			}
			if err := second.Close(); err != nil {
				t.Error(err)
			}
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
}

func answer(t *testing.T, x search.Index) search.Matches {
	t.Helper()
	q, _ := compile.Query(query.Parse("성능").Tree, indextest.Analyzer(), nil)
	s, err := x.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found, err := search.Ask(t.Context(), s, search.Query{Match: q, Size: 10, Facets: true})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestOpenErrors(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	if x, err := bleveindex.NewEngine(indextest.Analyzer()).Open(dir, true); err == nil {
		t.Errorf("a missing index was opened: %v", x.Close())
	}
	x, err := bleveindex.NewEngine(indextest.Analyzer()).Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if second, err := bleveindex.NewEngine(indextest.Analyzer()).Create(dir); err == nil {
		t.Errorf("an index was created over another: %v", second.Close())
	}
}

// TestClosed: a closed index answers with an error.
func TestClosed(t *testing.T) {
	x := open(t)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Snapshot(t.Context()); err == nil {
		t.Error("Snapshot after Close: no error")
	}
	if _, err := x.Hashes(t.Context()); err == nil {
		t.Error("Hashes after Close: no error")
	}
	if err := x.Apply(t.Context(), search.Batch{Delete: []string{"a"}}); err == nil {
		t.Error("Apply after Close: no error")
	}
}
