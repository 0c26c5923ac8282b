package match

import (
	"math"
	"slices"

	"chaja/search/analysis"
	"chaja/search/ranking"
)

// fieldWeight and laneWeight are what a match counts by where it is.
var (
	fieldWeight = [Fields]float64{
		Title: ranking.Title, Heading: ranking.Heading, Tag: ranking.Tag, Body: ranking.Body, Code: ranking.Code,
	}
	laneWeight = [analysis.Lanes]float64{analysis.Morpheme: ranking.Morphemes, analysis.Bigram: ranking.Bigrams}
)

// isText reports whether a field is the text below a title.
func isText(f Field) bool { return f >= Body }

// Stats is what the score needs to know of the whole index.
type Stats struct {
	Docs      int                             // number of documents
	AvgLength [analysis.Lanes][Fields]float64 // mean number of tokens in a field, over all documents
	DocFreq   []int                           // number of documents with a term, by term: the largest over its fields
}

// Scorer decides which documents match a query on one state of an index, and how well. It is not safe for concurrent use.
type Scorer struct {
	query      *Query
	stats      Stats
	full       Condition // those of the query, without the terms that cost too much
	words      Condition
	own        Condition // nil where it makes no difference
	neighbours []neighbours
	distinct   []int
	idf        []float64
	weight     []float64      // of each term: its idf, times the weight of its lane; 0 if it costs too much
	scored     [][]scoredForm // by word, the forms that a document may have
	total      float64        // the weight of all words
	there      float64        // the same of the terms that any document has

	occurrences, counts []int // of passage, used again for each document
}

// Scorer prepares the query for documents of an index described by stats.
func (q *Query) Scorer(stats Stats) *Scorer {
	s := &Scorer{
		query: q, stats: stats, full: q.full, words: q.words, own: q.own, neighbours: q.neighbours, distinct: q.distinct,
		idf: make([]float64, len(q.Terms)), weight: make([]float64, len(q.Terms)), counts: make([]int, len(q.distinct)),
	}
	for i, term := range q.Terms {
		df := float64(stats.DocFreq[i])
		s.idf[i] = math.Log(1 + (float64(stats.Docs)-df+0.5)/(df+0.5))
		s.weight[i] = s.idf[i] // of keys, only in a query like another document
		if term.Space.IsText() {
			s.weight[i] *= laneWeight[term.Space]
		}
	}
	s.spare(q.tooMany(stats))
	s.full = rarestFirst(s.full, stats.DocFreq)
	s.neighbours = slices.DeleteFunc(slices.Clone(s.neighbours), func(n neighbours) bool { return !s.scores(n.a) || !s.scores(n.b) })
	s.distinct = s.known(s.distinct)
	for _, w := range q.scored {
		want := s.sum(w.forms[0].terms)
		forms := make([]scoredForm, 0, len(w.forms))
		for i, f := range w.forms {
			scored := scoredForm{s.known(f.terms), 1, f.factor}
			if sum := s.sum(f.terms); i > 0 && sum > 0 {
				scored.scale = want / sum
			}
			if len(scored.terms) > 0 {
				forms = append(forms, scored)
			}
		}
		s.scored, s.total = append(s.scored, forms), s.total+want
		s.there += s.sum(s.known(w.forms[0].terms))
	}
	return s
}

// scoredForm is a form of a word as far as it scores.
type scoredForm struct {
	terms  []int   // that any document has
	scale  float64 // what brings the weight of all terms of the form to that of the word
	factor float64 // what it counts against the word as typed
}

// known returns those of terms that any document has and that score.
func (s *Scorer) known(terms []int) []int {
	return slices.DeleteFunc(slices.Clone(terms), func(t int) bool { return !s.scores(t) })
}

func (s *Scorer) scores(term int) bool { return s.stats.DocFreq[term] > 0 && s.weight[term] > 0 }

func (s *Scorer) sum(terms []int) (weight float64) {
	for _, t := range terms {
		weight += s.weight[t]
	}
	return weight
}

// Match reports whether the document has what the query asks for and passes its filters, and scores it.
func (s *Scorer) Match(d *Doc) (score float64, ok bool) {
	for _, f := range s.query.Filters {
		if !f.Condition.holds(d) {
			return 0, false
		}
	}
	return s.Judge(d)
}

// Judge is Match without the filters; Failed tells of these. The score is the sum of BM25 over terms and fields (Robertson
// and Zaragoza, The Probabilistic Relevance Framework, 2009) and over neighbours, times the share of the query's weight that
// the document has.
func (s *Scorer) Judge(d *Doc) (score float64, ok bool) {
	if !s.query.must.holds(d) || s.full.holds(d) == s.query.partial {
		return 0, false
	}
	var have float64
	for _, forms := range s.scored {
		var best, part float64
		for _, f := range forms {
			if score, its := s.form(d, f); score*f.factor > best {
				best, part = score*f.factor, its
			}
		}
		score += best
		have += part
	}
	if s.query.partial && !s.enough(d, have) {
		return 0, false
	}
	if s.total == 0 {
		return 0, true
	}
	exact := s.exact(d)
	score = (score+s.nearness(d))*have/s.total + exact
	if s.own != nil && !s.query.partial && (exact > 0 || s.own.holds(d)) {
		score += ranking.OwnWord * s.total
	}
	return score, true
}

// enough reports whether a document with this much of the weight of the words is worth showing.
func (s *Scorer) enough(d *Doc, have float64) bool {
	if have >= ranking.MinShare*s.total && have > 0 {
		return true
	}
	return have >= ranking.MinShare*s.there && s.words.holds(d)
}

// form scores the terms of one form of a word, and says how much of the word's weight the document has.
func (s *Scorer) form(d *Doc, f scoredForm) (score, have float64) {
	for _, t := range f.terms {
		if !d.has(t) {
			continue
		}
		weight, space := s.weight[t]*f.scale, s.query.Terms[t].Space
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
				score += weight * fieldWeight[f] * s.saturation(float64(freq), d.Length[space][f], s.stats.AvgLength[space][f])
			}
		}
	}
	return score, have
}

// exact scores a title or heading that is what was typed.
func (s *Scorer) exact(d *Doc) float64 {
	for i, weight := range [2]float64{ranking.ExactTitle, ranking.ExactHeading} {
		if slices.ContainsFunc(s.query.exact[i], d.has) {
			return weight * s.total
		}
	}
	return 0
}

// saturation is the part of BM25 that grows with the frequency, from 0 to 1.
func (s *Scorer) saturation(freq float64, length int, average float64) float64 {
	return freq / (freq + ranking.K1*(1-ranking.B+ranking.B*float64(length)/average))
}
