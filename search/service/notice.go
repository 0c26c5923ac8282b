package service

import (
	"cmp"

	"chaja/search"

	"chaja/search/analysis"
	"chaja/search/query"
)

// notice is what there may be to say of a query.
type notice int

const (
	noWords notice = iota
	onlyExcluded
	onlyParticles
	tooLong
)

// notices are what is said, by language.
var notices = map[string]map[notice]string{
	"en": {
		noWords:       "the query has no letter or digit to search for: type a word",
		onlyExcluded:  "the query only says what to leave out: these are all other posts, newest first",
		onlyParticles: "the query has only particles, which are looked for as they stand: add a noun or a verb",
		tooLong:       "the query is too long: only its beginning was used",
	},
	"ko": {
		noWords:       "찾을 글자나 숫자가 없습니다. 낱말을 입력하세요",
		onlyExcluded:  "뺄 낱말만 있어서 나머지 글을 모두 최신순으로 보여 줍니다",
		onlyParticles: "조사만 있어서 글자 그대로 찾았습니다. 명사나 동사를 더해 보세요",
		tooLong:       "검색어가 너무 길어서 앞부분만 썼습니다",
	},
}

// notice says what a person should know of the query of r, which was compiled to q; "" for nothing.
func (s *Service) notice(r search.Request, q *search.Query) (text string, truncated bool) {
	node, truncated := query.Parse(r.Query)
	texts := notices[localeOf(r)]
	switch {
	case q == nil:
		return texts[noWords], truncated
	case truncated:
		return texts[tooLong], truncated
	case all(node, isExclusion):
		return texts[onlyExcluded], truncated
	case all(node, s.isParticle):
		return texts[onlyParticles], truncated
	}
	return "", truncated
}

// localeOf is the language to speak to the person who asks: the one asked for, or that of the query.
func localeOf(r search.Request) string {
	return cmp.Or(r.Locale, analysis.LanguageOf(r.Query), "en")
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
		if t.Class != analysis.Function {
			return false
		}
	}
	return len(tokens) > 0
}
