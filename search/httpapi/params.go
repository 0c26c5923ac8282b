package httpapi

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"chaja/search"
	"chaja/search/chars"
)

// Limits of the parameters. Beyond them the answer is 400. The limits of paging are in package search.
const (
	// MaxQueryBytes bounds q. People paste whole paragraphs, of which the query parser reads query.MaxBytes. A text that
	// is longer than this is no question.
	MaxQueryBytes = 16 << 10

	// MaxFilters bounds the values of tag, and those of category. Each is one more list to intersect, and no post has as
	// many tags.
	MaxFilters = 16

	// MaxValueBytes bounds every other value. Tags are words, not texts.
	MaxValueBytes = 512
)

// Params are the parameters of one request, bound to its fields as flags are to variables. The API, the pages, the client
// and /openapi.json all read them here; no parameter is spelled anywhere else.
type Params []param

// param is one parameter. The type of the field says what it may hold:
//
//	*string     a text, or one of choices, or what pattern allows
//	*[]string   several texts, by being given several times
//	*int        a whole number from 1 to limit
//	*bool       1 or 0
//	*time.Time  the first moment of a year, month or day, at +0900
type param struct {
	name    string
	to      any // the field
	about   string
	example string

	limit    int      // bytes of a text, MaxValueBytes when 0; or the largest number
	absent   int      // a number that is not given
	choices  []string // the first counts when none is given
	pattern  *regexp.Regexp
	required bool         // there is no answer without it
	apiOnly  bool         // pages do not read it
	check    func() error // compares this parameter with those before it
}

// SearchParams are the parameters of /api/v1/search and of the search page.
func SearchParams(r *search.Request) Params {
	tooDeep := func() error {
		if r.Page*r.PerPage > search.MaxDepth {
			return &badParameter{"page", "depth", []any{"limit", search.MaxDepth}}
		}
		return nil
	}
	return Params{
		{name: "q", to: &r.Query, limit: MaxQueryBytes, example: "느려진 쿼리",
			about: `the query: words, "a phrase", -word, tag:name, category:name; whatever it is, it is no error`},
		{name: "prefix", to: &r.Prefix, about: "1 while the last word is still being typed"},
		{name: "explain", to: &r.Explain, apiOnly: true, about: "1 to be told how each post was found"},
		{name: "tag", to: &r.Tags, about: "only posts with this tag, and with all of several", example: "kafka"},
		{name: "category", to: &r.Categories, about: "only posts in this category, and in all of several"},
		{name: "lang", to: &r.Lang, pattern: regexp.MustCompile("^[0-9A-Za-z-]*$"), about: "only posts in this language", example: "ko"},
		{name: "after", to: &r.After, about: "only posts from this day on, at +0900; a year or month stands for its first day", example: "2019-08"},
		{name: "before", to: &r.Before, about: "only posts before this day, at +0900", example: "2024"},
		{name: "sort", to: (*string)(&r.Sort), choices: []string{string(search.ByRelevance), string(search.Newest), string(search.Oldest)}, about: "order"},
		{name: "meaning", to: (*string)(&r.Way), choices: []string{string(search.WordsAndMeaning), string(search.WordsAlone)},
			about: "0 to find posts by their words alone, where the server has vectors"},
		{name: "page", to: &r.Page, limit: search.MaxDepth, absent: 1,
			about: "page, from 1; no page reaches beyond hit " + strconv.Itoa(search.MaxDepth)},
		{name: "per_page", to: &r.PerPage, limit: search.MaxPerPage, absent: search.DefaultPerPage, apiOnly: true, check: tooDeep, about: "hits on a page"},
	}
}

// suggestRequest is what /api/v1/suggest is asked.
type suggestRequest struct {
	typed string
	limit int
}

func (r *suggestRequest) params() Params {
	return Params{
		{name: "q", to: &r.typed, limit: MaxQueryBytes, about: "what has been typed so far", example: "카ㅋ"},
		limitParam(&r.limit),
	}
}

// relatedRequest is what /api/v1/related is asked.
type relatedRequest struct {
	id    string
	limit int
}

func (r *relatedRequest) params() Params {
	return Params{
		{name: "id", to: &r.id, required: true, about: "the post: its path in the site, as in a hit"},
		limitParam(&r.limit),
	}
}

func limitParam(to *int) param {
	return param{name: "limit", to: to, limit: search.MaxSuggestions, absent: search.DefaultSuggestions, about: "values at most"}
}

// prettyParam is a parameter of all JSON answers. It is bound to nothing: an error is written as it says, even if another
// parameter is wrong, so the handler calls pretty.
func prettyParam() param {
	return param{name: "pretty", to: new(bool), about: "1 for JSON in lines, to read"}
}

// read sets every field and ignores other parameters. An empty value counts as absent, since forms send empty fields. Of
// several values the first counts. The error names the first parameter that is wrong.
func (ps Params) read(rawQuery string) error {
	values, err := url.ParseQuery(rawQuery)
	if err != nil {
		if err := ps.badEncoding(rawQuery); err != nil {
			return err
		}
	}
	for _, p := range ps {
		err := p.set(values[p.name])
		if err == nil && p.check != nil {
			err = p.check()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// badEncoding returns an error for the first parameter whose value cannot be decoded. It ignores what is no parameter.
func (ps Params) badEncoding(rawQuery string) error {
	for pair := range strings.SplitSeq(rawQuery, "&") {
		_, err := url.ParseQuery(pair)
		name, _, _ := strings.Cut(pair, "=")
		at := slices.IndexFunc(ps, func(p param) bool { return p.name == name })
		if err == nil || at < 0 {
			continue
		}
		wrong := ";" // the only other thing that ParseQuery does not take
		if escape, ok := errors.AsType[url.EscapeError](err); ok {
			wrong = string(escape)
		}
		return ps[at].bad("encoding", "wrong", strconv.Quote(wrong))
	}
	return nil
}

// ReadLoosely sets the fields for a page, which never refuses an address. A wrong value counts as absent, and a number
// out of range becomes the nearest in range. It returns the values that are not the default, in the form that links show.
func (ps Params) ReadLoosely(given url.Values) (kept url.Values) {
	kept = url.Values{}
	for _, p := range ps {
		if p.apiOnly {
			_ = p.set(nil)
			continue
		}
		var values []string
		for _, value := range given[p.name][:min(len(given[p.name]), MaxFilters)] {
			if value = strings.TrimSpace(chars.OneLine(value)); value != "" && len(value) <= p.bytes() {
				values = append(values, value)
			}
		}
		if _, several := p.to.(*[]string); !several {
			values = values[:min(len(values), 1)]
		}
		byDefault := len(values) > 0 && len(p.choices) > 0 && values[0] == p.choices[0]
		if err := p.set(values); err == nil && len(values) > 0 && !byDefault {
			kept[p.name] = values
		}
	}
	return kept
}

// encode writes the fields that are set.
func (ps Params) encode() url.Values {
	values := url.Values{}
	for _, p := range ps {
		text := ""
		switch to := p.to.(type) {
		case *string:
			text = *to
		case *[]string:
			values[p.name] = *to
		case *int:
			if *to > 0 {
				text = strconv.Itoa(*to)
			}
		case *bool:
			if *to {
				text = "1"
			}
		case *time.Time:
			if !to.IsZero() { // a bound is always the beginning of a day
				text = to.Format(time.DateOnly)
			}
		}
		if text != "" {
			values.Set(p.name, text)
		}
	}
	return values
}

func (p param) bad(problem string, pairs ...any) error { return &badParameter{p.name, problem, pairs} }

// bytes returns the length of the longest value that is read.
func (p param) bytes() int {
	if _, ok := p.to.(*string); ok && p.limit > 0 {
		return p.limit
	}
	return MaxValueBytes
}
