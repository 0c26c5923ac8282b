package service

import (
	"unicode"

	"chaja/search/analysis"
	"chaja/search/query"
)

// form is what the form of a word says of the query it is in.
type form struct {
	content   int  // 1 if it says something of a subject
	inflected bool // it is grammar, a verb, or a noun with a particle: people write so, lists of keywords do not
}

func (s state) form(word string) form {
	if s.analyzer.IsGrammar(word) {
		return form{0, true}
	}
	end := 0
	for _, t := range s.analyzer.Analyze(word)[analysis.Morpheme] {
		if t.Class == analysis.Predicate || t.Class == analysis.Copula {
			return form{1, true}
		}
		end = max(end, t.End)
	}
	for _, r := range word[end:] {
		if end > 0 && unicode.IsLetter(r) {
			return form{1, true}
		}
	}
	return form{1, false}
}

// quotations returns the query with words in place of its phrases where the quotes are those of a sentence: one around an
// error message or a term, which posts may have in other words. It is one where three words or more stand around the quotes,
// and one of them is inflected. Whoever types an operator types keywords.
func (s state) quotations(typed query.Parsed) query.Parsed {
	loose, ok := typed.Unquoted()
	if !ok {
		return typed
	}
	words, inflected := 0, false
	for _, unit := range typed.Units() {
		if word, ok := unit.(query.Word); ok {
			words++
			inflected = inflected || s.form(word.Text).inflected
		}
	}
	if words < minSentence || !inflected {
		return typed
	}
	return loose
}

// minSentence is how many words stand around a quotation at least.
const minSentence = 3
