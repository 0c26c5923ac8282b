package searchbox

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"chaja/search"
)

// requestTimeout bounds the work for one page, as in httpapi.
const requestTimeout = 10 * time.Second

// base is what every page shows.
type base struct {
	T     texts
	Title string
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

// search answers GET /: the results of a question, or what there is to ask about.
func (p *pages) search(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
	defer cancel()
	page := searchPage{base: p.base(r), Question: readQuestion(r.URL.Query())}
	page.Title = page.T.Search
	if q := page.Question.Request.Query; q != "" {
		page.Title = q + " – " + page.T.Search
	}
	var err error
	if page.Question.Empty() {
		var facets search.Facets
		facets, err = p.searcher.Facets(ctx)
		page.Cloud = cloud(facets.Tags, cloudStart)
	} else {
		page.Result, err = p.searcher.Search(ctx, page.Question.Request)
		if err == nil && page.Question.clamp(page.Result.Total) {
			page.Result, err = p.searcher.Search(ctx, page.Question.Request)
		}
	}
	if err != nil {
		p.fail(w, r, "search.html", err, func(reason string) any { page.Error = reason; return page }, page.T)
		return
	}
	page.fill(p.site)
	p.render(w, http.StatusOK, "search.html", page)
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
		page.Sorts = append(page.Sorts, choice{Value: page.T.Sorts[sort], Link: q.with("sort", string(sort)), Chosen: q.Request.Sort == sort})
	}
	page.Pages = lastPage(page.Result.Total)
}

// address is where on the site a post is. What is no address of a page leads nowhere.
func address(site *url.URL, path string) string {
	u, err := url.Parse(path)
	if err != nil {
		return ""
	}
	if site != nil {
		u = site.ResolveReference(u)
	}
	if !slices.Contains([]string{"", "http", "https"}, u.Scheme) {
		return ""
	}
	return u.String()
}

// base reads the language of the reader.
func (p *pages) base(r *http.Request) base {
	b := base{T: textsFor(r.Header.Get("Accept-Language"))}
	if p.site != nil {
		b.Site = p.site.String()
	}
	return b
}

// fail shows a page that says why it shows nothing else.
func (p *pages) fail(w http.ResponseWriter, r *http.Request, name string, err error, page func(reason string) any, t texts) {
	if errors.Is(err, search.ErrNoIndex) || errors.Is(err, search.ErrOutdated) {
		p.render(w, http.StatusServiceUnavailable, name, page(t.NoIndex))
		return
	}
	if r.Context().Err() == nil {
		p.log.Error("page failed", "path", r.URL.Path, "error", err)
	}
	p.render(w, http.StatusServiceUnavailable, name, page(t.Failed))
}

// render answers with a whole page or, if the template fails, with none of it.
func (p *pages) render(w http.ResponseWriter, status int, name string, page any) {
	var b bytes.Buffer
	if err := p.templates.ExecuteTemplate(&b, name, page); err != nil {
		p.log.Error("render page", "page", name, "error", err)
		http.Error(w, "the page cannot be shown; the server's log says why", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // an error means that the reader has gone
}

// segment is a piece of text that matches or not.
type segment struct {
	Text string
	Mark bool
}

// segments reads a field ending in _html, escaped text with <mark>, so that html/template escapes it once more: a page
// never trusts HTML.
func segments(field string) []segment {
	var found []segment
	for field != "" {
		before, rest, _ := strings.Cut(field, "<mark>")
		if before != "" {
			found = append(found, segment{Text: unescape(before)})
		}
		inside, after, _ := strings.Cut(rest, "</mark>")
		if inside != "" {
			found = append(found, segment{unescape(inside), true})
		}
		field = after
	}
	return found
}

// First is the number of the first hit.
func (page searchPage) First() int { return (page.Question.Request.Page-1)*search.DefaultPerPage + 1 }
