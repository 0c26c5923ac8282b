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
	return a.didYouMean(ctx)
}

// enough is the number of posts with all the words beside which no others are listed. By date, which puts a new post with few of
// the words before all others, that is a single one.
func enough(sort search.Sort) int {
	if sort == search.Newest || sort == search.Oldest {
		return 1
	}
	return rewrite.Enough
}
