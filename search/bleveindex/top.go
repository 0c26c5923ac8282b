package bleveindex

import (
	"cmp"
	"slices"

	"chaja/search"
	"chaja/search/match"
	"chaja/search/ranking"
)

// hit is a document that matches.
type hit struct {
	doc     uint64
	score   float64
	verdict match.Verdict
	missing []int // words, of one that matches in part
}

// inOrder brings hits into the order of the index.
func inOrder(hits []hit) {
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Compare(a.doc, b.doc) })
}

// top keeps the best hits of a search: a heap with the worst of them at its root.
type top struct {
	compare func(a, b hit) int // less than zero for the better one
	byScore bool               // compare looks at the score first
	size    int
	hits    []hit
}

// isWorse reports whether a stands behind b.
func (t *top) isWorse(a, b *hit) bool {
	if t.byScore && a.score != b.score {
		return a.score < b.score
	}
	return t.compare(*a, *b) > 0
}

// isBelow reports whether no hit with such a score would be kept.
func (t *top) isBelow(score float64) bool {
	return t.byScore && len(t.hits) == t.size && score < t.hits[0].score
}

// takes reports whether add would keep a hit.
func (t *top) takes(h hit) bool {
	return len(t.hits) < t.size || t.size > 0 && t.isWorse(&t.hits[0], &h)
}

// add keeps a hit that takes has let through.
func (t *top) add(h hit) {
	if len(t.hits) < t.size {
		t.hits = append(t.hits, h)
		for i := len(t.hits) - 1; i > 0; {
			parent := (i - 1) / 2
			if t.isWorse(&t.hits[parent], &t.hits[i]) {
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
			if t.isWorse(&t.hits[child], &t.hits[worst]) {
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
func (c *collector) window(q search.Query, at *searcher) ([]hit, error) {
	hits, end := c.best.hits, q.From+q.Size
	if !c.byDate && at.hasNearness() && q.Size > 0 {
		var err error
		if hits, err = c.rescored(end, at); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(hits, c.best.compare)
	hits = hits[min(q.From, len(hits)):min(end, len(hits))]
	if !slices.ContainsFunc(hits, func(h hit) bool { return !h.verdict.Full }) {
		return hits, nil
	}
	err := at.revisit(hits, func(h *hit, doc *match.Doc) {
		if !h.verdict.Full {
			h.missing = at.scorer.Missing(doc)
		}
	})
	slices.SortFunc(hits, c.best.compare)
	return hits, err
}

// rescored returns the best hits, end of them at least where there are so many, with nearness in the scores of the first
// ranking.Rescored. Positions are read of those that are the best without it, and then of those that may come among them. No other
// one can: what its score may become is less than what all of these have.
func (c *collector) rescored(end int, at *searcher) ([]hit, error) {
	near, others := c.best.hits, []hit(nil)
	if len(near) > ranking.Rescored {
		slices.SortFunc(near, c.best.compare)
		near, others = near[:ranking.Rescored], near[ranking.Rescored:]
	}
	first, window := c.empty(end), c.empty(end)
	for _, h := range near {
		first.offer(h)
	}
	if len(first.hits) == 0 {
		return nil, nil
	}
	worst := first.hits[0]
	var rest []hit
	rescore := func(h *hit, doc *match.Doc) {
		if len(window.hits) < end || at.scorer.MostNear(doc, h.verdict) >= window.hits[0].score {
			h.score = at.scorer.Rescore(doc, h.verdict)
			window.offer(*h)
		}
	}
	for _, h := range near {
		if c.best.compare(h, worst) > 0 {
			rest = append(rest, h)
		}
	}
	if err := at.revisit(first.hits, rescore); err != nil {
		return nil, err
	}
	rest = slices.DeleteFunc(rest, func(h hit) bool { return at.scorer.MostNearOfAny(h.verdict) < window.hits[0].score })
	if err := at.revisit(rest, rescore); err != nil {
		return nil, err
	}
	return append(window.hits, others...), nil
}

// empty returns a top without hits, of another size.
func (c *collector) empty(size int) top {
	return top{compare: c.best.compare, byScore: c.best.byScore, size: size}
}

// offer adds a hit that is good enough.
func (t *top) offer(h hit) {
	if t.takes(h) {
		t.add(h)
	}
}
