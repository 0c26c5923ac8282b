// Package fakekorean is an analysis.MorphologicalAnalyzer for tests: it knows a handful of words and particles, has no
// dictionary to load, and cuts the same text in the same way for ever.
package fakekorean

import (
	"strings"

	"chaja/search/analysis"
)

// Analyzer is the fake. Its zero value is ready.
type Analyzer struct{}

var _ analysis.MorphologicalAnalyzer = Analyzer{}

// New returns an analysis.Analyzer that reads Korean with the fake.
func New() *analysis.Analyzer { return analysis.New(Analyzer{}) }

// Scripts implements analysis.MorphologicalAnalyzer.
func (Analyzer) Scripts() []analysis.Script { return []analysis.Script{analysis.Hangul, analysis.Han} }

// IsInflected implements analysis.MorphologicalAnalyzer: the fake knows no verbs.
func (Analyzer) IsInflected(string) bool { return false }

// IsPredicate implements analysis.MorphologicalAnalyzer.
func (Analyzer) IsPredicate(string) bool { return false }

// IsWord implements analysis.MorphologicalAnalyzer: the fake has no dictionary.
func (Analyzer) IsWord(string) bool { return false }

// IsName implements analysis.MorphologicalAnalyzer: the fake has no dictionary.
func (Analyzer) IsName(string) bool { return false }

// IsSuffix implements analysis.MorphologicalAnalyzer.
func (Analyzer) IsSuffix(string) bool { return false }

// IsPlural implements analysis.MorphologicalAnalyzer.
func (Analyzer) IsPlural(string) bool { return false }

// Version implements analysis.MorphologicalAnalyzer.
func (Analyzer) Version() string { return "fake" }

// parts returns the parts of the compounds that the fake knows.
func parts(word string) []string {
	switch word {
	case "서울시청":
		return []string{"서울", "시청"}
	case "데이터베이스":
		return []string{"데이터", "베이스"}
	case "성능개선":
		return []string{"성능", "개선"}
	}
	return quantity(word)
}

// quantity returns the numbers and the words of 2011가합7397 or 70만; nil when word is not both.
func quantity(word string) []string {
	isDigit := func(c byte) bool { return '0' <= c && c <= '9' }
	var cut []string
	start := 0
	for i := 1; i < len(word); i++ {
		if isDigit(word[i]) != isDigit(word[i-1]) {
			cut = append(cut, word[start:i])
			start = i
		}
	}
	if len(cut) == 0 {
		return nil
	}
	return append(cut, word[start:])
}

// particle returns the particle that word ends with, the longest of those that the fake knows; empty when there is none.
func particle(word string) string {
	for _, p := range []string{"에서", "으로", "로", "은", "는", "이", "을", "를", "의", "에", "도"} {
		if strings.HasSuffix(word, p) {
			return p
		}
	}
	return ""
}

// Morphemes implements analysis.MorphologicalAnalyzer: each word without its particle is a noun, a compound comes before its
// parts, and a word that is nothing but a particle stays.
func (Analyzer) Morphemes(dst []analysis.Morph, text string) []analysis.Morph {
	at := 0
	for word := range strings.SplitSeq(text, " ") {
		start := at
		at += len(word) + 1
		if rest, ok := strings.CutPrefix(word, string(analysis.Letter)); ok && rest != "" {
			dst = append(dst, analysis.Morph{Term: word[:1], POS: "SL", Start: start, End: start + 1, Class: analysis.Noun})
			word, start = rest, start+1
		}
		p := particle(word)
		if word == p {
			if word != "" {
				dst = append(dst, analysis.Morph{Term: p, POS: "JKB", Start: start, End: start + len(p), Class: analysis.Function})
			}
			continue
		}
		noun := strings.TrimSuffix(word, p)
		cut := parts(noun)
		dst = append(dst, analysis.Morph{Term: noun, POS: "NNG", Start: start, End: start + len(noun), Whole: cut != nil, Class: analysis.Noun})
		for _, part := range cut {
			dst = append(dst, analysis.Morph{Term: part, POS: "NNG", Start: start, End: start + len(part), Class: analysis.Noun})
			start += len(part)
		}
	}
	return dst
}
