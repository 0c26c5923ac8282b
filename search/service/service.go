// Package service answers requests from an index.
package service

import (
	"context"
	"errors"
	"time"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/catalog"
	"chaja/search/lexicon"
	"chaja/search/lexicon/pairs"
	"chaja/search/snippet"
)

// Service answers requests from an index. It is safe for concurrent use.
type Service struct {
	source   Source
	analyzer *analysis.Analyzer
	texts    *catalog.Catalog
	vectors  Vectors // nil where words search alone
	levers   Levers
}

// Source gives each request one state of an index, and what is known of the words of its documents. The snapshot is closed
// when the request is answered.
type Source interface {
	Acquire(ctx context.Context) (search.Snapshot, *lexicon.Lexicon, error)
}

// New returns a service over source, whose documents were analyzed by analyzer.
func New(source Source, analyzer *analysis.Analyzer) *Service {
	return &Service{source: source, analyzer: analyzer, texts: catalog.Embedded()}
}

// state is what one request is answered from, from its first look to the last.
type state struct {
	snapshot search.Snapshot
	lexicon  *lexicon.Lexicon
	*Service
}

// from returns what f makes of one state of the index.
func from[T any](ctx context.Context, s *Service, f func(state) (T, error)) (result T, err error) {
	snapshot, lexicon, err := s.source.Acquire(ctx)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, snapshot.Close()) }()
	return f(state{snapshot, lexicon, s})
}

// Search answers a request: the posts that have all the words and, where these fill no page, those that have a good part
// of them. No query is an error; Result.Warning says what of it could not be used. Errors are those of the index.
func (s *Service) Search(ctx context.Context, r search.Request) (search.Result, error) {
	start := time.Now()
	result, err := from(ctx, s, func(at state) (search.Result, error) {
		return newRequest(r, at).search(ctx)
	})
	if err != nil {
		return search.Result{}, err
	}
	result.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return result, nil
}

// Rank returns the IDs of the best n posts for a request, in the order in which Search shows them.
func (s *Service) Rank(ctx context.Context, r search.Request, n int) ([]string, error) {
	return from(ctx, s, func(at state) ([]string, error) {
		return newRequest(r, at).rank(ctx, n)
	})
}

// Related returns at most limit posts like the one with this ID: with the same tags, and with the words that tell it from
// others. The error wraps search.ErrNoPost when there is none.
func (s *Service) Related(ctx context.Context, id string, limit int) ([]search.Hit, error) {
	return from(ctx, s, func(at state) ([]search.Hit, error) { return at.related(ctx, id, limit) })
}

// Facets counts the tags, categories and years of all posts.
func (s *Service) Facets(ctx context.Context) (search.Facets, error) {
	return from(ctx, s, func(at state) (search.Facets, error) {
		found, err := search.Ask(ctx, at.snapshot, search.Query{Facets: true})
		return found.Facets, err
	})
}

// Suggest completes what is being typed to at most limit titles, headings, tags and words of the site, best first.
func (s *Service) Suggest(ctx context.Context, typed string, limit int) (search.Suggestions, error) {
	return from(ctx, s, func(at state) (search.Suggestions, error) {
		result := search.Suggestions{Query: typed, Suggestions: []search.Completion{}}
		for _, c := range at.lexicon.Words.Complete(typed, limit) {
			result.Suggestions = append(result.Suggestions, search.Completion{
				Text: c.Text, TextHTML: snippet.Mark(c.Text, c.Spans), Kind: string(c.Kind), URL: c.URL,
			})
		}
		return result, nil
	})
}

// Pairs returns the pairs of spellings that were learned from the posts, those with most evidence first.
func (s *Service) Pairs(ctx context.Context) ([]pairs.Pair, error) {
	return from(ctx, s, func(at state) ([]pairs.Pair, error) { return at.lexicon.Learned, nil })
}

// Ready returns nil when the index answers, otherwise why it does not.
func (s *Service) Ready(ctx context.Context) error {
	_, err := from(ctx, s, func(at state) (search.Matches, error) { return search.Ask(ctx, at.snapshot, search.Query{}) })
	return err
}
