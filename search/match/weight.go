package match

import (
	"math"
	"slices"

	"chaja/search/ranking"
)

// fieldWeight and laneWeight are what a match counts by where it is.
var (
	fieldWeight = [Fields]float64{
		Title: ranking.Title, Heading: ranking.Heading, Tag: ranking.Tag, Body: ranking.Body, Code: ranking.Code,
	}
	laneWeight = [Lanes]float64{Morphemes: ranking.Morphemes, Bigrams: ranking.Bigrams}
)

// Stats is what the score needs to know of the whole index.
type Stats struct {
	Docs      int                    // number of documents
	AvgLength [Lanes][Fields]float64 // mean number of tokens in a field, over the documents that have some there
	DocFreq   []int                  // number of documents with a term, by term: the largest over its fields
}

// Weighted is a query weighed for one state of an index, as Lucene has a Weight. It is what a Scorer knows, as data for engines
// that rank by themselves. It must not be changed.
//
// What a document has of the query's weight is a sum over Words: of the variant that scores best, the weights of the terms that
// it has, times Scale. A loose query asks for ranking.MinShare of Total. Where AnyWord holds, ranking.MinShare of There will
// do.
type Weighted struct {
	Query      *Query
	Stats      Stats
	Full       Condition           // that of the query, without the terms beyond the cutoff
	unnamed    Condition           // Full for a document without any name
	AnyWord    Condition           // the same
	Own        Condition           // that of the query; nil where it makes no difference
	IDF        []float64           // by term
	bond       []float64           // by term, see bonds
	Weight     []float64           // by term, its IDF times the weight of its lane; 0 beyond the cutoff
	Words      [][]WeightedVariant // by word of the query, the variants that a document may have
	Neighbours []Neighbours        // those of the query that any document may have
	Distinct   []int               // the terms of Query.Order that any document has, each once
	Total      float64             // the weight of all words
	There      float64             // the same of the terms that any document has
}

// WeightedVariant is a variant of a word as far as it scores.
type WeightedVariant struct {
	Terms  []int   // that any document has
	Scale  float64 // what brings the weight of all terms of the variant to that of the word as typed
	Factor float64 // what the variant counts against the word as typed
}

// Weigh returns the query with its weights for documents of an index described by stats.
func (q *Query) Weigh(stats Stats) *Weighted {
	w := &Weighted{
		Query: q, Stats: stats, Full: q.Full, AnyWord: q.AnyWord, Own: q.Own,
		IDF: make([]float64, len(q.Terms)), Weight: make([]float64, len(q.Terms)),
	}
	for i, term := range q.Terms {
		df := float64(stats.DocFreq[i])
		w.IDF[i] = math.Log(1 + (float64(stats.Docs)-df+0.5)/(df+0.5))
		w.Weight[i] = w.IDF[i] // of keys, only in a query from Like
		if term.Space.IsText() {
			w.Weight[i] *= laneWeight[term.Space]
		}
	}
	for _, t := range q.Wholes {
		w.Weight[t] = w.IDF[t] * ranking.Whole
	}
	once := slices.Clone(w.Weight)
	for _, t := range q.Repeated {
		w.Weight[t] += once[t]
	}
	for _, t := range q.Grammar {
		w.Weight[t] *= ranking.Grammar
	}
	w.cutOff(q.beyondCutoff(stats))
	w.Full = rarestFirst(w.Full, stats.DocFreq)
	w.unnamed = q.withoutNames(w.Full)
	w.Neighbours = slices.DeleteFunc(neighboursIn(q.Order), func(n Neighbours) bool { return !w.scores(n.First) || !w.scores(n.Second) })
	w.Distinct = w.scoring(slices.Compact(slices.Sorted(slices.Values(q.Order))))
	w.bond = w.bonds()
	for _, word := range q.Words {
		w.add(word)
	}
	return w
}

// withoutNames returns what is left of a condition for a document that has none of the names.
func (q *Query) withoutNames(c Condition) Condition {
	alternatives, ok := c.(Any)
	if !ok {
		return c
	}
	var left Any
	for _, part := range alternatives {
		if has, ok := part.(Has); !ok || !q.Terms[has.Term].Space.IsName() {
			left = append(left, q.withoutNames(part))
		}
	}
	return left
}

// Few is 1 for a query of as many words as a post should have, and less for a longer one, of which it may lack more.
func (w *Weighted) Few() float64 {
	needed := ranking.Needed
	if w.isSentence() {
		needed = ranking.NeededOfSentence
	}
	return min(1, needed/float64(max(1, len(w.Query.AnyWord))))
}

// AllWords is what it counts to have all the words, in multiples of Few and Total.
func (w *Weighted) AllWords() float64 {
	if w.isSentence() {
		return ranking.AllWords
	}
	return ranking.AllKeywords
}

// isSentence reports whether the query has words of grammar, beside those that say something of a subject.
func (w *Weighted) isSentence() bool { return len(w.Query.Grammar) > 0 }

// add weighs a word.
func (w *Weighted) add(word Word) {
	typed := w.sum(word[0].Terms)
	variants := make([]WeightedVariant, 0, len(word))
	for i, v := range word {
		weighted := WeightedVariant{w.scoring(v.Terms), 1, v.Kind.Factor()}
		if sum := w.sum(v.Terms); i > 0 && sum > 0 {
			weighted.Scale = typed / sum
		}
		if len(weighted.Terms) > 0 {
			variants = append(variants, weighted)
		}
	}
	w.Words, w.Total = append(w.Words, variants), w.Total+typed
	w.There += w.sum(w.scoring(word[0].Terms))
}

// scoring returns those of terms that any document has and that score.
func (w *Weighted) scoring(terms []int) []int {
	return slices.DeleteFunc(slices.Clone(terms), func(t int) bool { return !w.scores(t) })
}

func (w *Weighted) scores(term int) bool { return w.Stats.DocFreq[term] > 0 && w.Weight[term] > 0 }

func (w *Weighted) sum(terms []int) (weight float64) {
	for _, t := range terms {
		weight += w.Weight[t]
	}
	return weight
}
