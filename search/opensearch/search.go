package opensearch

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"chaja/search"
	"chaja/search/match"
	"chaja/search/ranking"
)

// Search implements search.Snapshot. It takes three requests at most for queries whose words are there: the numbers of
// documents, the candidates, the documents of the hits; one more for those that none matches. Numbers of documents are kept, and
// queries that only count mostly do without.
func (s *snapshot) Search(ctx context.Context, queries ...search.Query) ([]search.Matches, error) {
	if len(queries) == 0 {
		return nil, ctx.Err()
	}
	var terms []match.Term
	for _, q := range queries {
		if q.Match != nil && !(onlyCounts(q) && s.mayGuess(q.Match)) {
			terms = append(terms, q.Match.Terms...)
		}
	}
	known, err := s.statsFor(ctx, terms)
	if err != nil {
		return nil, err
	}
	found, err := s.find(ctx, queries, known)
	if err != nil {
		return nil, err
	}
	return s.answers(ctx, queries, found)
}

// onlyCounts reports whether it does not matter to a query what its terms weigh.
func onlyCounts(q search.Query) bool { return q.Size == 0 && !q.Facets && q.Parts == search.NoParts }

// found is what was found of a query.
type found struct {
	matches search.Matches // without documents
	hits    []judged       // of the window
}

// find asks for the candidates of all queries, in full first where a part will do if there is none.
func (s *snapshot) find(ctx context.Context, queries []search.Query, known *stats) ([]found, error) {
	plans := make([]*plan, len(queries))
	for i, q := range queries {
		prepared := q.Match
		if loose := q.Match.Loose(); loose != nil && q.Parts == search.WithParts {
			prepared = loose
		}
		plans[i] = newPlan(q, prepared, known)
	}
	all, absent, err := s.run(ctx, plans)
	if err != nil {
		return nil, err
	}
	var again []*plan
	var at []int
	for i, q := range queries {
		if loose := q.Match.Loose(); loose != nil && q.Parts == search.PartsIfNone && absent[i] {
			again, at = append(again, newPlan(q, loose, known)), append(at, i)
		}
	}
	if len(again) == 0 {
		return all, nil
	}
	loose, _, err := s.run(ctx, again)
	if err != nil {
		return nil, err
	}
	for i, f := range loose {
		all[at[i]] = f
	}
	return all, nil
}

// run carries out plans in one request. Absent says which of them nothing matches, whatever narrows them.
func (s *snapshot) run(ctx context.Context, plans []*plan) (all []found, absent []bool, err error) {
	var searches []object
	place := make([][3]int, len(plans)) // of the searches of a plan, 0 for none
	for i, p := range plans {
		for n, search := range []object{p.search(), p.all(), p.none()} {
			if search != nil {
				searches = append(searches, search)
				place[i][n] = len(searches)
			}
		}
	}
	results, err := s.ask(ctx, searches...)
	if err != nil {
		return nil, nil, err
	}
	for i, p := range plans {
		result := func(n int) *result {
			if at := place[i][n]; at > 0 {
				return &results[at-1]
			}
			return nil
		}
		f, err := s.evaluate(ctx, p, result(0), result(1))
		if err != nil {
			return nil, nil, err
		}
		none := f.matches.Total == 0
		if other := result(2); other != nil {
			none = other.Hits.Total.Value == 0
		}
		all, absent = append(all, f), append(absent, none)
	}
	return all, absent, ctx.Err()
}

// judged is a candidate that matches.
type judged struct {
	search.Scored
	date    int64
	failed  match.FilterKind
	hit     hit
	doc     *match.Doc    // nil where nothing is asked for
	scorer  *match.Scorer // the same
	verdict match.Verdict // the same
}

// evaluate scores the candidates of a plan again.
func (s *snapshot) evaluate(ctx context.Context, p *plan, narrowed, whole *result) (f found, err error) {
	hits, dropped, err := p.judge(narrowed.Hits.Hits)
	if err != nil {
		return f, err
	}
	p.order(hits)
	f.hits = hits[min(p.From, len(hits)):min(p.From+p.Size, len(hits))]
	f.matches.Total = narrowed.Hits.Total.Value - dropped
	f.matches.Full = f.matches.Total
	if p.loose() {
		f.matches.Full = narrowed.Aggregations["full"].DocCount
	}
	if seen := len(narrowed.Hits.Hits); !p.exact {
		full := 0
		for _, h := range hits {
			if h.Full {
				full++
			}
		}
		if seen == narrowed.Hits.Total.Value {
			f.matches.Total, f.matches.Full = len(hits), full
		} else {
			f.matches.Total, f.matches.AtLeast = max(len(hits), f.matches.Full), true
		}
	}
	if !p.Facets {
		return f, nil
	}
	f.matches.Facets, err = s.facets(ctx, p, hits, narrowed, whole)
	return f, err
}

// judge decides on candidates.
func (p *plan) judge(hits []hit) (all []judged, dropped int, err error) {
	var terms []match.Term
	var scorer *match.Scorer
	if p.weighted != nil {
		terms = p.weighted.Query.Terms
		scorer = p.weighted.Query.Scorer(p.weighted.Stats)
	}
	for _, h := range hits {
		c, err := readCandidate(h.text("terms"), terms)
		if err != nil {
			return nil, 0, err
		}
		j := judged{Scored: search.Scored{Document: search.Document{ID: c.id}, Full: true}, date: c.date, hit: h}
		if scorer != nil {
			doc := c.doc()
			verdict := scorer.Match(doc)
			if !verdict.OK {
				dropped++
				continue
			}
			j.Score, j.Full, j.Named, j.failed = verdict.Score, verdict.Full, verdict.Named, scorer.Failed(doc)
			j.doc, j.scorer, j.verdict = doc, scorer, verdict
		}
		if hasDates(p.Query) && !within(c.date, p.Query) {
			j.failed |= match.DateFilter
		}
		all = append(all, j)
	}
	return all, dropped, nil
}

// within reports whether a date is in the bounds of a query.
func within(date int64, q search.Query) bool {
	b := bounds(q.After, q.Before)
	low, hasLow := b["gte"].(int64)
	high, hasHigh := b["lt"].(int64)
	return date != noDate && (!hasLow || date >= low) && (!hasHigh || date < high)
}

// order puts the better candidates first. The nearness of words counts for the best of them.
func (p *plan) order(hits []judged) {
	slices.SortFunc(hits, p.compare)
	if p.Sort.IsByDate() || !p.ranked() || !p.weighted.HasNearness() {
		return
	}
	for i := range min(ranking.Rescored, len(hits)) {
		hits[i].Score = hits[i].scorer.Rescore(hits[i].doc, hits[i].verdict)
	}
	slices.SortFunc(hits, p.compare)
}

// compare puts the better of two first.
func (p *plan) compare(a, b judged) int {
	newest := cmp.Or(cmp.Compare(b.date, a.date), cmp.Compare(a.Document.ID, b.Document.ID))
	switch p.Sort {
	case search.Newest:
		return newest
	case search.Oldest:
		const last = 1 // what makes noDate the largest number
		return cmp.Or(cmp.Compare(uint64(a.date-last)+1<<63, uint64(b.date-last)+1<<63), newest)
	}
	return cmp.Or(cmp.Compare(b.Score, a.Score), newest)
}

// answers completes what was found with the documents of the hits.
func (s *snapshot) answers(ctx context.Context, queries []search.Query, all []found) ([]search.Matches, error) {
	var ids []string
	for i, q := range queries {
		for _, h := range all[i].hits {
			if !q.OnlyIDs {
				ids = append(ids, h.Document.ID)
			}
		}
	}
	docs, err := s.Get(ctx, ids...)
	if err != nil {
		return nil, err
	}
	answers := make([]search.Matches, len(queries))
	for i, q := range queries {
		answers[i] = all[i].matches
		answers[i].Hits = []search.Scored{}
		for _, h := range all[i].hits {
			if !h.Full {
				h.Missing = h.scorer.Missing(h.doc)
			}
			if !q.OnlyIDs {
				doc, ok := docs[h.Document.ID]
				if !ok {
					return nil, fmt.Errorf("read document %s: it is not where it was found", h.Document.ID)
				}
				h.Document = clone(doc)
			}
			answers[i].Hits = append(answers[i].Hits, h.Scored)
		}
	}
	return answers, ctx.Err()
}

// clone copies what a document shares, as one may answer several queries.
func clone(doc search.Document) search.Document {
	doc.Tags, doc.Categories = slices.Clone(doc.Tags), slices.Clone(doc.Categories)
	doc.Sections, doc.Code = slices.Clone(doc.Sections), slices.Clone(doc.Code)
	return doc
}
