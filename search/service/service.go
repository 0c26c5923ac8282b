// Package service answers requests from an index.
package service

import (
	"cmp"
	"context"
	"time"

	"chaja/search"
	"chaja/search/lexicon"
	"chaja/search/rewrite"

	"chaja/search/analysis"
	"chaja/search/catalog"
	"chaja/search/compile"
	"chaja/search/highlight"
	"chaja/search/lexicon/pairs"
	"chaja/search/match"
	"chaja/search/query"
	"chaja/search/snippet"
)

// Service answers requests from an index. It is safe for concurrent use.
type Service struct {
	index    Index
	analyzer *analysis.Analyzer
	texts    *catalog.Catalog
}

// Index is what a service answers from: an engine, and what is known of the words of its documents.
type Index interface {
	search.Searcher

	// Lexicon returns what is known of the words of the documents; it may lag behind them until the writer is done.
	Lexicon(ctx context.Context) (*lexicon.Lexicon, error)
}

// New returns a service over index, whose documents were analyzed by analyzer.
func New(index Index, analyzer *analysis.Analyzer) *Service {
	return &Service{index: index, analyzer: analyzer, texts: catalog.Embedded()}
}

// request is a request on its way to an answer, all of it from one state of the index.
type request struct {
	search.Request
	*Service
	typed   query.Parsed
	lexicon *lexicon.Lexicon
}

// begin reads what was typed.
func (s *Service) begin(ctx context.Context, r search.Request) (request, error) {
	lexicon, err := s.index.Lexicon(ctx)
	return request{r, s, query.Parse(r.Query), lexicon}, err
}

// Search answers a request: the posts that have all the words and, where these fill no page, those that have a good part
// of them. No query is an error; Result.Warning says what of it could not be used. Errors are those of the index.
func (s *Service) Search(ctx context.Context, asked search.Request) (search.Result, error) {
	start := time.Now()
	perPage := min(max(cmp.Or(asked.PerPage, search.DefaultPerPage), 1), search.MaxPerPage)
	result := search.Result{
		Query: asked.Query, Page: min(max(asked.Page, 1), search.MaxDepth/perPage), PerPage: perPage, Truncated: false,
		Hits: []search.Hit{}, Facets: search.Facets{Tags: []search.Facet{}, Categories: []search.Facet{}, Years: []search.Facet{}},
	}
	r, err := s.begin(ctx, asked)
	if err != nil {
		return search.Result{}, err
	}
	result.Truncated = r.typed.Truncated
	r.Locale = localeOf(asked)
	q := r.compile()
	result.Warning = r.warning(q)
	if q == nil {
		return result, nil
	}
	q.From, q.Size, q.Facets = (result.Page-1)*result.PerPage, result.PerPage, true
	found, err := r.find(ctx, q)
	if err != nil {
		return search.Result{}, err
	}
	result.Suggestion, result.Total, result.Full = found.suggestion, found.Total, found.full
	if result.Facets, err = found.facets(ctx); err != nil {
		return search.Result{}, err
	}
	for i, scored := range found.Hits {
		if err := ctx.Err(); err != nil { // long posts take their time to excerpt
			return search.Result{}, err
		}
		result.Hits = append(result.Hits, found.hit(scored, q.From+i < found.full))
	}
	result.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return result, nil
}

// Rank returns the IDs of the best n posts for a request, in the order in which Search shows them.
func (s *Service) Rank(ctx context.Context, asked search.Request, n int) ([]string, error) {
	r, err := s.begin(ctx, asked)
	if err != nil {
		return nil, err
	}
	q := r.compile()
	if q == nil {
		return nil, nil
	}
	q.Size = n
	found, err := r.find(ctx, q)
	ids := make([]string, len(found.Hits))
	for i, hit := range found.Hits {
		ids[i] = hit.Document.ID
	}
	return ids, err
}

// prepared is a query for the engine, and what finds its words in the texts of an answer.
type prepared struct {
	search.Query
	highlighter *highlight.Highlighter
}

// compile turns a request into a query for the engine, without a window; nil when it has words but nothing that can be
// searched for.
func (r request) compile() *prepared {
	variants := rewrite.Variants{Lexicon: r.lexicon, Analyzer: r.analyzer}
	if r.Prefix {
		variants.Unfinished = r.typed.Unfinished()
	}
	words, highlighter := compile.Query(r.typed.Tree, r.analyzer, variants.Of)
	if words != nil {
		words = words.Named(variants.Names(words.Text))
	}
	after, before := r.typed.Bounds()
	if r.typed.Tree != nil && words == nil && after.IsZero() && before.IsZero() {
		return nil
	}
	q := &prepared{highlighter: highlighter, Query: search.Query{
		Match: words.Where(match.Labels{Tags: r.Tags, Categories: r.Categories, Lang: r.Lang}),
		After: query.Later(r.After, after), Before: query.Earlier(r.Before, before),
		Sort: cmp.Or(r.Sort, search.ByRelevance),
	}}
	if !words.HasWords() && q.Sort == search.ByRelevance {
		q.Sort = search.Newest // nothing to rank by
	}
	return q
}

// Facets counts the tags, categories and years of all posts.
func (s *Service) Facets(ctx context.Context) (search.Facets, error) {
	found, err := s.index.Search(ctx, search.Query{Facets: true})
	return found.Facets, err
}

// Suggest completes what is being typed to at most limit titles, headings, tags and words of the site, best first.
func (s *Service) Suggest(ctx context.Context, typed string, limit int) (search.Suggestions, error) {
	lexicon, err := s.index.Lexicon(ctx)
	if err != nil {
		return search.Suggestions{}, err
	}
	result := search.Suggestions{Query: typed, Suggestions: []search.Completion{}}
	for _, c := range lexicon.Words.Complete(typed, limit) {
		result.Suggestions = append(result.Suggestions, search.Completion{
			Text: c.Text, TextHTML: snippet.Mark(c.Text, c.Spans), Kind: string(c.Kind), URL: c.URL,
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
	_, err := s.index.Search(ctx, search.Query{})
	return err
}
