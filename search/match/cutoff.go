package match

import (
	"cmp"
	"slices"

	"chaja/search/ranking"
)

// beyondCutoff returns the most frequent of the terms that score, those that the query may not walk; nil for nearly all
// queries.
func (q *Query) beyondCutoff(stats Stats) []int {
	seen := map[int]bool{}
	var terms []int
	for _, word := range q.Words {
		for _, variant := range word {
			for _, t := range variant.Terms {
				if !seen[t] {
					seen[t], terms = true, append(terms, t)
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

// cutOff takes terms as given: every document has them, and variants made of nothing else, and they do not score.
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
