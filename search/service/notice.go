package service

import (
	"strings"

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
func (r request) notice(q *prepared) string {
	texts := notices[r.Locale]
	switch {
	case q == nil:
		return texts[noWords]
	case r.typed.Truncated:
		return texts[tooLong]
	case all(r.typed.Units(), isExclusion):
		return texts[onlyExcluded]
	case all(r.typed.Units(), r.isParticle):
		return texts[onlyParticles]
	}
	return ""
}

// localeOf is the language to speak to the person who asks: the one asked for, or that of the query.
func localeOf(r search.Request) string {
	switch {
	case r.Locale != "":
		return r.Locale
	case strings.ContainsFunc(r.Query, isHangul):
		return "ko"
	}
	return "en"
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
		if !strings.HasPrefix(t.POS, "J") && !strings.HasPrefix(t.POS, "E") {
			return false
		}
	}
	return len(tokens) > 0
}
