package service

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/lexicon"

	"chaja/search/hangul"
	"chaja/search/match"
)

// What other forms of a word count against the word itself.
const (
	pairFactor   = 0.7 // another script or spelling
	spacedFactor = 0.9 // with blanks, or without
	prefixFactor = 0.9 // what a half-typed word may become

	// initial consonants typed as one word, of several: 더 큰 for ㄷㅋ
	acrossFactor = 0.5
	// initial consonants inside of words: so little that one in a title is behind one that begins a word anywhere
	insideFactor = 0.05
)

// maxForms bounds what one word is completed to: each form is a list of documents more to walk.
const maxForms = 16

// maxJoined is the longest word, in bytes, that is looked at for the two words that make it up: twenty syllables.
const maxJoined = 60

// forms gives the other forms of the words of one query.
type forms struct {
	*lexicon.Lexicon
	stem       func(text string) string // leaves out the particle at the end
	unfinished string                   // the last word, while it is being typed; else empty
}

// of returns the other forms of a word, or of several with blanks between them.
func (f forms) of(text string) (others []match.Other) {
	add := func(factor float64, texts ...string) {
		for _, t := range texts {
			others = append(others, match.Other{Text: t, Factor: factor, Word: factor == pairFactor})
		}
	}
	stem := f.stem(text)
	paired := f.Pairs.Of(text)
	if len(paired) == 0 {
		paired = f.Pairs.Of(stem)
	}
	for _, word := range paired {
		add(pairFactor, word)
		if spelled := f.respaced(word); spelled != "" {
			add(pairFactor, spelled)
		}
	}
	if isPattern(text) {
		starting, inside := f.Words.Initials(text, maxForms)
		for _, wording := range starting {
			if strings.Count(wording, " ") > strings.Count(text, " ") {
				add(acrossFactor, wording)
			} else {
				add(1, wording)
			}
		}
		add(insideFactor, inside...)
	}
	if strings.Contains(text, " ") {
		if joined := f.respaced(text); joined != "" {
			add(spacedFactor, joined)
		}
		return others
	}
	if spelled := f.respaced(stem); spelled != "" {
		add(spacedFactor, spelled)
	} else if apart := f.apart(stem); apart != "" {
		add(spacedFactor, apart)
	}
	if text == f.unfinished {
		add(prefixFactor, f.Words.Prefix(text, maxForms)...)
	}
	return others
}

// respaced returns a word of the site without its blanks, or one without blanks as the site writes it with them; "" for what the
// site has not, or not so.
func (f forms) respaced(word string) string {
	if joined := strings.ReplaceAll(word, " ", ""); joined != word {
		if f.Words.Docs(joined) > 0 {
			return joined
		}
		return ""
	}
	if spelled := f.Words.Spelling(word); strings.Contains(spelled, " ") {
		return spelled
	}
	return ""
}

// maxNames bounds the titles and headings that what is half typed stands for. Few posts have each, so that they cost little:
// as many as one answer can suggest.
const maxNames = 50

// names returns the titles and headings that several words stand for of which one is half typed or initial consonants: what
// each of them may become is looked for by itself and bounded, so that the post that is being typed may be lost.
func (f forms) names(text string) []string {
	words := strings.Fields(text)
	if len(words) < 2 || f.unfinished == "" && !slices.ContainsFunc(words, isPattern) {
		return nil
	}
	return f.Words.Names(text, maxNames)
}

// isPattern reports whether every word of text is one of initial consonants.
func isPattern(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if !hangul.IsPattern(word) {
			return false
		}
	}
	return true
}

// apart cuts a word into the two words of the site that make it up, if they are met more often than the word: springboot
// is spring boot. It returns "" when there are none.
func (f forms) apart(word string) (best string) {
	most := f.Words.Docs(word)
	for _, both := range cuts(word) {
		if utf8.RuneCountInString(both[1]) < 2 {
			continue // a word by chance; see mender.apart
		}
		if n := min(f.Words.Docs(both[0]), f.Words.Docs(both[1])); n > most {
			most, best = n, both[0]+" "+both[1]
		}
	}
	return best
}

// cuts returns the ways in which a word may be two words. In scripts that are not syllabic none of the two may be so short that
// it is a word by chance.
func cuts(word string) (ways [][2]string) {
	if len(word) > maxJoined || strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		return nil // Next.js is not next and .js
	}
	for i, r := range word {
		first, second := utf8.RuneCountInString(word[:i]), utf8.RuneCountInString(word[i:])
		if first >= 3 && second >= 3 || first >= 2 && analysis.IsSyllabic(r) {
			ways = append(ways, [2]string{word[:i], word[i:]})
		}
	}
	return ways
}
