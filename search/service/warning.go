package service

import (
	"cmp"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/catalog"
	"chaja/search/query"
)

// warning says what a person should know of the query of r, which was compiled to q; "" for nothing.
func (r request) warning(q *prepared) string {
	texts := r.texts.Match(r.Locale).Warnings
	switch {
	case q == nil:
		return texts.NoWords
	case r.typed.Truncated:
		return texts.TooLong
	case all(r.typed.Units(), isExclusion):
		return texts.OnlyExcluded
	case all(r.typed.Units(), r.isParticle):
		return texts.OnlyParticles
	}
	return ""
}

// localeOf returns the language of the person who asks, as Accept-Language says it: the one that is named, else that of the
// query.
func localeOf(r search.Request) string {
	return cmp.Or(r.Locale, analysis.LanguageOf(r.Query), catalog.Fallback)
}

// all reports whether is holds for every unit, of which there must be one.
func all(units []query.Node, is func(query.Node) bool) bool {
	for _, unit := range units {
		if !is(unit) {
			return false
		}
	}
	return len(units) > 0
}

func isExclusion(n query.Node) bool { _, ok := n.(query.Not); return ok }

// isParticle reports whether a unit is a word of nothing but particles and endings.
func (s state) isParticle(n query.Node) bool {
	word, ok := n.(query.Word)
	if !ok {
		return false
	}
	tokens := s.analyzer.Analyze(word.Text)[analysis.Morpheme]
	for _, t := range tokens {
		if t.Class != analysis.Function {
			return false
		}
	}
	return len(tokens) > 0
}
