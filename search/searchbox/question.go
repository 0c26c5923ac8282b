package searchbox

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"chaja/search"
	"chaja/search/catalog"
	"chaja/search/chars"
	"chaja/search/httpapi"
	"chaja/search/query"
)

// question is what a page is asked: the request, and its parameters for links. No person is told off for an address: what
// cannot be read counts as absent, where the API answers 400.
type question struct {
	Request search.Request
	TooLong bool       // the query is too long and was left out
	values  url.Values // the parameters that count, each as it is to appear in links
}

func readQuestion(given url.Values) (q question) {
	q.values = httpapi.SearchParams(&q.Request).ReadLoosely(given)
	q.values.Del("page") // links lead to the first one
	if q.Request.Query == "" {
		q.values.Del("prefix")
	}
	q.TooLong = len(strings.TrimSpace(given.Get("q"))) > httpapi.MaxQueryBytes
	q.Request.Page = min(q.Request.Page, search.MaxDepth/search.DefaultPerPage)
	return q
}

// lastPage returns the number of the last page that can be asked for.
func lastPage(total int) int {
	return max(1, (min(total, search.MaxDepth)+search.DefaultPerPage-1)/search.DefaultPerPage)
}

// clamp changes a page beyond the last one to the last, and reports whether that page has something to show.
func (q *question) clamp(total int) bool {
	last := lastPage(total)
	beyond := q.Request.Page > last
	q.Request.Page = min(q.Request.Page, last)
	return beyond && total > 0
}

// Empty reports whether nothing is asked.
func (q question) Empty() bool { return len(q.values) == 0 }

// Hidden are the parameters that a form keeps beside q. Who sends it has typed the query to its end.
func (q question) Hidden() url.Values {
	rest := q.copy()
	rest.Del("q")
	rest.Del("prefix")
	return rest
}

// Unfiltered returns the address of the same words without any filter.
func (q question) Unfiltered() string {
	if q.Request.Query == "" {
		return "./"
	}
	return "./?" + url.Values{"q": {q.Request.Query}}.Encode()
}

// Ranked reports whether there are words to rank by; else the newest posts come first.
func (q question) Ranked() bool {
	for _, unit := range query.Parse(q.Request.Query).Units() {
		switch unit.(type) {
		case query.Not, query.After, query.Before:
		default:
			if len(query.Parse(q.Request.Query).Words()) > 0 {
				return true
			}
		}
	}
	return false
}

// sorts are the orders that make sense.
func (q question) sorts(names map[string]string) (all []choice) {
	now := q.Request.Sort
	for _, sort := range []search.Sort{search.ByRelevance, search.Newest, search.Oldest} {
		if sort == search.ByRelevance && !q.Ranked() {
			if now == search.ByRelevance {
				now = search.Newest
			}
			continue
		}
		all = append(all, choice{Value: names[string(sort)], Link: q.with("sort", string(sort)), Chosen: now == sort})
	}
	return all
}

// follow reads a link of a page.
func follow(link string) question {
	u, err := url.Parse(link)
	if err != nil {
		return readQuestion(nil)
	}
	return readQuestion(u.Query())
}

func (q question) copy() url.Values { return url.Values(http.Header(q.values).Clone()) }

// with returns the address of the first page of the same question with one parameter changed, or removed when there are
// no values.
func (q question) with(name string, values ...string) string {
	c := q.copy()
	c[name] = values
	return "./?" + c.Encode()
}

// Ask returns the address of the same question with another query.
func (q question) Ask(text string) string {
	q.values = q.copy()
	q.values.Del("prefix")
	return q.with("q", text)
}

// PageLink returns the address of the page that is step pages away.
func (q question) PageLink(step int) string { return q.with("page", strconv.Itoa(q.Request.Page+step)) }

// choice is a value that narrows the search. The link of a chosen one takes it back.
type choice struct {
	Value  string
	Count  int // 0 for one that is chosen and not in the results
	Link   string
	Chosen bool
}

// choices returns the values of a facet. The chosen ones come first, and stay even if no result has them.
func (q question) choices(name string, facets []search.Facet) []choice {
	var chosen, others []choice
	values := q.values[name]
	for i, value := range values {
		if slices.ContainsFunc(values[:i], alike(value)) {
			continue
		}
		c := choice{Value: value, Link: q.with(name, slices.DeleteFunc(slices.Clone(values), alike(value))...), Chosen: true}
		for _, f := range facets {
			if alike(value)(f.Value) {
				c.Value, c.Count = f.Value, f.Count
			}
		}
		chosen = append(chosen, c)
	}
	for _, f := range facets {
		if !slices.ContainsFunc(values, alike(f.Value)) {
			others = append(others, choice{Value: f.Value, Count: f.Count, Link: q.with(name, append(slices.Clone(values), f.Value)...)})
		}
	}
	return append(chosen, others...)
}

// alike compares tags as the search does.
func alike(a string) func(string) bool {
	key := chars.TagKey(a)
	return func(b string) bool { return chars.TagKey(b) == key }
}

// dates returns the chosen bounds, even if nothing is found, and the years of the results, newest first. Choosing a year
// replaces other bounds.
func (q question) dates(facets []search.Facet, t *catalog.Texts) []choice {
	after, before := q.values.Get("after"), q.values.Get("before")
	chosen, _ := strconv.Atoi(after)
	if len(after) != len("2006") || before != strconv.Itoa(chosen+1) {
		chosen = 0
	}
	var bounds, years []choice
	if chosen > 0 {
		bounds = append(bounds, choice{Value: after, Link: q.between("", ""), Chosen: true})
	}
	if chosen == 0 && after != "" {
		bounds = append(bounds, choice{Value: t.From.With("date", after), Link: q.between("", before), Chosen: true})
	}
	if chosen == 0 && before != "" {
		bounds = append(bounds, choice{Value: t.Before.With("date", before), Link: q.between(after, ""), Chosen: true})
	}
	for _, f := range facets {
		year, err := strconv.Atoi(f.Value)
		switch {
		case err != nil:
		case year == chosen:
			bounds[0].Count = f.Count
		default:
			years = append(years, choice{Value: f.Value, Count: f.Count, Link: q.between(f.Value, strconv.Itoa(year+1))})
		}
	}
	slices.SortFunc(years, func(a, b choice) int { return strings.Compare(b.Value, a.Value) })
	return append(bounds, years...)
}

// between returns the address of the same question with other bounds of the date; an empty one is none.
func (q question) between(after, before string) string {
	c := q.copy()
	for name, value := range map[string]string{"after": after, "before": before} {
		if c.Del(name); value != "" {
			c.Set(name, value)
		}
	}
	return "./?" + c.Encode()
}
