package opensearch

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"chaja/search"
	"chaja/search/generation"
	"chaja/search/lexicon"
)

// Manager gives each request the generation of a site in force, and moves on to the next one when a writer has put it there, as
// generation.Manager does for a folder. It keeps nothing but the lexicon and numbers of documents, so that any number of servers
// may ask one cluster. It is safe for concurrent use.
type Manager struct {
	site Site
	log  *slog.Logger

	mu      sync.Mutex // held while a generation is opened, never during a request
	current *served    // nil when there is none
	err     error      // why there is none, or why it is not the one in force
	looked  time.Time
	closed  bool
}

// lookEvery is how often requests look which generation is in force.
const lookEvery = time.Second

// lookTime bounds one look, and openTime the opening of a generation.
const (
	lookTime = 2 * time.Second
	openTime = 30 * time.Second
)

// served is a generation that requests are answered from.
type served struct {
	meta
	snapshot *snapshot
	lexicon  *lexicon.Lexicon
	users    sync.WaitGroup
}

// NewManager returns a manager of a site. A generation that cannot be opened is logged, once for each reason, and the one before
// stays in use.
func NewManager(site Site, log *slog.Logger) *Manager { return &Manager{site: site, log: log} }

// Acquire returns the documents of the generation in force, and their lexicon, which is nil without an analyzer. The caller
// closes the snapshot.
func (m *Manager) Acquire(ctx context.Context) (search.Snapshot, *lexicon.Lexicon, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refresh(ctx)
	if m.current == nil {
		return nil, nil, m.err
	}
	m.current.users.Add(1)
	return &held{m.current.snapshot, sync.OnceFunc(m.current.users.Done)}, m.current.lexicon, nil
}

// held is the snapshot of a generation that one request uses among others.
type held struct {
	*snapshot
	release func()
}

// Close implements search.Snapshot.
func (h *held) Close() error {
	h.release()
	return nil
}

// Manifest describes the generation that requests are answered from; zero while there is none.
func (m *Manager) Manifest() generation.Manifest {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refresh(context.Background())
	if m.current == nil {
		return generation.Manifest{}
	}
	return m.current.Manifest
}

// Broken never tells anything: a cluster keeps its files itself.
func (m *Manager) Broken() <-chan struct{} { return nil }

// refresh opens the generation in force if it has changed.
func (m *Manager) refresh(ctx context.Context) {
	if m.closed || time.Since(m.looked) < lookEvery {
		return
	}
	ctx = context.WithoutCancel(ctx) // the next request needs it too
	look, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	now, err := m.site.Cluster.inForce(look, m.site.Name)
	if err == nil && (m.current == nil || m.current.Generation != now.Generation) {
		err = m.open(ctx, now)
	}
	if err != nil {
		m.keep(err)
	} else {
		m.err = nil
	}
	m.looked = time.Now()
}

// open answers from a generation from now on.
func (m *Manager) open(ctx context.Context, now meta) (err error) {
	if err := now.check(m.site.Analyzer); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, openTime)
	defer cancel()
	next := &served{meta: now}
	if m.site.Analyzer != nil {
		if next.lexicon, err = m.site.Cluster.readLexicon(ctx, now.Generation); err != nil {
			return err
		}
	}
	if next.snapshot, err = Open(m.site.Cluster, now.Generation, m.site.Analyzer).open(ctx); err != nil {
		return err
	}
	m.letGo()
	m.current = next
	m.log.Info("index opened", "generation", now.Generation, "posts", now.Posts)
	return nil
}

// letGo gives up the generation in use once its requests are answered.
func (m *Manager) letGo() {
	if old := m.current; old != nil {
		go func() {
			old.users.Wait()
			old.snapshot.release()
		}()
	}
	m.current = nil
}

// keep keeps and logs why the generation in force cannot be used.
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
	old := m.current
	m.current, m.err, m.closed = nil, errors.New("the index is closed"), true
	if old != nil {
		old.snapshot.release()
	}
	return nil
}

// Documents calls yield with every document of the generation in force, in the order of their IDs, until it returns an error.
func (m *Manager) Documents(ctx context.Context, yield func(*search.Document) error) (err error) {
	s, _, err := m.Acquire(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return s.(*held).Documents(ctx, yield)
}
