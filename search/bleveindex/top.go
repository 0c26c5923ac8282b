package bleveindex

import (
	"slices"

	"chaja/search"
	"chaja/search/ranking"
)

// hit is a document that matches.
type hit struct {
	doc     uint64
	score   float64
	most    float64 // that the score may become with the nearness of words
	full    bool    // it matches, and not only in part
	missing []int   // words, of one that matches in part
}

// top keeps the best hits of a search: a heap with the worst of them at its root.
type top struct {
	compare func(a, b hit) int // less than zero for the better one
	size    int
	hits    []hit
}

// takes reports whether add would keep a hit.
func (t *top) takes(h hit) bool {
	return len(t.hits) < t.size || t.size > 0 && t.compare(h, t.hits[0]) < 0
}

// add keeps a hit that takes has let through.
func (t *top) add(h hit) {
	if len(t.hits) < t.size {
		t.hits = append(t.hits, h)
		for i := len(t.hits) - 1; i > 0; {
			parent := (i - 1) / 2
			if t.compare(t.hits[parent], t.hits[i]) > 0 {
				break
			}
			t.hits[parent], t.hits[i] = t.hits[i], t.hits[parent]
			i = parent
		}
		return
	}
	t.hits[0] = h
	for i := 0; ; {
		worst := i
		for child := 2*i + 1; child < min(2*i+3, len(t.hits)); child++ {
			if t.compare(t.hits[child], t.hits[worst]) > 0 {
				worst = child
			}
		}
		if worst == i {
			return
		}
		t.hits[worst], t.hits[i] = t.hits[i], t.hits[worst]
		i = worst
	}
}

// window returns the hits that are asked for, with the nearness of their words in their scores and the words that they lack. At is the
// searcher that found them.
//
// Nearness counts for the first ranking.Rescored hits. Positions are read of those that stand in the window without it, and then of
// those that may come into it. No other one can: what its score may become is less than what all of the window have.
func (c *collector) window(q search.Query, at *searcher) ([]hit, error) {
	hits, end := c.best.hits, q.From+q.Size
	slices.SortFunc(hits, c.best.compare)
	if !c.byDate && at.hasNearness() && q.Size > 0 {
		near := hits[:min(len(hits), ranking.Rescored)]
		first, rest := near[:min(len(near), end)], near[min(len(near), end):]
		window := top{compare: c.best.compare, size: end}
		rescore := func(list []hit) error {
			return at.revisit(list, func(h *hit) {
				if len(window.hits) < end || h.most >= window.hits[0].score {
					h.score = at.scorer.Rescore(&at.doc)
					if window.takes(*h) {
						window.add(*h)
					}
				}
			})
		}
		if err := rescore(first); err != nil {
			return nil, err
		}
		if err := rescore(rest); err != nil {
			return nil, err
		}
		slices.SortFunc(hits, c.best.compare)
	}
	hits = hits[min(q.From, len(hits)):min(end, len(hits))]
	if !slices.ContainsFunc(hits, func(h hit) bool { return !h.full }) {
		return hits, nil
	}
	err := at.revisit(hits, func(h *hit) {
		if !h.full {
			h.missing = at.scorer.Missing(&at.doc)
		}
	})
	slices.SortFunc(hits, c.best.compare)
	return hits, err
}
