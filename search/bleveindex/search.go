package bleveindex

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"chaja/search"
	"chaja/search/match"
	"chaja/search/ranking"
)

// Search implements search.Snapshot.
func (s *snapshot) Search(ctx context.Context, queries ...search.Query) ([]search.Matches, error) {
	answers := make([]search.Matches, len(queries))
	for i, q := range queries {
		var err error
		if answers[i], err = s.search(ctx, q); err != nil {
			return nil, fmt.Errorf("search index: %w", err)
		}
	}
	return answers, nil
}

// search walks the documents that match and, where they are asked for, those that match in part.
func (s *snapshot) search(ctx context.Context, q search.Query) (m search.Matches, err error) {
	values, err := s.docValues()
	if err != nil {
		return m, err
	}
	c := newCollector(q, values)
	loose := q.Match.Loose()
	prepared := q.Match
	if loose != nil && q.Parts == search.WithParts {
		prepared = loose
	}
	w, err := s.walk(ctx, q, prepared, c.open, c.add)
	defer func() { w.close() }()
	if err != nil {
		return m, err
	}
	if loose != nil && q.Parts == search.PartsIfNone {
		none, err := s.none(ctx, q, c)
		if err == nil && none {
			w.close()
			w, err = s.walk(ctx, q, loose, c.open, c.add)
		}
		if err != nil {
			return m, err
		}
	}
	hits, err := c.window(q, w)
	if err != nil {
		return m, err
	}
	return s.matches(q, c, hits)
}

// matches makes an answer of what was collected.
func (s *snapshot) matches(q search.Query, c *collector, hits []hit) (m search.Matches, err error) {
	m.Full, m.Total = c.full, c.total
	if q.Facets {
		m.Facets = c.values.facets(c)
	}
	m.Hits = make([]search.Scored, len(hits))
	stored := newStore(s.leaves)
	for _, i := range asStored(hits) {
		h := hits[i]
		doc, err := stored.hit(h.doc, q.OnlyIDs)
		if err != nil {
			return m, err
		}
		m.Hits[i] = search.Scored{Document: doc, Score: h.score, Full: h.verdict.Full, Named: h.verdict.Named, Missing: h.missing}
	}
	return m, nil
}

// asStored returns the indexes of hits in the order in which their documents are stored.
func asStored(hits []hit) []int {
	order := make([]int, len(hits))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(hits[a].doc, hits[b].doc) })
	return order
}

// none reports whether no document matches, whatever it fails of the narrowing filters. Of those, c has only seen those of its
// open kinds.
func (s *snapshot) none(ctx context.Context, q search.Query, c *collector) (bool, error) {
	if c.all > 0 || narrowing(q)&^c.open == 0 {
		return c.all == 0, nil
	}
	none := true
	w, err := s.walk(ctx, q, q.Match, match.Narrowing, func(*searcher, *match.Judged) bool {
		none = false
		return false
	})
	w.close()
	return none, err
}

// narrowing returns the kinds of narrowing filters that a query has.
func narrowing(q search.Query) (kinds match.FilterKind) {
	if !q.After.IsZero() || !q.Before.IsZero() {
		kinds = match.DateFilter
	}
	if q.Match != nil {
		for _, f := range q.Match.Filters {
			kinds |= f.Kind & match.Narrowing
		}
	}
	return kinds
}

// found is called with a batch of documents, some of which match, and returns false to end the walk.
type found func(at *searcher, batch *match.Judged) bool

// walk calls f with the documents that match, in the order of the index, until it returns false; also with those that
// fail filters of the open kinds. It returns the searcher, to look at documents once more and to be closed.
func (s *snapshot) walk(ctx context.Context, q search.Query, prepared *match.Query, open match.FilterKind, f found) (*searcher, error) {
	values, err := s.docValues()
	if err != nil {
		return nil, err
	}
	walker, err := newSearcher(s.leaves, prepared, open, values)
	if err != nil {
		return nil, err
	}
	low, high := seconds(q.After, q.Before)
	return walker, walker.walk(ctx, low, high, f)
}

// collector collects what a search finds.
type collector struct {
	values     *docValues
	open       match.FilterKind // filters as if without which facets are counted
	total, all int              // documents that pass all filters, and all but the open ones
	full       int              // of total, those that match and not only in part
	best       top              // of total, by their scores without nearness
	byDate     bool

	found, anyCategory, anyDate []bool // documents that pass all filters; all but those by category; all but the dates
}

func newCollector(q search.Query, values *docValues) *collector {
	c := &collector{
		values: values, best: top{compare: values.order(q.Sort), size: q.From + q.Size},
		byDate: q.Sort.IsByDate(),
	}
	if q.Size > 0 && !c.byDate {
		c.best.size, c.best.byScore = max(c.best.size, ranking.Rescored), true
	}
	if !q.Facets {
		return c
	}
	c.open = narrowing(q) &^ match.TagFilter
	c.found = make([]bool, len(values.dates))
	c.anyCategory, c.anyDate = c.found, c.found
	if c.open&match.CategoryFilter != 0 {
		c.anyCategory = make([]bool, len(c.found))
	}
	if c.open&match.DateFilter != 0 {
		c.anyDate = make([]bool, len(c.found))
	}
	return c
}

// add adds the documents of a batch that match.
func (c *collector) add(at *searcher, batch *match.Judged) (more bool) {
	passing := batch.Passing(0)
	full := passing.And(batch.Full)
	c.all, c.total, c.full = c.all+batch.OK.Count(), c.total+passing.Count(), c.full+full.Count()
	if c.best.size > 0 {
		for i := range passing.All() {
			if c.byDate || !c.best.isBelow(at.batch.Most(i)) {
				v := at.batch.Verdict(i)
				c.best.offer(hit{doc: at.number(i), score: v.Score, verdict: v})
			}
		}
	}
	if c.found == nil {
		return true
	}
	mark := func(found []bool, in match.Set) {
		for i := range in.All() {
			found[at.number(i)] = true
		}
	}
	mark(c.found, passing)
	if c.open&match.CategoryFilter != 0 {
		mark(c.anyCategory, batch.Passing(match.CategoryFilter))
	}
	if c.open&match.DateFilter != 0 {
		mark(c.anyDate, batch.Passing(match.DateFilter))
	}
	return true
}

// seconds returns the bounds of dates in Unix seconds, the first included. Documents without a date are in no bounds.
func seconds(after, before time.Time) (low, high int64) {
	low, high = noDate, noDocument
	if !after.IsZero() || !before.IsZero() {
		low++
	}
	if !after.IsZero() {
		low = secondsUp(after)
	}
	if !before.IsZero() {
		high = secondsUp(before)
	}
	return low, high
}

// secondsUp returns the first full second at or after t.
func secondsUp(t time.Time) int64 { return t.Add(time.Second - 1).Unix() }
