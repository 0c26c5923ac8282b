package analysis

import (
	"slices"
	"strings"
)

// Analyzer cuts text of any language into tokens. It is immutable and safe for concurrent use.
type Analyzer struct {
	korean KoreanAnalyzer
}

// New returns an analyzer that leaves Korean words to korean.
func New(korean KoreanAnalyzer) *Analyzer {
	return &Analyzer{korean: korean}
}

// version changes with the rules of this package.
const version = "2"

// Version identifies the rules and dictionaries in use. Terms of one version are not found by those of another.
func (a *Analyzer) Version() string { return version + "+" + a.korean.Version() }

// Tokens is a text cut in both lanes, each in the order of the text; a whole stands before its parts.
type Tokens [Lanes][]Token

// Analyze cuts text in both lanes. Any string will do: invalid UTF-8 and control characters yield no token, text
// that is not NFC yields the tokens of its NFC form. Offsets are bytes of the text given.
func (a *Analyzer) Analyze(text string) Tokens {
	composed, origin := compose(text)
	runs := split(composed)
	out := Tokens{a.morphemes(composed, runs), bigrams(composed, runs)}
	for _, lane := range out {
		for i := range lane {
			lane[i].Start, lane[i].End = origin.start(lane[i].Start), origin.end(lane[i].End)
		}
	}
	return out
}

// maxWhole bounds the term of a whole identifier, in bytes: a longer one is a path or a URL, which nobody types.
const maxWhole = 64

// morphemes makes the morpheme lane.
func (a *Analyzer) morphemes(text string, runs []run) []Token {
	b := builder{lane: Morpheme, tokens: make([]Token, 0, len(runs))}
	for len(runs) > 0 {
		n := wordLen(runs)
		if n == 1 {
			a.part(&b, text, runs[0])
		} else {
			a.mixedWord(&b, text, runs[:n])
		}
		runs = runs[n:]
	}
	return b.tokens
}

// part adds a word of one script.
func (a *Analyzer) part(b *builder, text string, r run) {
	word := text[r.start:r.end]
	switch r.script {
	case korean:
		b.morphemes(a.korean.Morphemes(nil, word), r.start)
	case digit:
		b.term(number(fold(word)), r.start, r.end)
	default:
		b.term(stem(word), r.start, r.end)
	}
}

// mixedWord adds a word of several runs (2011가합7397, net/http, k8s에서): the whole, then its parts. The whole ends with
// the last content morpheme, so that a particle is no part of it.
func (a *Analyzer) mixedWord(b *builder, text string, runs []run) {
	at := len(b.tokens)
	b.tokens = append(b.tokens, Token{})
	position, start := b.position, runs[0].start
	for len(runs) > 0 {
		n := quantityLen(runs)
		switch {
		case n > 1:
			a.quantity(b, text, runs[:n])
		case runs[0].script == korean:
			b.morphemes(contentOnly(a.korean.Morphemes(nil, text[runs[0].start:runs[0].end])), runs[0].start)
		default:
			a.part(b, text, runs[0])
		}
		runs = runs[n:]
	}
	parts := b.tokens[at+1:]
	if !needsWhole(parts, start) {
		b.tokens = append(b.tokens[:at], parts...)
		return
	}
	end := parts[len(parts)-1].End
	b.tokens[at] = Token{Term: number(fold(text[start:end])), Start: start, End: end, Position: position, Lane: Morpheme, Whole: true}
}

// needsWhole reports whether parts, of a word that begins at start, are worth a token for all of them.
func needsWhole(parts []Token, start int) bool {
	if len(parts) == 0 {
		return false
	}
	first, last := parts[0], parts[len(parts)-1]
	one := last.Start == start || first.Whole && first.End == last.End
	return !one && last.End-start <= maxWhole
}

// quantity adds numbers and the Hangul that touches them, which the Korean analyzer reads together: 만 is a number in
// 70만 and a particle elsewhere. A number with commas (1,000원) is one of ours; it reads what follows behind its end.
func (a *Analyzer) quantity(b *builder, text string, runs []run) {
	start, first := runs[0].start, runs[0]
	comma := strings.LastIndexByte(text[first.start:first.end], ',')
	if comma >= 0 {
		b.term(number(text[first.start:first.end]), first.start, first.end)
		start += comma + 1
	}
	morphs := a.korean.Morphemes(nil, text[start:runs[len(runs)-1].end])
	if comma >= 0 {
		morphs = slices.DeleteFunc(morphs, func(m KoreanMorpheme) bool { return start+m.Start < first.end })
	}
	b.morphemes(morphs, start)
}

// contentOnly removes particles and endings. The Korean analyzer never leaves a word empty, so it returns them when a
// word is nothing else; behind a Latin word they are what they look like.
func contentOnly(morphs []KoreanMorpheme) []KoreanMorpheme {
	return slices.DeleteFunc(morphs, func(m KoreanMorpheme) bool {
		return strings.HasPrefix(m.POS, "J") || strings.HasPrefix(m.POS, "E") || m.POS == "VCP"
	})
}
