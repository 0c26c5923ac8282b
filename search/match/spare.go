package match

import (
	"cmp"
	"slices"

	"chaja/search/ranking"
)

// tooMany returns the most frequent of the terms that score, those that the query may not walk; nil for nearly all queries.
func (q *Query) tooMany(stats Stats) []int {
	scored := map[int]bool{}
	var terms []int
	for _, w := range q.scored {
		for _, f := range w.forms {
			for _, t := range f.terms {
				if !scored[t] {
					scored[t], terms = true, append(terms, t)
				}
			}
		}
	}
	slices.SortStableFunc(terms, func(a, b int) int { return cmp.Compare(stats.DocFreq[a], stats.DocFreq[b]) })
	left := ranking.MaxWalk * max(stats.Docs, ranking.ManyDocs)
	for i, t := range terms {
		if left -= stats.DocFreq[t]; left < 0 && i > 0 {
			return terms[i:]
		}
	}
	return nil
}

// spare lets every document have terms, and other forms made of nothing else, and nothing depend on them.
func (s *Scorer) spare(terms []int) {
	if len(terms) == 0 {
		return
	}
	spared := make([]bool, len(s.weight))
	for _, t := range terms {
		s.weight[t], spared[t] = 0, true
	}
	s.full, s.words, s.own = without(s.full, spared), without(s.words, spared), nil
}

// without returns the condition for documents of which some terms are taken as given.
func without(c Condition, given []bool) Condition {
	return Replace(c, func(leaf Condition) Condition {
		switch c := leaf.(type) {
		case Has:
			if given[c.Term] {
				return All{}
			}
		case Sequence:
			if !slices.ContainsFunc(c.Terms, func(t int) bool { return !given[t] }) {
				return All{}
			}
		}
		return leaf
	})
}
