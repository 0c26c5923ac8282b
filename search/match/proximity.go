package match

import (
	"slices"

	"chaja/search/ranking"
)

// Neighbours are two different terms that stand near each other in the query.
type Neighbours struct {
	First, Second int
	Beside        bool // the second follows the first
}

// neighboursIn returns the neighbours in the order of a query, each once.
func neighboursIn(order []int) (all []Neighbours) {
	for i := range order {
		for j := max(0, i-ranking.Reach); j < i; j++ {
			n := Neighbours{order[j], order[i], i-j == 1}
			if n.First != n.Second && !slices.Contains(all, n) {
				all = append(all, n)
			}
		}
	}
	return all
}

// bonds returns by term what it counts in each of its neighbourhoods: its IDF by the number of them, so that the words of a long
// query, which have more, count no more for their nearness than those of a short one.
func (w *Weighted) bonds() []float64 {
	bonds, of := slices.Clone(w.IDF), make([]float64, len(w.IDF))
	for _, n := range w.Neighbours {
		weight := ranking.Near / (ranking.Near + ranking.Beside)
		if n.Beside {
			weight = 1
		}
		of[n.First] += weight
		of[n.Second] += weight
	}
	for t, n := range of {
		if n > 1 {
			bonds[t] /= n
		}
	}
	return bonds
}

// HasNearness reports whether Rescore can tell documents apart that Match does not: no query of one morpheme.
func (w *Weighted) HasNearness() bool { return len(w.Neighbours) > 0 || len(w.Distinct) > 1 }

// MostNear returns what Rescore gives at most for a document that Match has judged. It looks at frequencies only, so that an engine
// need not read the positions of documents that cannot come into the window that is asked for.
func (s *Scorer) MostNear(d *Doc, v Verdict) float64 {
	most := 0.0
	for _, n := range s.Neighbours {
		first, second := d.Freq(n.First), d.Freq(n.Second)
		weight := ranking.Near
		if n.Beside {
			weight += ranking.Beside
		}
		for f := range AnyField {
			if first[f] == 0 || second[f] == 0 || isText(f) && first[Title] > 0 && second[Title] > 0 {
				continue
			}
			much := saturation(float64(first[f]), d.Length[Morphemes][f], s.Stats.AvgLength[Morphemes][f])
			most += (s.bond[n.First] + s.bond[n.Second]) * fieldWeight[f] * weight * much
		}
	}
	if len(s.Distinct) > 1 {
		for _, t := range s.Distinct {
			if d.Freq(t)[Body] > 0 {
				most += ranking.Passage * s.Weight[t]
			}
		}
	}
	return (v.Score + most*v.share*v.boost) * nearRounding
}

// MostNearOfAny returns the same for a document of which nothing but the verdict is known.
func (s *Scorer) MostNearOfAny(v Verdict) float64 {
	return (v.Score + s.mostNear*v.share*v.boost) * nearRounding
}

// nearRounding makes up for sums in another order.
const nearRounding = 1 + 1e-9

// mostNearness is what the nearness of words adds at most to the score of the words.
func (w *Weighted) mostNearness() (most float64) {
	inTitle := fieldWeight[Title] + fieldWeight[Heading] + fieldWeight[Tag]
	inText := fieldWeight[Heading] + fieldWeight[Tag] + fieldWeight[Body] + fieldWeight[Code]
	for _, n := range w.Neighbours {
		weight := ranking.Near
		if n.Beside {
			weight += ranking.Beside
		}
		most += (w.bond[n.First] + w.bond[n.Second]) * max(inTitle, inText) * weight
	}
	if len(w.Distinct) > 1 {
		most += ranking.Passage * w.sum(w.Distinct)
	}
	return most
}

// proximity scores how near to each other the words of the query stand in the document.
func (s *Scorer) proximity(d *Doc) (score float64) {
	for _, n := range s.Neighbours {
		if d.has(n.First) && d.has(n.Second) {
			score += s.together(d, n)
		}
	}
	if len(s.Distinct) > 1 {
		score += ranking.Passage * s.passage(d)
	}
	return score
}

// together is the BM25 of two neighbours. They count like one term that occurs as often as they stand together (Metzler and
// Croft, A Markov Random Field Model for Term Dependencies, 2005).
func (s *Scorer) together(d *Doc, n Neighbours) (score float64) {
	first, second := d.Freq(n.First), d.Freq(n.Second)
	for f := range AnyField {
		if first[f] == 0 || second[f] == 0 || isText(f) && first[Title] > 0 && second[Title] > 0 {
			continue
		}
		beside, near := countTogether(d.Positions(n.First, f), d.Positions(n.Second, f))
		length, average := d.Length[Morphemes][f], s.Stats.AvgLength[Morphemes][f]
		weight := ranking.Near * saturation(near, length, average)
		if n.Beside {
			weight += ranking.Beside * saturation(beside, length, average)
		}
		score += (s.bond[n.First] + s.bond[n.Second]) * fieldWeight[f] * weight
	}
	return score
}

// countTogether counts positions of a: those that one of b follows at once, and those with one of b in the window. Both lists
// ascend.
func countTogether(a, b []int) (beside, near float64) {
	from := 0
	for _, p := range a {
		for from < len(b) && b[from] < p-ranking.NearWindow {
			from++
		}
		if from < len(b) && b[from] <= p+ranking.NearWindow {
			near++
		}
		for i := from; i < len(b) && b[i] <= p+1; i++ {
			if b[i] == p+1 {
				beside++
			}
		}
	}
	return beside, near
}

// passage is the weight of the best passage of the body: of the different terms of the query that stand in it.
func (s *Scorer) passage(d *Doc) (best float64) {
	const termBits = 16 // an occurrence is its position and, below, the index of its term
	all := s.occurrences[:0]
	for i, t := range s.Distinct {
		if d.Freq(t)[Body] > 0 {
			for _, p := range d.Positions(t, Body) {
				all = append(all, p<<termBits|i)
			}
		}
	}
	slices.Sort(all)
	s.occurrences = all
	clear(s.counts)
	var weight float64
	from := 0
	for _, o := range all {
		i := o & (1<<termBits - 1)
		if s.counts[i]++; s.counts[i] == 1 {
			weight += s.Weight[s.Distinct[i]]
		}
		for ; all[from]>>termBits < o>>termBits-ranking.PassageWindow; from++ {
			left := all[from] & (1<<termBits - 1)
			if s.counts[left]--; s.counts[left] == 0 {
				weight -= s.Weight[s.Distinct[left]]
			}
		}
		best = max(best, weight)
	}
	return best
}
