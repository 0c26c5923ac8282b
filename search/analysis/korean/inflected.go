package korean

import (
	"strings"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/hangul"
)

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
