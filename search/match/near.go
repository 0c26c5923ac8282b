package match

import (
	"slices"

	"chaja/search/ranking"
)

// neighbours are two different terms that stand near each other in the query.
type neighbours struct {
	a, b   int
	beside bool // b follows a
}

// neighboursIn returns the neighbours in the morphemes of a query, each once.
func neighboursIn(order []int) (all []neighbours) {
	for i := range order {
		for j := max(0, i-ranking.Reach); j < i; j++ {
			n := neighbours{order[j], order[i], i-j == 1}
			if n.a != n.b && !slices.Contains(all, n) {
				all = append(all, n)
			}
		}
	}
	return all
}

// nearness scores how near to each other the words of the query stand in the document.
func (s *Scorer) nearness(d *Doc) (score float64) {
	for _, n := range s.neighbours {
		if d.has(n.a) && d.has(n.b) {
			score += s.pair(d, n)
		}
	}
	if len(s.distinct) > 1 {
		score += ranking.Passage * s.passage(d)
	}
	return score
}

// pair is the BM25 of two terms, taken for one that occurs as often as the two do together (Metzler and Croft, A Markov
// Random Field Model for Term Dependencies, 2005).
func (s *Scorer) pair(d *Doc, n neighbours) (score float64) {
	a, b := n.a, n.b
	freqA, freqB := d.Freq(a), d.Freq(b)
	for f := range Field(Fields) {
		if freqA[f] == 0 || freqB[f] == 0 || isText(f) && freqA[Title] > 0 && freqB[Title] > 0 {
			continue
		}
		beside, near := together(d.Positions(a, f), d.Positions(b, f))
		length, average := d.Length[Morphemes][f], s.stats.AvgLength[Morphemes][f]
		weight := ranking.Near * s.saturation(near, length, average)
		if n.beside {
			weight += ranking.Beside * s.saturation(beside, length, average)
		}
		score += (s.idf[a] + s.idf[b]) * fieldWeight[f] * weight
	}
	return score
}

// together counts the positions of a, ascending, that one of b follows at once, and those with one of b in the window.
func together(a, b []int) (beside, near float64) {
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

// passage is the largest weight of different terms of the query that one passage of the body has.
func (s *Scorer) passage(d *Doc) (best float64) {
	const termBits = 16 // an occurrence is its position and, below, the index of its term
	all := s.occurrences[:0]
	for i, t := range s.distinct {
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
			weight += s.weight[s.distinct[i]]
		}
		for ; all[from]>>termBits < o>>termBits-ranking.PassageWindow; from++ {
			left := all[from] & (1<<termBits - 1)
			if s.counts[left]--; s.counts[left] == 0 {
				weight -= s.weight[s.distinct[left]]
			}
		}
		best = max(best, weight)
	}
	return best
}
