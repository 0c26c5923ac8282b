package match

import (
	"cmp"
	"slices"
)

// What words of the query that stand near each other in a document count; measured in docs/relevance.md.
const (
	besideWeight  = 1   // two that follow each other in the query, side by side in the same order, against a word
	nearWeight    = 0.6 // two that are at most reach apart in the query, within nearWindow morphemes in any order
	reach         = 2
	nearWindow    = 6
	passageWeight = 0.8 // all in the best passage, each against its own weight
	passageWindow = 20  // morphemes: a sentence or two
)

// nearness scores how near to each other the words of the query stand in the document.
func (s *Scorer) nearness(d *Doc) (score float64) {
	order := s.query.order
	for i := range order {
		for j := max(0, i-reach); j < i; j++ {
			if a, b := order[j], order[i]; a != b && d.has(a) && d.has(b) {
				score += s.pair(d, a, b, i-j == 1)
			}
		}
	}
	if len(s.query.distinct) > 1 {
		score += passageWeight * s.passage(d)
	}
	return score
}

// pair is the BM25 of two terms, taken for one that occurs as often as the two do together (Metzler and Croft, A Markov
// Random Field Model for Term Dependencies, 2005).
func (s *Scorer) pair(d *Doc, a, b int, neighbours bool) (score float64) {
	for f := range Field(Fields) {
		if d.Freq[a][f] == 0 || d.Freq[b][f] == 0 {
			continue
		}
		beside, near := together(d.Positions(a, f), d.Positions(b, f))
		length, average := d.Length[Morphemes][f], s.stats.AvgLength[Morphemes][f]
		weight := nearWeight * s.saturation(near, length, average)
		if neighbours {
			weight += besideWeight * s.saturation(beside, length, average)
		}
		score += (s.idf[a] + s.idf[b]) * fieldWeight[f] * weight
	}
	return score
}

// together counts the positions of a, ascending, that one of b follows at once, and those with one of b in the window.
func together(a, b []int) (beside, near float64) {
	from := 0
	for _, p := range a {
		for from < len(b) && b[from] < p-nearWindow {
			from++
		}
		if from < len(b) && b[from] <= p+nearWindow {
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
	type occurrence struct{ position, term int }
	var all []occurrence
	for _, t := range s.query.distinct {
		if d.Freq[t][Body] > 0 {
			for _, p := range d.Positions(t, Body) {
				all = append(all, occurrence{p, t})
			}
		}
	}
	slices.SortFunc(all, func(a, b occurrence) int { return cmp.Or(a.position-b.position, a.term-b.term) })
	count := make(map[int]int, len(s.query.distinct))
	var weight float64
	from := 0
	for _, o := range all {
		if count[o.term]++; count[o.term] == 1 {
			weight += s.weight[o.term]
		}
		for ; all[from].position < o.position-passageWindow; from++ {
			if count[all[from].term]--; count[all[from].term] == 0 {
				weight -= s.weight[all[from].term]
			}
		}
		best = max(best, weight)
	}
	return best
}
