package httpapi

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"chaja/search"
	"chaja/search/query"
)

// Limits of the parameters; beyond them the answer is 400. Those of paging are in package search.
const (
	// MaxQueryBytes bounds q. The query parser looks at query.MaxBytes and leaves out the rest, as people paste
	// whole paragraphs; what is longer than this is no question.
	MaxQueryBytes = 16 << 10

	// MaxFilters bounds the values of tag and of category: each is one more list to intersect, and no post has as
	// many tags.
	MaxFilters = 16

	// MaxValueBytes bounds every other value. Tags are words, not texts.
	MaxValueBytes = 512
)

// params reads the parameters of one request. An empty value counts as absent, since forms send empty fields, and of
// several values the first counts. The first error is kept and all later ones ignored.
type params struct {
	values url.Values
	err    error
}

// searchRequest reads the parameters of /api/v1/search. Days in after and before are Korean days (+0900).
func searchRequest(r *http.Request) (search.Request, error) {
	p := readParams(r)
	request := search.Request{
		Query:      p.text("q", MaxQueryBytes),
		Prefix:     p.flag("prefix"),
		Explain:    p.flag("explain"),
		Tags:       p.texts("tag"),
		Categories: p.texts("category"),
		Lang:       p.lang("lang"),
		After:      p.date("after"),
		Before:     p.date("before"),
		Sort:       p.sort("sort"),
		Page:       p.number("page", 1, search.MaxDepth),
		PerPage:    p.number("per_page", search.DefaultPerPage, search.MaxPerPage),
	}
	if request.Page*request.PerPage > search.MaxDepth {
		p.fail("page", fmt.Sprintf("reaches beyond hit %d", search.MaxDepth), "ask for an earlier page, or narrow the query")
	}
	if p.err != nil {
		return search.Request{}, p.err
	}
	return request, nil
}

// suggestRequest reads the parameters of /api/v1/suggest.
func suggestRequest(r *http.Request) (typed string, limit int, err error) {
	p := readParams(r)
	typed = p.text("q", MaxQueryBytes)
	limit = p.number("limit", search.DefaultSuggestions, search.MaxSuggestions)
	return typed, limit, p.err
}

func readParams(r *http.Request) params {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return params{err: &badParameter{"string", "is not well encoded",
			"percent-encode the values: % is %25, ; is %3B, + is %2B"}}
	}
	return params{values: values}
}

// flag reads 1 or 0.
func (p *params) flag(name string) bool {
	switch p.text(name, MaxValueBytes) {
	case "", "0":
		return false
	case "1":
		return true
	}
	p.fail(name, "is neither 1 nor 0", "give 1, or leave it out")
	return false
}

func (p *params) fail(name, problem, fix string) {
	if p.err == nil {
		p.err = &badParameter{name, problem, fix}
	}
}

// text reads a text of at most limit bytes; bytes that are not UTF-8 are replaced.
func (p *params) text(name string, limit int) string {
	return p.clean(name, p.values.Get(name), limit)
}

// texts reads all values of a parameter that may be repeated.
func (p *params) texts(name string) []string {
	var texts []string
	for _, v := range p.values[name] {
		if v = strings.TrimSpace(p.clean(name, v, MaxValueBytes)); v != "" {
			texts = append(texts, v)
		}
	}
	if len(texts) > MaxFilters {
		p.fail(name, fmt.Sprintf("is given %d times", len(texts)), fmt.Sprintf("give it at most %d times", MaxFilters))
	}
	return texts
}

func (p *params) clean(name, value string, limit int) string {
	if len(value) > limit {
		p.fail(name, fmt.Sprintf("has %d bytes", len(value)), fmt.Sprintf("give at most %d bytes", limit))
		return ""
	}
	return strings.ToValidUTF8(value, "\ufffd")
}

// number reads a whole number from 1 to limit.
func (p *params) number(name string, absent, limit int) int {
	value := p.text(name, MaxValueBytes)
	if value == "" {
		return absent
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > limit {
		p.fail(name, "is not a number in its range", fmt.Sprintf("give a whole number from 1 to %d", limit))
		return absent
	}
	return n
}

func (p *params) date(name string) time.Time {
	value := p.text(name, MaxValueBytes)
	if value == "" {
		return time.Time{}
	}
	t, err := query.ParseDate(value)
	if err != nil {
		p.fail(name, "is not a date", "give a year, a month or a day: 2019, 2019-08 or 2019-08-29")
	}
	return t
}

func (p *params) sort(name string) search.Sort {
	switch s := search.Sort(p.text(name, MaxValueBytes)); s {
	case "":
		return search.ByRelevance
	case search.ByRelevance, search.Newest, search.Oldest:
		return s
	}
	p.fail(name, "is not an order", fmt.Sprintf("give %s, %s or %s", search.ByRelevance, search.Newest, search.Oldest))
	return ""
}

// lang reads a language tag: letters and digits with hyphens, as in ko or en-US.
func (p *params) lang(name string) string {
	value := p.text(name, MaxValueBytes)
	other := func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}
	if strings.ContainsFunc(value, other) {
		p.fail(name, "is not a language", "give a language tag such as ko or en")
	}
	return value
}
