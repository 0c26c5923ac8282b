package generation

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/memindex"
)

// plainEngine keeps documents in one file of JSON, and counts its indexes.
type plainEngine struct {
	analyzer       *analysis.Analyzer
	opened, closed atomic.Int32
}

func (e *plainEngine) Format() int                  { return 77 }
func (e *plainEngine) IsImmutable(string) bool      { return false }
func (e *plainEngine) Analyzer() *analysis.Analyzer { return e.analyzer }

func (e *plainEngine) Create(dir string) (search.Index, error) {
	e.opened.Add(1)
	return plainIndex{memindex.New(e.analyzer), e, dir}, os.MkdirAll(dir, 0o755)
}

func (e *plainEngine) Open(dir string, _ bool) (search.Index, error) {
	encoded, err := os.ReadFile(filepath.Join(dir, "documents"))
	if err != nil {
		return nil, err
	}
	var docs []search.Document
	if err := json.Unmarshal(encoded, &docs); err != nil {
		return nil, err
	}
	e.opened.Add(1)
	index := memindex.New(e.analyzer)
	return plainIndex{index, e, dir}, index.Apply(context.Background(), search.Batch{Put: docs})
}

type plainIndex struct {
	*memindex.Index
	engine *plainEngine
	dir    string
}

func (x plainIndex) Apply(ctx context.Context, batch search.Batch) error {
	if err := x.Index.Apply(ctx, batch); err != nil {
		return err
	}
	snapshot, err := x.Snapshot(ctx)
	if err != nil {
		return err
	}
	found, err := search.Ask(ctx, snapshot, search.Query{Size: 1000})
	if err != nil {
		return err
	}
	var docs []search.Document
	for _, hit := range found.Hits {
		docs = append(docs, hit.Document)
	}
	encoded, err := json.Marshal(docs)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(x.dir, "documents"), encoded, 0o644)
}

func (x plainIndex) Close() error {
	x.engine.closed.Add(1)
	return x.Index.Close()
}

// TestManagerLetsGo: a request goes on in the generation that it has begun with, holds up neither a reload nor another
// request, and the last one to leave a replaced generation closes it. All this with an engine that is not Bleve.
func TestManagerLetsGo(t *testing.T) {
	dir := t.TempDir()
	plain := &plainEngine{analyzer: engine().Analyzer()}
	write := func(revision string) {
		t.Helper()
		u, err := Begin(dir, plain, false)
		check(t, err)
		check(t, u.Apply(t.Context(), search.Batch{Put: posts(revision, "a", "b")}))
		check(t, u.Commit(t.Context()))
		check(t, u.Close())
		plain.opened.Store(0)
		plain.closed.Store(0)
	}
	m := NewManager(dir, plain, slog.New(slog.DiscardHandler))
	acquire := func() search.Snapshot {
		t.Helper()
		snapshot, lexicon, err := m.Acquire(t.Context())
		check(t, err)
		if lexicon.Words.Docs("post") == 0 {
			t.Error("the lexicon does not know a word of all posts")
		}
		return snapshot
	}
	hashes := func(s search.Snapshot) []string {
		t.Helper()
		found, err := search.Ask(t.Context(), s, search.Query{Size: 10})
		check(t, err)
		seen := map[string]bool{}
		for _, hit := range found.Hits {
			seen[hit.Document.Hash] = true
		}
		return slices.Sorted(maps.Keys(seen))
	}
	expect := func(what string, s search.Snapshot, want string, opened, closed int32) {
		t.Helper()
		if diff := cmp.Diff([]string{"a" + want, "b" + want}, hashes(s)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
		if o, c := plain.opened.Load(), plain.closed.Load(); o != opened || c != closed {
			t.Errorf("%s: %d indexes opened and %d closed, want %d and %d", what, o, c, opened, closed)
		}
	}
	write("1")
	first, second := acquire(), acquire()
	expect("the first generation", first, "1", 1, 0)
	write("2")
	third := acquire()
	expect("the second generation", third, "2", 1, 0)
	expect("who began with the first", first, "1", 1, 0)
	check(t, first.Close())
	check(t, first.Close()) // the second time nothing is let go
	expect("another who began with the first", second, "1", 1, 0)
	check(t, second.Close())
	expect("when both have left", third, "2", 1, 1)
	check(t, m.Close())
	expect("when there are no more requests", third, "2", 1, 1)
	check(t, third.Close())
	if c := plain.closed.Load(); c != 2 {
		t.Errorf("%d indexes closed at last, want 2", c)
	}
	if _, _, err := m.Acquire(t.Context()); err == nil {
		t.Error("there are answers after Close")
	}
}
