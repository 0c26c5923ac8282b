package analysis

import "unicode/utf8"

// bigrams makes the bigram lane: overlapping pairs inside each run of Hangul, Hanja or Kana, a single character
// as it is, a number with its points but without the v of a version, and every other run as a word, lower-cased and
// otherwise as it stands.
func bigrams(text string, runs []run) []Token {
	b := builder{lane: Bigram, tokens: make([]Token, 0, len(text)/3)}
	for len(runs) > 0 {
		r, n := runs[0], 1
		start := r.start
		switch {
		case r.script.isPaired():
			b.pairs(text, r)
			runs = runs[1:]
			continue
		case numberLen(text, runs) > 1:
			n = numberLen(text, runs)
			if isV(text, runs) {
				start++
			}
		case text[start] == '.':
			start++
		}
		b.term(number(fold(text[start:runs[n-1].end])), r.start, runs[n-1].end)
		runs = runs[n:]
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
