package service

import (
	"context"

	"chaja/search"
	"chaja/search/compile"
	"chaja/search/query"
	"chaja/search/rewrite"
)

// didYouMean looks for a query that finds more. It returns the answer with that as a suggestion, or the answer to that where
// the suggestion is applied. What is tried is the table of rewrite.DidYouMean.
func (a answer) didYouMean(ctx context.Context) (answer, error) {
	d := rewrite.New(a.typed, a.Prefix, a.full, a.lexicon, a.analyzer)
	for _, drafts := range []func() []rewrite.Draft{d.Sure, d.Rare} {
		known, err := a.known(ctx, d, drafts)
		if err != nil {
			return a, err
		}
		for _, draft := range known {
			better, err := a.try(ctx, draft)
			if err != nil {
				return a, err
			}
			if v := draft.Verdict(a.full, better.full); v != rewrite.Ignored {
				return a.with(better, v), nil
			}
		}
	}
	if draft, v, ok := d.Rest(); ok && a.full == 0 {
		better, err := a.try(ctx, draft)
		return a.with(better, v), err
	}
	return a, nil
}

// known returns drafts that were made knowing how many posts have the texts for which that matters.
func (a answer) known(ctx context.Context, d *rewrite.DidYouMean, drafts func() []rewrite.Draft) ([]rewrite.Draft, error) {
	made := drafts()
	wanted := d.Wanted()
	if len(wanted) == 0 {
		return made, nil
	}
	for _, text := range wanted {
		phrase, _ := compile.Query(query.Phrase{Text: text}, a.analyzer, nil)
		if phrase == nil {
			continue
		}
		found, err := a.index.Search(ctx, search.Query{Match: phrase})
		if err != nil {
			return nil, err
		}
		d.Know(text, found.Total)
	}
	return drafts(), nil
}

// try answers a draft; with a query of nil if nothing in it can be searched for.
func (a answer) try(ctx context.Context, draft rewrite.Draft) (answer, error) {
	r := a.request
	r.typed = draft.Query
	q := r.compile()
	better := answer{request: r, query: q}
	if q != nil {
		q.From, q.Size, q.Facets = a.query.From, a.query.Size, a.query.Facets
		var err error
		if better, err = r.ask(ctx, q); err != nil {
			return better, err
		}
	}
	better.suggestion = &search.Suggestion{Query: draft.Query.String(), Reason: draft.Reason}
	return better, nil
}

// with returns the better answer, or the answer with the better query as a suggestion.
func (a answer) with(better answer, v rewrite.Verdict) answer {
	switch {
	case better.query == nil:
		return a
	case v == rewrite.Offered:
		a.suggestion = better.suggestion
		return a
	case better.Total == 0:
		return a
	}
	better.suggestion.Applied = true
	return better
}
