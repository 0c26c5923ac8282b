package generation

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"chaja/search"
	"chaja/search/lexicon"
)

// fault is what happens to who reads a file that is mapped into memory where it was cut or cannot be read.
type fault struct{ cause error }

func (f *fault) Error() string {
	return fmt.Sprintf("a file was cut, or cannot be read, while it is in use (%v)", f.cause)
}
func (f *fault) Unwrap() error { return f.cause }

// onFault calls f, and makes an error of a fault, which would end the program. It holds for this goroutine: an engine reads
// in no other, or sees to that itself. Other panics go on.
func onFault(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		p := recover()
		cause, ok := p.(interface {
			error
			Addr() uintptr
		})
		switch {
		case ok:
			err = &fault{cause}
		case p != nil:
			panic(p)
		}
	}()
	return f()
}

// health is what is known of the files of a generation.
type health struct {
	damage atomic.Pointer[damaged]
	ill    chan struct{} // closed with the first damage

	mu      sync.Mutex // held while files are verified because something failed
	checked time.Time
}

// recheckAfter is how long files count as whole once they were found so: not every failing request reads all of them.
const recheckAfter = 10 * time.Second

// Damage returns what is wrong with the files, nil for nothing. A generation with damage answers nothing any more.
func (g *Generation) Damage() error {
	if d := g.health.damage.Load(); d != nil {
		return d
	}
	return nil
}

// fail marks the generation as damaged and returns the damage that was found first.
func (g *Generation) fail(cause error) error {
	if g.health.damage.CompareAndSwap(nil, &damaged{g.dir, cause}) {
		close(g.health.ill)
	}
	return g.Damage()
}

// guard calls f, which reads the files of the generation. What fails because they are damaged is an error that says so, and
// the generation is marked.
func (g *Generation) guard(ctx context.Context, f func() error) (err error) {
	if err := g.Damage(); err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			if err = g.recheck(ctx); err == nil {
				panic(p) // the files are whole: a bug
			}
		}
	}()
	err = onFault(f)
	if _, ok := errors.AsType[*fault](err); ok {
		return g.fail(g.nameCut(err))
	}
	if err == nil || ctx.Err() != nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if damage := g.recheck(ctx); damage != nil {
		return damage
	}
	return err
}

// nameCut adds to a fault which file was cut.
func (g *Generation) nameCut(err error) error {
	if _, cut := g.Manifest.verify(context.Background(), system{}, g.path(), 0, false); cut != nil {
		return fmt.Errorf("%w: %w", cut, err)
	}
	return err
}

// recheck verifies all files because something failed, and marks the generation when that is why.
func (g *Generation) recheck(ctx context.Context) error {
	g.health.mu.Lock()
	defer g.health.mu.Unlock()
	if err := g.Damage(); err != nil || time.Since(g.health.checked) < recheckAfter {
		return err
	}
	if _, err := g.Manifest.verify(ctx, system{}, g.path(), everything, false); err != nil && ctx.Err() == nil && !isRefused(err) && g.inForce() {
		return g.fail(err)
	}
	g.health.checked = time.Now()
	return nil
}

// inForce reports whether the folder still has this generation: what was replaced loses its files.
func (g *Generation) inForce() bool {
	m, err := ReadManifest(g.dir)
	return err != nil || m.is(g.Manifest)
}

// held is a snapshot that one request uses among others.
type held struct {
	of      *Generation
	release func() error
}

var _ search.Snapshot = (*held)(nil)

// Search implements search.Snapshot.
func (h *held) Search(ctx context.Context, queries ...search.Query) (answers []search.Matches, err error) {
	err = h.of.guard(ctx, func() (err error) {
		answers, err = h.of.snapshot.Search(ctx, queries...)
		return err
	})
	return answers, err
}

// Get implements search.Snapshot.
func (h *held) Get(ctx context.Context, ids ...string) (docs map[string]search.Document, err error) {
	err = h.of.guard(ctx, func() (err error) {
		docs, err = h.of.snapshot.Get(ctx, ids...)
		return err
	})
	return docs, err
}

// Close implements search.Snapshot.
func (h *held) Close() error { return h.release() }

// Documents calls yield with every document, in the order of their IDs, until it returns an error.
func (g *Generation) Documents(ctx context.Context, yield func(*search.Document) error) error {
	all, ok := g.snapshot.(lexicon.Source)
	if !ok {
		return fmt.Errorf("list documents: %T does not give them", g.snapshot)
	}
	return g.guard(ctx, func() error { return all.Documents(ctx, yield) })
}
