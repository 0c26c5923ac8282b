package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"chaja/indexer"
	"chaja/indexer/site"
	"chaja/indexer/watch"
	"chaja/search/analysis"
	"chaja/search/generation"
)

// watchSite indexes the site now, and again whenever something in it changes or the index is broken, until ctx ends. Indexing
// goes on in the background, and wait waits for its end. It is an error if there is no site now; later the index stays as it is.
func watchSite(ctx context.Context, o *indexOptions, analyzer *analysis.Analyzer, log *slog.Logger, broken <-chan struct{}) (wait func(), err error) {
	if err := o.checkSite(); err != nil {
		return nil, err
	}
	r := &reindexer{options: o, analyzer: analyzer, log: log, failed: true}
	var background sync.WaitGroup
	background.Go(func() {
		watch.Run(ctx, watch.Options{Dir: o.site, Look: r.scope, Run: r.run, Fail: r.fail, Log: log, Again: broken})
	})
	return background.Wait, nil
}

// scope says what of the site matters. The files that posts put into their text are known after a run.
func (r *reindexer) scope() (site.Scope, error) {
	s, err := site.Open(r.options.site, r.options.as)
	if err != nil {
		return site.Scope{}, err
	}
	defer s.Close()
	return s.Scope(append([]string{pairsName}, r.included...)...), nil
}

// reindexer brings an index up to date again and again, and logs what came of it.
type reindexer struct {
	options  *indexOptions
	analyzer *analysis.Analyzer
	log      *slog.Logger
	problems map[string]bool // of the last run
	failed   bool            // the last run did, or there was none
	pairs    int             // learned by the last run
	included []string        // files that posts put into their text, of the last run
	embedder string          // what was wrong with it in the last run
}

// errUnread says that something could not be read, and may be another time.
var errUnread = errors.New("not all of the site could be read")

// errUnembedded says that sections lack a vector, and may get it another time.
var errUnembedded = errors.New("not all sections have a vector")

func (r *reindexer) run(ctx context.Context) error {
	report, err := r.options.run(ctx, r.analyzer, nil)
	if ctx.Err() != nil {
		return ctx.Err() // the server ends; the index is as it was
	}
	if err != nil {
		r.failed = true
		return err
	}
	r.included = report.Includes
	if report.Mended != "" {
		r.log.Warn("the index is made anew", "reason", report.Mended)
	}
	again := error(nil)
	problems := make(map[string]bool, len(report.Problems))
	for _, p := range report.Problems {
		text := p.String()
		if problems[text] = true; !r.problems[text] {
			r.log.Warn("problem in post", "post", text)
		}
		if p.Kind == indexer.FileKind && p.Line == 0 {
			again = errUnread
		}
	}
	r.problems = problems
	if e := report.Embedding; e != nil {
		if e.Problem != "" && e.Problem != r.embedder {
			r.log.Warn("embed sections; those without a vector are found by their words", "error", e.Problem, "missing", e.Missing)
		}
		if r.embedder = e.Problem; e.Embedded > 0 {
			r.log.Info("embedded", "passages", e.Embedded, "missing", e.Missing)
		}
		if e.Missing > e.Refused && again == nil {
			again = errUnembedded
		}
	}
	if r.failed || report.Added+report.Updated+report.Deleted > 0 || report.Pairs != r.pairs {
		r.log.Info("indexed", "site", report.Site, "posts", report.Found, "added", report.Added, "updated", report.Updated, "deleted", report.Deleted)
	}
	r.failed, r.pairs = false, report.Pairs
	return again
}

// fail logs why a run failed, which is told once.
func (r *reindexer) fail(err error, again time.Duration) {
	switch {
	case errors.Is(err, errUnread), errors.Is(err, errUnembedded): // what is wrong is logged by name
	case errors.Is(err, generation.ErrBusy):
		r.log.Info("index site later", "reason", err)
	default:
		r.log.Error("index site; the index stays as it is until that succeeds", "error", err, "fix", hint(err), "again", again)
	}
}
