package httpapi

import (
	"context"
	"fmt"
	"net/http"

	"chaja/search"
)

// route is one path of the API. What a path takes and answers, what /openapi.json says of it and what the metrics call
// it are all read from the table of routes, so that they cannot differ.
type route struct {
	path    string
	name    string // of the operation, for programs that make clients of the description
	about   string
	params  []param
	media   string // type of a good answer
	answer  any    // zero value of what prepare's work returns; a text when it is a string
	prepare func(params) (work, error)
	handler http.Handler // in place of prepare, where the answer is not JSON or needs more of the request

	ofPost    bool // it is about one post, which may not be there
	asksIndex bool // the answer holds as long as the index
	fixed     bool // the answer holds as long as the program
	pages     bool // all pages at once
	probe     bool // asked by machines, every few seconds: not limited, and logged only when asked for
}

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
		Status string `json:"status"`
	}
)

// routes are all paths, but for those of Options.Pages.
func (a *api) routes() []route {
	asked := param{name: "q", limit: MaxQueryBytes, example: "느려진 쿼리"}
	asked.about = "the query: words, \"a phrase\", -word, tag:name, category:name; whatever it is, it is no error"
	typed := asked
	typed.about, typed.example = "what has been typed so far", "카ㅋ"
	limit := param{name: "limit", kind: numberKind, limit: search.MaxSuggestions, absent: search.DefaultSuggestions, about: "values at most"}
	id := param{name: "id", required: true, about: "the post: its path in the site, as in a hit"}
	pretty := param{name: "pretty", kind: flagKind, about: "1 for JSON in lines, to read"}
	return []route{
		{path: "/api/v1/search", name: "search", about: "The posts that match, best first, and under which headings.",
			params: append(searchParams(asked), pretty), answer: search.Result{}, prepare: a.search, media: mediaJSON, asksIndex: true},
		{path: "/api/v1/suggest", name: "suggest", about: "Titles, headings, tags and words that what is being typed may become.",
			params: []param{typed, limit, pretty}, answer: search.Suggestions{}, prepare: a.suggest(asTheyAre), media: mediaJSON, asksIndex: true},
		{path: "/api/v1/related", name: "related", about: "Posts like one post, by their tags and words.",
			params: []param{id, limit, pretty}, answer: relatedAnswer{}, prepare: a.related, media: mediaJSON, asksIndex: true, ofPost: true},
		{path: "/api/v1/tags", name: "tags", about: "All tags with their number of posts, the most frequent first.",
			params: []param{pretty}, answer: tagsAnswer{}, prepare: a.counts(tagsOf), media: mediaJSON, asksIndex: true},
		{path: "/api/v1/categories", name: "categories", about: "All categories with their number of posts, the most frequent first.",
			params: []param{pretty}, answer: categoriesAnswer{}, prepare: a.counts(categoriesOf), media: mediaJSON, asksIndex: true},
		{path: "/opensearch/suggest", name: "opensearchSuggest", about: "Suggestions in the form of OpenSearch, for browsers.",
			params: []param{typed, limit, pretty}, answer: browserSuggestions{}, prepare: a.suggest(forBrowsers), media: mediaSuggestions, asksIndex: true},
		{path: "/healthz", name: "healthz", about: "The process lives. It says nothing of the index, so that a missing one does not get the server restarted.",
			params: []param{pretty}, answer: statusAnswer{}, prepare: a.healthz, media: mediaJSON, probe: true},
		{path: "/readyz", name: "readyz", about: "Searches can be answered.",
			params: []param{pretty}, answer: statusAnswer{}, prepare: a.readyz, media: mediaJSON, probe: true},
		{path: "/metrics", name: "metrics", about: "What there is to watch, for Prometheus.",
			answer: "", handler: a.metrics.handler(), media: "text/plain", probe: true},
		{path: "/opensearch.xml", name: "opensearch", about: "How browsers search here, in the form of OpenSearch.",
			answer: "", handler: http.HandlerFunc(a.openSearch), media: mediaOpenSearch, fixed: true},
		{path: "/openapi.json", name: "openapi", about: "This description.",
			params: []param{pretty}, answer: map[string]any{}, prepare: a.openapi, media: mediaJSON, fixed: true},
	}
}

// searchParams are the parameters of /api/v1/search; searchRequest reads them.
func searchParams(q param) []param {
	return []param{
		q,
		{name: "prefix", kind: flagKind, about: "1 while the last word is still being typed"},
		{name: "explain", kind: flagKind, about: "1 to be told how each post was found"},
		{name: "tag", kind: textsKind, about: "only posts with this tag, and with all of several", example: "kafka"},
		{name: "category", kind: textsKind, about: "only posts in this category, and in all of several"},
		{name: "lang", kind: langKind, about: "only posts in this language", example: "ko"},
		{name: "after", kind: dateKind, about: "only posts from this day on, at +0900; a year or month stands for its first day", example: "2019-08"},
		{name: "before", kind: dateKind, about: "only posts before this day, at +0900", example: "2024"},
		{name: "sort", kind: choiceKind, about: "order", choices: []string{string(search.ByRelevance), string(search.Newest), string(search.Oldest)}},
		{name: "page", kind: numberKind, limit: search.MaxDepth, absent: 1, about: fmt.Sprintf("page, from 1; no page reaches beyond hit %d", search.MaxDepth)},
		{name: "per_page", kind: numberKind, limit: search.MaxPerPage, absent: search.DefaultPerPage, about: "hits on a page"},
	}
}

func searchRequest(p params) (search.Request, error) {
	request := search.Request{
		Query:      p.text("q"),
		Prefix:     p.flag("prefix"),
		Explain:    p.flag("explain"),
		Locale:     p.text(localeKey),
		Tags:       p.texts("tag"),
		Categories: p.texts("category"),
		Lang:       p.text("lang"),
		After:      p.date("after"),
		Before:     p.date("before"),
		Sort:       search.Sort(p.text("sort")),
		Page:       p.number("page"),
		PerPage:    p.number("per_page"),
	}
	if request.Page*request.PerPage > search.MaxDepth {
		return request, &badParameter{"page", words{"reaches beyond hit %d", "%d번째 결과를 넘어갑니다"}.with(search.MaxDepth),
			words{"ask for an earlier page, or narrow the query", "앞쪽 페이지를 요청하거나 검색어를 좁히세요"}}
	}
	return request, nil
}

func (a *api) search(p params) (work, error) {
	request, err := searchRequest(p)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) (any, error) {
		result, err := a.searcher.Search(ctx, request)
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		return result, nil
	}, nil
}

func asTheyAre(s search.Suggestions) any { return s }
func tagsOf(f search.Facets) any         { return tagsAnswer{f.Tags} }
func categoriesOf(f search.Facets) any   { return categoriesAnswer{f.Categories} }

// suggest answers with what as makes of the suggestions.
func (a *api) suggest(as func(search.Suggestions) any) func(params) (work, error) {
	return func(p params) (work, error) {
		return func(ctx context.Context) (any, error) {
			suggestions, err := a.searcher.Suggest(ctx, p.text("q"), p.number("limit"))
			if err != nil {
				return nil, fmt.Errorf("suggest: %w", err)
			}
			return as(suggestions), nil
		}, nil
	}
}

func (a *api) related(p params) (work, error) {
	return func(ctx context.Context) (any, error) {
		hits, err := a.searcher.Related(ctx, p.text("id"), p.number("limit"))
		if err != nil {
			return nil, fmt.Errorf("find related posts: %w", err)
		}
		return relatedAnswer{hits}, nil
	}, nil
}

// counts answers with what as takes of the values of all posts.
func (a *api) counts(as func(search.Facets) any) func(params) (work, error) {
	return func(params) (work, error) {
		return func(ctx context.Context) (any, error) {
			facets, err := a.searcher.Facets(ctx)
			if err != nil {
				return nil, fmt.Errorf("count values: %w", err)
			}
			return as(facets), nil
		}, nil
	}
}

func (a *api) healthz(params) (work, error) {
	return func(context.Context) (any, error) { return statusAnswer{"ok"}, nil }, nil
}

func (a *api) readyz(params) (work, error) {
	return func(ctx context.Context) (any, error) {
		if err := a.searcher.Ready(ctx); err != nil {
			return nil, fmt.Errorf("%w: %w", errNotReady, err)
		}
		return statusAnswer{"ready"}, nil
	}, nil
}
