package match

// Weights of two neighbouring words of the query against a word, when they stand side by side in the document in the
// same order, and when they stand within a window of morphemes in any; measured in docs/relevance.md.
const (
	besideWeight = 0.6
	nearWeight   = 0.3
	nearWindow   = 6
)

// nearness is the sum of BM25 over the pairs of neighbours in the query, each taken for a term that occurs as often as
// the two do together (Metzler and Croft, A Markov Random Field Model for Term Dependencies, 2005).
func (s *Scorer) nearness(d *Doc) (score float64) {
	order := s.query.order
	for i := 1; i < len(order); i++ {
		a, b := order[i-1], order[i]
		if a == b || !d.has(a) || !d.has(b) {
			continue
		}
		idf := s.idf[a] + s.idf[b]
		for f := range Field(Fields) {
			if d.Freq[a][f] == 0 || d.Freq[b][f] == 0 {
				continue
			}
			beside, near := together(d.Positions(a, f), d.Positions(b, f))
			length, average := d.Length[Morphemes][f], s.stats.AvgLength[Morphemes][f]
			score += idf * fieldWeight[f] * (besideWeight*s.saturation(beside, length, average) +
				nearWeight*s.saturation(near, length, average))
		}
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
