package httpapi

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"

	"chaja/search"
)

// route is one path of the API. The handler, /openapi.json and the metrics all read the table of routes, so they cannot
// differ.
type route struct {
	path    string
	method  string // POST for what changes something; else it is only for reading
	name    string // of the operation, for programs that make clients of the description
	about   string
	media   string       // type of a good answer
	answer  any          // zero value of what the work returns; a text when it is a string
	ask     endpoint     // answers with JSON
	handler http.Handler // in place of ask, where the answer is not JSON or needs more of the request

	ofPost    bool // it is about one post, which may not be there
	asksIndex bool // the answer holds as long as the index, and waits for its turn
	fixed     bool // the answer holds as long as the program
	pages     bool // all pages at once
	admin     bool // only for who has the token
	probe     bool // asked by machines, every few seconds: not limited, and logged only when asked for
}

// endpoint begins one request. locale is the language of the client, "" when that is not known. It returns the
// parameters, bound to the request, and the work that answers the request once they are read.
type endpoint func(locale string) (Params, work)

// work makes an answer.
type work func(ctx context.Context) (any, error)

// Answers that only the API has.
type (
	tagsAnswer struct {
		Tags []search.Facet `json:"tags"`
	}
	categoriesAnswer struct {
		Categories []search.Facet `json:"categories"`
	}
	relatedAnswer struct {
		Hits []search.Hit `json:"hits"`
	}
	statusAnswer struct {
		Status   string          `json:"status"`
		Indexing *indexingAnswer `json:"indexing,omitempty"`
	}
	indexingAnswer struct {
		Done  int `json:"done"`
		Total int `json:"total"`
	}
)

// Paths that the client asks.
const pathSearch, pathSuggest, pathTags, pathCategories = "/api/v1/search", "/api/v1/suggest", "/api/v1/tags", "/api/v1/categories"

// routes returns all paths but those of Options.Pages.
func (a *api) routes() []route {
	all := []route{
		{path: pathSearch, name: "search", about: "The posts that match, best first, and under which headings.",
			answer: search.Result{}, ask: a.search, media: mediaJSON, asksIndex: true},
		{path: pathSuggest, name: "suggest", about: "Titles, headings, tags and words that what is being typed may become.",
			answer: search.Suggestions{}, ask: a.suggest(asTheyAre), media: mediaJSON, asksIndex: true},
		{path: "/api/v1/related", name: "related", about: "Posts like one post, by their tags and words.",
			answer: relatedAnswer{}, ask: a.related, media: mediaJSON, asksIndex: true, ofPost: true},
		{path: pathTags, name: "tags", about: "All tags with their number of posts, the most frequent first.",
			answer: tagsAnswer{}, ask: a.counts(tagsOf), media: mediaJSON, asksIndex: true},
		{path: pathCategories, name: "categories", about: "All categories with their number of posts, the most frequent first.",
			answer: categoriesAnswer{}, ask: a.counts(categoriesOf), media: mediaJSON, asksIndex: true},
		{path: "/opensearch/suggest", name: "opensearchSuggest", about: "Suggestions in the form of OpenSearch, for browsers.",
			answer: browserSuggestions{}, ask: a.suggest(forBrowsers), media: mediaSuggestions, asksIndex: true},
		{path: "/healthz", name: "healthz", about: "The process lives. It says nothing of the index, so that a missing one does not get the server restarted.",
			answer: statusAnswer{}, ask: alone(a.healthz), media: mediaJSON, probe: true},
		{path: "/readyz", name: "readyz", about: "Searches can be answered.",
			answer: statusAnswer{}, ask: alone(a.readyz), media: mediaJSON, probe: true},
		{path: "/metrics", name: "metrics", about: "What there is to watch, for Prometheus.",
			answer: "", handler: a.metrics.handler(), media: "text/plain", probe: true},
		{path: "/opensearch.xml", name: "opensearch", about: "How browsers search here, in the form of OpenSearch.",
			answer: "", handler: http.HandlerFunc(a.openSearch), media: mediaOpenSearch, fixed: true},
		{path: "/openapi.json", name: "openapi", about: "This description.",
			answer: object{}, ask: alone(a.openapi), media: mediaJSON, fixed: true},
	}
	if a.Reindex != nil && a.AdminToken != "" {
		all = append(all, route{path: "/api/v1/reindex", name: "reindex", about: "Begin to bring the index up to date with the posts, in the background. /readyz tells how far it is.",
			answer: statusAnswer{}, method: http.MethodPost, handler: http.HandlerFunc(a.reindex), media: mediaJSON, admin: true})
	}
	return all
}

// begin calls ask and adds the parameter that all JSON answers have. It returns nothing where the answer is not JSON.
func (rt route) begin(locale string) (Params, work) {
	if rt.ask == nil {
		return nil, nil
	}
	params, do := rt.ask(locale)
	return append(params, prettyParam()), do
}

// alone is an endpoint without parameters.
func alone(do work) endpoint { return func(string) (Params, work) { return nil, do } }

func (a *api) search(locale string) (Params, work) {
	r := &search.Request{Locale: locale}
	return SearchParams(r), func(ctx context.Context) (any, error) { return a.searcher.Search(ctx, *r) }
}

func asTheyAre(s search.Suggestions) any { return s }
func tagsOf(f search.Facets) any         { return tagsAnswer{f.Tags} }
func categoriesOf(f search.Facets) any   { return categoriesAnswer{f.Categories} }

// suggest answers with the suggestions in the form that as gives them.
func (a *api) suggest(as func(search.Suggestions) any) endpoint {
	return func(string) (Params, work) {
		r := new(suggestRequest)
		return r.params(), func(ctx context.Context) (any, error) {
			suggestions, err := a.searcher.Suggest(ctx, r.typed, r.limit)
			return as(suggestions), err
		}
	}
}

func (a *api) related(string) (Params, work) {
	r := new(relatedRequest)
	return r.params(), func(ctx context.Context) (any, error) {
		hits, err := a.searcher.Related(ctx, r.id, r.limit)
		return relatedAnswer{hits}, err
	}
}

// counts answers with the facets of all posts that as picks.
func (a *api) counts(as func(search.Facets) any) endpoint {
	return alone(func(ctx context.Context) (any, error) {
		facets, err := a.searcher.Facets(ctx)
		return as(facets), err
	})
}

func (a *api) healthz(context.Context) (any, error) { return statusAnswer{Status: "ok"}, nil }

func (a *api) readyz(ctx context.Context) (any, error) {
	select {
	case <-a.Ending:
		return nil, errEnding
	default:
	}
	if err := a.searcher.Ready(ctx); err != nil {
		return nil, fmt.Errorf("%w: %w", errNotReady, err)
	}
	return statusAnswer{"ready", a.indexing()}, nil
}

// indexing is how far the index is that is being made; nil when none is.
func (a *api) indexing() *indexingAnswer {
	if a.Indexing == nil {
		return nil
	}
	done, total, running := a.Indexing()
	if !running {
		return nil
	}
	return &indexingAnswer{done, total}
}

// reindex answers who has the token.
func (a *api) reindex(w http.ResponseWriter, r *http.Request) {
	if !a.authorized(r) {
		w.Header().Set("WWW-Authenticate", "Bearer")
		a.refuse(w, r, errUnauthorized)
		return
	}
	if !a.Reindex() {
		a.refuse(w, r, errReindexing)
		return
	}
	body, _ := encode(statusAnswer{Status: "indexing"}, pretty(r)) // strings: cannot fail
	reply(w, http.StatusAccepted, mediaJSON, body)
}

// authorized reports whether a request has the token. How long that takes says nothing of the token, nor of its length.
func (a *api) authorized(r *http.Request) bool {
	given := sha256.Sum256([]byte(r.Header.Get("Authorization")))
	want := sha256.Sum256([]byte("Bearer " + a.AdminToken))
	return subtle.ConstantTimeCompare(given[:], want[:]) == 1
}
