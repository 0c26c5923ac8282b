// Package httpapi answers search requests over HTTP. Its answers are JSON in UTF-8, errors included. Fields ending in
// _html hold escaped text with <mark> and no other markup. A few answers are not JSON: /metrics, /opensearch.xml, the
// pages of Options.Pages, and what package net/http answers by itself: 400 to what is no HTTP request, 417 to an
// expectation that it does not know, 431 to a header that is too long.
package httpapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"chaja/search"
	"chaja/search/catalog"
)

// Searcher is the part of the search service that the API needs. Implementations are safe for concurrent use, and return
// soon after ctx ends. The table in errors.go says how their errors are answered.
type Searcher interface {
	// Search answers a request whose numbers are within the limits of package search. No list of the answer is nil.
	Search(ctx context.Context, r search.Request) (search.Result, error)

	// Suggest completes what is being typed, to at most limit texts. The list of the answer is not nil.
	Suggest(ctx context.Context, typed string, limit int) (search.Suggestions, error)

	// Related returns at most limit posts like the one with an ID, or search.ErrNoPost. The list is not nil.
	Related(ctx context.Context, id string, limit int) ([]search.Hit, error)

	// Facets counts the values of all posts. No list is nil.
	Facets(ctx context.Context) (search.Facets, error)

	// Ready returns nil when Search can answer, otherwise why not.
	Ready(ctx context.Context) error
}

// IndexState describes the index that answers come from.
type IndexState struct {
	Generation string    // changes whenever an answer may; empty while there is no index
	Built      time.Time // when it was made
	Bytes      int64     // of its files
}

// Options are all that the handler takes besides the searcher. The zero value of each works.
type Options struct {
	// Log gets a line for each request, without the query and without the address of the client. Failures that are the
	// server's own are in it, at the level of errors; a missing or outdated index is a state and no failure. Of requests that
	// cost their clients nothing, such as refused ones, the first of each interval have a line and the rest are counted.
	Log *slog.Logger

	Version        string                       // of the program: part of what makes an answer another one
	State          func() IndexState            // without it answers have no ETag
	CacheStats     func() (hits, misses uint64) // of the analysis, for /metrics
	Metrics        prometheus.Collector         // more that /metrics shows, if any
	EmbedderStats  func() map[string]uint64     // queries to embed by what became of them, for /metrics; nil without an embedder
	Asked          func(query string, full int) // told of every query that is counted and the number of posts with all its words
	CORSOrigins    []string                     // whose pages may read answers, as CheckOrigin allows them
	TrustedProxies []netip.Prefix               // whose X-Forwarded-For, -Proto and -Prefix are believed
	Rate           int                          // requests a second that one client may make; 0 for any number
	Cores          int                          // searches that run at once; 0 for as many as Go runs threads

	// Indexing tells how far the index is that is being made now: posts done, of how many when that is known, else 0. /readyz
	// says so. Without it nothing is known of that.
	Indexing func() (done, total int, running bool)

	// Reindex begins to bring the index up to date, in the background. It returns false when that is going on already. With it
	// and AdminToken there is POST /api/v1/reindex, for who has the token.
	Reindex    func() bool
	AdminToken string

	// Ending is closed when the server begins to end. From then on /readyz says so. Nil for never.
	Ending <-chan struct{}

	// Texts are what errors and pages say; nil for the texts of the program. The searcher has its own, and is told the
	// language.
	Texts *catalog.Catalog

	// Pages makes the handler of every path that is not of the API, such as the search page. It gets GET and HEAD only,
	// and the middleware is around it. So pages set no Cache-Control, compress nothing and need no deadline; to Vary they
	// add.
	Pages func(Backend) (http.Handler, error)
}

// Backend is what pages are made with.
type Backend struct {
	Searcher
	Texts *catalog.Catalog

	// InTurn does work that asks the Searcher, in the queue that the API uses, too. It returns the error of the work. When
	// there is no turn it returns ErrBusy or the error of ctx.
	InTurn func(ctx context.Context, work func() error) error

	Other http.Handler // answers what is no page
}

// New returns the handler of the whole API. The error is that of Options.Pages.
func New(s Searcher, o Options) (http.Handler, error) {
	a := build(s, o)
	all := router{paths: map[string]http.Handler{}}
	for _, rt := range a.routes() {
		h := rt.handler
		if h == nil {
			h = a.handle(rt)
		}
		all.paths[rt.path] = a.chain(rt, h)
	}
	var other http.Handler = http.HandlerFunc(a.notFound)
	if o.Pages != nil {
		var err error
		if other, err = o.Pages(Backend{a.searcher, a.Texts, a.queue.inTurn, other}); err != nil {
			return nil, err
		}
	}
	all.other = a.chain(route{path: "other", pages: true}, other)
	return all, nil
}

// router hands a request to the handler of its path. Every request of any method and any path passes the middleware this
// way; http.ServeMux answers some by itself, such as a path that is not clean.
type router struct {
	paths map[string]http.Handler
	other http.Handler // of all other paths
}

// ServeHTTP implements http.Handler.
func (all router) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := all.paths[r.URL.Path]
	if h == nil {
		h = all.other
	}
	h.ServeHTTP(w, r)
}

// api is what all handlers share.
type api struct {
	Options
	searcher Searcher
	queue    *queue
	clients  *clients
	metrics  *metrics
	lines    *bounded

	strangers strangers
}

func build(s Searcher, o Options) *api {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.State == nil {
		o.State = func() IndexState { return IndexState{} }
	}
	if o.Texts == nil {
		o.Texts = catalog.Embedded()
	}
	queue := newQueue(o.Cores)
	metrics := newMetrics(o, queue)
	return &api{Options: o, searcher: &counted{s, metrics, o.Asked}, queue: queue, clients: newClients(o.Rate), metrics: metrics, lines: newBounded(o.Log)}
}

// CheckOrigin returns nil for an origin as browsers send it: scheme, host and port, as in https://example.org. The
// origins * and null are refused, as they stand for anybody.
func CheckOrigin(origin string) error {
	u, err := url.Parse(origin)
	if err != nil {
		return fmt.Errorf("read origin: %w", errors.Unwrap(err))
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Scheme+"://"+u.Host != origin {
		return fmt.Errorf("%q is no origin like https://example.org", origin)
	}
	return nil
}
