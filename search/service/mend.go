package service

import (
	"context"
	"maps"

	"chaja/search"
)

const (
	// muchMore is how many times as many posts a suggestion must find beside a query that finds some, and a word beside
	// the one in place of which it is put.
	muchMore = 10

	// more is the same for two words written as one, which are still what was asked for.
	more = 2

	// maxRespelled is the number of words of a query that are compared with those of the site: people mistype one or two, and
	// each costs some passes over all these words, of a millisecond each on 10,000 posts.
	maxRespelled = 4

	// maxCounted is the number of words for which the index is asked how many posts have them, as the words of the site do not
	// tell: few titles have more verbs, and each costs as much as a phrase in a query.
	maxCounted = 12
)

// mend looks for a query that finds more when that of found finds no post with all the words, or only few. It returns
// found with the suggestion, or the matches of the suggestion where that is applied.
func (s request) mend(ctx context.Context, r search.Request, found matches) (matches, error) {
	if !found.query.Match.HasWords() {
		return found, nil
	}
	m := mender{request: s, ctx: ctx, counted: map[string]int{}, respelled: map[string]repair{}}
	m.read(r, found.full >= enough)
	elsewhere := m.typedElsewhere() // the surest drafts come first
	first := m.lacking(m.likewise(elsewhere, false))
	var tried []attempt
	for _, next := range []func() draft{
		func() draft { return first },
		func() draft { return m.lacking(m.likewise(elsewhere, true)) },
		func() draft { return m.rare(first) },
	} {
		d := next()
		if m.err != nil {
			return found, m.err
		}
		if len(d) == 0 || len(tried) > 0 && d.equal(tried[len(tried)-1].draft) {
			continue
		}
		a, err := m.try(r, found, d)
		if err != nil {
			return found, err
		}
		if full := m.fullOf(found, d); a.found.Total > times(a.suggestion.Reason)*full {
			return m.take(a, found, full == 0 && !d.doubtful())
		}
		tried = append(tried, a)
	}
	if found.full > 0 || len(first) == 0 {
		return found, nil
	}
	return m.partly(r, found, tried[0])
}

// attempt is a draft and what the index has for it.
type attempt struct {
	draft
	request    search.Request
	query      *search.Query
	found      search.Matches // the posts with all its words
	suggestion search.Suggestion
}

// try asks the index for a draft in place of what was found.
func (m *mender) try(r search.Request, found matches, d draft) (a attempt, err error) {
	r.Query = m.write(r.Query, d)
	a = attempt{draft: d, request: r, suggestion: search.Suggestion{Query: r.Query, Reason: m.reason(d)}}
	if a.query = m.compile(r); a.query == nil {
		return a, nil
	}
	a.query.From, a.query.Size, a.query.Facets = found.query.From, found.query.Size, found.query.Facets
	a.found, err = m.snapshot.Search(m.ctx, *a.query)
	return a, err
}

// take answers with an attempt, or offers it.
func (m *mender) take(a attempt, found matches, applied bool) (matches, error) {
	if a.query == nil {
		return found, nil
	}
	if !applied {
		found.suggestion = &a.suggestion
		return found, nil
	}
	better, err := m.complete(m.ctx, a.request, a.query, a.found)
	if err != nil || better.Total == 0 {
		return found, err
	}
	a.suggestion.Applied = true
	better.suggestion = &a.suggestion
	return better, nil
}

// partly takes an attempt that no post has all the words of, as more of them are known than of the query: with those of its
// repairs that are sure. If there are none, it is only offered.
func (m *mender) partly(r search.Request, found matches, a attempt) (matches, error) {
	sure := maps.Clone(a.draft)
	maps.DeleteFunc(sure, func(_ string, r repair) bool { return !r.sure })
	if len(sure) == 0 || len(sure) == len(a.draft) {
		return m.take(a, found, len(sure) > 0)
	}
	a, err := m.try(r, found, sure)
	if err != nil {
		return found, err
	}
	return m.take(a, found, true)
}

// fullOf is the number of posts with all the words of the query, none when these are pieces of a word that the draft mends.
func (m *mender) fullOf(found matches, d draft) int {
	for word := range d {
		if m.inPieces(word) {
			return 0
		}
	}
	return found.full
}

// times is how many times as many posts must be found for it to be worth telling.
func times(r search.Reason) int {
	if r == search.Spacing {
		return more
	}
	return muchMore
}

// draft is a query with some of its words mended: what stands in place of a word.
type draft map[string]repair

// repair is what a word was meant to be.
type repair struct {
	text     string
	reason   search.Reason
	sure     bool // it may be applied though no post has all the words then
	doubtful bool // it is only offered though some post has all the words then, as the site has the word as it was typed
}

func (d draft) equal(other draft) bool {
	return maps.EqualFunc(d, other, func(a, b repair) bool { return a.text == b.text })
}

// doubtful reports whether the draft is only to be offered.
func (d draft) doubtful() bool {
	for _, r := range d {
		if r.doubtful {
			return true
		}
	}
	return false
}

// meant returns what a word is in the draft.
func (d draft) meant(word string) string {
	if r, ok := d[word]; ok {
		return r.text
	}
	return word
}

// reason is why the first of the words of a draft was mended.
func (m *mender) reason(d draft) search.Reason {
	for _, word := range m.words {
		if r, ok := d[word]; ok {
			return r.reason
		}
	}
	return ""
}
