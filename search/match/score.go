package match

import (
	"math"
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

// Verdict is what a Scorer finds of a document.
type Verdict struct {
	OK    bool    // it has what the query asks for, whatever filters it fails
	Full  bool    // it has all the words, and not only a part of them
	Score float64 // without the nearness of its words

	share float64 // what the score of its words and of their nearness counts by
}

// Match judges a document, without the nearness of its words. An engine asks Rescore for that, of the ranking.Rescored documents
// that are best without it.
//
// The score is the sum of BM25 over terms and fields (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) and
// over neighbours, times a power of the share of the query's weight that the document has, and a bonus for all the words; all of it
// times the boosts of the document.
func (s *Scorer) Match(d *Doc) Verdict { return s.judge(d, false) }

// Rescore returns the score of a document that matches, with the nearness of its words. It is never less than that of Match.
func (s *Scorer) Rescore(d *Doc) float64 { return s.judge(d, true).Score }

func (s *Scorer) judge(d *Doc, nearness bool) (v Verdict) {
	if !s.Query.Required.holds(d) {
		return v
	}
	full := s.Full
	if d.Unnamed {
		full = s.unnamed
	}
	v.Full = full.holds(d)
	if !v.Full && !s.Query.loose {
		return v
	}
	score, have := s.words(d)
	if v.OK = v.Full || s.enough(d, have); !v.OK || s.Total == 0 {
		return v
	}
	if nearness {
		score += s.proximity(d)
	}
	exact := s.exact(d)
	v.share = math.Pow(have/s.Total, s.Few())
	v.Score = score*v.share + exact
	if v.Full {
		v.Score += s.AllWords() * s.Few() * s.Total
	}
	if s.Own != nil && v.Full && (exact > 0 || s.Own.holds(d)) {
		v.Score += ranking.OwnWord * s.Total
	}
	if len(s.Query.Boosts) > 0 {
		boost := s.boost(d)
		v.Score, v.share = v.Score*boost, v.share*boost
	}
	return v
}

// words scores the words of the query, and says how much of their weight the document has.
func (s *Scorer) words(d *Doc) (score, have float64) {
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
	return score, have
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
	return have >= ranking.MinShare*s.Few()*s.There && s.AnyWord.holds(d)
}

// variant scores the terms of one variant of a word, and says how much of the word's weight the document has.
func (s *Scorer) variant(d *Doc, v WeightedVariant) (score, have float64) {
	for _, t := range v.Terms {
		freqs := d.Freq(t)
		if !isThere(freqs) {
			continue
		}
		weight, space := s.Weight[t]*v.Scale, s.Query.Terms[t].Space
		have += weight
		if !space.IsText() {
			score += weight
			continue
		}
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
	has := func(names []int) bool { return !d.Unnamed && slices.ContainsFunc(names, d.has) }
	switch {
	case has(s.Query.Titles):
		return ranking.ExactTitle * s.Total
	case slices.ContainsFunc(s.Query.Names, func(n Name) bool { return n.isTitle(d) }):
		return ranking.SameTitle * s.Total
	case has(s.Query.Headings):
		return ranking.ExactHeading * s.Total
	case has(s.Query.Begun):
		return ranking.BegunName * s.Total
	}
	return 0
}

// isTitle reports whether the title of a document is the name.
func (n Name) isTitle(d *Doc) bool {
	return d.Freq(n.Terms[0])[Title] > 0 && d.Length[Morphemes][Title] == n.Tokens && Sequence{n.Terms, Title}.in(d, Title)
}

// saturation is the part of BM25 that grows with the frequency, from 0 to 1.
func saturation(freq float64, length int, average float64) float64 {
	return freq / (freq + ranking.K1*(1-ranking.B+ranking.B*float64(length)/average))
}

// isText reports whether a field is the text below a title.
func isText(f Field) bool { return f >= Body }
