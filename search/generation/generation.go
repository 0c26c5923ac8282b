// Package generation keeps an index in a folder that is updated as a whole, under readers, and survives whatever
// interrupts a writer. It stands over any engine that keeps an index in a folder.
//
// An index folder holds one generation of the index at a time:
//
//	CURRENT    a manifest in JSON that names the generation in force
//	gen-…/     the generation, a folder of the engine's, with the files of the lexicon beside
//	lock       held by the process that writes
//
// A writer makes the next generation in a folder of its own, puts the new manifest in place by renaming it, which is
// atomic, and then removes the old generation. Whoever is interrupted before the rename leaves the old one in force,
// and a folder that the next writer removes. Readers that have the old generation open keep it until they close it.
package generation

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/lexicon"
)

// Engine makes and opens indexes, each in a folder that holds nothing else but what is written there between two
// openings. Their snapshots are sources of a lexicon.
type Engine interface {
	// Create makes an empty index in a folder that does not exist.
	Create(dir string) (search.Index, error)

	// Open opens an index. One that is open for reading only shuts out no other reader, also after its folder is removed.
	// Whatever is wrong with the files is an error, never a panic.
	Open(dir string, readOnly bool) (search.Index, error)

	// Format is the version of what is in the folder. An index of another one is not opened.
	Format() int

	// Analyzer is what analyzes the documents. An index that was analyzed by another version of it is not opened. It may be
	// nil where neither words are searched for nor documents written; then no lexicon is read.
	Analyzer() *analysis.Analyzer
}

// Generation is the generation in force when it was opened, for reading.
type Generation struct {
	Manifest Manifest

	index    search.Index
	snapshot search.Snapshot
	lexicon  *lexicon.Lexicon

	mu    sync.Mutex
	users int // who opened it and the snapshots that were acquired; closed when none is left
}

// errClosed says that there are no more answers.
var errClosed = errors.New("the index is closed")

// Open opens the generation in force in dir. The error wraps search.ErrNoIndex when there is none, and
// search.ErrOutdated when it must be made anew: of another version, or damaged.
func Open(dir string, engine Engine) (*Generation, error) {
	for attempt := 0; ; attempt++ {
		m, err := ReadManifest(dir)
		if err != nil {
			return nil, err
		}
		if err := m.check(engine); err != nil {
			return nil, err
		}
		g, err := open(dir, m, engine)
		if err == nil {
			return g, nil
		}
		if now, _ := ReadManifest(dir); now == m || attempt > 10 {
			return nil, err
		} // else a writer has replaced it since
	}
}

// open opens the generation of a manifest. What is wrong with its files is an error of type *damaged. What the system
// refuses is not damage.
func open(dir string, m Manifest, engine Engine) (*Generation, error) {
	g, err := read(filepath.Join(dir, m.Generation), m, engine)
	switch {
	case err == nil:
		return g, nil
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return nil, err
	}
	return nil, &damaged{dir, err}
}

func read(path string, m Manifest, engine Engine) (*Generation, error) {
	size, err := Size(path)
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	if size != m.Bytes {
		return nil, fmt.Errorf("%s has %d bytes of %d", m.Generation, size, m.Bytes)
	}
	g := &Generation{Manifest: m, users: 1}
	if g.index, err = engine.Open(path, true); err != nil {
		return nil, err
	}
	if g.snapshot, err = g.index.Snapshot(context.Background()); err != nil {
		return nil, errors.Join(err, g.index.Close())
	}
	if engine.Analyzer() != nil {
		if g.lexicon, err = lexicon.Read(path); err != nil {
			return nil, errors.Join(err, g.Close())
		}
	}
	return g, nil
}

// Acquire returns the documents and their lexicon, which is nil without an analyzer. The caller closes the snapshot; the generation stays open until then.
func (g *Generation) Acquire(ctx context.Context) (search.Snapshot, *lexicon.Lexicon, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.users == 0 {
		return nil, nil, errClosed
	}
	g.users++
	return &held{Snapshot: g.snapshot, release: sync.OnceValue(g.Close)}, g.lexicon, nil
}

// Documents calls yield with every document, in the order of their IDs, until it returns an error.
func (g *Generation) Documents(ctx context.Context, yield func(*search.Document) error) error {
	all, ok := g.snapshot.(lexicon.Source)
	if !ok {
		return fmt.Errorf("list documents: %T does not give them", g.snapshot)
	}
	return all.Documents(ctx, yield)
}

// Close lets the generation go, which is closed when all snapshots that were acquired are. It is called once.
func (g *Generation) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.users--; g.users > 0 {
		return nil
	}
	return errors.Join(g.snapshot.Close(), g.index.Close())
}

// held is a snapshot that one request uses among others.
type held struct {
	search.Snapshot
	release func() error
}

func (h *held) Close() error { return h.release() }

// damaged is an index that is there and cannot be read. To be made anew is what mends it, as it mends one of another
// version: so it counts as search.ErrOutdated.
type damaged struct {
	dir   string
	cause error
}

func (d *damaged) Error() string {
	cause, _, _ := strings.Cut(d.cause.Error(), "\n") // an engine may add what it could not read
	return fmt.Sprintf("the index in %s is damaged: %s", d.dir, cause)
}

func (d *damaged) Unwrap() []error { return []error{search.ErrOutdated, d.cause} }
