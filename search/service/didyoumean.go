package service

import (
	"context"
	"slices"

	"chaja/search"
	"chaja/search/compile"
	"chaja/search/query"
	"chaja/search/rewrite"
)

// didYouMean looks for a query that finds more. It returns the answer with that as a suggestion, or the answer to that where
// the suggestion is applied. What is tried is the table of rewrite.DidYouMean. The index is asked three times mostly: what it
// must count, and what it finds for the drafts that are sure and for the others.
func (a answer) didYouMean(ctx context.Context) (answer, error) {
	d := rewrite.New(a.typed, a.Prefix, a.Full, a.variants)
	texts := append(d.Wanted(d.Sure), d.Wanted(d.Rare)...)
	slices.Sort(texts)
	if err := a.count(ctx, d, slices.Compact(texts)); err != nil {
		return a, err
	}
	better, v, err := a.sure(ctx, d)
	if err == nil && v == rewrite.Ignored {
		better, v, err = a.others(ctx, d)
	}
	if err != nil || v == rewrite.Ignored {
		return a, err
	}
	return a.with(better, v), nil
}

// sure tries the drafts that are sure. Only the one that is applied is answered with posts that have a part of the words.
func (a answer) sure(ctx context.Context, d *rewrite.DidYouMean) (better answer, v rewrite.Verdict, err error) {
	drafts, err := a.know(ctx, d, d.Sure)
	if err != nil {
		return better, v, err
	}
	tried, err := a.try(ctx, drafts, false)
	if err != nil {
		return better, v, err
	}
	for i := range tried {
		if v = drafts[i].Verdict(a.Full, tried[i].Full); v == rewrite.Ignored {
			continue
		}
		if v == rewrite.Applied {
			if tried, err = a.try(ctx, drafts[i:i+1], true); err != nil {
				return better, v, err
			}
			return tried[0], v, nil
		}
		return tried[i], v, nil
	}
	return better, rewrite.Ignored, nil
}

// others tries the drafts that are not sure and, for a query that finds nothing, what is left of the first draft.
func (a answer) others(ctx context.Context, d *rewrite.DidYouMean) (better answer, v rewrite.Verdict, err error) {
	drafts, err := a.know(ctx, d, d.Rare)
	if err != nil {
		return better, v, err
	}
	rest, left, ok := d.Rest()
	if ok = ok && a.Full == 0; ok {
		drafts = append(drafts, rest)
	}
	tried, err := a.try(ctx, drafts, true)
	if err != nil {
		return better, v, err
	}
	for i, better := range tried {
		if ok && i == len(tried)-1 {
			return better, left, nil
		}
		if v := drafts[i].Verdict(a.Full, better.Full); v != rewrite.Ignored {
			return better, v, nil
		}
	}
	return better, rewrite.Ignored, nil
}

// know returns drafts that were made knowing how many posts have the texts for which that matters.
func (a answer) know(ctx context.Context, d *rewrite.DidYouMean, drafts func() []rewrite.Draft) ([]rewrite.Draft, error) {
	if err := a.count(ctx, d, d.Wanted(drafts)); err != nil {
		return nil, err
	}
	return drafts(), nil
}

// count tells how many posts have texts.
func (a answer) count(ctx context.Context, d *rewrite.DidYouMean, texts []string) error {
	var counted []string
	var counts []search.Query
	for _, text := range texts {
		if phrase, _ := compile.Query(query.Phrase{Text: text}, a.analyzer, nil); phrase != nil {
			counted, counts = append(counted, text), append(counts, search.Query{Match: phrase})
		} else {
			d.Know(text, 0)
		}
	}
	if len(counts) == 0 {
		return nil
	}
	found, err := a.snapshot.Search(ctx, counts...)
	if err != nil {
		return err
	}
	for i, text := range counted {
		d.Know(text, found[i].Total)
	}
	return nil
}

// try answers drafts, if asked for with posts that have a part of the words too. The query of an answer is
// nil if nothing in its draft can be searched for.
func (a answer) try(ctx context.Context, drafts []rewrite.Draft, parts bool) ([]answer, error) {
	answers := make([]answer, len(drafts))
	var queries []search.Query
	for i, draft := range drafts {
		r := a.request
		r.typed = draft.Query
		answers[i] = answer{
			request: r, query: r.compile(), asWords: a.asWords,
			suggestion: &search.Suggestion{Query: draft.Query.String(), Reason: draft.Reason},
		}
		if q := answers[i].query; q != nil {
			q.From, q.Size, q.Facets, q.OnlyIDs = a.query.From, a.query.Size, a.query.Facets, a.query.OnlyIDs
			if !parts {
				q.Parts = search.NoParts
			}
			queries = append(queries, q.Query)
		}
	}
	if len(queries) == 0 {
		return answers, nil
	}
	found, err := a.snapshot.Search(ctx, queries...)
	if err != nil {
		return nil, err
	}
	for i := range answers {
		if answers[i].query != nil {
			answers[i].Matches, found = found[0], found[1:]
		}
	}
	return answers, nil
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
