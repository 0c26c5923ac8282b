package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/generation"
	"chaja/search/httpapi"
	"chaja/search/lexicon/pairs"
	"chaja/search/searchbox"
	"chaja/search/service"
)

// instance answers requests by one state of the settings and the dictionary. To read them again is to make another one.
type instance struct {
	options  *serveOptions
	analyzer *analysis.Analyzer
	index    manager
	service  *service.Service
	handler  http.Handler
	log      *slog.Logger

	users sync.WaitGroup // requests that it answers
	stop  func()         // ends what it does in the background
}

// prepare makes an instance, which does nothing yet. What it begins later ends with ctx. Its errors are those of the settings and of the files they name.
func (d *daemon) prepare(ctx context.Context, o *serveOptions) (*instance, error) {
	o.runs = d.runs
	analyzer, ko, err := o.languages()
	if err != nil {
		return nil, err
	}
	i := &instance{options: o, analyzer: analyzer, log: d.log, stop: func() {}}
	own, err := readLevers(o.site)
	if err != nil {
		return nil, err
	}
	options, err := d.handlerOptions(ctx, i)
	if err != nil {
		return nil, err
	}
	options.CacheStats = ko.CacheStats
	if o.isOpenSearch() {
		requests := newClusterMetrics()
		o.observe, options.Metrics = requests.observe, requests.seconds
	}
	if i.index, err = o.manage(i.analyzer, d.log); err != nil {
		return nil, err
	}
	options.State = i.state
	i.service = service.New(awaited{i.index, d.runs}, i.analyzer).WithLevers(own.forService())
	queries, err := o.queries()
	if err != nil {
		return nil, errors.Join(err, i.index.Close())
	}
	if queries != nil {
		i.service, options.EmbedderStats = i.service.WithVectors(queries), queries.Counts
	}
	if i.handler, err = httpapi.New(i.service, options); err != nil {
		return nil, errors.Join(err, i.index.Close())
	}
	return i, nil
}

// handlerOptions reads the flags.
func (d *daemon) handlerOptions(ctx context.Context, i *instance) (options httpapi.Options, err error) {
	o := i.options
	options = httpapi.Options{
		Log: d.log, Version: newBuild().Version, CORSOrigins: o.origins, Rate: o.rate, Cores: d.cores, Indexing: d.runs.state, Ending: d.ending,
		Reindex: func() bool { return d.reindex(ctx, i) },
		Pages:   func(b httpapi.Backend) (http.Handler, error) { return searchbox.New(b, i.blog()) },
	}
	if d.queries != nil && !o.noQueryLog {
		options.Asked = d.queries.Add
	}
	if options.TrustedProxies, err = o.trustedProxies(); err != nil {
		return options, err
	}
	options.AdminToken, err = o.adminToken()
	return options, err
}

// blog is what the pages tell of the site.
func (i *instance) blog() searchbox.Blog {
	said := i.options.publication()
	return searchbox.Blog{URL: said.url, Name: said.name, Logo: said.logo, Post: func(ctx context.Context, url string) (search.Document, error) {
		return i.service.Post(ctx, url)
	}}
}

func (i *instance) state() httpapi.IndexState {
	m := i.index.Manifest()
	return httpapi.IndexState{Generation: m.Generation, Built: m.Built, Bytes: m.Bytes}
}

// begin begins to watch the site, if that is wanted, until ctx ends or the instance.
func (i *instance) begin(ctx context.Context) error {
	if !i.options.watch {
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	wait, err := watchSite(ctx, &i.options.indexOptions, i.analyzer, i.log, i.index.Broken())
	if err != nil {
		cancel()
		return err
	}
	i.stop = sync.OnceFunc(func() { cancel(); wait() })
	return nil
}

// tell logs what a server that begins cannot answer yet, and what is to be done about it, if anything.
func (i *instance) tell(ctx context.Context) {
	if said := i.options.publication(); said.url != nil {
		i.log.Info("links of the pages lead to the blog", "url", said.url.String(), "from", said.from)
	} else {
		i.log.Info("where the blog is published is not known; links of the pages lead to previews of the posts", "fix", "--site-url https://blog.example.com")
	}
	if i.options.URL != "" && !i.options.watch {
		vectors, ok := i.index.(interface{ VectorsOf() string })
		if client, err := i.options.client(); err == nil && (!ok || vectors.VectorsOf() != client.Fingerprint()) {
			i.log.Warn("the index has no vectors of the model of --embedder; words search alone", "fix", "chaja index --site FOLDER, with the same settings")
		}
	}
	err := i.service.Ready(ctx) // why is logged by the manager
	switch {
	case err == nil:
	case i.options.watch:
		i.log.Info("the index is being made; searches are answered once it is there, and /readyz tells how far it is", "site", i.options.site)
	default:
		i.log.Warn("searches fail until there is an index", "fix", hint(err))
	}
}

// end ends an instance once the requests that it answers are answered.
func (i *instance) end() error {
	i.stop()
	i.users.Wait()
	return i.index.Close()
}

// catchUp makes an index for an instance that is to take the place of another one, if it needs one: with other words an index
// is another one, and other pairs are learned when it is written. The other one answers meanwhile.
func (i *instance) catchUp(ctx context.Context, before *instance) error {
	err := i.service.Ready(ctx)
	words, _ := readPairs(i.options.site)
	switch {
	case errors.Is(err, search.ErrOutdated) && before.service.Ready(ctx) == nil:
	case err == nil && otherPairs(words, i.index.Manifest()):
	default:
		return nil
	}
	report, err := i.runInTurn(ctx)
	if err != nil {
		return fmt.Errorf("index with the settings that were read: %w", err)
	}
	logRun(i.log, report, nil)
	return nil
}

// otherPairs reports whether the site says something of its words that the index does not know. A site that says nothing may
// not be here at all.
func otherPairs(words *pairs.File, of generation.Manifest) bool {
	return words != nil && words.Version() != of.Pairs
}
