// Package watch runs something now, and again whenever what matters in a site changes. It is told of changes by the system,
// and looks for itself where the system does not tell: on network file systems, and when its limits are reached. What fails is
// tried again.
package watch

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"chaja/indexer/site"
)

// How often the site is looked at, beside what the system tells.
const (
	rootInterval = time.Second      // whether its folder is another one now: moved, made anew, or linked elsewhere
	slowInterval = 30 * time.Second // at the whole site, as the system may not tell all
	lookShare    = 100              // where it does not tell, the part of the time, one in so many, that looking may take
)

// Options say what is watched. All but Again are needed.
type Options struct {
	Dir   string                               // folder of the site
	Look  func() (site.Scope, error)           // what of it matters now
	Run   func(context.Context) error          // what is to be done; an error means that it is to be tried again
	Fail  func(err error, again time.Duration) // told of an error, once for each kind until Run succeeds
	Log   *slog.Logger                         // told where changes are seen late
	Again <-chan struct{}                      // asks for a run as a change does; may be nil
}

// Run watches until ctx ends, and waits for the end of what it runs.
func Run(ctx context.Context, o Options) {
	w := &watcher{Options: o, notify: newNotifier(o.Dir, o.Log), failed: once{}}
	w.loop(ctx)
}

type watcher struct {
	Options
	notify   *notifier
	schedule schedule
	failed   once

	scope    site.Scope
	root     os.FileInfo // of the folder that the scope is of; nil when there is none
	looked   time.Time   // when, and how long it took
	lookCost time.Duration
}

// loop is the only goroutine that changes the watcher. Run has one of its own, so that no event has to wait.
func (w *watcher) loop(ctx context.Context) {
	defer w.notify.close()
	ticks := time.NewTicker(rootInterval)
	defer ticks.Stop()
	ends := make(chan error, 1)
	running, began := false, time.Time{}
	w.schedule.change(time.Now())
	for {
		var due <-chan time.Time
		if at, ok := w.schedule.due(); ok && !running {
			due = time.After(time.Until(at))
		}
		select {
		case <-ctx.Done():
			if running {
				<-ends
			}
			return
		case event, open := <-w.notify.events():
			if !open {
				w.notify.close()
			} else if w.matters(event.Name, event.Has(created)) {
				w.schedule.change(time.Now())
			}
		case err := <-w.notify.errors():
			w.notify.lost(err)
			w.schedule.change(time.Now()) // events may be lost: look at everything
		case <-w.Again:
			w.schedule.change(time.Now())
		case <-ticks.C:
			if !running {
				w.poll()
			}
		case <-due:
			w.see()
			w.schedule.begin()
			running, began = true, time.Now()
			go func() { ends <- w.Run(ctx) }()
		case err := <-ends:
			running = false
			w.ended(err, time.Since(began))
		}
	}
}

// see looks at the site before a run, so that nothing that changes after that goes unseen.
func (w *watcher) see() {
	scope, err := w.look()
	if err != nil {
		w.root = nil
		return // the run says why
	}
	w.scope = scope
	w.root, _ = os.Stat(w.Dir)
	w.notify.watch(scope.Folders)
}

func (w *watcher) look() (site.Scope, error) {
	w.looked = time.Now()
	scope, err := w.Look()
	w.lookCost = time.Since(w.looked)
	return scope, err
}

// poll looks for what the system does not tell.
func (w *watcher) poll() {
	root, err := os.Stat(w.Dir)
	if err != nil {
		w.root = nil
		return
	}
	if w.root == nil || !os.SameFile(root, w.root) {
		w.root = root
		w.schedule.change(time.Now())
		return
	}
	if time.Since(w.looked) < w.interval() {
		return
	}
	if scope, err := w.look(); err == nil && scope.State != w.scope.State {
		w.schedule.change(time.Now())
	}
}

// interval is the time between two looks.
func (w *watcher) interval() time.Duration {
	if !w.notify.blind {
		return slowInterval
	}
	return min(w.lookCost*lookShare, slowInterval)
}

// matters reports whether a change of the file or folder at path matters.
func (w *watcher) matters(path string, created bool) bool {
	name, err := filepath.Rel(w.Dir, path)
	if err != nil {
		return false
	}
	name = filepath.ToSlash(name)
	if w.scope.Matters(name) {
		return true
	}
	if !created {
		return false
	}
	info, err := os.Lstat(path)
	return err == nil && info.IsDir() && w.scope.MattersAsFolder(name)
}

// ended plans what follows a run.
func (w *watcher) ended(err error, took time.Duration) {
	if errors.Is(err, context.Canceled) {
		return
	}
	again := w.schedule.end(time.Now(), took, err != nil)
	if err == nil {
		clear(w.failed)
	} else if w.failed.first(kind(err)) {
		w.Fail(err, again)
	}
}

// once remembers what was said.
type once map[string]bool

// maxSaid bounds what is remembered.
const maxSaid = 1 << 10

// first reports whether it is asked for the first time.
func (o once) first(what string) bool {
	if o[what] || len(o) == maxSaid {
		return false
	}
	o[what] = true
	return true
}

// kind returns what is the same for errors with one cause: the innermost one's message.
func kind(err error) string {
	for {
		var next error
		switch wrapped := err.(type) {
		case interface{ Unwrap() error }:
			next = wrapped.Unwrap()
		case interface{ Unwrap() []error }:
			if all := wrapped.Unwrap(); len(all) > 0 {
				next = all[0]
			}
		}
		if next == nil {
			return err.Error()
		}
		err = next
	}
}
