package match

import (
	"math"

	"chaja/search/analysis"
)

// Parameters of BM25: how soon more occurrences stop to count, and how much longer texts are held back. Words of a blog
// say nearly all by being there, hence the low k1.
const (
	k1 = 0.6
	b  = 0.5
)

// fieldWeight is what a match in a field counts.
var fieldWeight = [Fields]float64{Title: 3, Heading: 1.5, Tag: 1.5, Body: 1, Code: 0.5}

// laneWeight is what a match in a lane counts.
var laneWeight = [analysis.Lanes]float64{analysis.Morpheme: 1, analysis.Bigram: 0.8}

// Stats is what the score needs to know of the whole index.
type Stats struct {
	Docs      int                             // number of documents
	AvgLength [analysis.Lanes][Fields]float64 // mean number of tokens in a field, over all documents
	DocFreq   []int                           // number of documents with a term, by term: the largest over its fields
}

// Scorer scores documents for one query on one state of an index.
type Scorer struct {
	query *Query
	stats Stats
	idf   []float64
}

// Scorer prepares the query for documents of an index described by stats.
func (q *Query) Scorer(stats Stats) *Scorer {
	s := &Scorer{query: q, stats: stats, idf: make([]float64, len(q.Terms))}
	for i := range q.Terms {
		df := float64(stats.DocFreq[i])
		s.idf[i] = math.Log(1 + (float64(stats.Docs)-df+0.5)/(df+0.5))
	}
	return s
}

// Score is the sum of BM25 over terms and fields (Robertson and Zaragoza, The Probabilistic Relevance Framework,
// 2009) and over neighbours, times the share of the query's weight that the document has.
func (s *Scorer) Score(d *Doc) float64 {
	var score, have, want float64
	for i, term := range s.query.Terms {
		weight := s.query.weight[i] * s.idf[i]
		if weight == 0 {
			continue
		}
		weight *= laneWeight[term.Space]
		want += weight
		if !d.has(i) {
			continue
		}
		have += weight
		for f, freq := range d.Freq[i] {
			if freq > 0 {
				score += weight * fieldWeight[f] * s.saturation(float64(freq), d.Length[term.Space][f], s.stats.AvgLength[term.Space][f])
			}
		}
	}
	if want == 0 {
		return 0
	}
	return (score + s.nearness(d)) * have / want
}

// saturation is the part of BM25 that grows with the frequency, from 0 to 1.
func (s *Scorer) saturation(freq float64, length int, average float64) float64 {
	return freq / (freq + k1*(1-b+b*float64(length)/average))
}
