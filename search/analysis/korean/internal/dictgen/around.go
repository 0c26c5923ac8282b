package main

import (
	"math"
	"strings"

	"chaja/search/analysis/korean/internal/dict"
)

// costFactor is what mecab-ko-dic multiplies the negative logarithm of a probability by.
const costFactor = 800

// around gathers what an eojeol may stand next to: how often each column ends an eojeol, and each row begins one,
// judged by the costs of the words that can do so.
type around struct {
	begins, ends []float64
	bound        []float64 // rows: how often their words cannot begin an eojeol, against how often they can
}

func newAround(m merged) around {
	return around{make([]float64, m.lefts), make([]float64, m.rights), make([]float64, m.lefts)}
}

// count adds an entry. Particles, endings, suffixes and the copula do not begin an eojeol; stems, prefixes and the
// endings that another one must follow do not end one.
func (a *around) count(e dict.Entry, tag string) {
	often := math.Exp(-float64(e.Cost) / costFactor)
	if first, _, _ := strings.Cut(tag, "+"); dict.Bound(first) {
		a.bound[e.Left] += often
	} else {
		a.begins[e.Left] += often
		a.bound[e.Left] -= often
	}
	last := tag[strings.LastIndexByte(tag, '+')+1:]
	if last != "EP" && last[0] != 'V' && last[0] != 'X' {
		a.ends[e.Right] += often
	}
}

// spacePenalty is what mecab-ko adds to a particle or ending after a blank.
const spacePenalty = 3000

// costs returns what each row costs at the start of an eojeol, and each column at its end: the logarithm of
// the average probability over all neighbours.
func (a *around) costs(m merged) (before, after []int16) {
	at := func(l, r int) float64 { return float64(m.costs[l*m.rights+r]) }
	for l := range m.lefts {
		cost := average(a.ends, func(r int) float64 { return at(l, r) })
		if a.bound[l] > 0 {
			cost += spacePenalty
		}
		before = append(before, int16(min(math.MaxInt16, math.Round(cost))))
	}
	for r := range m.rights {
		after = append(after, int16(min(math.MaxInt16, math.Round(average(a.begins, func(l int) float64 { return at(l, r) })))))
	}
	return before, after
}

func average(weights []float64, cost func(i int) float64) float64 {
	var sum, total float64
	for i, w := range weights {
		sum += w * math.Exp(-cost(i)/costFactor)
		total += w
	}
	return -costFactor * math.Log(sum/total)
}
