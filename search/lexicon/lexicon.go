// Package lexicon holds what an index knows of the words of its site: how many posts have each, and which are spellings of
// one word.
package lexicon

import (
	"sync"

	"chaja/search/lexicon/pairs"
	"chaja/search/lexicon/suggest"
)

// Lexicon is made once for each state of an index. It is immutable and safe for concurrent use.
type Lexicon struct {
	Words   *suggest.Vocabulary // to complete and correct what is typed
	Pairs   *pairs.Set          // other spellings of a word
	Learned []pairs.Pair        // what Pairs was made from, for people to see

	once  sync.Once
	alike *pairs.Alike
}

// Alike returns the word of the site in the other script that is heard like a word which the site lacks; "" where there is none.
// The first call goes over all words of the site: a hundred thousand take less than a tenth of a second.
func (l *Lexicon) Alike(word string) string {
	l.once.Do(func() { l.alike = pairs.NewAlike(l.Words.Each) })
	return l.alike.Of(word)
}
