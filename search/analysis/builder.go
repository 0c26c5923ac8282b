package analysis

import (
	"unicode/utf8"

	"chaja/search/chars"
)

// builder collects the tokens of one lane and counts positions.
type builder struct {
	lane     Lane
	position int
	tokens   []Token
}

// term adds a token at a position of its own.
func (b *builder) term(term string, start, end int) {
	if len(term) > maxTerm {
		term = term[:chars.Start(term, maxTerm)]
	}
	b.tokens = append(b.tokens, Token{Term: term, Start: start, End: end, Position: b.position, Lane: b.lane})
	b.position++
}

// whole adds a token that takes no position: its parts, which must follow, begin at the same.
func (b *builder) whole(term string, start, end int) {
	b.term(term, start, end)
	b.tokens[len(b.tokens)-1].Whole = true
	b.position--
}

// maxTerm bounds a term in bytes, well above any word: longer ones are data (base64, minified code), and an index
// keeps every term whole.
const maxTerm = 128

// morphs adds what a morphological analyzer found in the text that starts at offset. A whole does not take a
// position; its first part has the same.
func (b *builder) morphs(morphs []Morph, offset int) {
	for _, m := range morphs {
		b.term(m.Term, offset+m.Start, offset+m.End)
		last := &b.tokens[len(b.tokens)-1]
		last.POS, last.Whole, last.Class = m.POS, m.Whole, m.Class
		if m.Whole {
			b.position--
		}
	}
}

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
