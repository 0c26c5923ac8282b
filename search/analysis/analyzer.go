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
const version = "1"

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

// maxStretch bounds the Korean text analyzed at once, in bytes: the work of a lattice grows with it, and no
// sentence is longer.
const maxStretch = 4 << 10

// maxWhole bounds the term of a whole identifier, in bytes: a longer one is a path or a URL, which nobody types.
const maxWhole = 64

// morphemes makes the morpheme lane.
func (a *Analyzer) morphemes(text string, runs []run) []Token {
	b := builder{lane: Morpheme, tokens: make([]Token, 0, len(runs))}
	for len(runs) > 0 {
		n := wordLen(runs)
		switch {
		case n == 1 && runs[0].script == korean:
			n = a.koreanStretch(&b, text, runs)
		case n == 1:
			b.term(stem(text[runs[0].start:runs[0].end]), runs[0].start, runs[0].end)
		default:
			a.mixedWord(&b, text, runs[:n])
		}
		runs = runs[n:]
	}
	return b.tokens
}

// koreanStretch analyzes the longest sequence of Korean words from runs[0] on that single blanks separate, since
// words read better in context. It returns the number of runs used.
func (a *Analyzer) koreanStretch(b *builder, text string, runs []run) int {
	start, end, n := runs[0].start, runs[0].end, 1
	for n < len(runs) && runs[n].script == korean && wordLen(runs[n:]) == 1 &&
		runs[n].start == end+1 && text[end] == ' ' && runs[n].end-start <= maxStretch {
		end = runs[n].end
		n++
	}
	b.morphemes(a.korean.Morphemes(nil, text[start:end]), start)
	return n
}

// mixedWord analyzes a word of several runs (2011가합7397, net/http, k8s에서): the whole, then its parts. The
// whole ends with the last content morpheme, so that a particle is no part of it.
func (a *Analyzer) mixedWord(b *builder, text string, runs []run) {
	at := len(b.tokens)
	b.tokens = append(b.tokens, Token{})
	position := b.position
	for _, r := range runs {
		if r.script == korean {
			b.morphemes(contentOnly(a.korean.Morphemes(nil, text[r.start:r.end])), r.start)
		} else {
			b.term(stem(text[r.start:r.end]), r.start, r.end)
		}
	}
	parts := b.tokens[at+1:]
	if len(parts) == 0 || parts[len(parts)-1].Start == runs[0].start || parts[len(parts)-1].End-runs[0].start > maxWhole {
		b.tokens = append(b.tokens[:at], parts...)
		return
	}
	start, end := runs[0].start, parts[len(parts)-1].End
	b.tokens[at] = Token{Term: fold(text[start:end]), Start: start, End: end, Position: position, Lane: Morpheme, Whole: true}
}

// contentOnly removes particles and endings. The Korean analyzer never leaves a word empty, so it returns them
// when a word is nothing else; behind a number or a Latin word they are what they look like.
func contentOnly(morphs []KoreanMorpheme) []KoreanMorpheme {
	return slices.DeleteFunc(morphs, func(m KoreanMorpheme) bool {
		return strings.HasPrefix(m.POS, "J") || strings.HasPrefix(m.POS, "E") || m.POS == "VCP"
	})
}
