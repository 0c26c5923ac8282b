package service

import (
	"context"
	"slices"
	"time"

	"chaja/search"

	"chaja/search/query"
)

// matches are what the index has for a query, those of its posts first that have all the words.
type matches struct {
	search.Matches
	full       int
	query      *search.Query
	suggestion *search.Suggestion // a better query, if any; the matches are those of it where it is applied
}

// enough is the number of posts with all the words beside which no others are listed: a first page.
const enough = search.DefaultPerPage

// find asks the index for all the words and, where that finds too little, for a part of them.
func (s request) find(ctx context.Context, r search.Request, q *search.Query) (matches, error) {
	found, err := s.snapshot.Search(ctx, *q)
	if err != nil {
		return matches{}, err
	}
	return s.complete(ctx, r, q, found)
}

// complete adds to the posts found, which have all the words, those that have a part of them.
func (s request) complete(ctx context.Context, r search.Request, q *search.Query, found search.Matches) (matches, error) {
	full := matches{Matches: found, full: found.Total, query: q}
	partial := *q
	partial.Match = q.Match.Partial()
	if partial.Match == nil {
		return full, nil
	}
	if few, err := s.few(ctx, r, full.full); err != nil || !few {
		return full, err
	}
	partial.From = max(q.From-full.full, 0)
	partial.Size = q.Size - len(found.Hits)
	some, err := s.snapshot.Search(ctx, partial)
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
func (s request) few(ctx context.Context, r search.Request, full int) (bool, error) {
	limit := enough
	if r.Sort == search.Newest || r.Sort == search.Oldest {
		limit = 1
	}
	if open, narrowed := without(r, tags, categories, dates); narrowed && full < limit {
		q := s.compile(open)
		if q == nil {
			return false, nil
		}
		all, err := s.snapshot.Search(ctx, *q)
		return all.Total < limit, err
	}
	return full < limit, nil
}

// facets completes the facets of an answer. The tags are those of the posts found, as one more tag narrows these. A post
// has mostly one category and always one year, so these are counted as if they had not been chosen, to choose others.
func (s request) facets(ctx context.Context, r search.Request, found search.Facets) (search.Facets, error) {
	if open, narrowed := without(r, categories); narrowed {
		all, err := s.count(ctx, open)
		if err != nil {
			return search.Facets{}, err
		}
		found.Categories = all.Categories
	}
	if open, narrowed := without(r, dates); narrowed {
		all, err := s.count(ctx, open)
		if err != nil {
			return search.Facets{}, err
		}
		found.Years = all.Years
	}
	return found, nil
}

// count returns the facets of the answer to a request.
func (s request) count(ctx context.Context, r search.Request) (search.Facets, error) {
	q := s.compile(r)
	if q == nil {
		return search.Facets{}, nil
	}
	q.Facets = true
	found, err := s.find(ctx, r, q)
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
func without(r search.Request, kinds ...filter) (open search.Request, narrowed bool) {
	rest, narrowed := query.Without(r.Query, func(n query.Node) bool {
		kind, ok := filterOf(n)
		return ok && slices.Contains(kinds, kind)
	})
	r.Prefix = r.Prefix && query.LastWord(rest) == query.LastWord(r.Query)
	r.Query = rest
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
