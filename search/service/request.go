package service

import (
	"cmp"
	"context"

	"chaja/search"
	"chaja/search/compile"
	"chaja/search/highlight"
	"chaja/search/match"
	"chaja/search/query"
	"chaja/search/rewrite"
)

// request is a request on its way to an answer.
type request struct {
	search.Request
	state
	typed    query.Parsed
	variants *rewrite.Variants
	counts   counts
}

func newRequest(r search.Request, at state) request {
	return request{r, at, at.quotations(query.Parse(r.Query)), rewrite.NewVariants(at.lexicon, at.analyzer), counts{}}
}

// search answers the request with one page of hits.
func (r request) search(ctx context.Context) (search.Result, error) {
	perPage := min(max(cmp.Or(r.PerPage, search.DefaultPerPage), 1), search.MaxPerPage)
	result := search.Result{
		Query: r.Query, Page: min(max(r.Page, 1), search.MaxDepth/perPage), PerPage: perPage, Truncated: r.typed.Truncated,
		Hits: []search.Hit{}, Facets: search.Facets{Tags: []search.Facet{}, Categories: []search.Facet{}, Years: []search.Facet{}},
	}
	r.Locale = localeOf(r.Request) // that of the query as typed, though another may be answered
	q := r.compile()
	result.Warning = r.warning(q)
	if q == nil {
		return result, nil
	}
	q.Facets = true
	found, err := r.askPinned(ctx, q, (result.Page-1)*result.PerPage, result.PerPage, false)
	if err != nil {
		return search.Result{}, err
	}
	if found.asWords {
		result.Warning = cmp.Or(result.Warning, r.texts.Match(r.Locale).Warnings.AsWords)
	}
	result.Suggestion, result.Facets, result.WithoutMeaning = found.suggestion, found.Facets, found.late
	result.Total, result.AtLeast, result.Full = found.Total, found.AtLeast, found.Full
	if result.ByMeaning = len(found.near); found.Total == 0 && found.facets != nil {
		result.Total, result.ByMeaning, result.Facets = len(found.near), 0, *found.facets
	}
	if found.continued {
		result.Warning = cmp.Or(result.Warning, r.texts.Match(r.Locale).Warnings.Unfinished)
	}
	for _, scored := range found.Hits {
		if err := ctx.Err(); err != nil { // long posts take their time to excerpt
			return search.Result{}, err
		}
		result.Hits = append(result.Hits, found.show(scored))
	}
	return result, nil
}

// show shows a hit, however it was found.
func (b *both) show(scored search.Scored) (h search.Hit) {
	id := scored.Document.ID
	if near, ok := b.near[id]; ok {
		h = b.hitByMeaning(scored, near, b.Locale, b.Explain)
	} else {
		h = b.hit(scored)
	}
	if b.isPinned[id] {
		h.Pinned, h.Full, h.Missing = true, true, nil
	}
	if b.Explain {
		h.Why = append(b.explainLevers(&scored.Document, h.Pinned), h.Why...)
	}
	return h
}

// rank returns the IDs of the best n posts.
func (r request) rank(ctx context.Context, n int) ([]string, error) {
	q := r.compile()
	if q == nil {
		return nil, nil
	}
	found, err := r.askPinned(ctx, q, 0, n, true)
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

// compile turns the request into a query for the engine, without a window; nil when it has words but nothing that can be
// searched for.
func (r request) compile() *prepared {
	unfinished := ""
	if r.Prefix {
		unfinished = r.typed.Unfinished()
	}
	words, highlighter := compile.Query(r.variants.InWords(r.typed.Tree, unfinished), r.analyzer, func(text string) []match.Variant {
		return r.variants.Of(text, text == unfinished)
	})
	if words != nil {
		words = words.Named(r.variants.Names(words.Text, unfinished != ""))
	}
	after, before := r.typed.Bounds()
	if r.typed.Tree != nil && words == nil && after.IsZero() && before.IsZero() {
		return nil
	}
	q := &prepared{highlighter: highlighter, Query: search.Query{
		Match: words.Where(match.Labels{Tags: r.Tags, Categories: r.Categories, Lang: r.Lang}).Boosted(r.levers.Boosts),
		After: query.Later(r.After, after), Before: query.Earlier(r.Before, before),
		Sort: cmp.Or(r.Sort, search.ByRelevance), Parts: parts(words, r.Sort),
	}}
	if !words.HasWords() && q.Sort == search.ByRelevance {
		q.Sort = search.Newest // nothing to rank by
	}
	return q
}
