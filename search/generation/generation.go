// Package generation keeps an index in a folder that is updated as a whole, under readers, and survives whatever
// interrupts a writer. It stands over any engine that keeps an index in a folder.
//
// An index folder holds one generation of the index at a time:
//
//	CURRENT    a manifest in JSON that names the generation in force, with the size and checksum of each of its files
//	gen-…/     the generation, a folder of the engine's, with the files of the lexicon, the vectors if any, and a mark beside
//	lock       held by the process that writes
//
// A writer makes the next generation in a folder of its own, where the files that did not change are links to those of the
// present one. It syncs all of it, puts the new manifest in place by renaming it, which is atomic, syncs that, and then
// removes the old generation. Whoever is interrupted before the rename leaves the old one in force, and a folder that the
// next writer removes. Readers that have the old generation open keep it until they close it.
//
// Files are compared with the manifest before they are written on, and when they are opened: some at once, all of them in
// the background of a server. What is damaged counts as outdated: a writer begins with nothing.
package generation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/lexicon"
	"chaja/search/vector"
)

// Engine makes and opens indexes, each in a folder that it shares with the mark and the lexicon. Their snapshots are sources
// of a lexicon.
type Engine interface {
	// Create makes an empty index in a folder that holds none.
	Create(dir string) (search.Index, error)

	// Open opens an index. One that is open for reading only shuts out no other reader, also after its folder is removed.
	// Whatever is wrong with the files is an error, never a panic.
	Open(dir string, readOnly bool) (search.Index, error)

	// IsImmutable reports whether a file of the folder, named by its path in it with "/", never changes once an index is
	// closed. Such a file is shared by the generations that have it.
	IsImmutable(name string) bool

	// Format is the version of what is in the folder. An index of another one is not opened.
	Format() int

	// Analyzer is what analyzes the documents. An index that was analyzed by another version of it is not opened. It may be
	// nil where neither words are searched for nor documents written; then no lexicon is read.
	Analyzer() *analysis.Analyzer
}

// Merger is an index that can be brought into the form that is read fastest, as Lucene's forceMerge does. A new generation is, before
// it is put in force.
type Merger interface {
	// ForceMerge merges all segments. After an error the index is as good as before.
	ForceMerge(ctx context.Context) error
}

// Generation is the generation in force when it was opened, for reading.
type Generation struct {
	Manifest Manifest

	dir      string // of the index
	health   health
	whole    bool // every file was verified
	gone     bool // a file is not there any more, and its manager has said so
	index    search.Index
	snapshot search.Snapshot
	lexicon  *lexicon.Lexicon
	vectors  *vector.File // nil without any

	mu    sync.Mutex
	users int // who opened it and the snapshots that were acquired; closed when none is left
}

// errClosed says that there are no more answers.
var errClosed = errors.New("the index is closed")

// Open opens the generation in force in dir. The error wraps search.ErrNoIndex when there is none, and
// search.ErrOutdated when it must be made anew: of another version, or damaged.
func Open(dir string, engine Engine) (*Generation, error) {
	return openVerified(system{}, dir, engine, sample)
}

// openVerified is Open that verifies files of at most so many bytes.
func openVerified(d disk, dir string, engine Engine, limit int64) (*Generation, error) {
	for attempt := 0; ; attempt++ {
		m, err := readManifest(d, dir)
		if err != nil {
			return nil, err
		}
		if err := m.check(engine); err != nil {
			return nil, err
		}
		g, err := open(d, dir, m, engine, limit)
		if err == nil {
			return g, nil
		}
		if now, _ := readManifest(d, dir); now.is(m) || attempt > 10 {
			return nil, err
		} // else a writer has replaced it since
	}
}

// open opens the generation of a manifest. What is wrong with its files is an error of type *damaged. What the system
// refuses is not damage.
func open(d disk, dir string, m Manifest, engine Engine, limit int64) (*Generation, error) {
	g := &Generation{Manifest: m, dir: dir, users: 1, health: health{ill: make(chan struct{})}}
	var err error
	if g.whole, err = m.verify(context.Background(), d, g.path(), limit, false); err == nil {
		if err = onFault(func() error { return g.read(engine) }); err == nil {
			return g, nil
		}
		err = cmp.Or(g.refusal(), err) // an engine may not say that it was refused a file
	}
	if isRefused(err) {
		return nil, fmt.Errorf("open index: %w", err)
	}
	if _, named := m.verify(context.Background(), d, g.path(), everything, false); named != nil && !isRefused(named) {
		err = named // an engine says what it stumbled over, not over which file
	}
	return nil, &damaged{dir, err}
}

// read opens the index and reads the lexicon.
func (g *Generation) read(engine Engine) (err error) {
	if g.index, err = engine.Open(g.path(), true); err != nil {
		return err
	}
	if g.snapshot, err = g.index.Snapshot(context.Background()); err != nil {
		return errors.Join(err, g.index.Close())
	}
	if err := g.readRest(engine); err != nil {
		return errors.Join(err, g.Close())
	}
	return nil
}

// readRest compares the number of documents with the manifest, as an engine may open less than there is, and reads the
// lexicon.
func (g *Generation) readRest(engine Engine) (err error) {
	if len(g.Manifest.Files) > 0 {
		all, err := search.Ask(context.Background(), g.snapshot, search.Query{})
		if err != nil {
			return err
		}
		if posts := all.Total; posts != g.Manifest.Posts {
			return fmt.Errorf("%s has %d posts of %d", g.Manifest.Generation, posts, g.Manifest.Posts)
		}
	}
	if engine.Analyzer() != nil {
		if g.lexicon, err = lexicon.Read(g.path()); err != nil {
			return err
		}
	}
	return g.readVectors()
}

// refusal returns the error of the system when it refuses to open as many files as an engine may need.
func (g *Generation) refusal() (err error) {
	const more = 8
	for range len(g.Manifest.Files) + more {
		f, err := os.Open(g.path())
		if err != nil {
			if isRefused(err) {
				return err
			}
			return nil
		}
		defer f.Close()
	}
	return nil
}

// path is the folder of the generation.
func (g *Generation) path() string { return filepath.Join(g.dir, g.Manifest.Generation) }

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
	return &held{g, sync.OnceValue(g.Close)}, g.lexicon, nil
}

// Close lets the generation go, which is closed when all snapshots that were acquired are. It is called once.
func (g *Generation) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.users--; g.users > 0 {
		return nil
	}
	return errors.Join(g.snapshot.Close(), g.index.Close(), g.closeVectors())
}

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
