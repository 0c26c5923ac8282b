// Package httpapi answers search requests over HTTP. Its answers, errors included, are JSON in UTF-8; fields ending in
// _html hold escaped text with <mark> and no other markup. Only what package net/http answers of itself is not JSON: 400
// and 431 to what is no HTTP request or has too long a header, 307 from //healthz to /healthz.
package httpapi

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"

	"chaja/search"
)

// Searcher is what the API needs of the search service. Implementations are safe for concurrent use, and return soon
// after ctx ends. Their errors are answered as the table in errors.go says.
type Searcher interface {
	// Search answers a request whose numbers are within the limits of package search. No list of the answer is nil.
	Search(ctx context.Context, r search.Request) (search.Result, error)

	// Suggest completes what is being typed, to at most limit texts. The list of the answer is not nil.
	Suggest(ctx context.Context, typed string, limit int) (search.Suggestions, error)

	// Facets counts the values of all posts. No list is nil.
	Facets(ctx context.Context) (search.Facets, error)

	// Ready returns nil when Search can answer, otherwise why not.
	Ready(ctx context.Context) error
}

// New returns the handler of the whole API. Failures that are the server's own are logged to log, but not that the index
// is missing or outdated: that is a state, not a failure of each request, and bleveindex.Live logs it once.
func New(s Searcher, log *slog.Logger) http.Handler {
	a := &api{searcher: s, log: log}
	mux := http.NewServeMux()
	for path, h := range map[string]handlerFunc{
		"/api/v1/search":     a.search,
		"/api/v1/suggest":    a.suggest,
		"/api/v1/tags":       a.tags,
		"/api/v1/categories": a.categories,
		"/healthz":           a.healthz,
		"/readyz":            a.readyz,
	} {
		mux.Handle("GET "+path, a.handle(h)) // HEAD too
		mux.Handle(path, a.handle(methodNotAllowed))
	}
	mux.Handle("/", a.handle(notFound))
	return mux
}

type api struct {
	searcher Searcher
	log      *slog.Logger
}

// search answers GET /api/v1/search.
func (a *api) search(r *http.Request) (any, error) {
	request, err := searchRequest(r)
	if err != nil {
		return nil, err
	}
	result, err := a.searcher.Search(r.Context(), request)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return result, nil
}

// suggest answers GET /api/v1/suggest: what the person may be about to type.
func (a *api) suggest(r *http.Request) (any, error) {
	typed, limit, err := suggestRequest(r)
	if err != nil {
		return nil, err
	}
	suggestions, err := a.searcher.Suggest(r.Context(), typed, limit)
	if err != nil {
		return nil, fmt.Errorf("suggest: %w", err)
	}
	return suggestions, nil
}

// tags answers GET /api/v1/tags: the tags of all posts with their number of posts.
func (a *api) tags(r *http.Request) (any, error) {
	facets, err := a.searcher.Facets(r.Context())
	if err != nil {
		return nil, fmt.Errorf("count tags: %w", err)
	}
	return map[string][]search.Facet{"tags": facets.Tags}, nil
}

// categories answers GET /api/v1/categories, like tags.
func (a *api) categories(r *http.Request) (any, error) {
	facets, err := a.searcher.Facets(r.Context())
	if err != nil {
		return nil, fmt.Errorf("count categories: %w", err)
	}
	return map[string][]search.Facet{"categories": facets.Categories}, nil
}

// healthz answers GET /healthz: the process lives. It asks nothing of the index, so that a missing one does not get
// the server restarted.
func (a *api) healthz(*http.Request) (any, error) {
	return map[string]string{"status": "ok"}, nil
}

// readyz answers GET /readyz: searches can be answered.
func (a *api) readyz(r *http.Request) (any, error) {
	if err := a.searcher.Ready(r.Context()); err != nil {
		return nil, fmt.Errorf("%w: %w", errNotReady, err)
	}
	return map[string]string{"status": "ready"}, nil
}

func notFound(*http.Request) (any, error) { return nil, errNotFound }

func methodNotAllowed(*http.Request) (any, error) { return nil, errMethod }
