package analysis

import "chaja/search/chars"

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
