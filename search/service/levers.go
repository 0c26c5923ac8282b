package service

import (
	"context"
	"slices"
	"strconv"

	"chaja/search"
	"chaja/search/chars"
	"chaja/search/match"
)

// Levers is what the owner of a site says of the order of answers. The zero value says nothing.
type Levers struct {
	Pins   []Pin
	Boosts []match.Boost
}

// Pin puts posts in front of the answer by relevance to one query.
type Pin struct {
	Query string   // compared by chars.NameKey: case, blanks and punctuation do not matter
	Posts []string // their IDs, in the order in which they stand in front
}

// WithLevers returns the service whose answers are in the order that levers ask for.
func (s *Service) WithLevers(levers Levers) *Service {
	c := *s
	c.levers = levers
	return &c
}

// boosts returns those that hold for a document.
func (l Levers) boosts(doc *search.Document) (all []match.Boost) {
	for _, b := range l.Boosts {
		if slices.Contains(doc.Keys(b.Term.Space), b.Term.Text) {
			all = append(all, b)
		}
	}
	return all
}

// boost is what the score of a document is multiplied by.
func (l Levers) boost(doc *search.Document) float64 {
	product := 1.0
	for _, b := range l.boosts(doc) {
		product *= b.Factor
	}
	return product
}

// askPinned is ask with the posts in front that are pinned for the query, or for the one that is applied in its place.
func (r request) askPinned(ctx context.Context, q *prepared, from, size int, onlyIDs bool) (both, error) {
	found, err := r.ask(ctx, q, from, size, onlyIDs)
	if err != nil || r.Sort.IsByDate() {
		return found, err
	}
	pins, err := r.pins(ctx, found.suggestion)
	if err != nil || len(pins) == 0 {
		return found, err
	}
	if found, err = r.ask(ctx, q, 0, search.MaxDepth, true); err != nil { // where the posts stand by themselves
		return found, err
	}
	found.pin(pins)
	found.Hits = found.Hits[min(from, len(found.Hits)):min(from+size, len(found.Hits))]
	if onlyIDs {
		return found, nil
	}
	return found, found.fetch(ctx)
}

// pins returns the IDs of the posts that are pinned, of those that are in the index and pass the filters: what is hidden is not
// in the index, so no pin brings it.
func (r request) pins(ctx context.Context, other *search.Suggestion) (ids []string, err error) {
	key := chars.NameKey
	var wanted []string
	for _, p := range r.levers.Pins {
		if k := key(p.Query); k == key(r.Query) || other != nil && other.Applied && k == key(other.Query) {
			wanted = append(wanted, p.Posts...)
		}
	}
	if len(wanted) == 0 {
		return nil, nil
	}
	docs, err := r.snapshot.Get(ctx, wanted...)
	for _, id := range wanted {
		if doc, ok := docs[id]; ok && r.passes(&doc) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// pin brings posts to the front of an answer that has all hits that can be reached. They count as found in full.
func (b *both) pin(ids []string) {
	found, best := map[string]search.Scored{}, 0.0
	for _, h := range b.Hits {
		if _, alone := b.near[h.Document.ID]; !alone {
			found[h.Document.ID] = h
		}
		best = max(best, h.Score)
	}
	b.isPinned = map[string]bool{}
	front := make([]search.Scored, len(ids))
	for i, id := range ids {
		b.isPinned[id] = true
		delete(b.near, id)
		h, ok := found[id]
		if !ok {
			h = search.Scored{Document: search.Document{ID: id}, Missing: b.query.allWords()}
		}
		if !ok && b.Total <= search.MaxDepth { // beyond that words may find it where nobody looks
			b.Total, b.Full = b.Total+1, b.Full+1
		} else if ok && !h.Full {
			b.Full++
		}
		h.Score = best
		front[i] = h
	}
	rest := slices.DeleteFunc(slices.Clone(b.Hits), func(h search.Scored) bool { return b.isPinned[h.Document.ID] })
	b.Hits = append(front, rest...)
}

// allWords returns the words of a query by their index.
func (q *prepared) allWords() (words []int) {
	if q.Match != nil {
		for i := range q.Match.Words {
			words = append(words, i)
		}
	}
	return words
}

// explainLevers says what of the place of a document is the owner's doing.
func (r request) explainLevers(doc *search.Document, pinned bool) (list []search.Explanation) {
	texts := r.texts.Match(r.Locale).Explanations
	if pinned {
		list = append(list, search.Explanation{Lane: "pin", Fields: []string{}, Text: string(texts.Pinned)})
	}
	for _, b := range r.levers.boosts(doc) {
		what := b.Term.Text
		if b.Term.Space == match.CategoryKey {
			what = "category:" + what
		}
		list = append(list, search.Explanation{
			Lane: "boost", Fields: []string{}, Text: texts.Boosted.With("what", what, "factor", strconv.FormatFloat(b.Factor, 'g', -1, 64)),
		})
	}
	return list
}
