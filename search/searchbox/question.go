package searchbox

import (
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"chaja/search"
	"chaja/search/query"
)

// Limits of what a page reads of its address; what is beyond them is left out. A person is never told off for an address:
// what cannot be read counts as absent, where the API answers 400.
const (
	maxQuery  = 16 << 10
	maxValue  = 512
	maxValues = 16
	maxFacets = 12 // values shown of each facet
)

// question is what a page is asked: the request, and the address that asks it.
type question struct {
	Request search.Request
	values  url.Values // the parameters that count, each as it is to appear in links
}

// readQuestion reads the parameters of /api/v1/search.
func readQuestion(given url.Values) question {
	q := question{values: url.Values{}}
	q.Request = search.Request{
		Query:      q.text(given, "q", maxQuery),
		Tags:       q.texts(given, "tag"),
		Categories: q.texts(given, "category"),
		Lang:       q.text(given, "lang", maxValue),
		After:      q.date(given, "after"),
		Before:     q.date(given, "before"),
		Sort:       search.Sort(q.text(given, "sort", maxValue)),
		PerPage:    search.DefaultPerPage,
	}
	if !slices.Contains([]search.Sort{search.Newest, search.Oldest}, q.Request.Sort) {
		q.Request.Sort = search.ByRelevance
		q.values.Del("sort")
	}
	page, _ := strconv.Atoi(given.Get("page"))
	q.Request.Page = min(max(page, 1), search.MaxDepth/search.DefaultPerPage)
	return q
}

// Empty reports whether nothing is asked.
func (q question) Empty() bool { return len(q.values) == 0 }

func (q *question) text(given url.Values, name string, limit int) string {
	return q.keep(name, given.Get(name), limit)
}

func (q *question) texts(given url.Values, name string) []string {
	var texts []string
	for _, value := range given[name][:min(len(given[name]), maxValues)] {
		if value = q.keep(name, value, maxValue); value != "" {
			texts = append(texts, value)
		}
	}
	return texts
}

func (q *question) keep(name, value string, limit int) string {
	value = strings.TrimSpace(strings.ToValidUTF8(value, "\ufffd"))
	if value == "" || len(value) > limit {
		return ""
	}
	q.values.Add(name, value)
	return value
}

func (q *question) date(given url.Values, name string) time.Time {
	t, err := query.ParseDate(given.Get(name))
	if err != nil {
		return time.Time{}
	}
	q.values.Set(name, given.Get(name))
	return t
}

// Hidden are the parameters that a form keeps beside q.
func (q question) Hidden() url.Values {
	rest := q.copy()
	rest.Del("q")
	return rest
}

func (q question) copy() url.Values {
	c := make(url.Values, len(q.values))
	for name, values := range q.values {
		c[name] = slices.Clone(values)
	}
	return c
}

// with is the address of the same question with one parameter changed, on its first page; without it, for no value.
func (q question) with(name string, values ...string) string {
	c := q.copy()
	c[name] = values
	return "./?" + c.Encode()
}

// Ask is the address of another query in the place of this one.
func (q question) Ask(text string) string { return q.with("q", text) }

// PageLink is the address of a page of the results.
func (q question) PageLink(step int) string { return q.with("page", strconv.Itoa(q.Request.Page+step)) }

// choice is one value to narrow a search by, or one already chosen, whose link takes it back.
type choice struct {
	Value  string
	Count  int // 0 for one that is chosen and not in the results
	Link   string
	Chosen bool
}

// choices are the values of a facet, those chosen first.
func (q question) choices(name string, facets []search.Facet) []choice {
	var chosen, others []choice
	values := q.values[name]
	for _, value := range values {
		rest := slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == value })
		chosen = append(chosen, choice{Value: value, Link: q.with(name, rest...), Chosen: true})
	}
	for _, f := range facets {
		if !slices.Contains(values, f.Value) && len(others) < maxFacets {
			others = append(others, choice{Value: f.Value, Count: f.Count, Link: q.with(name, append(slices.Clone(values), f.Value)...)})
		}
	}
	return append(chosen, others...)
}

// years are the years of the results; choosing one bounds the dates.
func (q question) years(facets []search.Facet) []choice {
	var years []choice
	for _, f := range facets {
		year, err := strconv.Atoi(f.Value)
		if err != nil {
			continue
		}
		next := strconv.Itoa(year + 1)
		c := q.copy()
		chosen := c.Get("after") == f.Value && c.Get("before") == next
		if c.Del("after"); !chosen {
			c.Set("after", f.Value)
		}
		if c.Del("before"); !chosen {
			c.Set("before", next)
		}
		years = append(years, choice{Value: f.Value, Count: f.Count, Link: "./?" + c.Encode(), Chosen: chosen})
	}
	slices.SortFunc(years, func(a, b choice) int { return strings.Compare(b.Value, a.Value) })
	return years
}

func unescape(text string) string { return html.UnescapeString(text) }
