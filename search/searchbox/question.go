package searchbox

import (
	"fmt"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"chaja/search"
	"chaja/search/chars"
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
	TooLong bool       // the query is beyond maxQuery and was left out
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
	q.TooLong = len(strings.TrimSpace(given.Get("q"))) > maxQuery
	page, _ := strconv.Atoi(given.Get("page"))
	q.Request.Page = min(max(page, 1), search.MaxDepth/search.DefaultPerPage)
	return q
}

// lastPage is the last page of so many results that can be asked for.
func lastPage(total int) int {
	return max(1, (min(total, search.MaxDepth)+search.DefaultPerPage-1)/search.DefaultPerPage)
}

// clamp goes back to the last page from one beyond it, and reports whether there is something else to show there.
func (q *question) clamp(total int) bool {
	last := lastPage(total)
	beyond := q.Request.Page > last
	q.Request.Page = min(q.Request.Page, last)
	return beyond && total > 0
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

// choices are the values of a facet, those chosen first, whether the results have them or not.
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
		if !slices.ContainsFunc(values, alike(f.Value)) && len(others) < maxFacets {
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

// dates are the bounds that are chosen, whether anything is found or not, and the years of the results, newest first.
// Choosing a year takes the place of other bounds.
func (q question) dates(facets []search.Facet, t texts) []choice {
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
		bounds = append(bounds, choice{Value: fmt.Sprintf(t.From, after), Link: q.between("", before), Chosen: true})
	}
	if chosen == 0 && before != "" {
		bounds = append(bounds, choice{Value: fmt.Sprintf(t.Before, before), Link: q.between(after, ""), Chosen: true})
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

// between is the address of the same question with other bounds of the date, none where one is empty.
func (q question) between(after, before string) string {
	c := q.copy()
	for name, value := range map[string]string{"after": after, "before": before} {
		if c.Del(name); value != "" {
			c.Set(name, value)
		}
	}
	return "./?" + c.Encode()
}

func unescape(text string) string { return html.UnescapeString(text) }
