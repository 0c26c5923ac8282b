package bleveindex

import (
	"context"
	"fmt"
	"slices"
	"time"

	index "github.com/blevesearch/bleve_index_api"

	"chaja/search"
)

// Search implements search.Snapshot.
func (s *snapshot) Search(ctx context.Context, q search.Query) (search.Matches, error) {
	m, err := s.search(ctx, q)
	if err != nil {
		return search.Matches{}, fmt.Errorf("search index: %w", err)
	}
	return m, nil
}

func (s *snapshot) search(ctx context.Context, q search.Query) (m search.Matches, err error) {
	values, err := s.docValues()
	if err != nil {
		return m, err
	}
	walker, err := newSearcher(s.reader, q.Match, len(values.dates))
	if err != nil {
		return m, err
	}
	low, high := seconds(q.After, q.Before)
	within := func(doc uint64) bool { return low <= values.dates[doc] && values.dates[doc] < high }
	found := make([]bool, len(values.dates))
	best := ranking{compare: values.order(q.Sort), size: q.From + q.Size}
	err = walker.walk(ctx, within, func(h hit) {
		m.Total++
		found[h.doc] = true
		best.add(h)
	})
	if err != nil {
		return m, err
	}
	if q.Facets {
		m.Facets = values.facets(found)
	}
	for _, h := range best.hits[min(q.From, len(best.hits)):] {
		id, err := s.reader.ExternalID(index.NewIndexInternalID(nil, h.doc))
		if err != nil {
			return m, err
		}
		rec, _, err := load(s.reader, id)
		if err != nil {
			return m, err
		}
		m.Hits = append(m.Hits, search.Scored{Document: rec.Document, Score: h.score})
	}
	return m, nil
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
func secondsUp(t time.Time) int64 {
	if t.Nanosecond() > 0 {
		return t.Unix() + 1
	}
	return t.Unix()
}

// hit is a document that matches.
type hit struct {
	doc   uint64
	score float64
}

// ranking keeps the best hits of a search, the best first.
type ranking struct {
	compare func(a, b hit) int
	size    int
	hits    []hit
}

func (k *ranking) add(h hit) {
	if n := len(k.hits); n == k.size {
		if n == 0 || k.compare(k.hits[n-1], h) < 0 {
			return
		}
		k.hits = k.hits[:n-1]
	}
	i, _ := slices.BinarySearchFunc(k.hits, h, k.compare)
	k.hits = slices.Insert(k.hits, i, h)
}
