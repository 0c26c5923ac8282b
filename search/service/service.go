// Package service answers requests from an index.
package service

import (
	"cmp"
	"context"
	"errors"
	"time"

	"chaja/search"
	"chaja/search/lexicon"

	"chaja/search/analysis"
	"chaja/search/lexicon/pairs"
	"chaja/search/match"
	"chaja/search/query"
	"chaja/search/snippet"
)

// Service answers requests from an index. It is safe for concurrent use.
type Service struct {
	source   Source
	analyzer *analysis.Analyzer
}

// Source gives each request one state of an index, and what is known of the words of its documents. The snapshot is closed
// when the request is answered.
type Source interface {
	Acquire(ctx context.Context) (search.Snapshot, *lexicon.Lexicon, error)
}

// New returns a service over source, whose documents were analyzed by analyzer.
func New(source Source, analyzer *analysis.Analyzer) *Service {
	return &Service{source: source, analyzer: analyzer}
}

// request is what one request is answered from, from its first look to the last.
type request struct {
	*Service
	snapshot search.Snapshot
	lexicon  *lexicon.Lexicon
}

// answer returns what f makes of one state of the index.
func answer[T any](ctx context.Context, s *Service, f func(request) (T, error)) (result T, err error) {
	snapshot, lexicon, err := s.source.Acquire(ctx)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, snapshot.Close()) }()
	return f(request{s, snapshot, lexicon})
}

// Search answers a request: the posts that have all the words and, where these fill no page, those that have a good part
// of them. No query is an error; Result.Notice says what of it could not be used. Errors are those of the index.
func (s *Service) Search(ctx context.Context, r search.Request) (search.Result, error) {
	start := time.Now()
	result, err := answer(ctx, s, func(s request) (search.Result, error) { return s.search(ctx, r) })
	if err != nil {
		return search.Result{}, err
	}
	result.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return result, nil
}

func (s request) search(ctx context.Context, r search.Request) (search.Result, error) {
	perPage := min(max(cmp.Or(r.PerPage, search.DefaultPerPage), 1), search.MaxPerPage)
	result := search.Result{
		Query: r.Query, Page: min(max(r.Page, 1), search.MaxDepth/perPage), PerPage: perPage,
		Hits: []search.Hit{}, Facets: search.Facets{Tags: []search.Facet{}, Categories: []search.Facet{}, Years: []search.Facet{}},
	}
	r.Locale = localeOf(r) // that of the query as typed, though another may be answered
	q := s.compile(r)
	result.Notice, result.Truncated = s.notice(r, q)
	if q == nil {
		return result, nil
	}
	q.From, q.Size, q.Facets = (result.Page-1)*result.PerPage, result.PerPage, true
	found, err := s.find(ctx, r, q)
	if err == nil {
		found, err = s.mend(ctx, r, found)
	}
	if err != nil {
		return search.Result{}, err
	}
	if result.Suggestion = found.suggestion; found.suggestion != nil && found.suggestion.Applied {
		q, r.Query = found.query, found.suggestion.Query
	}
	result.Total, result.Full = found.Total, found.full
	if result.Facets, err = s.facets(ctx, r, found.Facets); err != nil {
		return search.Result{}, err
	}
	for i, scored := range found.Hits {
		if err := ctx.Err(); err != nil { // long posts take their time to excerpt
			return search.Result{}, err
		}
		result.Hits = append(result.Hits, s.hit(q.Match, scored, q.From+i < found.full, r))
	}
	return result, nil
}

// Rank returns the IDs of the best n posts for a request, in the order in which Search shows them.
func (s *Service) Rank(ctx context.Context, r search.Request, n int) ([]string, error) {
	return answer(ctx, s, func(s request) ([]string, error) { return s.rank(ctx, r, n) })
}

func (s request) rank(ctx context.Context, r search.Request, n int) ([]string, error) {
	q := s.compile(r)
	if q == nil {
		return nil, nil
	}
	q.Size = n
	found, err := s.find(ctx, r, q)
	if err == nil {
		found, err = s.mend(ctx, r, found)
	}
	ids := make([]string, len(found.Hits))
	for i, hit := range found.Hits {
		ids[i] = hit.Document.ID
	}
	return ids, err
}

// compile turns a request into a query for the engine, without a window; nil when the request has words but nothing that
// can be searched for.
func (s request) compile(r search.Request) *search.Query {
	node, _ := query.Parse(r.Query)
	forms := forms{Lexicon: s.lexicon, stem: s.stem}
	if r.Prefix {
		forms.unfinished = query.LastWord(r.Query)
	}
	words := match.Compile(node, s.analyzer, forms.of)
	words = words.Named(forms.names(words.Text()))
	after, before := bounds(node)
	if node != nil && words == nil && after.IsZero() && before.IsZero() {
		return nil
	}
	q := &search.Query{
		Match: words.Where(match.Filter{Tags: r.Tags, Categories: r.Categories, Lang: r.Lang}),
		After: latest(r.After, after), Before: earliest(r.Before, before),
		Sort: cmp.Or(r.Sort, search.ByRelevance),
	}
	if !words.HasWords() && q.Sort == search.ByRelevance {
		q.Sort = search.Newest // nothing to rank by
	}
	return q
}

// bounds returns the dates that the query itself sets, zero for none. Of several the narrowest count.
func bounds(node query.Node) (after, before time.Time) {
	nodes := []query.Node{node}
	if and, ok := node.(query.And); ok {
		nodes = and.Nodes
	}
	for _, node := range nodes {
		switch n := node.(type) {
		case query.After:
			t, _ := query.ParseDate(n.Date) // a date, or it would be a word
			after = latest(after, t)
		case query.Before:
			t, _ := query.ParseDate(n.Date)
			before = earliest(before, t)
		}
	}
	return after, before
}

// latest and earliest compare bounds; zero is none.
func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Facets counts the tags, categories and years of all posts.
func (s *Service) Facets(ctx context.Context) (search.Facets, error) {
	return answer(ctx, s, func(s request) (search.Facets, error) {
		found, err := s.snapshot.Search(ctx, search.Query{Facets: true})
		return found.Facets, err
	})
}

// Suggest completes what is being typed to at most limit titles, headings, tags and words of the site, best first.
func (s *Service) Suggest(ctx context.Context, typed string, limit int) (search.Suggestions, error) {
	return answer(ctx, s, func(s request) (search.Suggestions, error) {
		result := search.Suggestions{Query: typed, Suggestions: []search.Completion{}}
		for _, c := range s.lexicon.Words.Complete(typed, limit) {
			result.Suggestions = append(result.Suggestions, search.Completion{
				Text: c.Text, TextHTML: snippet.Mark(c.Text, c.Spans), Kind: string(c.Kind), URL: c.URL,
			})
		}
		return result, nil
	})
}

// Pairs returns the pairs of spellings that were learned from the posts, those with most evidence first.
func (s *Service) Pairs(ctx context.Context) ([]pairs.Pair, error) {
	return answer(ctx, s, func(s request) ([]pairs.Pair, error) { return s.lexicon.Learned, nil })
}

// Ready returns nil when the index answers, otherwise why it does not.
func (s *Service) Ready(ctx context.Context) error {
	_, err := answer(ctx, s, func(s request) (search.Matches, error) { return s.snapshot.Search(ctx, search.Query{}) })
	return err
}
