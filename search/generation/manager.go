package generation

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"chaja/search"
	"chaja/search/lexicon"
)

// Manager gives each request the generation in force in a folder, and moves on to the next one when a writer has put it
// there: what Lucene calls a searcher manager. Requests go on in the generation that they have begun with. While there is
// none, or none that can be read, Acquire returns the error that says so. It is safe for concurrent use.
//
// A generation is used as soon as a sample of it is verified. The rest is verified in the background, and until that is
// done the one before is kept, to go back to. A generation that turns out damaged later answers nothing any more, until
// it is whole again or replaced.
type Manager struct {
	dir    string
	engine Engine
	log    *slog.Logger
	broken chan struct{}
	sample int64 // bytes verified before a generation is used

	mu       sync.Mutex  // held while a generation is opened, never during a request
	current  *Generation // nil when there is none
	previous *Generation // nil unless current is not verified yet
	file     os.FileInfo // of the manifest that was looked at last
	err      error       // why there is no generation, or why it is not the one in force
	again    time.Time   // when what could not be opened is tried again
	sized    time.Time   // when the sizes of files were looked at
	stop     func()      // ends the inspection of current
	closed   bool
}

// tryAgain is how long a generation that cannot be opened is let alone: not every request tries.
const tryAgain = time.Second

// NewManager returns a manager of the index in dir. A generation that cannot be opened is logged, once for each reason,
// and the one before stays in use.
func NewManager(dir string, engine Engine, log *slog.Logger) *Manager {
	return &Manager{dir: dir, engine: engine, log: log, broken: make(chan struct{}, 1), sample: sample, stop: func() {}}
}

// Broken tells when the index is found damaged, so that only making it anew mends it: several such findings may be told as
// one. There is one channel, for one receiver.
func (m *Manager) Broken() <-chan struct{} { return m.broken }

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
// cannot be opened is tried again a little later, as the reason may pass, but logged only once.
func (m *Manager) refresh() {
	if m.closed {
		return
	}
	m.lookAtSizes()
	m.leaveDamaged()
	info, err := os.Stat(filepath.Join(m.dir, manifestName))
	if err == nil && m.isFile(info) && (m.err == nil || time.Now().Before(m.again)) {
		return
	}
	m.file, m.again = info, time.Now().Add(tryAgain)
	next, err := openVerified(system{}, m.dir, m.engine, m.sample)
	if err != nil {
		m.keep(err)
		return
	}
	m.use(next)
}

// use answers from a generation from now on.
func (m *Manager) use(next *Generation) {
	m.stop()
	switch {
	case m.current == nil:
	case m.previous == nil && !next.whole && m.current.whole:
		m.previous = m.current
		m.log.Info("index reloaded")
	default:
		m.letGo(m.current)
		m.log.Info("index reloaded")
	}
	if next.whole {
		m.letGo(m.previous)
		m.previous = nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	m.current, m.err, m.stop = next, nil, cancel
	go m.inspect(ctx, next)
}

// letGo closes a generation, if there is one.
func (m *Manager) letGo(g *Generation) {
	if g == nil {
		return
	}
	if err := g.Close(); err != nil {
		m.log.Warn("close previous index", "error", err)
	}
}

// sizeEvery is how often requests look at the sizes of files. Where one is cut, the rest of its last page reads as zeros:
// nothing else tells.
const sizeEvery = time.Second

// lookAtSizes finds files that were cut while they are in use.
func (m *Manager) lookAtSizes() {
	if m.current == nil || time.Since(m.sized) < sizeEvery {
		return
	}
	m.sized = time.Now()
	if _, err := m.current.Manifest.verify(context.Background(), system{}, m.current.path(), 0, false); err != nil {
		m.judge(m.current, err)
	}
}

// judge draws the conclusion from what was found wrong with the files of a generation. Those that are gone are not missed by
// who has them open, so they only need to be made anew; but those of a generation that was replaced are gone for good.
func (m *Manager) judge(g *Generation, err error) {
	switch {
	case isRefused(err), g.Damage() != nil, !g.inForce():
	case !errors.Is(err, fs.ErrNotExist):
		_ = g.fail(err)
	case !g.gone:
		g.gone = true
		m.log.Warn("a file of the index is gone: searches go on until the server ends, and need a new index then", "error", err)
		m.tell()
	}
}

// leaveDamaged goes back to the generation before one that turned out damaged, if that is still kept.
func (m *Manager) leaveDamaged() {
	if m.current == nil || m.current.Damage() == nil {
		return
	}
	left := m.current
	m.current, m.previous = m.previous, nil
	m.again = time.Now().Add(never) // until its files are whole, which the inspection sees
	m.keep(left.Damage())
	m.letGo(left)
}

// never is later than anyone waits.
const never = 100 * 365 * 24 * time.Hour

// isFile reports whether the manifest is that which was looked at last. Every manifest is a file of its own, and the time
// tells apart two that got the same number from the file system.
func (m *Manager) isFile(info os.FileInfo) bool {
	return m.file != nil && os.SameFile(info, m.file) && info.ModTime().Equal(m.file.ModTime())
}

// keep keeps and logs why the generation in force cannot be used.
func (m *Manager) keep(err error) {
	known := m.err != nil && m.err.Error() == err.Error()
	m.err = err
	if _, ok := errors.AsType[*damaged](err); ok && !known {
		m.tell()
	}
	switch {
	case known:
	case m.current != nil:
		m.log.Warn("keeping the previous index", "error", err)
	default:
		m.log.Warn("no index to search", "error", err)
	}
}

// tell tells the receiver of Broken, unless it is told already.
func (m *Manager) tell() {
	select {
	case m.broken <- struct{}{}:
	default:
	}
}

// Close lets the generation in use go. There are no answers afterwards.
func (m *Manager) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stop()
	var errs []error
	for _, g := range []*Generation{m.current, m.previous} {
		if g != nil {
			errs = append(errs, g.Close())
		}
	}
	m.current, m.previous, m.err, m.closed = nil, nil, errClosed, true
	return errors.Join(errs...)
}
