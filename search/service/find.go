package service

import (
	"context"

	"chaja/search"
	"chaja/search/match"
)

// answer is what the index has for a request.
type answer struct {
	search.Matches
	request    // the one that is answered: as it was asked, or with other words
	query      *prepared
	suggestion *search.Suggestion // a better query, if any; the answer is that of it where it is applied
	continued  bool               // no post has the last word as it stands: it is taken for a half typed one
	asWords    bool               // no post fits the phrases and what is excluded: all are looked for as words
}

// find asks the index for a query, and for what may have been meant instead.
func (r request) find(ctx context.Context, q *prepared) (answer, error) {
	found, err := r.first(ctx, q)
	if err != nil {
		return answer{}, err
	}
	a := answer{Matches: found, request: r, query: q}
	if found.Full == 0 {
		if a, err = a.loosened(ctx); err != nil {
			return answer{}, err
		}
	}
	if !a.query.Match.HasWords() {
		return a, nil
	}
	if len(a.Hits) > 0 && a.Hits[0].Named {
		return a, nil // what a post is called is typed right
	}
	better, err := a.didYouMean(ctx)
	if err == nil && better.mayHear() {
		better, err = better.heard(ctx)
	}
	if err == nil && better.Total == 0 && !r.Prefix {
		return better.unfinished(ctx)
	}
	return better, err
}

// unfinished is the answer to the query whose last word is half typed, where it finds something. So who asks in the middle of
// a word, and has seen posts while typing, finds them on a page that nobody told of it.
func (a answer) unfinished(ctx context.Context) (answer, error) {
	r := a.request
	if r.Prefix = true; r.typed.Unfinished() == "" {
		return a, nil
	}
	other, found, err := a.again(ctx, r)
	other.continued = found
	return other, err
}

// loosened returns the answer to the words of a query that asks for phrases or excludes something, if that finds posts; else a.
// Where posts with a part of the words fit the query, that is so only of a title that was pasted.
func (a answer) loosened(ctx context.Context) (answer, error) {
	typed, ok := a.typed.AsWords()
	if !ok {
		return a, nil
	}
	r := a.request
	r.typed = typed
	if a.Total > 0 {
		if pasted, err := r.isTitle(ctx); !pasted || err != nil {
			return a, err
		}
	}
	other, found, err := a.again(ctx, r)
	other.asWords = found
	return other, err
}

// isTitle reports whether the best post is called what is asked for, whatever the page and order that are wanted.
func (r request) isTitle(ctx context.Context) (bool, error) {
	r.Sort = search.ByRelevance
	q := r.compile()
	if q == nil {
		return false, nil
	}
	q.Size, q.OnlyIDs = 1, true
	found, err := search.Ask(ctx, r.snapshot, q.Query)
	return err == nil && found.Full > 0 && found.Hits[0].Named, err
}

// again asks for r in place of what a answers. It returns a where that finds nothing.
func (a answer) again(ctx context.Context, r request) (other answer, found bool, err error) {
	q := r.compile()
	if q == nil {
		return a, false, nil
	}
	q.From, q.Size, q.Facets, q.OnlyIDs = a.query.From, a.query.Size, a.query.Facets, a.query.OnlyIDs
	matches, err := search.Ask(ctx, r.snapshot, q.Query)
	if err != nil || matches.Total == 0 {
		return a, false, err
	}
	return answer{Matches: matches, request: r, query: q}, true, nil
}

// parts says whether posts with a part of the words are listed. Of one word that some post has, a part is another word; and by
// date a new post with few of the words would come before all others.
func parts(words *match.Query, sort search.Sort) search.Parts {
	if sort.IsByDate() || words.IsOneWord() {
		return search.PartsIfNone
	}
	return search.WithParts
}
