package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"chaja/search/analysis"
	"chaja/search/generation"
)

// quiet is how long a site must be left alone before it is indexed: editors and git write many files in a row.
const quiet = 300 * time.Millisecond

// busy is how long to wait for another process that writes the index.
const busy = time.Second

// errWatches says that the system watches no more folders. Linux reports that as a full disk.
var errWatches = errors.New("the system's limit of watched folders is reached")

// watcher indexes a site whenever something in it changes.
type watcher struct {
	events   *fsnotify.Watcher
	options  *indexOptions
	analyzer *analysis.Analyzer
	log      *slog.Logger
}

// watchSite indexes the site now, and again whenever something in it changes, until ctx ends. It returns once the site
// is watched; indexing goes on in the background, and wait waits for its end.
func watchSite(ctx context.Context, o *indexOptions, analyzer *analysis.Analyzer, log *slog.Logger) (wait func(), err error) {
	if err := o.checkSite(); err != nil {
		return nil, err
	}
	root, err := filepath.EvalSymlinks(o.site) // WalkDir does not follow a link that it begins with
	if err != nil {
		return nil, fmt.Errorf("watch site: %w", err)
	}
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch site: %w", err)
	}
	w := watcher{events, o, analyzer, log}
	if err := w.add(root); err != nil {
		return nil, errors.Join(fmt.Errorf("watch site: %w", err), events.Close())
	}
	var background sync.WaitGroup
	background.Go(func() { w.run(ctx) })
	return background.Wait, nil
}

func (w *watcher) run(ctx context.Context) {
	defer w.events.Close()
	for timer := time.NewTimer(0); ; {
		select {
		case <-ctx.Done():
			return
		case event := <-w.events.Events:
			if skipped(event.Name) {
				continue
			}
			if event.Has(fsnotify.Create) {
				if err := w.add(event.Name); err != nil && !errors.Is(err, fs.ErrNotExist) { // else it is gone again
					w.log.Warn("watch new folder", "error", err, "fix", hint(err))
				}
			}
			timer.Reset(quiet)
		case err := <-w.events.Errors:
			w.log.Warn("watch site", "error", err)
			timer.Reset(quiet) // events may be lost: look at everything
		case <-timer.C:
			if err := w.reindex(ctx); errors.Is(err, generation.ErrBusy) {
				timer.Reset(busy) // who writes now may have read the posts before they changed
			}
		}
	}
}

// reindex brings the index up to date and logs what came of it.
func (w *watcher) reindex(ctx context.Context) error {
	report, err := w.options.run(ctx, w.analyzer, nil)
	if ctx.Err() != nil {
		return ctx.Err() // the server ends; the index is as it was
	}
	if errors.Is(err, generation.ErrBusy) {
		w.log.Info("index site later", "reason", err)
		return err
	}
	if err != nil {
		w.log.Error("index site", "error", err, "fix", hint(err))
		return err
	}
	for _, p := range report.Problems {
		w.log.Warn("problem in post", "post", p.String())
	}
	w.log.Info("indexed", "site", report.Site, "posts", report.Found, "added", report.Added, "updated", report.Updated, "deleted", report.Deleted)
	return nil
}

// add watches root and the folders below it, but for hidden ones. What cannot be read below root is logged and left out,
// as the indexer leaves it out.
func (w *watcher) add(root string) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err == nil && !entry.IsDir():
			return nil
		case err == nil && path != root && skipped(path):
			return fs.SkipDir
		case err == nil:
			if err = w.events.Add(path); err != nil {
				err = &fs.PathError{Op: "watch", Path: path, Err: err}
			}
		}
		switch {
		case err == nil:
			return nil
		case errors.Is(err, syscall.ENOSPC):
			return fmt.Errorf("%w at %s", errWatches, path)
		case path == root:
			return err
		case !errors.Is(err, fs.ErrNotExist): // else it is gone again
			w.log.Warn("folder is not watched", "error", err)
		}
		return fs.SkipDir
	})
}

// skipped reports whether a change of path is of no matter: the index itself is in a hidden folder.
func skipped(path string) bool {
	name := filepath.Base(path)
	return strings.HasPrefix(name, ".") || name == "node_modules"
}
