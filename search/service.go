package search

import (
	"cmp"
	"context"
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
	perPage := min(max(cmp.Or(r.PerPage, DefaultPerPage), 1), MaxPerPage)
	result := Result{
		Query: r.Query, Page: min(max(r.Page, 1), MaxDepth/perPage), PerPage: perPage,
		Hits: []Hit{}, Facets: Facets{Tags: []Facet{}, Categories: []Facet{}, Years: []Facet{}},
	}
	q, notice := s.compile(r)
	result.Notice = notice
	if q == nil {
		return result, nil
	}
	q.From, q.Size, q.Facets = (result.Page-1)*result.PerPage, result.PerPage, true
	found, err := s.find(ctx, q)
	if err != nil {
		return Result{}, err
	}
	result.Total, result.Facets, result.Partial = found.Total, found.Facets, q.Match.IsLoose() && found.Total > 0
	for _, scored := range found.Hits {
		if err := ctx.Err(); err != nil { // long posts take their time to excerpt
			return Result{}, err
		}
		result.Hits = append(result.Hits, s.hit(q.Match, scored))
	}
	result.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return result, nil
}

// Rank returns the IDs of the best n posts for a request, in the order in which Search shows them.
func (s *Service) Rank(ctx context.Context, r Request, n int) ([]string, error) {
	q, _ := s.compile(r)
	if q == nil {
		return nil, nil
	}
	q.Size = n
	found, err := s.find(ctx, q)
	ids := make([]string, len(found.Hits))
	for i, hit := range found.Hits {
		ids[i] = hit.Document.ID
	}
	return ids, err
}

// compile turns a request into a query for the engine, without a window. It returns nil when the request has words but
// nothing that can be searched for; notice says what could not be used.
func (s *Service) compile(r Request) (q *Query, notice string) {
	node, truncated := query.Parse(r.Query)
	words := match.Compile(node, s.analyzer)
	if node != nil && words == nil {
		return nil, "the query has no letter or digit to search for: type a word"
	}
	if truncated {
		notice = "the query is too long: only its beginning was used"
	}
	q = &Query{
		Match: words.Where(match.Filter{Tags: r.Tags, Categories: r.Categories, Lang: r.Lang}),
		After: r.After, Before: r.Before,
		Sort: cmp.Or(r.Sort, ByRelevance),
	}
	if !words.HasWords() && q.Sort == ByRelevance {
		q.Sort = Newest // nothing to rank by
	}
	return q, notice
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
