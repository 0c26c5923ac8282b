package bleveindex

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/generation"
	"chaja/search/indextest"
)

// TestNewIndexIsOneSegment: an index that is made anew has one segment when it is put in force, however many batches it came in, and
// has every post once.
func TestNewIndexIsOneSegment(t *testing.T) {
	dir := t.TempDir()
	update, err := generation.Begin(dir, NewEngine(indextest.Analyzer()), true)
	if err != nil {
		t.Fatal(err)
	}
	defer update.Close()
	want := map[string]string{}
	for i := range 10 {
		docs := []search.Document{indextest.Post(strings.Repeat("a", i+1), "성능"), indextest.Post("again", strings.Repeat("b", i+1))}
		for _, doc := range docs {
			want[doc.ID] = doc.Hash
		}
		if err := update.Apply(t.Context(), search.Batch{Put: docs}); err != nil {
			t.Fatal(err)
		}
	}
	if err := update.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	stores, _ := filepath.Glob(filepath.Join(dir, "*", "store"))
	if len(stores) != 1 || segments(t, filepath.Dir(stores[0])) != 1 {
		t.Errorf("%d segments in %v, want one", segments(t, filepath.Dir(stores[0])), stores)
	}
	x, err := NewEngine(indextest.Analyzer()).Open(filepath.Dir(stores[0]), true)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	got, err := x.Hashes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
}

// TestForceMergeEnds: a merge that cannot be written ends with an error, and the index answers and is closed as before.
func TestForceMergeEnds(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x, err := NewEngine(indextest.Analyzer()).Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"a", "b"} {
		if err := x.Apply(t.Context(), search.Batch{Put: []search.Document{indextest.Post(id, "성능")}}); err != nil {
			t.Fatal(err)
		}
	}
	store, aside := filepath.Join(dir, "store"), filepath.Join(dir, "aside")
	if err := os.Rename(store, aside); err != nil {
		t.Fatal(err)
	}
	if err := x.(generation.Merger).ForceMerge(t.Context()); err == nil {
		t.Error("no error")
	}
	if err := os.Rename(aside, store); err != nil {
		t.Fatal(err)
	}
	hashes, err := x.Hashes(t.Context())
	if err != nil || len(hashes) != 2 {
		t.Errorf("%d posts, want 2: %v", len(hashes), err)
	}
	if err := x.Close(); err != nil {
		t.Error(err)
	}
}
