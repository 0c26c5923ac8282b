package service

import (
	"context"

	"chaja/search"
	"chaja/search/compile"
	"chaja/search/query"
)

// mayHear reports whether words may be looked for by their sound: no post has all words, and none is respelled or on the other layout.
func (a answer) mayHear() bool {
	return a.Full == 0 && (a.suggestion == nil || a.suggestion.Reason == search.Spacing && !a.suggestion.Applied)
}

// heard is the answer where words that no post has may also be those of the site that sound alike in the other script. It is a where
// there are none.
func (a answer) heard(ctx context.Context) (answer, error) {
	found := a.variants.Heard(a.typed.Words())
	var texts []string
	var counts []search.Query
	for text := range found {
		if phrase, _ := compile.Query(query.Phrase{Text: text}, a.analyzer, nil); phrase != nil {
			texts, counts = append(texts, text), append(counts, search.Query{Match: phrase})
		}
	}
	if len(counts) == 0 {
		return a, nil
	}
	matches, err := a.snapshot.Search(ctx, counts...)
	if err != nil {
		return a, err
	}
	for i, text := range texts {
		if matches[i].Total > 0 { // the lexicon does not have all words
			delete(found, text)
		}
	}
	if len(found) == 0 {
		return a, nil
	}
	r := a.request
	r.variants = a.variants.With(found)
	other, _, err := a.again(ctx, r)
	other.asWords = a.asWords
	return other, err
}
