package service

import (
	"context"

	"chaja/search"
	"chaja/search/rewrite"
)

// answer is what the index has for a request.
type answer struct {
	search.Matches
	request    // the one that is answered: as it was asked, or with other words
	query      *prepared
	suggestion *search.Suggestion // a better query, if any; the answer is that of it where it is applied
	continued  bool               // no post has the last word as it stands: it is taken for a half typed one
}

// find asks the index for a query, and for what may have been meant instead.
func (r request) find(ctx context.Context, q *prepared) (answer, error) {
	found, err := search.Ask(ctx, r.snapshot, q.Query)
	if err != nil {
		return answer{}, err
	}
	a := answer{Matches: found, request: r, query: q}
	if !q.Match.HasWords() {
		return a, nil
	}
	better, err := a.didYouMean(ctx)
	if err == nil && better.Total == 0 && !r.Prefix {
		return better.unfinished(ctx)
	}
	return better, err
}

// unfinished is the answer to the query whose last word is half typed, where it finds something. So who asks in the middle of
// a word, and has seen posts while typing, finds them on a page that nobody told of it.
func (a answer) unfinished(ctx context.Context) (answer, error) {
	r := a.request
	r.Prefix = true
	q := r.compile()
	if r.typed.Unfinished() == "" || q == nil {
		return a, nil
	}
	q.From, q.Size, q.Facets = a.query.From, a.query.Size, a.query.Facets
	found, err := search.Ask(ctx, r.snapshot, q.Query)
	if err != nil || found.Total == 0 {
		return a, err
	}
	return answer{Matches: found, request: r, query: q, continued: true}, nil
}

// enough is the number of posts with all the words beside which no others are listed. By date, which puts a new post with few of
// the words before all others, that is a single one.
func enough(sort search.Sort) int {
	if sort == search.Newest || sort == search.Oldest {
		return 1
	}
	return rewrite.Enough
}
