package analysis

import (
	"strings"
	"unicode/utf8"
)

// bigrams makes the bigram lane: overlapping pairs inside each run of Hangul, Hanja or Kana, a single character
// as it is, and every other run as a word, lower-cased and otherwise as it stands.
func bigrams(text string, runs []run) []Token {
	b := builder{lane: Bigram, tokens: make([]Token, 0, len(text)/3)}
	for _, r := range runs {
		if r.script != korean && r.script != kana {
			start := r.start + len(text[r.start:r.end]) - len(strings.TrimPrefix(text[r.start:r.end], "."))
			b.term(number(fold(text[start:r.end])), start, r.end)
			continue
		}
		b.pairs(text, r)
	}
	return b.tokens
}

func (b *builder) pairs(text string, r run) {
	_, size := utf8.DecodeRuneInString(text[r.start:])
	first, second := r.start, r.start+size
	if second == r.end {
		b.term(text[r.start:r.end], r.start, r.end)
		return
	}
	for second < r.end {
		_, size := utf8.DecodeRuneInString(text[second:])
		b.term(text[first:second+size], first, second+size)
		first, second = second, second+size
	}
}
