package searchbox

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
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
	Error string // why there is nothing else to show
}

// searchPage is the page at /.
type searchPage struct {
	base
	Question question
	Result   search.Result
	Hits     []hit
	Tags     []choice
	Cats     []choice
	Dates    []choice
	Langs    []choice
	Sorts    []choice
	Pages    int
	Cloud    []cloudTag // instead of results while nothing is asked
}

// hit is a post with its addresses on the site.
type hit struct {
	search.Hit
	Link  string // as it stands
	Open  string // with the words to mark there
	Parts []part
}

type part struct {
	search.HitSection
	Open string
}

// search answers GET /. It shows the results of a question, or tags to choose from while nothing is asked.
func (p *pages) search(w http.ResponseWriter, r *http.Request) {
	page := searchPage{base: p.base(w, r), Question: readQuestion(r.URL.Query())}
	page.Title = page.T.Search
	if q := page.Question.Request.Query; q != "" {
		page.Title = q + " – " + page.T.Search
	}
	page.Question.Request.Locale = page.T.Lang
	err := p.InTurn(r.Context(), func() error { return page.ask(r.Context(), p) })
	page.fill(p.site)
	status := page.check(w, r, err)
	p.render(w, r, status, "search.html", page)
}

// ask fills the page from the index. It asks for the last page when the one asked for is beyond it.
func (page *searchPage) ask(ctx context.Context, s httpapi.Searcher) (err error) {
	if page.Question.Empty() {
		facets, err := s.Facets(ctx)
		page.Cloud = cloud(facets.Tags, cloudStart)
		return err
	}
	page.Result, err = s.Search(ctx, page.Question.Request)
	if err == nil && page.Question.clamp(page.Result.Total) {
		page.Result, err = s.Search(ctx, page.Question.Request)
	}
	return err
}

// notFound answers every other path. Browsers get a page; paths of the API and clients that take no HTML get the answer
// of Other.
func (p *pages) notFound(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept")
	if strings.HasPrefix(r.URL.Path, "/api/") || !strings.Contains(r.Header.Get("Accept"), "text/html") {
		p.Other.ServeHTTP(w, r)
		return
	}
	page := searchPage{base: p.base(w, r)}
	page.Title, page.Error = page.T.NotFound, page.T.NotFound
	p.render(w, r, http.StatusNotFound, "search.html", page)
}

// fill makes the links of the page from the result.
func (page *searchPage) fill(site *url.URL) {
	q := page.Question
	for _, h := range page.Result.Hits {
		words := markedWords(h)
		shown := hit{Hit: h, Link: address(site, h.URL)}
		shown.Open = marking(shown.Link, words)
		for _, s := range h.Sections {
			shown.Parts = append(shown.Parts, part{s, marking(address(site, s.URL), words)})
		}
		page.Hits = append(page.Hits, shown)
	}
	facets := page.Result.Facets
	page.Tags = q.choices("tag", facets.Tags)
	page.Cats = q.choices("category", facets.Categories)
	page.Dates = q.dates(facets.Years, page.T)
	page.Langs = q.choices("lang", nil)
	for _, sort := range []search.Sort{search.ByRelevance, search.Newest, search.Oldest} {
		page.Sorts = append(page.Sorts, choice{Value: page.T.Sorts[string(sort)], Link: q.with("sort", string(sort)), Chosen: q.Request.Sort == sort})
	}
	page.Pages = lastPage(page.Result.Total)
}

// address returns where a post is on the site. It is empty for what is no path of the site.
func address(site *url.URL, path string) string {
	u, err := url.Parse(path)
	if err != nil || u.Scheme != "" || strings.HasPrefix(path, "//") {
		return ""
	}
	if site != nil {
		u = site.ResolveReference(u)
	}
	return u.String()
}

// maxRoot is how deep an address may be for its page to find the way back. Each page repeats that way several times.
const maxRoot = 32

// base returns the texts in the language of the reader, and the way from this address back to the root of the pages.
func (p *pages) base(w http.ResponseWriter, r *http.Request) base {
	w.Header().Add("Vary", "Accept-Language")
	depth := strings.Count(r.URL.EscapedPath(), "/") - 1
	b := base{T: p.Texts.Match(r.Header.Get("Accept-Language")), Root: cmp.Or(strings.Repeat("../", max(0, min(depth, maxRoot))), "./")}
	if p.site != nil {
		b.Site = p.site.String()
	}
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
	h.Set("Content-Security-Policy", policy)
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // an error means that the reader has gone
}

// segment is a piece of text that matches or not.
type segment struct {
	Text string
	Mark bool
}

// segments reads a field ending in _html, which is escaped text with <mark>. html/template escapes the segments again, so
// a page never trusts HTML.
func segments(field string) []segment {
	var found []segment
	for field != "" {
		before, rest, _ := strings.Cut(field, "<mark>")
		if before != "" {
			found = append(found, segment{Text: html.UnescapeString(before)})
		}
		inside, after, _ := strings.Cut(rest, "</mark>")
		if inside != "" {
			found = append(found, segment{html.UnescapeString(inside), true})
		}
		field = after
	}
	return found
}

// First is the number of the first hit.
func (page searchPage) First() int { return (page.Question.Request.Page-1)*search.DefaultPerPage + 1 }
