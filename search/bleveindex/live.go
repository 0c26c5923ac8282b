package bleveindex

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/lexicon"
)

// Live searches the generation in force in a folder and moves on to the next one when a writer has put it there. While
// there is none, or none that can be read, searches return the error that says so.
type Live struct {
	dir      string
	analyzer *analysis.Analyzer
	log      *slog.Logger

	mu       sync.RWMutex // held for reading during a search, so that an index is closed only when idle
	index    *Index
	manifest Manifest    // of the index
	file     os.FileInfo // of the manifest
	err      error       // why there is no index, or why it is not the one in force
}

var _ search.Searcher = (*Live)(nil)

// NewLive returns a searcher over the index in dir. A generation that cannot be opened is logged, once for each reason,
// and the one before stays in use.
func NewLive(dir string, analyzer *analysis.Analyzer, log *slog.Logger) *Live {
	return &Live{dir: dir, analyzer: analyzer, log: log}
}

// Search implements search.Searcher.
func (l *Live) Search(ctx context.Context, q search.Query) (matches search.Matches, err error) {
	err = l.use(func(x *Index) error {
		matches, err = x.Search(ctx, q)
		return err
	})
	return matches, err
}

// Get implements search.Searcher.
func (l *Live) Get(ctx context.Context, id string) (doc search.Document, ok bool, err error) {
	err = l.use(func(x *Index) error {
		doc, ok, err = x.Get(ctx, id)
		return err
	})
	return doc, ok, err
}

// Lexicon implements search.Searcher.
func (l *Live) Lexicon(ctx context.Context) (lexicon *lexicon.Lexicon, err error) {
	err = l.use(func(x *Index) error {
		lexicon, err = x.Lexicon(ctx)
		return err
	})
	return lexicon, err
}

// use calls f with the index in force, which stays open until f returns.
func (l *Live) use(f func(*Index) error) error {
	l.refresh()
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.index == nil {
		return l.err
	}
	return f(l.index)
}

// Manifest describes the generation that searches are answered from; zero while there is none.
func (l *Live) Manifest() Manifest {
	l.refresh()
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.manifest
}

// refresh opens the generation in force if it has changed. To find out costs one look at the manifest's file. What
// cannot be opened is tried again by the next search, as the reason may pass, but logged only once.
func (l *Live) refresh() {
	info, err := os.Stat(filepath.Join(l.dir, manifestName))
	if err == nil && l.seen(info) {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil && l.same(info) {
		return // another search was first
	}
	index, manifest, err := OpenCurrent(l.dir, l.analyzer)
	if err != nil {
		l.blocked(err)
		return
	}
	if l.index != nil {
		if err := l.index.Close(); err != nil {
			l.log.Warn("close previous index", "error", err)
		}
		l.log.Info("index reloaded")
	}
	l.index, l.manifest, l.file, l.err = index, manifest, info, nil
}

// blocked keeps and logs why the generation in force cannot be opened.
func (l *Live) blocked(err error) {
	known := l.err != nil && l.err.Error() == err.Error()
	l.err = err
	switch {
	case known:
	case l.index != nil:
		l.log.Warn("keeping the previous index", "error", err)
	default:
		l.log.Warn("no index to search", "error", err)
	}
}

func (l *Live) seen(info os.FileInfo) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.same(info)
}

// same reports whether the manifest is that of the index in use. Every manifest is a file of its own, and the time tells
// apart two that got the same number from the file system.
func (l *Live) same(info os.FileInfo) bool {
	return l.file != nil && os.SameFile(info, l.file) && info.ModTime().Equal(l.file.ModTime())
}

// Close closes the index in use.
func (l *Live) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.index == nil {
		return nil
	}
	err := l.index.Close()
	l.index, l.err = nil, errors.New("the index is closed")
	return err
}
