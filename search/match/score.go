package match

import (
	"slices"

	"chaja/search/ranking"
)

// Scorer decides which documents match a query on one state of an index, and how well. It is not safe for concurrent use.
type Scorer struct {
	Weighted
	occurrences, counts []int // of passage, used again for each document
}

// Scorer prepares the query for documents of an index described by stats.
func (q *Query) Scorer(stats Stats) *Scorer {
	w := q.Weigh(stats)
	return &Scorer{Weighted: *w, counts: make([]int, len(w.Distinct))}
}

// Match reports whether the document has what the query asks for, whatever filters it fails, and scores it.
//
// The score is the sum of BM25 over terms and fields (Robertson
// and Zaragoza, The Probabilistic Relevance Framework, 2009) and over neighbours, times the share of the query's weight that
// the document has.
func (s *Scorer) Match(d *Doc) (score float64, ok bool) {
	if !s.Query.Required.holds(d) || s.Full.holds(d) == s.Query.partial {
		return 0, false
	}
	var have float64
	for _, variants := range s.Words {
		var best, part float64
		for _, v := range variants {
			if score, its := s.variant(d, v); score*v.Factor > best {
				best, part = score*v.Factor, its
			}
		}
		score += best
		have += part
	}
	if s.Query.partial && !s.enough(d, have) {
		return 0, false
	}
	if s.Total == 0 {
		return 0, true
	}
	exact := s.exact(d)
	score = (score+s.proximity(d))*have/s.Total + exact
	if s.Own != nil && !s.Query.partial && (exact > 0 || s.Own.holds(d)) {
		score += ranking.OwnWord * s.Total
	}
	return score, true
}

// Missing returns the words that the document has not, by their index in Query.Words.
func (s *Scorer) Missing(d *Doc) (words []int) {
	for i, present := range s.Query.Present {
		if !present.holds(d) {
			words = append(words, i)
		}
	}
	return words
}

// enough reports whether a document with this much of the weight of the words is worth showing.
func (s *Scorer) enough(d *Doc, have float64) bool {
	if have >= ranking.MinShare*s.Total && have > 0 {
		return true
	}
	return have >= ranking.MinShare*s.There && s.AnyWord.holds(d)
}

// variant scores the terms of one variant of a word, and says how much of the word's weight the document has.
func (s *Scorer) variant(d *Doc, v WeightedVariant) (score, have float64) {
	for _, t := range v.Terms {
		if !d.has(t) {
			continue
		}
		weight, space := s.Weight[t]*v.Scale, s.Query.Terms[t].Space
		have += weight
		if !space.IsText() {
			score += weight
			continue
		}
		freqs := d.Freq(t)
		for f, freq := range freqs {
			switch {
			case freq == 0:
			case isText(Field(f)) && freqs[Title] > 0:
				score += weight * fieldWeight[f] * ranking.SaidInTitle
			default:
				score += weight * fieldWeight[f] * saturation(float64(freq), d.Length[space][f], s.Stats.AvgLength[space][f])
			}
		}
	}
	return score, have
}

// exact scores a title or heading that is what was typed.
func (s *Scorer) exact(d *Doc) float64 {
	switch {
	case slices.ContainsFunc(s.Query.Titles, d.has):
		return ranking.ExactTitle * s.Total
	case slices.ContainsFunc(s.Query.Headings, d.has):
		return ranking.ExactHeading * s.Total
	}
	return 0
}

// saturation is the part of BM25 that grows with the frequency, from 0 to 1.
func saturation(freq float64, length int, average float64) float64 {
	return freq / (freq + ranking.K1*(1-ranking.B+ranking.B*float64(length)/average))
}

// isText reports whether a field is the text below a title.
func isText(f Field) bool { return f >= Body }
