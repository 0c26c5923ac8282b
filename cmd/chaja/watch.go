package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"chaja/search/analysis"
)

// quiet is how long a site must be left alone before it is indexed: editors and git write many files in a row.
const quiet = 300 * time.Millisecond

// watchSite indexes the site now, and again whenever something in it changes, until ctx ends. It returns once the site
// is watched; indexing goes on in the background.
func watchSite(ctx context.Context, o *indexOptions, analyzer *analysis.Analyzer, log *slog.Logger) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch site: %w", err)
	}
	if err := watchFolders(watcher, o.site); err != nil {
		return errors.Join(fmt.Errorf("watch site: %w", err), watcher.Close())
	}
	go func() {
		defer watcher.Close()
		for timer := time.NewTimer(0); ; {
			select {
			case <-ctx.Done():
				return
			case event := <-watcher.Events:
				if skipped(event.Name) {
					continue
				}
				if event.Has(fsnotify.Create) {
					_ = watchFolders(watcher, event.Name) // a file, or gone again
				}
				timer.Reset(quiet)
			case err := <-watcher.Errors:
				log.Warn("watch site", "error", err)
				timer.Reset(quiet) // events may be lost: look at everything
			case <-timer.C:
				reindex(ctx, o, analyzer, log)
			}
		}
	}()
	return nil
}

func reindex(ctx context.Context, o *indexOptions, analyzer *analysis.Analyzer, log *slog.Logger) {
	report, err := o.run(ctx, analyzer, nil)
	if err != nil {
		log.Error("index site", "error", err, "fix", hint(err))
		return
	}
	for _, p := range report.Problems {
		log.Warn("problem in post", "post", p.String())
	}
	log.Info("indexed", "posts", report.Found, "added", report.Added, "updated", report.Updated, "deleted", report.Deleted)
}

// watchFolders watches root and the folders below it, but for hidden ones.
func watchFolders(watcher *fsnotify.Watcher, root string) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !entry.IsDir():
			return nil
		case path != root && skipped(path):
			return fs.SkipDir
		}
		return watcher.Add(path)
	})
}

// skipped reports whether a change of path is of no matter: the index itself is in a hidden folder.
func skipped(path string) bool {
	name := filepath.Base(path)
	return strings.HasPrefix(name, ".") || name == "node_modules"
}
