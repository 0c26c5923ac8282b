package analysis

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search/analysis/english"
)

// Analyzer cuts text of any language into tokens. It is immutable and safe for concurrent use.
type Analyzer struct {
	languages []MorphologicalAnalyzer
	readers   [scripts]readers
	own       [scripts]bool // one of languages calls the script its own
}

// readers is the set of the languages that can read a text, a bit for each by its index.
type readers uint32

// New returns an analyzer that leaves the words of some scripts to morphological analyzers, at most 32. A script may be
// shared, as Han is by Korean and Japanese: then the neighbouring characters of the word decide, else the first of them.
// Scripts without one are cut by rule.
func New(languages ...MorphologicalAnalyzer) *Analyzer {
	a := &Analyzer{languages: languages}
	for i, language := range languages {
		for j, s := range language.Scripts() {
			a.readers[s] |= 1 << i
			a.own[s] = a.own[s] || j == 0
		}
	}
	return a
}

// reader returns the language that reads the words among runs, of which some must have one.
func (a *Analyzer) reader(runs []run) MorphologicalAnalyzer {
	all := ^readers(0)
	for _, r := range runs {
		if r.readers != 0 {
			all &= r.readers
		}
	}
	return a.languages[bits.TrailingZeros32(uint32(all))]
}

// Reads reports whether r is of a script that a dictionary calls its own. Such a word has a class and a dictionary form;
// other words are known by nothing but how they are written.
func (a *Analyzer) Reads(r rune) bool { return a.own[scriptOf(r)] }

// ReadsAll reports whether all letters of a word are of such scripts, as those of 카카오뱅크 and 70만 are.
func (a *Analyzer) ReadsAll(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) && !a.Reads(r) })
}

// IsInflected reports whether a word that is cut as a noun is the form of another word all the same, such as 클래스다.
func (a *Analyzer) IsInflected(word string) bool {
	language := a.languageOf(word)
	return language != nil && language.IsInflected(word)
}

// IsPredicate reports whether a word is the stem of a verb or adjective; some are nouns too (배우).
func (a *Analyzer) IsPredicate(word string) bool {
	language := a.languageOf(word)
	return language != nil && language.IsPredicate(word)
}

// IsWord reports whether a word, without particles, is one of its language: a common noun of the dictionary, or a word of English.
// Many right words are in no dictionary.
func (a *Analyzer) IsWord(word string) bool {
	if language := a.languageOf(word); language != nil {
		return language.IsWord(word)
	}
	return english.Has(strings.ToLower(word))
}

// IsName reports whether the dictionary of its language has a name that is written like a word. Some names are anybody's.
func (a *Analyzer) IsName(word string) bool {
	language := a.languageOf(word)
	return language != nil && language.IsName(word)
}

// IsSuffix reports whether text stands behind nouns and is no word there: 호환성 is not 호환 and 성.
func (a *Analyzer) IsSuffix(text string) bool {
	language := a.languageOf(text)
	return language != nil && language.IsSuffix(text)
}

// IsPlural reports whether what follows a noun begins with a plural.
func (a *Analyzer) IsPlural(ending string) bool {
	language := a.languageOf(ending)
	return language != nil && language.IsPlural(ending)
}

// languageOf returns the language that reads the end of text, nil for none.
func (a *Analyzer) languageOf(text string) MorphologicalAnalyzer {
	last, _ := utf8.DecodeLastRuneInString(text)
	r := a.readers[scriptOf(last)]
	if r == 0 {
		return nil
	}
	return a.languages[bits.TrailingZeros32(uint32(r))]
}

// version changes with the rules of this package.
const version = "4"

// Version identifies the rules and dictionaries in use. Terms of one version are not found by those of another.
func (a *Analyzer) Version() string {
	all := version
	for _, language := range a.languages {
		all += "+" + language.Version()
	}
	return all
}

// Tokens is a text cut in both lanes, each in the order of the text; a whole stands before its parts.
type Tokens [Lanes][]Token

// Analyze cuts text in both lanes. Any string will do: invalid UTF-8 and control characters yield no token, text
// that is not NFC yields the tokens of its NFC form. Offsets are bytes of the text given.
func (a *Analyzer) Analyze(text string) Tokens {
	composed, origin := compose(text)
	runs := a.split(composed)
	out := Tokens{a.morphemes(composed, runs), bigrams(composed, runs)}
	for _, lane := range out {
		for i := range lane {
			lane[i].Start, lane[i].End = origin.source(lane[i].Start, lane[i].End)
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
	switch {
	case r.readers != 0:
		b.morphs(a.reader([]run{r}).Morphemes(nil, text[r.start:r.end]), r.start)
	case r.script == digit:
		b.number(text, []run{r})
	default:
		b.latin(text, r)
	}
}

// mixedWord adds a word of several runs (2011가합7397, net/http, k8s에서): the whole, then its parts. The whole ends with
// the last content morpheme, so that a particle is no part of it.
func (a *Analyzer) mixedWord(b *builder, text string, runs []run) {
	at, word := len(b.tokens), runs
	b.tokens = append(b.tokens, Token{})
	position, start := b.position, runs[0].start
	for touched := false; len(runs) > 0; {
		digits := numberLen(text, runs)
		n := max(digits, 1)
		if more := quantityLen(runs[n-1:]); more > 1 {
			n += more - 1
			a.quantity(b, text, runs[:n], digits)
		} else if digits > 1 {
			b.number(text, runs[:n])
		} else if runs[0].readers != 0 {
			b.morphs(contentOnly(a.readBehind(text, runs[0], touched)), runs[0].start)
		} else {
			a.part(b, text, runs[0])
		}
		touched = runs[n-1].script == alphabetic && n < len(runs) && runs[n].start == runs[n-1].end
		runs = runs[n:]
	}
	parts := b.tokens[at+1:]
	end := start
	for _, part := range parts {
		end = max(end, part.End)
	}
	if !needsWhole(parts, start, end) {
		b.tokens = append(b.tokens[:at], parts...)
		return
	}
	b.tokens[at] = Token{Term: stem(together(text, word, end)), Start: start, End: end, Position: position, Lane: Morpheme, Whole: true}
}

// readBehind reads a run of a mixed word; touched tells that a word of letters stands right before it.
func (a *Analyzer) readBehind(text string, r run, touched bool) []Morph {
	reader, surface := a.reader([]run{r}), text[r.start:r.end]
	if !touched {
		return reader.Morphemes(nil, surface)
	}
	var morphs []Morph
	for _, m := range reader.Morphemes(nil, string(Letter)+surface) {
		if m.Start > 0 {
			m.Start, m.End = m.Start-1, m.End-1
			morphs = append(morphs, m)
		}
	}
	return morphs
}

// together writes the runs of a word up to end as one: Node.js is nodejs and SHA-256 is sha256, as many type them. Between
// digits a sign stays, for 2.6 is not 26.
func together(text string, runs []run, end int) string {
	var out []byte
	for i, r := range runs {
		if r.start >= end {
			break
		}
		piece := number(fold(text[r.start:min(r.end, end)]))
		if i > 0 && piece != "" && len(out) > 0 && asciiScript(rune(piece[0])) == digit && asciiScript(rune(out[len(out)-1])) == digit {
			out = append(out, text[runs[i-1].end:r.start]...)
		}
		out = append(out, piece...)
	}
	return string(out)
}

// needsWhole reports whether parts, of a word from start to end, are worth a token for all of them: not when the first
// is all of it or it is too long.
func needsWhole(parts []Token, start, end int) bool {
	if len(parts) == 0 || end-start > maxWhole {
		return false
	}
	return parts[0].Start != start || parts[0].End != end
}

// contentOnly removes particles and endings. A morphological analyzer returns them for a word that is nothing else, as it
// leaves no word empty; behind a Latin word they are what they look like.
func contentOnly(morphs []Morph) []Morph {
	return slices.DeleteFunc(morphs, func(m Morph) bool { return m.Class == Function || m.Class == Copula })
}
