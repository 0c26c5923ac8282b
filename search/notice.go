package search

import (
	"strings"

	"chaja/search/analysis"
	"chaja/search/catalog"
	"chaja/search/query"
)

// warning says what a person should know of the query of r, which was compiled to q; "" for nothing.
func (s *Service) warning(r Request, q *Query) (text string, truncated bool) {
	node, truncated := query.Parse(r.Query)
	texts := s.texts.Match(r.locale()).Warnings
	switch {
	case q == nil:
		return texts.NoWords, truncated
	case truncated:
		return texts.TooLong, truncated
	case all(node, isExclusion):
		return texts.OnlyExcluded, truncated
	case all(node, s.isParticle):
		return texts.OnlyParticles, truncated
	}
	return "", truncated
}

// locale is the language of the person who asks, as Accept-Language says it: the one that is named, else that of the query.
func (r Request) locale() string {
	switch {
	case r.Locale != "":
		return r.Locale
	case strings.ContainsFunc(r.Query, isHangul):
		return "ko"
	}
	return catalog.Fallback
}

// all reports whether is holds for every unit of the query, which must have one.
func all(node query.Node, is func(query.Node) bool) bool {
	if and, ok := node.(query.And); ok {
		for _, n := range and.Nodes {
			if !is(n) {
				return false
			}
		}
		return true
	}
	return node != nil && is(node)
}

func isExclusion(n query.Node) bool { _, ok := n.(query.Not); return ok }

// isParticle reports whether a unit is a word of nothing but particles and endings.
func (s *Service) isParticle(n query.Node) bool {
	word, ok := n.(query.Word)
	if !ok {
		return false
	}
	tokens := s.analyzer.Analyze(word.Text)[analysis.Morpheme]
	for _, t := range tokens {
		if !strings.HasPrefix(t.POS, "J") && !strings.HasPrefix(t.POS, "E") {
			return false
		}
	}
	return len(tokens) > 0
}
