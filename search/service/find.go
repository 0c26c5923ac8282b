package service

import (
	"context"
	"slices"
	"time"

	"chaja/search"

	"chaja/search/query"
	"chaja/search/rewrite"
)

// answer is what the index has for a request, the posts that have all the words first.
type answer struct {
	search.Matches
	request    // the one that is answered: as it was asked, or with other words
	full       int
	query      *prepared
	suggestion *search.Suggestion // a better query, if any; the answer is that of it where it is applied
}

// find asks the index for all the words and, where that finds too little, for a part of them, and for what may have been
// meant.
func (r request) find(ctx context.Context, q *prepared) (answer, error) {
	found, err := r.ask(ctx, q)
	if err != nil || !q.Match.HasWords() {
		return found, err
	}
	return found.didYouMean(ctx)
}

// ask asks the index.
func (r request) ask(ctx context.Context, q *prepared) (answer, error) {
	found, err := r.index.Search(ctx, q.Query)
	if err != nil {
		return answer{}, err
	}
	full := answer{Matches: found, request: r, full: found.Total, query: q}
	partial := q.Query
	partial.Match = q.Match.Partial()
	if partial.Match == nil {
		return full, nil
	}
	if few, err := r.few(ctx, full.full); err != nil || !few {
		return full, err
	}
	partial.From = max(q.From-full.full, 0)
	partial.Size = q.Size - len(found.Hits)
	some, err := r.index.Search(ctx, partial)
	full.Matches = search.Matches{
		Total:  full.full + some.Total,
		Hits:   append(found.Hits, some.Hits...),
		Facets: found.Facets.Plus(some.Facets),
	}
	return full, err
}

// few reports whether the posts with all the words are too few to be all. By date, which puts posts with few of the words
// first as soon as any, they are when there is none. Filters do not count: who narrows an answer sees a part of it, as
// large as its facets said.
func (r request) few(ctx context.Context, full int) (bool, error) {
	limit := rewrite.Enough
	if r.Sort == search.Newest || r.Sort == search.Oldest {
		limit = 1
	}
	if open, narrowed := r.without(tags, categories, dates); narrowed && full < limit {
		q := open.compile()
		if q == nil {
			return false, nil
		}
		all, err := r.index.Search(ctx, q.Query)
		return all.Total < limit, err
	}
	return full < limit, nil
}

// facets completes the facets of an answer. The tags are those of the posts found, as one more tag narrows these. A post
// has mostly one category and always one year, so these are counted as if they had not been chosen, to choose others.
func (a answer) facets(ctx context.Context) (search.Facets, error) {
	found := a.Facets
	if open, narrowed := a.without(categories); narrowed {
		all, err := open.count(ctx)
		if err != nil {
			return search.Facets{}, err
		}
		found.Categories = all.Categories
	}
	if open, narrowed := a.without(dates); narrowed {
		all, err := open.count(ctx)
		if err != nil {
			return search.Facets{}, err
		}
		found.Years = all.Years
	}
	return found, nil
}

// count returns the facets of the answer to a request.
func (r request) count(ctx context.Context) (search.Facets, error) {
	q := r.compile()
	if q == nil {
		return search.Facets{}, nil
	}
	q.Facets = true
	found, err := r.ask(ctx, q)
	return found.Facets, err
}

// filter is a kind of what narrows an answer, beside the query and in it.
type filter int

const (
	tags filter = iota
	categories
	dates
)

// filterOf returns the kind of a unit; ok is false when it is no filter.
func filterOf(n query.Node) (kind filter, ok bool) {
	switch n.(type) {
	case query.Tag:
		return tags, true
	case query.Category:
		return categories, true
	case query.After, query.Before:
		return dates, true
	}
	return 0, false
}

// without returns the request without filters of some kinds; narrowed is false when it has none of them.
func (r request) without(kinds ...filter) (open request, narrowed bool) {
	r.typed, narrowed = r.typed.Without(func(n query.Node) bool {
		kind, ok := filterOf(n)
		return ok && slices.Contains(kinds, kind)
	})
	for _, kind := range kinds {
		switch kind {
		case tags:
			narrowed = narrowed || len(r.Tags) > 0
			r.Tags = nil
		case categories:
			narrowed = narrowed || len(r.Categories) > 0
			r.Categories = nil
		case dates:
			narrowed = narrowed || !r.After.IsZero() || !r.Before.IsZero()
			r.After, r.Before = time.Time{}, time.Time{}
		}
	}
	return r, narrowed
}
