package bleveindex

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/indextest"
)

// TestCloseLeavesNoRest: of segments that were merged into others no file is left, which a site would publish with the rest.
func TestCloseLeavesNoRest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x, err := NewEngine(indextest.Analyzer()).Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	const documents = 60
	for i := range documents {
		batch := search.Batch{Put: []search.Document{indextest.Post(strings.Repeat("a", i+1), "post")}}
		if err := x.Apply(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	before := segments(t, dir)
	if err := tidy(dir); err != nil {
		t.Fatal(err)
	}
	if after := segments(t, dir); before != after {
		t.Errorf("%d segments after Close, %d are needed", before, after)
	}
	x, err = NewEngine(indextest.Analyzer()).Open(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	hashes, err := x.Hashes(t.Context())
	if err != nil || len(hashes) != documents {
		t.Errorf("%d documents are left of %d: %v", len(hashes), documents, err)
	}
	if err := x.Close(); err != nil {
		t.Error(err)
	}
}

func segments(t *testing.T, dir string) (n int) {
	t.Helper()
	files, err := os.ReadDir(filepath.Join(dir, "store"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if filepath.Ext(f.Name()) == ".zap" {
			n++
		}
	}
	return n
}
