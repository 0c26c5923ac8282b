package match

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"chaja/search/ranking"
)

// Candidates returns terms to look for: every document that matches has one of them, and few others do. Ok is false when a
// walk over all documents will do as well.
func (s *Scorer) Candidates(open FilterKind) (terms []int, ok bool) {
	var root All
	for _, f := range s.Query.Filters {
		if f.Kind&open == 0 {
			root = append(root, f.Condition)
		}
	}
	root = append(root, s.Query.Required...)
	if s.Query.loose {
		root = append(root, append(Any(each(s.heavy(), func(t int) Condition { return Has{t, AnyField} })), s.Full))
	} else {
		root = append(root, s.Full)
	}
	found := candidatesOf(root, s.Stats.DocFreq)
	return found.terms, found.ok && 2*found.docs < s.Stats.Docs
}

// heavy returns all terms but the lightest. A document without any of them cannot have MinShare of the query's weight.
func (s *Scorer) heavy() []int {
	gain := map[int]float64{} // what a term may add to the weight that a document has
	for _, variants := range s.Words {
		for _, v := range variants {
			for _, t := range v.Terms {
				gain[t] += s.Weight[t] * v.Scale
			}
		}
	}
	terms := slices.SortedFunc(maps.Keys(gain), func(a, b int) int { return cmp.Or(cmp.Compare(gain[a], gain[b]), a-b) })
	const rounding = 1 - 1e-9
	for sum := 0.0; len(terms) > 0; terms = terms[1:] {
		if sum += gain[terms[0]]; sum >= ranking.MinShare*s.Few()*rounding*s.There {
			break
		}
	}
	return terms
}

// rarestFirst returns c in another order: what fewest documents have is asked for first, as that mostly decides.
func rarestFirst(c Condition, docFreq []int) Condition {
	switch c := c.(type) {
	case All:
		docs := func(part Condition) int {
			if found := candidatesOf(part, docFreq); found.ok {
				return found.docs
			}
			return math.MaxInt
		}
		return All(slices.SortedStableFunc(slices.Values(c), func(a, b Condition) int { return cmp.Compare(docs(a), docs(b)) }))
	case Any:
		return Any(each(c, func(part Condition) Condition { return rarestFirst(part, docFreq) }))
	}
	return c
}

// candidates are terms for a condition: every document for which it holds has one of them.
type candidates struct {
	terms []int
	docs  int  // the sum of the documents that have each
	ok    bool // there are such terms
}

func candidatesOf(c Condition, docFreq []int) candidates {
	return Visit(c, candidateFinder(docFreq))
}

// candidateFinder is the Visitor of candidatesOf: the number of documents by term.
type candidateFinder []int

func (docFreq candidateFinder) Has(c Has) candidates {
	return candidates{[]int{c.Term}, docFreq[c.Term], true}
}

func (docFreq candidateFinder) Sequence(c Sequence) candidates {
	rarest := slices.MinFunc(c.Terms, func(a, b int) int { return docFreq[a] - docFreq[b] })
	return docFreq.Has(Has{Term: rarest})
}

func (candidateFinder) All(parts []candidates) (fewest candidates) {
	for _, part := range parts {
		if part.ok && (!fewest.ok || part.docs < fewest.docs) {
			fewest = part
		}
	}
	return fewest
}

func (candidateFinder) Any(parts []candidates) candidates {
	union := candidates{ok: true}
	for _, part := range parts {
		if !part.ok {
			return candidates{}
		}
		union.terms, union.docs = append(union.terms, part.terms...), union.docs+part.docs
	}
	return union
}

func (candidateFinder) Not(candidates) candidates { return candidates{} }
