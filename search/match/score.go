package match

import (
	"math"
	"slices"

	"chaja/search/ranking"
)

// Scorer decides which documents match a query on one state of an index, and how well. It is not safe for concurrent use.
type Scorer struct {
	Weighted
	few, allWords       float64 // Few; what all the words add
	mostNear            float64 // what nearness adds at most to the score of the words
	occurrences, counts []int   // of passage, used again for each document
}

// Scorer prepares the query for documents of an index described by stats.
func (q *Query) Scorer(stats Stats) *Scorer {
	w := q.Weigh(stats)
	return &Scorer{
		Weighted: *w, few: w.Few(), allWords: w.AllWords() * w.Few() * w.Total, mostNear: w.mostNearness(),
		counts: make([]int, len(w.Distinct)),
	}
}

// Verdict is what a Scorer finds of a document.
type Verdict struct {
	OK    bool    // it has what the query asks for, whatever filters it fails
	Full  bool    // it has all the words, and not only a part of them
	Named bool    // its title or one of its headings is a name that Query.IsName knows
	Score float64 // without the nearness of its words

	words float64 // the score of its words by themselves
	share float64 // what that and their nearness count by
	exact float64 // what a title or heading that is what was typed adds
	own   bool    // it has the one word of the query
	boost float64 // what all of it is multiplied by
}

// Match judges a document, without the nearness of its words. An engine asks Rescore for that, of the ranking.Rescored documents
// that are best without it.
//
// The score is the sum of BM25 over terms and fields (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009) and
// over neighbours, times a power of the share of the query's weight that the document has, and a bonus for all the words; all of it
// times the boosts of the document.
func (s *Scorer) Match(d *Doc) (v Verdict) {
	if !s.Query.Required.holds(d) {
		return v
	}
	v.Full = s.Full.holds(d)
	if !v.Full && !s.Query.loose {
		return v
	}
	words, have := s.words(d)
	if v.OK = v.Full || s.hasEnough(d, have); !v.OK {
		return v
	}
	if v.Named = s.isNamed(d); s.Total == 0 {
		return v
	}
	v.words, v.share, v.exact = words, math.Pow(have/s.Total, s.few), s.exact(d)
	v.own = s.Own != nil && v.Full && (v.exact > 0 || s.Own.holds(d))
	v.boost = s.boost(d)
	v.Score = s.sum(v.words, v.share, v.exact, v.Full, v.own, v.boost)
	return v
}

// Rescore returns the score of a document that Match has found to match, with the nearness of its words. It is never less than that
// of Match.
func (s *Scorer) Rescore(d *Doc, v Verdict) float64 {
	if s.Total == 0 {
		return v.Score
	}
	return s.sum(v.words+s.proximity(d), v.share, v.exact, v.Full, v.own, v.boost)
}

// sum is the score of a document whose words score so much, by the parts of its verdict.
func (s *Scorer) sum(words, share, exact float64, full, own bool, boost float64) float64 {
	score := words*share + exact
	if full {
		score += s.allWords
	}
	if own {
		score += ranking.OwnWord * s.Total
	}
	return score * boost
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

// share says how much of the weight of the words a document has.
type share uint8

const (
	tooLittle share = iota
	ofWords         // enough for a document that has one of the words at least
	ofAll           // enough in any case
)

// enough says whether a document with this much of the weight of the words is worth showing.
func (s *Scorer) enough(have float64) share {
	switch {
	case have >= ranking.MinShare*s.Total && have > 0:
		return ofAll
	case have >= ranking.MinShare*s.few*s.There:
		return ofWords
	}
	return tooLittle
}

func (s *Scorer) hasEnough(d *Doc, have float64) bool {
	share := s.enough(have)
	return share == ofAll || share == ofWords && s.AnyWord.holds(d)
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
			if freq > 0 {
				score += s.inField(weight, space, Field(f), float64(freq), d.Length[space][f], freqs[Title] > 0)
			}
		}
	}
	return score, have
}

// inField scores the occurrences of a term in a field that has length tokens. In a title, however long, it counts at least what
// it can in a text: to have a word in the title, too, must not count less.
func (s *Scorer) inField(weight float64, space Space, f Field, freq float64, length int, inTitle bool) float64 {
	if inTitle && isText(f) {
		return weight * fieldWeight[f] * ranking.SaidInTitle
	}
	counts := fieldWeight[f] * saturation(freq, length, s.Stats.AvgLength[space][f])
	if f == Title {
		counts = max(counts, fieldWeight[Body])
	}
	return weight * counts
}

// exact scores a title or heading that is what was typed.
func (s *Scorer) exact(d *Doc) float64 {
	has := func(names []int) bool { return slices.ContainsFunc(names, d.has) }
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

func (s *Scorer) isNamed(d *Doc) bool {
	for t, term := range s.Query.Terms {
		if term.Space.IsName() && d.has(t) {
			return true
		}
	}
	return false
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
