// Package lexicon holds what an index knows of the words of its site: how many posts have each, and which are spellings of
// one word.
package lexicon

import (
	"chaja/search/lexicon/pairs"
	"chaja/search/lexicon/suggest"
)

// Lexicon is made once for each state of an index. It is immutable and safe for concurrent use.
type Lexicon struct {
	Words   *suggest.Vocabulary // to complete and correct what is typed
	Pairs   *pairs.Set          // other spellings of a word
	Learned []pairs.Pair        // what Pairs was made from, for people to see
}
