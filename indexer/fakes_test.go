package indexer

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"chaja/search"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// fakeWriter is a search.Writer in memory that remembers what it was asked.
type fakeWriter struct {
	documents map[string]search.Document
	batches   []search.Batch
	fail      error  // returned by Apply instead of storing
	applied   func() // called at the beginning of Apply
}

func (w *fakeWriter) Hashes(context.Context) (map[string]string, error) {
	hashes := map[string]string{}
	for id, d := range w.documents {
		hashes[id] = d.Hash
	}
	return hashes, nil
}

func (w *fakeWriter) Apply(_ context.Context, b search.Batch) error {
	if w.applied != nil {
		w.applied()
	}
	if w.fail != nil {
		return w.fail
	}
	if w.documents == nil {
		w.documents = map[string]search.Document{}
	}
	for _, d := range b.Put {
		w.documents[d.ID] = d
	}
	for _, id := range b.Delete {
		delete(w.documents, id)
	}
	w.batches = append(w.batches, b)
	return nil
}

func (w *fakeWriter) ids() []string { return slices.Sorted(maps.Keys(w.documents)) }

// newSite writes files, given as name and content in turn, into a new folder.
func newSite(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i+1 < len(files); i += 2 {
		write(t, dir, files[i], files[i+1])
	}
	return dir
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func run1(t *testing.T, o Options, w search.Writer) Report {
	t.Helper()
	r, err := Run(t.Context(), o, w)
	if err != nil {
		t.Fatalf("Run: %v", err)
	}
	checkSum(t, r)
	return r
}

func checkSum(t *testing.T, r Report) {
	t.Helper()
	if sum := r.Added + r.Updated + r.Unchanged + r.Failed + len(r.Hidden); sum != r.Found {
		t.Errorf("found %d posts, accounted for %d", r.Found, sum)
	}
}

// wantReport compares all but bytes.
func wantReport(t *testing.T, want, got Report) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Report{}, "Generator", "Site", "Bytes")); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}
