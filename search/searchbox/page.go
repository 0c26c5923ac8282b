package searchbox

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"chaja/search"
	"chaja/search/catalog"
	"chaja/search/httpapi"
)

// base is what every page shows.
type base struct {
	T     *catalog.Texts
	Title string
	Root  string // of the pages, seen from this one
	Site  string // where the posts are; empty for the address of the page
	Name  string // of the blog
	Logo  string // of the blog
	Error string // why there is nothing else to show
	There string // where on the site is what is not here
}

// searchPage is the page at /.
type searchPage struct {
	base
	Question question
	Result   search.Result
	Hits     []hit
	Facets   []facet
	Chosen   []choice
	Sorts    []choice
	Pages    int
	Missing  []string // words that no post has, where nothing is found
	Ways     []way    // to find something, where nothing is found
	Cloud    []cloudTag
}

// search answers GET /. It shows the results of a question, or posts and tags to begin with while nothing is asked.
func (p *pages) search(w http.ResponseWriter, r *http.Request) {
	page := searchPage{base: p.base(w, r), Question: readQuestion(r.URL.Query())}
	page.Title = page.T.Search
	if page.Name != "" {
		page.Title = page.T.Search + " – " + page.Name
	}
	if q := page.Question.Request.Query; q != "" {
		page.Title = q + " – " + page.Title
	}
	page.Question.Request.Locale = page.T.Lang
	err := p.InTurn(r.Context(), func() error { return page.ask(r.Context(), p) })
	page.fill(p.Blog)
	status := page.check(w, r, err)
	p.render(w, r, status, "search.html", page)
}

// ask fills the page from the index. It asks for the last page when the one asked for is beyond it, and finds out why there
// is nothing.
func (page *searchPage) ask(ctx context.Context, s httpapi.Searcher) (err error) {
	if page.Question.Empty() {
		page.Result, err = s.Search(ctx, search.Request{Sort: search.Newest, PerPage: newestShown, Locale: page.T.Lang})
		page.Cloud = popular(page.Result.Facets.Tags)
		return err
	}
	page.Result, err = s.Search(ctx, page.Question.Request)
	if err == nil && page.Question.clamp(page.Result.Listed()) {
		page.Result, err = s.Search(ctx, page.Question.Request)
	}
	if err == nil && page.Result.Listed() == 0 {
		err = page.blame(ctx, s)
	}
	return err
}

// newestShown is how many posts the page shows while nothing is asked.
const newestShown = 8

// notFound answers every other path. Browsers get a page; paths of the API and clients that take no HTML get the answer
// of Other.
func (p *pages) notFound(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept")
	if strings.HasPrefix(r.URL.Path, "/api/") || !strings.Contains(r.Header.Get("Accept"), "text/html") {
		p.Other.ServeHTTP(w, r)
		return
	}
	if p.preview(w, r) {
		return
	}
	page := searchPage{base: p.base(w, r)}
	page.Title, page.Error = page.T.NotFound, page.T.NotFound
	if p.Blog.URL != nil {
		page.There = p.Blog.address(r.URL.EscapedPath())
	}
	p.render(w, r, http.StatusNotFound, "search.html", page)
}

// fill makes the links of the page from the result.
func (page *searchPage) fill(blog Blog) {
	for _, h := range page.Result.Hits {
		page.Hits = append(page.Hits, newHit(h, blog))
	}
	page.Facets = page.facets()
	page.Chosen = page.chosen(page.Result.Facets)
	page.Sorts = page.Question.sorts(page.T.Sorts)
	page.Pages = lastPage(page.Result.Listed())
}

// maxRoot is how deep an address may be for its page to find the way back. Each page repeats that way several times.
const maxRoot = 32

// base returns the texts in the language of the reader, and the way from this address back to the root of the pages.
func (p *pages) base(w http.ResponseWriter, r *http.Request) base {
	w.Header().Add("Vary", "Accept-Language")
	depth := strings.Count(r.URL.EscapedPath(), "/") - 1
	b := base{T: p.Texts.Match(r.Header.Get("Accept-Language")), Root: cmp.Or(strings.Repeat("../", max(0, min(depth, maxRoot))), "./")}
	b.Site, b.Name = p.Blog.home(), p.Blog.Name
	b.Logo, _ = p.Blog.logo()
	return b
}

// check says on the page why it shows nothing else when err is not nil, and returns the status of the page.
func (b *base) check(w http.ResponseWriter, r *http.Request, err error) (status int) {
	switch {
	case err == nil:
		return http.StatusOK
	case isIndexing(err):
		b.Error = b.T.Indexing
	case errors.Is(err, search.ErrNoIndex), errors.Is(err, search.ErrOutdated):
		b.Error = b.T.NoIndex
	case errors.Is(err, httpapi.ErrBusy):
		b.Error = b.T.Busy
	default:
		b.Error = b.T.Failed
	}
	return httpapi.Fail(w, r, err)
}

func isIndexing(err error) bool {
	_, ok := errors.AsType[*httpapi.Indexing](err)
	return ok
}

// render answers with a whole page. If the template fails, the answer has nothing of the page but says why.
func (p *pages) render(w http.ResponseWriter, r *http.Request, status int, name string, page any) {
	var b bytes.Buffer
	if err := p.templates.ExecuteTemplate(&b, name, page); err != nil {
		b.Reset()
		failed := p.base(w, r)
		status = failed.check(w, r, fmt.Errorf("render page: %w", err))
		fmt.Fprintf(&b, "<!doctype html><html lang=%q><title>%s</title><p>%s</p>", failed.T.Lang, failed.T.Search, failed.Error) // texts of ours
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", p.policy())
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // an error means that the reader has gone
}
