package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/chars"
	"chaja/search/match"
	"chaja/search/ranking"
)

// aggregation is the answer to one.
type aggregation struct {
	DocCount int `json:"doc_count"`
	Value    float64
	Buckets  json.RawMessage
	Values   *aggregation `json:"values"` // of a filter: its terms
}

// counts returns the buckets of a terms aggregation.
func (a *aggregation) counts() (map[string]int, error) {
	var buckets []struct {
		Key      string
		DocCount int `json:"doc_count"`
	}
	if a == nil || len(a.Buckets) == 0 {
		return nil, nil
	}
	if err := json.Unmarshal(a.Buckets, &buckets); err != nil {
		return nil, fmt.Errorf("read counts: %w", err)
	}
	counts := map[string]int{}
	for _, b := range buckets {
		counts[b.Key] = b.DocCount
	}
	return counts, nil
}

// stats are what the score needs to know of a state, as far as it has been asked.
type stats struct {
	docs      int
	avgLength [match.Lanes][match.Fields]float64
	docFreqs  map[match.Term][match.Fields]int // documents with a term, by field; of a key in field 0
}

// maxKnown bounds the terms that are remembered.
const maxKnown = 100_000

// statsFor returns the statistics of the whole state with the numbers of documents that have terms. It asks for them in one request
// where some are not known.
func (s *snapshot) statsFor(ctx context.Context, terms []match.Term) (*stats, error) {
	view, there, unknown := s.recall(terms)
	if there && len(unknown) == 0 {
		return view, nil
	}
	aggs := object{}
	if filters := countersOf(unknown); len(filters) > 0 {
		aggs["terms"] = object{"filters": object{"filters": filters}}
	}
	if !there {
		for lane := range match.Lanes {
			for f := range match.AnyField {
				aggs[lengthName(lane, f)] = object{"avg": object{"field": lengthName(lane, f)}}
			}
		}
	}
	results, err := s.ask(ctx, object{"size": 0, "track_total_hits": true, "aggs": aggs})
	if err != nil {
		return nil, err
	}
	return view, s.learn(view, results[0], unknown, there)
}

// recall returns what is known of the state and of terms, whether there is anything, and which of the terms are not known.
func (s *snapshot) recall(terms []match.Term) (view *stats, there bool, unknown []match.Term) {
	s.mu.Lock()
	defer s.mu.Unlock()
	view = &stats{docFreqs: map[match.Term][match.Fields]int{}}
	known := s.stats
	if there = known != nil; !there {
		known = view
	}
	view.docs, view.avgLength = known.docs, known.avgLength
	for _, t := range terms {
		if docs, ok := known.docFreqs[t]; ok {
			view.docFreqs[t] = docs
		} else if !slices.Contains(unknown, t) {
			unknown = append(unknown, t)
		}
	}
	return view, there, unknown
}

// countersOf are filters that count the documents with terms: each by its place and a field.
func countersOf(terms []match.Term) object {
	filters := object{}
	for i, t := range terms {
		if !t.Space.IsText() {
			filters[counterName(i, 0)] = termQuery(t, match.AnyField)
			continue
		}
		for f := range match.AnyField {
			filters[counterName(i, f)] = termQuery(t, f)
		}
	}
	return filters
}

func counterName(term int, f match.Field) string { return fmt.Sprintf("%d/%d", term, f) }

// mayGuess reports whether numbers of documents that are not known may be taken for 0 where a query only counts: no term of it is
// cut off (ranking.MaxWalk), even if all documents have those.
func (s *snapshot) mayGuess(q *match.Query) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := s.stats
	if known == nil {
		return len(q.Terms) <= ranking.MaxWalk
	}
	walk := 0
	for _, t := range q.Terms {
		if docs, ok := known.docFreqs[t]; ok {
			walk += slices.Max(docs[:])
		} else {
			walk += known.docs
		}
	}
	return walk <= ranking.MaxWalk*max(known.docs, ranking.ManyDocs)
}

// learn adds what an answer says to a view, and keeps it.
func (s *snapshot) learn(view *stats, r result, asked []match.Term, there bool) error {
	if !there {
		view.docs = r.Hits.Total.Value
		for lane := range match.Lanes {
			for f := range match.AnyField {
				view.avgLength[lane][f] = r.Aggregations[lengthName(lane, f)].Value
			}
		}
	}
	var buckets map[string]struct {
		DocCount int `json:"doc_count"`
	}
	if len(asked) > 0 {
		if err := json.Unmarshal(r.Aggregations["terms"].Buckets, &buckets); err != nil {
			return fmt.Errorf("read numbers of documents: %w", err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stats == nil || len(s.stats.docFreqs) > maxKnown { // what is forgotten is asked again
		s.stats = &stats{docs: view.docs, avgLength: view.avgLength, docFreqs: map[match.Term][match.Fields]int{}}
	}
	for i, t := range asked {
		var docs [match.Fields]int
		for f := range docs {
			docs[f] = buckets[counterName(i, match.Field(f))].DocCount
		}
		view.docFreqs[t], s.stats.docFreqs[t] = docs, docs
	}
	return nil
}

// of returns the statistics for a query, whose terms were asked for.
func (s *stats) of(q *match.Query) match.Stats {
	out := match.Stats{Docs: s.docs, AvgLength: s.avgLength, DocFreq: make([]int, len(q.Terms))}
	for i, t := range q.Terms {
		for _, docs := range s.docFreqs[t] {
			out.DocFreq[i] = max(out.DocFreq[i], docs)
		}
	}
	return out
}

// labels are the spellings of tags and categories by key.
type labels struct{ tags, categories map[string]string }

// maxValues bounds the different values of a facet: what one aggregation may return.
const maxValues = 30_000

// labels returns the commonest spellings of the values in this state.
func (s *snapshot) labels(ctx context.Context) (*labels, error) {
	s.labelling.Lock()
	defer s.labelling.Unlock()
	if s.label != nil {
		return s.label, nil
	}
	results, err := s.ask(ctx, object{"size": 0, "aggs": object{"tags": valuesOf("tags"), "categories": valuesOf("categories")}})
	if err != nil {
		return nil, err
	}
	var l labels
	if l.tags, err = commonest(results[0].Aggregations["tags"]); err != nil {
		return nil, err
	}
	if l.categories, err = commonest(results[0].Aggregations["categories"]); err != nil {
		return nil, err
	}
	s.label = &l
	return s.label, nil
}

// valuesOf counts the values of a field.
func valuesOf(field string) object { return object{"terms": object{"field": field, "size": maxValues}} }

// commonest returns the spelling by key that most documents have, the first in order of two.
func commonest(spelled aggregation) (map[string]string, error) {
	counts, err := spelled.counts()
	if err != nil {
		return nil, err
	}
	label := map[string]string{}
	for value, n := range counts {
		k := key(chars.TagKey(value))
		if best, ok := label[k]; !ok || n > counts[best] || n == counts[best] && value < best {
			label[k] = value
		}
	}
	return label, nil
}

// termCounts are the terms of bodies, with the number of documents that have each.
type termCounts map[match.Term]int

func (c termCounts) add(analyzer *analysis.Analyzer, doc *search.Document) {
	for lane, terms := range analyzer.Occurrences(doc.Texts(match.Body)).Positions {
		for term := range terms {
			c[match.Term{Space: match.Space(lane), Text: term}]++
		}
	}
}

func (c termCounts) each(yield func(term match.Term, docs int) error) error {
	for term, docs := range c {
		if err := yield(term, docs); err != nil {
			return err
		}
	}
	return nil
}
