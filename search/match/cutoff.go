package match

import (
	"cmp"
	"slices"

	"chaja/search/ranking"
)

// beyondCutoff returns the terms that the query may not walk, the most frequent of those that score. Nearly all queries have
// none.
func (q *Query) beyondCutoff(stats Stats) []int {
	var terms []int
	for _, word := range q.Words {
		for _, variant := range word {
			for _, t := range variant.Terms {
				if !slices.Contains(terms, t) {
					terms = append(terms, t)
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

// cutOff takes terms as given: they do not score, and every document is said to have them. The same goes for variants of
// nothing else.
func (w *Weighted) cutOff(terms []int) {
	if len(terms) == 0 {
		return
	}
	given := make([]bool, len(w.Weight))
	for _, t := range terms {
		w.Weight[t], given[t] = 0, true
	}
	w.Full, w.AnyWord, w.Own = without(w.Full, given), without(w.AnyWord, given), nil
}

// without returns a condition that takes some terms as given.
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
