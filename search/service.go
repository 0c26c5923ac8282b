package search

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"chaja/search/analysis"
	"chaja/search/match"
	"chaja/search/query"
)

// Service answers requests from an index. It is safe for concurrent use.
type Service struct {
	index    Searcher
	analyzer *analysis.Analyzer
}

// NewService returns a service over index, whose documents were analyzed by analyzer.
func NewService(index Searcher, analyzer *analysis.Analyzer) *Service {
	return &Service{index: index, analyzer: analyzer}
}

// Search answers a request: the posts that have all the words, or, where none has, those that have some. No query is
// an error; Result.Notice says what of it could not be used. Errors are those of the index.
func (s *Service) Search(ctx context.Context, r Request) (Result, error) {
	start := time.Now()
	result := Result{
		Query: r.Query, Page: max(r.Page, 1), PerPage: cmp.Or(r.PerPage, DefaultPerPage),
		Hits: []Hit{}, Facets: Facets{Tags: []Facet{}, Categories: []Facet{}, Years: []Facet{}},
	}
	node, truncated := query.Parse(r.Query)
	compiled := match.Compile(node, s.analyzer)
	if node != nil && compiled == nil {
		result.Notice = "the query has no letter or digit to search for: type a word"
		return result, nil
	}
	if truncated {
		result.Notice = fmt.Sprintf("the query is too long: its first %d words were used", query.MaxUnits)
	}
	q := Query{
		Match: compiled.Where(match.Filter{Tags: r.Tags, Categories: r.Categories, Lang: r.Lang}),
		After: r.After, Before: r.Before,
		Sort: r.Sort,
		From: (result.Page - 1) * result.PerPage, Size: result.PerPage,
		Facets: true,
	}
	if !compiled.HasWords() && q.Sort != Oldest {
		q.Sort = Newest // nothing to rank by
	}
	found, err := s.find(ctx, &q)
	if err != nil {
		return Result{}, err
	}
	result.Total, result.Facets, result.Partial = found.Total, found.Facets, q.Match.IsLoose() && found.Total > 0
	for _, scored := range found.Hits {
		result.Hits = append(result.Hits, s.hit(q.Match, scored))
	}
	result.Took = time.Since(start)
	return result, nil
}

// find asks the index for all the words and, where that finds nothing, for any; then q.Match is loose.
func (s *Service) find(ctx context.Context, q *Query) (Matches, error) {
	found, err := s.index.Search(ctx, *q)
	if err != nil || found.Total > 0 {
		return found, err
	}
	loose := q.Match.Loose()
	if loose == nil {
		return found, nil
	}
	q.Match = loose
	return s.index.Search(ctx, *q)
}

// Facets counts the tags, categories and years of all posts.
func (s *Service) Facets(ctx context.Context) (Facets, error) {
	found, err := s.index.Search(ctx, Query{Facets: true})
	return found.Facets, err
}

// Ready returns nil when the index answers, otherwise why it does not.
func (s *Service) Ready(ctx context.Context) error {
	_, err := s.index.Search(ctx, Query{})
	return err
}
