// Package httpapi answers search requests over HTTP. Its answers, errors included, are JSON in UTF-8; fields ending in
// _html hold escaped text with <mark> and no other markup. Not JSON are /metrics, /opensearch.xml, the pages of
// Options.Pages, and what package net/http answers of itself: 400 and 431 to what is no HTTP request or has too long a
// header, 307 from //healthz to /healthz.
package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"time"

	"chaja/search"
)

// Searcher is what the API needs of the search service. Implementations are safe for concurrent use, and return soon
// after ctx ends. Their errors are answered as the table in errors.go says.
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

// Options are what the handler may be given besides the searcher. The zero value of each works.
type Options struct {
	// Log gets failures that are the server's own and a line for each request, without what was searched for or the
	// address of who did. Not that the index is missing or outdated: that is a state, not a failure of each request.
	Log *slog.Logger

	Version        string                       // of the program: part of what makes an answer another one
	State          func() IndexState            // without it answers have no ETag
	CacheStats     func() (hits, misses uint64) // of the analysis, for /metrics
	Asked          func(query string, full int) // told of every query that is counted and the number of posts with all its words
	CORSOrigins    []string                     // whose pages may read answers, as CheckOrigin allows them
	TrustedProxies []netip.Prefix               // whose X-Forwarded-For and X-Forwarded-Proto are believed
	Rate           int                          // requests a second that one client may make; 0 for any number

	// Pages makes the handler of every path that is not of the API, such as the search page. It sees GET and HEAD only,
	// asks s, which waits in the same queue as the API, and leaves what is no page to other. All that every request passes
	// is around it: pages set no Cache-Control, compress nothing and need no deadline, and add to Vary.
	Pages func(s Searcher, other http.Handler) (http.Handler, error)
}

// New returns the handler of the whole API. The error is that of Options.Pages.
func New(s Searcher, o Options) (http.Handler, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.State == nil {
		o.State = func() IndexState { return IndexState{} }
	}
	queue := newQueue(s)
	metrics := newMetrics(o, queue)
	a := &api{Options: o, searcher: &counted{queue, metrics, o.Asked}, clients: newClients(o.Rate), metrics: metrics}
	mux := http.NewServeMux()
	for _, rt := range a.routes() {
		h := rt.handler
		if h == nil {
			h = a.handle(rt)
		}
		mux.Handle(rt.path, a.chain(rt, h))
	}
	var other http.Handler = http.HandlerFunc(a.notFound)
	if o.Pages != nil {
		var err error
		if other, err = o.Pages(a.searcher, other); err != nil {
			return nil, err
		}
	}
	mux.Handle("/", a.chain(route{path: "other", pages: true}, other))
	return mux, nil
}

type api struct {
	Options
	searcher Searcher
	clients  *clients
	metrics  *metrics
}

// chain puts around the handler of a route what every request passes, in this order. The queue is not among it: it is
// around the searcher, as a handler first looks at the parameters and at what the client has already.
func (a *api) chain(rt route, h http.Handler) http.Handler {
	steps := []func(route, http.Handler) http.Handler{
		a.identified, // first, as all that follow may name the request and its client
		a.logged,     // sees what the client gets, be it an answer or a refusal
		a.measured,   // the same
		a.headed,     // every answer from here on has the headers that protect it and say how long it holds
		a.shared,     // before anything is refused: pages of other origins must be able to read why
		a.readOnly,   // other methods cost the client nothing of its rate
		a.limited,    // refuses before any work is done
		a.bounded,    // from here on it is work
		a.compressed, // only what is worth it
		a.recovered,  // last, so that what a panic is answered with passes all of the above
	}
	for _, step := range slices.Backward(steps) {
		h = step(rt, h)
	}
	return h
}
