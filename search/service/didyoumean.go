package service

import (
	"context"

	"chaja/search"
	"chaja/search/rewrite"
)

// didYouMean looks for a query that finds more. It returns the answer with that as a suggestion, or the answer to that where
// the suggestion is applied. What is tried is the table of rewrite.DidYouMean. The index is asked for numbers first: what the
// drafts must know, and how many posts have all the words of a draft. Only one that is applied is answered.
func (a answer) didYouMean(ctx context.Context) (answer, error) {
	d := rewrite.New(a.typed, a.Prefix, a.Full, a.variants)
	if err := a.know(ctx, d, wanted(d)); err != nil {
		return a, err
	}
	better, v, err := a.try(ctx, d, d.Sure)
	if err == nil && v == rewrite.Ignored {
		better, v, err = a.try(ctx, d, d.Rare)
	}
	if rest, left, ok := d.Rest(); err == nil && v == rewrite.Ignored && ok && a.Full == 0 {
		better, v = a.to(rest), left
	}
	switch {
	case err != nil || v == rewrite.Ignored || better.query == nil:
		return a, err
	case v == rewrite.Offered:
		a.suggestion = better.suggestion
		return a, nil
	}
	return a.applied(ctx, better)
}

// know tells d how many posts have texts.
func (a answer) know(ctx context.Context, d *rewrite.DidYouMean, texts []string) error {
	err := a.count(ctx, texts)
	for text, posts := range a.counts {
		d.Know(text, posts)
	}
	return err
}

// applied is the answer to a better query. It is a where that finds nothing.
func (a answer) applied(ctx context.Context, better answer) (answer, error) {
	found, err := search.Ask(ctx, a.snapshot, better.query.Query)
	if err != nil || found.Total == 0 {
		return a, err
	}
	better.Matches = found
	better.suggestion.Applied = true
	return better, nil
}

// try returns the first draft of a step that is not ignored, with its verdict.
func (a answer) try(ctx context.Context, d *rewrite.DidYouMean, step func() []rewrite.Draft) (better answer, v rewrite.Verdict, err error) {
	if err := a.know(ctx, d, d.Wanted(step)); err != nil {
		return better, v, err
	}
	drafts := step()
	answers := make([]answer, len(drafts))
	var counts []search.Query
	for i, draft := range drafts {
		answers[i] = a.to(draft)
		if q := answers[i].query; q != nil {
			counts = append(counts, search.Query{Match: q.Match, After: q.After, Before: q.Before})
		}
	}
	if len(counts) == 0 {
		return better, rewrite.Ignored, nil
	}
	found, err := a.snapshot.Search(ctx, counts...)
	if err != nil {
		return better, v, err
	}
	for i, draft := range drafts {
		posts := 0
		if answers[i].query != nil {
			posts, found = found[0].Total, found[1:]
		}
		if v := draft.Verdict(a.Full, posts); v != rewrite.Ignored {
			return answers[i], v, nil
		}
	}
	return better, rewrite.Ignored, nil
}

// to is the answer to a draft, not asked for yet. Its query is nil if nothing in the draft can be searched for.
func (a answer) to(draft rewrite.Draft) answer {
	r := a.request
	r.typed = draft.Query
	to := answer{
		request: r, query: r.compile(), asWords: a.asWords,
		suggestion: &search.Suggestion{Query: draft.Query.String(), Reason: draft.Reason},
	}
	if q := to.query; q != nil {
		q.From, q.Size, q.Facets, q.OnlyIDs = a.query.From, a.query.Size, a.query.Facets, a.query.OnlyIDs
	}
	return to
}
