package compile

import (
	"chaja/search/match"
	"chaja/search/ranking"
)

// supply gives words their variants, within the bounds of a query.
type supply struct {
	lookUp func(text string) []match.Variant // nil for none
	known  map[string][]match.Variant
	taken  int
	left   int // units of the query that are not compiled yet
}

// of looks up the variants of a word or a group, at most its share of what is left of ranking.MaxAllVariants. A word that is
// repeated has its variants already.
func (s *supply) of(text string) []match.Variant {
	variants, ok := s.known[text]
	if ok || s.taken == ranking.MaxAllVariants || s.lookUp == nil {
		return variants
	}
	share := (ranking.MaxAllVariants - s.taken + s.left - 1) / s.left
	variants = s.lookUp(text)
	variants = variants[:min(ranking.MaxVariants, share, len(variants))]
	s.known[text], s.taken = variants, s.taken+len(variants)
	return variants
}
