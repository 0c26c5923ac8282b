package eval

import "math"

// Metrics are means over the queries added. All are between 0 and 1.
type Metrics struct {
	Queries   int     `json:"queries"`
	NDCG10    float64 `json:"ndcg@10"`
	MRR10     float64 `json:"mrr@10"`
	Recall1   float64 `json:"recall@1"`
	Recall10  float64 `json:"recall@10"`
	Recall100 float64 `json:"recall@100"`
}

// Add takes in the ranking of one query, best first, and the documents that are relevant to it, at least one.
func (m *Metrics) Add(ranking []string, relevant map[string]bool) {
	var dcg, ideal, reciprocal float64
	var at1, at10, at100 int
	for i := range min(10, len(relevant)) {
		ideal += gain(i)
	}
	for i, id := range ranking[:min(100, len(ranking))] {
		if !relevant[id] {
			continue
		}
		at100++
		if i < 10 {
			at10++
			dcg += gain(i)
			reciprocal = max(reciprocal, 1/float64(i+1))
		}
		if i < 1 {
			at1++
		}
	}
	all := float64(len(relevant))
	m.Queries++
	mean(&m.NDCG10, dcg/ideal, m.Queries)
	mean(&m.MRR10, reciprocal, m.Queries)
	mean(&m.Recall1, float64(at1)/all, m.Queries)
	mean(&m.Recall10, float64(at10)/all, m.Queries)
	mean(&m.Recall100, float64(at100)/all, m.Queries)
}

// gain is what a relevant document at rank i, from 0, counts (Järvelin and Kekäläinen, 2002).
func gain(i int) float64 { return 1 / math.Log2(float64(i+2)) }

// mean takes the n-th value into a running mean.
func mean(m *float64, value float64, n int) { *m += (value - *m) / float64(n) }
