package korean

import (
	"strings"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/hangul"
)

// classes are those of tags that do not follow from their first letter.
var classes = map[string]analysis.Class{
	"NP": analysis.Pronoun, "SN": analysis.Number, "MAJ": analysis.Conjunction, "VCP": analysis.Copula, "SL": analysis.Noun, "XR": analysis.Noun,
}

// classOf returns the class of a term, mostly by its tag: of a Sejong tag or several joined by +, of which the first counts.
func classOf(term, tag string, whole bool) analysis.Class {
	class, known := classes[tag]
	switch {
	case !whole && (tag == "NNB" || tag == "NNBC"):
		return analysis.BoundNoun
	case !whole && isGrammatical(tag, term):
		return analysis.Grammatical
	case known:
		return class
	case strings.HasPrefix(tag, "N"), tag == "XSN" && whole: // the noun that the suffix makes
		return analysis.Noun
	case strings.HasPrefix(tag, "V"):
		return analysis.Predicate
	case strings.HasPrefix(tag, "J"), strings.HasPrefix(tag, "E"):
		return analysis.Function
	}
	return analysis.Other
}

// role is what a morpheme is to a search.
type role uint8

const (
	function  role = iota // particles, endings, symbols: never a term if there is anything else
	noun                  // a term; nouns in a row are one longer term too
	unit                  // counters and other bound nouns: a term; after a number part of the longer one
	number                // a term, part of a longer one
	affix                 // part of a longer term only: prefixes, and suffixes that make nouns
	predicate             // a stem: a term
	light                 // a stem that carries the endings of another (있, 않): a term if there is no other
	adverb                // a term; before a noun part of a longer one
	pointer               // determiners and connecting adverbs: not a term; before a noun part of a longer one
)

// roleOf judges a single Sejong tag, and the text where the tag alone does not tell.
func roleOf(tag, text string) role {
	switch tag {
	case "NNG", "NNP", "NP", "XR", "SL", "SH", "UNKNOWN", "UNA", "NA":
		return noun
	case "NNB", "NNBC":
		return unit
	case "NR", "SN":
		return number
	case "XPN":
		return affix
	case "XSN":
		if text == "들" { // the plural makes no other noun
			return function
		}
		return affix
	case "VV", "VA", "VSV":
		return predicate
	case "VX", "VCN":
		return light
	case "MAG", "IC":
		return adverb
	case "MM", "MAJ":
		return pointer
	}
	return function
}

// minPredicate is the fewest syllables of a noun that an ending is taken off: 클래스다 is a class, 바다 is the sea.
const minPredicate = 3

// IsInflected implements analysis.MorphologicalAnalyzer: the form of a verb (닫힙니다), or a noun with the ending of a
// sentence, is read as a loanword if the dictionary has not all of it.
func (a *Analyzer) IsInflected(word string) bool {
	stem := strings.TrimSuffix(word, "다")
	if before, ok := strings.CutSuffix(stem, "니"); ok {
		last, _ := utf8.DecodeLastRuneInString(before)
		if _, _, final := hangul.Split(last); final == 'ㅂ' {
			return true
		}
	}
	if stem == word || utf8.RuneCountInString(stem) < minPredicate {
		return false
	}
	terms := a.Morphemes(nil, stem)
	return len(terms) == 1 && terms[0].Term == stem && (terms[0].Class.IsNominal() || terms[0].Class == analysis.Number)
}

// IsPredicate implements analysis.MorphologicalAnalyzer. The stem of a verb or adjective with 다 behind it is its dictionary
// form.
func (a *Analyzer) IsPredicate(word string) bool {
	terms := a.Morphemes(nil, word+"다")
	return len(terms) > 0 && terms[0].Term == word && strings.HasPrefix(terms[0].POS, "V") && terms[0].Class != analysis.Copula
}

// suffixes are syllables that stand behind a noun and are no word there.
const suffixes = "적성화자형소들님용별률율력법론학과식상중기"

// IsSuffix implements analysis.MorphologicalAnalyzer.
func (a *Analyzer) IsSuffix(text string) bool { return strings.Contains(suffixes, text) }

// IsPlural implements analysis.MorphologicalAnalyzer.
func (a *Analyzer) IsPlural(ending string) bool { return strings.HasPrefix(ending, "들") }
