// Package memindex is search.Index in memory, by brute force: it looks at every document for every query. It is the
// oracle that the other engines are tested against, so it is written to be obviously right, not fast.
package memindex

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/chars"
	"chaja/search/lexicon"
	"chaja/search/match"
)

// Index is an empty index at first.
type Index struct {
	analyzer *analysis.Analyzer

	mu   sync.RWMutex
	docs map[string]entry
}

var _ search.Index = (*Index)(nil)

type entry struct {
	doc    search.Document
	fields [match.Fields]match.Occurrences
}

// New returns an empty index.
func New(analyzer *analysis.Analyzer) *Index {
	return &Index{analyzer: analyzer, docs: map[string]entry{}}
}

// Close does nothing.
func (x *Index) Close() error { return nil }

// Hashes implements search.Writer.
func (x *Index) Hashes(ctx context.Context) (map[string]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	hashes := make(map[string]string, len(x.docs))
	for id, e := range x.docs {
		hashes[id] = e.doc.Hash
	}
	return hashes, nil
}

// Apply implements search.Writer.
func (x *Index) Apply(ctx context.Context, batch search.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, id := range batch.Delete {
		delete(x.docs, id)
	}
	for _, doc := range batch.Put {
		e := entry{doc: clone(doc)}
		for f := range match.Field(match.Fields) {
			e.fields[f] = match.AnalyzeField(x.analyzer, doc.Texts(f))
		}
		x.docs[doc.ID] = e
	}
	return nil
}

// Search implements search.Searcher.
func (x *Index) Search(ctx context.Context, q search.Query) (search.Matches, error) {
	if err := ctx.Err(); err != nil {
		return search.Matches{}, err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	var scorer *match.Scorer
	if q.Match != nil {
		scorer = q.Match.Scorer(x.stats(q.Match))
	}
	var found []search.Scored
	for _, e := range x.docs {
		if err := ctx.Err(); err != nil {
			return search.Matches{}, err
		}
		if !inRange(e.doc.Date, q.After, q.Before) {
			continue
		}
		hit := search.Scored{Document: e.doc}
		if q.Match != nil {
			score, ok := scorer.Match(e.forQuery(q.Match))
			if !ok {
				continue
			}
			hit.Score = score
		}
		found = append(found, hit)
	}
	slices.SortFunc(found, func(a, b search.Scored) int { return compare(a, b, q.Sort) })
	m := search.Matches{Total: len(found)}
	if q.Facets {
		m.Facets = x.facets(found)
	}
	from := min(q.From, len(found))
	m.Hits = found[from:min(from+q.Size, len(found))]
	for i := range m.Hits {
		m.Hits[i].Document = clone(m.Hits[i].Document)
	}
	return m, nil
}

// Get implements search.Searcher.
func (x *Index) Get(ctx context.Context, id string) (search.Document, bool, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	e, ok := x.docs[id]
	return clone(e.doc), ok, ctx.Err()
}

// Lexicon implements search.Searcher.
func (x *Index) Lexicon(ctx context.Context) (*lexicon.Lexicon, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	b := lexicon.NewBuilder(x.analyzer)
	docs := map[match.Term]int{}
	for _, id := range slices.Sorted(maps.Keys(x.docs)) {
		e := x.docs[id]
		b.Add(&e.doc)
		for lane, terms := range e.fields[match.Body].Positions {
			for term := range terms {
				docs[match.Term{Space: match.Space(lane), Text: term}]++
			}
		}
	}
	for term, n := range docs {
		b.Term(term, n)
	}
	return b.Build(nil), nil
}

// clone copies what a document shares, so that neither side can change the other's.
func clone(doc search.Document) search.Document {
	doc.Tags, doc.Categories = slices.Clone(doc.Tags), slices.Clone(doc.Categories)
	doc.Sections, doc.Code = slices.Clone(doc.Sections), slices.Clone(doc.Code)
	return doc
}

func inRange(date, after, before time.Time) bool {
	if after.IsZero() && before.IsZero() {
		return true
	}
	return !date.IsZero() && !date.Before(after) && (before.IsZero() || date.Before(before))
}

// compare orders a before b when negative.
func compare(a, b search.Scored, sort search.Sort) int {
	var c int
	switch sort {
	case search.Newest:
		c = b.Document.Date.Compare(a.Document.Date)
	case search.Oldest:
		c = cmp.Or(boolOrder(a.Document.Date.IsZero(), b.Document.Date.IsZero()), a.Document.Date.Compare(b.Document.Date))
	default:
		c = cmp.Or(cmp.Compare(b.Score, a.Score), b.Document.Date.Compare(a.Document.Date))
	}
	return cmp.Or(c, cmp.Compare(a.Document.ID, b.Document.ID))
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// stats counts what the scorer needs, over all documents.
func (x *Index) stats(q *match.Query) match.Stats {
	stats := match.Stats{Docs: len(x.docs), DocFreq: make([]int, len(q.Terms))}
	for f := range match.Fields {
		for lane := range analysis.Lanes {
			total := 0
			for _, e := range x.docs {
				total += e.fields[f].Length[lane]
			}
			stats.AvgLength[lane][f] = float64(total) / float64(len(x.docs))
		}
		for i, term := range q.Terms {
			stats.DocFreq[i] = max(stats.DocFreq[i], x.docFreq(term, f))
		}
	}
	return stats
}

func (x *Index) docFreq(term match.Term, field int) (n int) {
	for _, e := range x.docs {
		if e.freq(term, field) > 0 {
			n++
		}
	}
	return n
}

// freq returns how often the document has the term in the field.
func (e entry) freq(term match.Term, field int) int {
	if term.Space.IsText() {
		return len(e.fields[field].Positions[term.Space][term.Text])
	}
	if field == 0 && slices.Contains(e.doc.Keys(term.Space), term.Text) {
		return 1
	}
	return 0
}

func (e entry) forQuery(q *match.Query) *match.Doc {
	d := &match.Doc{Freq: func(term int) *[match.Fields]int {
		var freq [match.Fields]int
		for f := range freq {
			freq[f] = e.freq(q.Terms[term], f)
		}
		return &freq
	}}
	for f := range match.Fields {
		for lane := range analysis.Lanes {
			d.Length[lane][f] = e.fields[f].Length[lane]
		}
	}
	d.Positions = func(term int, f match.Field) []int {
		return e.fields[f].Positions[q.Terms[term].Space][q.Terms[term].Text]
	}
	return d
}

func (x *Index) facets(found []search.Scored) search.Facets {
	all := slices.Collect(maps.Values(x.docs))
	count := func(key func(string) string, values func(*search.Document) []string) []search.Facet {
		label := map[string]string{}
		spelled := map[string]int{}
		for _, e := range all {
			for _, v := range values(&e.doc) {
				spelled[v]++
			}
		}
		for v, n := range spelled {
			k := key(v)
			if best, ok := label[k]; !ok || n > spelled[best] || n == spelled[best] && v < best {
				label[k] = v
			}
		}
		counts := map[string]int{}
		for _, hit := range found {
			keys := map[string]bool{}
			for _, v := range values(&hit.Document) {
				keys[key(v)] = true
			}
			for k := range keys {
				counts[label[k]]++
			}
		}
		return search.SortFacets(counts)
	}
	same := func(s string) string { return s }
	return search.Facets{
		Tags:       count(chars.TagKey, func(d *search.Document) []string { return d.Tags }),
		Categories: count(chars.TagKey, func(d *search.Document) []string { return d.Categories }),
		Years: count(same, func(d *search.Document) []string {
			if d.Year() == "" {
				return nil
			}
			return []string{d.Year()}
		}),
	}
}
