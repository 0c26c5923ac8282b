package generation

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"chaja/search"
	"chaja/search/lexicon"
)

// Manager gives each request the generation in force in a folder, and moves on to the next one when a writer has put it
// there: what Lucene calls a searcher manager. Requests go on in the generation that they have begun with. While there is
// none, or none that can be read, Acquire returns the error that says so. It is safe for concurrent use.
type Manager struct {
	dir    string
	engine Engine
	log    *slog.Logger

	mu      sync.Mutex  // held while a generation is opened, never during a request
	current *Generation // nil when there is none
	file    os.FileInfo // of the manifest of current
	err     error       // why there is no generation, or why it is not the one in force
	closed  bool
}

// NewManager returns a manager of the index in dir. A generation that cannot be opened is logged, once for each reason,
// and the one before stays in use.
func NewManager(dir string, engine Engine, log *slog.Logger) *Manager {
	return &Manager{dir: dir, engine: engine, log: log}
}

// Acquire returns the documents of the generation in force, and their lexicon. The caller closes the snapshot; the
// generation stays open until then.
func (m *Manager) Acquire(ctx context.Context) (search.Snapshot, *lexicon.Lexicon, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refresh()
	if m.current == nil {
		return nil, nil, m.err
	}
	return m.current.Acquire(ctx)
}

// Manifest describes the generation that requests are answered from; zero while there is none.
func (m *Manager) Manifest() Manifest {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refresh()
	if m.current == nil {
		return Manifest{}
	}
	return m.current.Manifest
}

// refresh opens the generation in force if it has changed. To find out costs one look at the manifest's file. What
// cannot be opened is tried again by the next request, as the reason may pass, but logged only once.
func (m *Manager) refresh() {
	info, err := os.Stat(filepath.Join(m.dir, manifestName))
	if m.closed || err == nil && m.isFile(info) {
		return
	}
	next, err := Open(m.dir, m.engine)
	if err != nil {
		m.keep(err)
		return
	}
	if m.current != nil {
		if err := m.current.Close(); err != nil {
			m.log.Warn("close previous index", "error", err)
		}
		m.log.Info("index reloaded")
	}
	m.current, m.file, m.err = next, info, nil
}

// isFile reports whether the manifest is that of the generation in use. Every manifest is a file of its own, and the time
// tells apart two that got the same number from the file system.
func (m *Manager) isFile(info os.FileInfo) bool {
	return m.file != nil && os.SameFile(info, m.file) && info.ModTime().Equal(m.file.ModTime())
}

// keep keeps and logs why the generation in force cannot be opened.
func (m *Manager) keep(err error) {
	known := m.err != nil && m.err.Error() == err.Error()
	m.err = err
	switch {
	case known:
	case m.current != nil:
		m.log.Warn("keeping the previous index", "error", err)
	default:
		m.log.Warn("no index to search", "error", err)
	}
}

// Close lets the generation in use go. There are no answers afterwards.
func (m *Manager) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	last := m.current
	m.current, m.err, m.closed = nil, errClosed, true
	if last == nil {
		return nil
	}
	return last.Close()
}
