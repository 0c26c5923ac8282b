package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"chaja/search"
	"chaja/search/generation"
	"chaja/search/httpapi"
	"chaja/search/lexicon"
)

// indexing knows of the runs of the indexer in a server, those of --watch and those on demand. Nil knows of none.
type indexing struct {
	log *slog.Logger

	mu          sync.Mutex
	running     int
	done, total int       // posts, of the last run that said so
	told        time.Time // when the log was told of these
}

// progressEvery is how often the log is told how far a long run is.
const progressEvery = 10 * time.Second

// begin says that a run begins. update takes its progress and hands it on to the one given, if any; end ends it.
func (x *indexing) begin(progress func(done, total int)) (update func(done, total int), end func()) {
	if x == nil {
		return progress, func() {}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.running++
	x.done, x.total, x.told = 0, 0, time.Now()
	update = func(done, total int) {
		x.update(done, total)
		if progress != nil {
			progress(done, total)
		}
	}
	return update, x.end
}

func (x *indexing) update(done, total int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.done, x.total = done, total
	if now := time.Now(); now.Sub(x.told) >= progressEvery {
		x.told = now
		x.log.Info("indexing", "done", done, "posts", total)
	}
}

func (x *indexing) end() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.running--
}

// claim begins a run unless there is one.
func (x *indexing) claim() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.running > 0 {
		return false
	}
	x.running++
	x.done, x.total = 0, 0
	return true
}

// state tells how far the run is that goes on, if any.
func (x *indexing) state() (done, total int, running bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.done, x.total, x.running > 0
}

// awaited gives requests the index. While there is none that can be searched, and one is being made, it says so.
type awaited struct {
	manager
	runs *indexing
}

// Acquire implements service.Source.
func (a awaited) Acquire(ctx context.Context) (search.Snapshot, *lexicon.Lexicon, error) {
	snapshot, words, err := a.manager.Acquire(ctx)
	if errors.Is(err, search.ErrNoIndex) || errors.Is(err, search.ErrOutdated) {
		if done, total, running := a.runs.state(); running {
			err = &httpapi.Indexing{Done: done, Total: total}
		}
	}
	return snapshot, words, err
}

// Waiting for another process that writes the index, such as a chaja index that has read the posts before they changed.
const (
	busyPause = time.Second
	busyMost  = 10 * time.Minute
)

// runInTurn is run, once no other process writes the index.
func (i *instance) runInTurn(ctx context.Context) (report indexReport, err error) {
	for end := time.Now().Add(busyMost); ; {
		report, err = i.options.indexOptions.run(ctx, i.analyzer, nil)
		if !errors.Is(err, generation.ErrBusy) || time.Now().After(end) {
			return report, err
		}
		select {
		case <-ctx.Done():
			return report, ctx.Err()
		case <-time.After(busyPause):
		}
	}
}

// logRun tells what came of a run.
func logRun(log *slog.Logger, report indexReport, err error) {
	if err != nil {
		log.Error("index site; the index stays as it is", "error", err, "fix", hint(err))
		return
	}
	for _, p := range report.Problems {
		log.Warn("problem in post", "post", p.String())
	}
	log.Info("indexed", "site", report.Site, "posts", report.Found, "added", report.Added, "updated", report.Updated, "deleted", report.Deleted)
}
