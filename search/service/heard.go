package service

import (
	"context"
	"maps"
	"slices"

	"chaja/search"
)

// mayHear reports whether words may be looked for by their sound: no post has all words, and none is respelled or on the other layout.
func (a answer) mayHear() bool {
	return a.Full == 0 && (a.suggestion == nil || a.suggestion.Reason == search.Spacing && !a.suggestion.Applied)
}

// heard is the answer where words that no post has may also be those of the site that sound alike in the other script. It is a where
// there are none.
func (a answer) heard(ctx context.Context) (answer, error) {
	found := a.variants.Heard(a.typed.Words())
	if err := a.count(ctx, slices.Collect(maps.Keys(found))); err != nil {
		return a, err
	}
	maps.DeleteFunc(found, func(text string, _ string) bool { return a.counts[text] > 0 }) // the lexicon does not have all words
	if len(found) == 0 {
		return a, nil
	}
	r := a.request
	r.variants = a.variants.With(found)
	other, _, err := a.again(ctx, r)
	other.asWords = a.asWords
	return other, err
}
