package search

import (
	"cmp"
	"context"
	"time"

	"chaja/search/analysis"
	"chaja/search/catalog"
	"chaja/search/match"
	"chaja/search/pairs"
	"chaja/search/query"
	"chaja/search/snippet"
)

// Service answers requests from an index. It is safe for concurrent use.
type Service struct {
	index    Searcher
	analyzer *analysis.Analyzer
	texts    *catalog.Catalog
}

// NewService returns a service over index, whose documents were analyzed by analyzer.
func NewService(index Searcher, analyzer *analysis.Analyzer) *Service {
	return &Service{index: index, analyzer: analyzer, texts: catalog.Embedded()}
}

// Search answers a request: the posts that have all the words and, where these fill no page, those that have a good part
// of them. No query is an error; Result.Warning says what of it could not be used. Errors are those of the index.
func (s *Service) Search(ctx context.Context, r Request) (Result, error) {
	start := time.Now()
	perPage := min(max(cmp.Or(r.PerPage, DefaultPerPage), 1), MaxPerPage)
	result := Result{
		Query: r.Query, Page: min(max(r.Page, 1), MaxDepth/perPage), PerPage: perPage,
		Hits: []Hit{}, Facets: Facets{Tags: []Facet{}, Categories: []Facet{}, Years: []Facet{}},
	}
	r.Locale = r.locale() // that of the query as typed, though another may be answered
	q, err := s.compile(ctx, r)
	if err != nil {
		return Result{}, err
	}
	result.Warning, result.Truncated = s.warning(r, q)
	if q == nil {
		return result, nil
	}
	q.From, q.Size, q.Facets = (result.Page-1)*result.PerPage, result.PerPage, true
	found, err := s.find(ctx, r, q)
	if err == nil {
		found, err = s.mend(ctx, r, found)
	}
	if err != nil {
		return Result{}, err
	}
	if result.Suggestion = found.suggestion; found.suggestion != nil && found.suggestion.Applied {
		q, r.Query = found.query, found.suggestion.Query
	}
	result.Total, result.Full = found.Total, found.full
	if result.Facets, err = s.facets(ctx, r, found.Facets); err != nil {
		return Result{}, err
	}
	for i, scored := range found.Hits {
		if err := ctx.Err(); err != nil { // long posts take their time to excerpt
			return Result{}, err
		}
		result.Hits = append(result.Hits, s.hit(q.Match, scored, q.From+i < found.full, r))
	}
	result.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return result, nil
}

// Rank returns the IDs of the best n posts for a request, in the order in which Search shows them.
func (s *Service) Rank(ctx context.Context, r Request, n int) ([]string, error) {
	q, err := s.compile(ctx, r)
	if q == nil || err != nil {
		return nil, err
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
func (s *Service) compile(ctx context.Context, r Request) (*Query, error) {
	lexicon, err := s.index.Lexicon(ctx)
	if err != nil {
		return nil, err
	}
	node, _ := query.Parse(r.Query)
	forms := forms{Lexicon: lexicon, stem: s.stem}
	if r.Prefix {
		forms.unfinished = query.LastWord(r.Query)
	}
	words := match.Compile(node, s.analyzer, forms.of)
	words = words.Named(forms.names(words.Text()))
	after, before := bounds(node)
	if node != nil && words == nil && after.IsZero() && before.IsZero() {
		return nil, nil
	}
	q := &Query{
		Match: words.Where(match.Filter{Tags: r.Tags, Categories: r.Categories, Lang: r.Lang}),
		After: latest(r.After, after), Before: earliest(r.Before, before),
		Sort: cmp.Or(r.Sort, ByRelevance),
	}
	if !words.HasWords() && q.Sort == ByRelevance {
		q.Sort = Newest // nothing to rank by
	}
	return q, nil
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
func (s *Service) Facets(ctx context.Context) (Facets, error) {
	found, err := s.index.Search(ctx, Query{Facets: true})
	return found.Facets, err
}

// Suggest completes what is being typed to at most limit titles, headings, tags and words of the site, best first.
func (s *Service) Suggest(ctx context.Context, typed string, limit int) (Suggestions, error) {
	lexicon, err := s.index.Lexicon(ctx)
	if err != nil {
		return Suggestions{}, err
	}
	result := Suggestions{Query: typed, Suggestions: []Completion{}}
	for _, c := range lexicon.Words.Complete(typed, limit) {
		result.Suggestions = append(result.Suggestions, Completion{
			Text: c.Text, TextHTML: snippet.Mark(c.Text, c.Spans), Kind: c.Kind, URL: c.URL,
		})
	}
	return result, nil
}

// Pairs returns the pairs of spellings that were learned from the posts, those with most evidence first.
func (s *Service) Pairs(ctx context.Context) ([]pairs.Pair, error) {
	lexicon, err := s.index.Lexicon(ctx)
	if err != nil {
		return nil, err
	}
	return lexicon.Learned, nil
}

// Ready returns nil when the index answers, otherwise why it does not.
func (s *Service) Ready(ctx context.Context) error {
	_, err := s.index.Search(ctx, Query{})
	return err
}
