package generation

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"chaja/search"
)

// failingEngine is an engine whose snapshots fail in a way of their own when they are asked for a document.
type failingEngine struct {
	*plainEngine
	get func() error
}

func (e failingEngine) Open(dir string, readOnly bool) (search.Index, error) {
	x, err := e.plainEngine.Open(dir, readOnly)
	return failingIndex{x, e.get}, err
}

type failingIndex struct {
	search.Index
	get func() error
}

func (x failingIndex) Snapshot(ctx context.Context) (search.Snapshot, error) {
	s, err := x.Index.Snapshot(ctx)
	return failingSnapshot{s, x.get}, err
}

type failingSnapshot struct {
	search.Snapshot
	get func() error
}

func (s failingSnapshot) Get(context.Context, ...string) (map[string]search.Document, error) {
	return nil, s.get()
}

// TestGuard: what fails because a file is damaged is damage, whichever way it fails, and the generation answers nothing any
// more. What fails while all files are whole goes its way: an error as it is, a bug as a panic.
func TestGuard(t *testing.T) {
	mistake := errors.New("an error of the engine")
	ways := map[string]func() error{
		"error": func() error { return mistake },
		"panic": func() error { panic(mistake) },
	}
	for name, get := range ways {
		for _, whole := range []bool{true, false} {
			dir := t.TempDir()
			plain := &plainEngine{analyzer: engine().Analyzer()}
			u, err := Begin(dir, plain, false)
			check(t, err)
			check(t, u.Apply(t.Context(), search.Batch{Put: posts("1", "a")}))
			check(t, u.Commit(t.Context()))
			check(t, u.Close())
			g, err := Open(dir, failingEngine{plain, get})
			check(t, err)
			if !whole {
				check(t, os.WriteFile(filepath.Join(generation(t, dir), "documents"), []byte("[]"), 0o644))
			}
			s, _, err := g.Acquire(t.Context())
			check(t, err)
			err = caught(func() error { _, _, err := search.Lookup(t.Context(), s, "a"); return err })
			if whole && !errors.Is(err, mistake) || errors.Is(err, search.ErrOutdated) == whole {
				t.Errorf("%s, whole %t: %v", name, whole, err)
			}
			if _, err := s.Search(t.Context(), search.Query{}); errors.Is(err, search.ErrOutdated) == whole {
				t.Errorf("%s, whole %t: the next request gets %v", name, whole, err)
			}
			check(t, s.Close())
			check(t, g.Close())
		}
	}
}

// caught calls f and returns what it panics with as its error.
func caught(f func() error) (err error) {
	defer func() {
		if p, ok := recover().(error); ok {
			err = p
		}
	}()
	return f()
}
