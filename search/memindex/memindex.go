// Package memindex is search.Index in memory, by brute force: it looks at every document for every query. It is the
// oracle that the other engines are tested against, so it is written to be obviously right, not fast.
package memindex

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/chars"
	"chaja/search/match"
	"chaja/search/ranking"
)

// Index is an empty index at first.
type Index struct {
	analyzer *analysis.Analyzer

	mu   sync.Mutex
	docs snapshot // the present state; replaced as a whole, never changed
}

var _ search.Index = (*Index)(nil)

// snapshot is one state: the documents by ID.
type snapshot map[string]entry

type entry struct {
	doc    search.Document
	fields [match.Fields]analysis.Occurrences
}

// New returns an empty index.
func New(analyzer *analysis.Analyzer) *Index {
	return &Index{analyzer: analyzer}
}

// Close does nothing.
func (x *Index) Close() error { return nil }

// Snapshot implements search.Index.
func (x *Index) Snapshot(ctx context.Context) (search.Snapshot, error) {
	return x.present(), ctx.Err()
}

func (x *Index) present() snapshot {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.docs
}

// Hashes implements search.Writer.
func (x *Index) Hashes(ctx context.Context) (map[string]string, error) {
	hashes := map[string]string{}
	for id, e := range x.present() {
		hashes[id] = e.doc.Hash
	}
	return hashes, ctx.Err()
}

// Apply implements search.Writer.
func (x *Index) Apply(ctx context.Context, batch search.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	next := snapshot{}
	maps.Copy(next, x.docs)
	for _, id := range batch.Delete {
		delete(next, id)
	}
	for _, doc := range batch.Put {
		e := entry{doc: clone(doc)}
		for f := range match.Field(match.Fields) {
			e.fields[f] = x.analyzer.Occurrences(doc.Texts(f))
		}
		next[doc.ID] = e
	}
	x.docs = next
	return nil
}

// Close implements search.Snapshot. It does nothing.
func (s snapshot) Close() error { return nil }

// Search implements search.Snapshot.
func (s snapshot) Search(ctx context.Context, queries ...search.Query) ([]search.Matches, error) {
	answers := make([]search.Matches, len(queries))
	for i, q := range queries {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found, err := s.matching(ctx, q, q.Match)
		if loose := q.Match.Loose(); err == nil && loose != nil && (q.Parts == search.WithParts || q.Parts == search.PartsIfNone && len(found) == 0) {
			found, err = s.matching(ctx, q, loose)
		}
		if err != nil {
			return nil, err
		}
		answers[i] = s.answer(q, found)
	}
	return answers, nil
}

// judged is a document that matches, with the kinds of narrowing filters that it fails.
type judged struct {
	search.Scored
	failed match.FilterKind
	doc    *match.Doc // nil where nothing is asked for

	verdict match.Verdict
}

// matching returns the documents that match, best first, whatever they fail of the narrowing filters.
func (s snapshot) matching(ctx context.Context, q search.Query, prepared *match.Query) (found []judged, err error) {
	var scorer *match.Scorer
	if prepared != nil {
		scorer = prepared.Scorer(s.stats(prepared))
	}
	for _, e := range s {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		hit := judged{Scored: search.Scored{Document: e.doc, Full: true}}
		if prepared != nil {
			doc := e.forQuery(prepared)
			verdict := scorer.Match(doc)
			if !verdict.OK {
				continue
			}
			hit.Score, hit.Full, hit.Named, hit.failed = verdict.Score, verdict.Full, verdict.Named, scorer.Failed(doc)
			hit.doc, hit.verdict = doc, verdict
			if !hit.Full {
				hit.Missing = scorer.Missing(doc)
			}
		}
		if !inRange(e.doc.Date, q.After, q.Before) {
			hit.failed |= match.DateFilter
		}
		if hit.failed&^match.Narrowing == 0 {
			found = append(found, hit)
		}
	}
	inOrder := func(a, b judged) int { return compare(a.Scored, b.Scored, q.Sort) }
	slices.SortFunc(found, inOrder)
	if scorer != nil && !q.Sort.IsByDate() {
		rescore(found, scorer)
		slices.SortFunc(found, inOrder)
	}
	return found, nil
}

// rescore gives the best of the documents that pass all filters their scores with nearness.
func rescore(found []judged, scorer *match.Scorer) {
	left := ranking.Rescored
	for i := range found {
		if found[i].failed == 0 && left > 0 {
			found[i].Score = scorer.Rescore(found[i].doc, found[i].verdict)
			left--
		}
	}
}

// passing returns the documents that pass all filters but those of the open kinds.
func passing(found []judged, open match.FilterKind) (hits []search.Scored) {
	for _, hit := range found {
		if hit.failed&^open == 0 {
			hits = append(hits, hit.Scored)
		}
	}
	return hits
}

// answer makes an answer of the documents found.
func (s snapshot) answer(q search.Query, found []judged) search.Matches {
	hits := passing(found, 0)
	m := search.Matches{Total: len(hits)}
	for _, hit := range hits {
		if hit.Full {
			m.Full++
		}
	}
	if q.Facets {
		m.Facets = search.Facets{
			Tags:       s.facet(hits, chars.TagKey, func(d *search.Document) []string { return d.Tags }),
			Categories: s.facet(passing(found, match.CategoryFilter), chars.TagKey, func(d *search.Document) []string { return d.Categories }),
			Years:      s.facet(passing(found, match.DateFilter), strings.Clone, years),
		}
	}
	from := min(q.From, len(hits))
	m.Hits = hits[from:min(from+q.Size, len(hits))]
	for i := range m.Hits {
		if q.OnlyIDs {
			m.Hits[i].Document = search.Document{ID: m.Hits[i].Document.ID}
		} else {
			m.Hits[i].Document = clone(m.Hits[i].Document)
		}
	}
	return m
}

func years(d *search.Document) []string {
	if year := search.Year(d.Date); year != "" {
		return []string{year}
	}
	return nil
}

// Get implements search.Snapshot.
func (s snapshot) Get(ctx context.Context, ids ...string) (map[string]search.Document, error) {
	docs := map[string]search.Document{}
	for _, id := range ids {
		if e, ok := s[id]; ok {
			docs[id] = clone(e.doc)
		}
	}
	return docs, ctx.Err()
}

// Documents calls yield with every document, in the order of their IDs. Together with Terms it is what a lexicon is learned
// from.
func (s snapshot) Documents(ctx context.Context, yield func(*search.Document) error) error {
	for _, id := range slices.Sorted(maps.Keys(s)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		doc := clone(s[id].doc)
		if err := yield(&doc); err != nil {
			return err
		}
	}
	return nil
}

// Terms calls yield with every term of the bodies and the number of documents that have it.
func (s snapshot) Terms(ctx context.Context, yield func(term match.Term, docs int) error) error {
	docs := map[match.Term]int{}
	for _, e := range s {
		if err := ctx.Err(); err != nil {
			return err
		}
		for lane, terms := range e.fields[match.Body].Positions {
			for term := range terms {
				docs[match.Term{Space: match.Space(lane), Text: term}]++
			}
		}
	}
	for term, n := range docs {
		if err := yield(term, n); err != nil {
			return err
		}
	}
	return nil
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
		c = cmp.Or(undated(a)-undated(b), a.Document.Date.Compare(b.Document.Date))
	default:
		c = cmp.Or(cmp.Compare(b.Score, a.Score), b.Document.Date.Compare(a.Document.Date))
	}
	return cmp.Or(c, cmp.Compare(a.Document.ID, b.Document.ID))
}

func undated(hit search.Scored) int {
	if hit.Document.Date.IsZero() {
		return 1
	}
	return 0
}

// stats counts what the scorer needs, over all documents.
func (s snapshot) stats(q *match.Query) match.Stats {
	stats := match.Stats{Docs: len(s), DocFreq: make([]int, len(q.Terms))}
	for f := range match.Fields {
		for lane := range analysis.Lanes {
			total, docs := 0, 0
			for _, e := range s {
				total += e.fields[f].Length[lane]
				docs += min(e.fields[f].Length[lane], 1)
			}
			stats.AvgLength[lane][f] = float64(total) / float64(docs) // asked for only where some document has the field
		}
		for i, term := range q.Terms {
			docs := 0
			for _, e := range s {
				docs += min(e.freq(term, f), 1)
			}
			stats.DocFreq[i] = max(stats.DocFreq[i], docs)
		}
	}
	return stats
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

// facet counts the values of documents by their key, under the spelling that most documents of the index have.
func (s snapshot) facet(hits []search.Scored, key func(string) string, values func(*search.Document) []string) []search.Facet {
	label, spelled := map[string]string{}, map[string]int{}
	for _, e := range s {
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
	for _, hit := range hits {
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
