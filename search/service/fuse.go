package service

import (
	"cmp"
	"context"
	"slices"

	"chaja/search"
	"chaja/search/chars"
	"chaja/search/ranking"
)

// fuse merges two rankings by a sum of their scores (Bruch, Gai and Ingber, An Analysis of Fusion Functions for Hybrid Retrieval,
// 2023): of words as a part of the best, of what is near as standard scores above its floor, which posts have that are not near.
// The first pinned of words stay in front.
func fuse(words []search.Scored, near neighbours, pinned int) []search.Scored {
	list := slices.Clone(words)
	at := map[string]int{}
	for i := range list {
		at[list[i].Document.ID] = i
		if best := words[0].Score; best > 0 {
			list[i].Score /= best
		}
	}
	for _, n := range near.posts {
		score := ranking.FusionMeaning * (n.Standard - near.floor)
		if i, ok := at[n.ID]; ok {
			list[i].Score += score
		} else {
			list = append(list, search.Scored{Document: search.Document{ID: n.ID}, Score: score})
		}
	}
	if pinned > 0 {
		best := slices.MaxFunc(list, byScore).Score
		for i := range pinned {
			list[i].Score += best
		}
	}
	bestFirst(list)
	return list
}

func byScore(a, b search.Scored) int { return cmp.Compare(a.Score, b.Score) }

func bestFirst(list []search.Scored) {
	slices.SortStableFunc(list, func(a, b search.Scored) int { return byScore(b, a) })
}

// fused merges what words found, to the depth of fusion, with what is near, and returns the window.
func (r request) fused(ctx context.Context, found answer, near neighbours, from, size int, onlyIDs bool) (both, error) {
	b := both{answer: found, near: map[string]search.Near{}}
	usable, alone, err := r.usable(ctx, found.Hits, near.posts)
	if err != nil {
		return b, err
	}
	near.posts = usable
	for _, n := range usable {
		if _, ok := alone[n.ID]; ok {
			b.near[n.ID] = n
		}
	}
	list := fuse(found.Hits, near, found.pinned())
	if len(r.levers.Boosts) > 0 {
		r.boostAlone(list, alone)
	}
	b.Hits = slices.Clone(list[min(from, len(list)):min(from+size, len(list))])
	if from+size > len(list) && found.Total > len(found.Hits) { // what is beyond was not merged
		q := found.query.Query
		start := max(from, len(list))
		q.From, q.Size, q.Facets = start-len(alone), from+size-start, false
		rest, err := search.Ask(ctx, r.snapshot, q)
		if err != nil {
			return b, err
		}
		b.Hits = append(b.Hits, rest.Hits...)
	}
	if found.Total == 0 {
		b.facets = facetsOf(alone)
	}
	if onlyIDs {
		return b, nil
	}
	return b, b.fetch(ctx)
}

// boostAlone multiplies the scores of those that meaning alone finds; what words find has its boost in their ranking.
func (r request) boostAlone(list []search.Scored, alone map[string]search.Document) {
	for i := range list {
		if doc, ok := alone[list[i].Document.ID]; ok {
			list[i].Score *= r.levers.boost(&doc)
		}
	}
	bestFirst(list)
}

// usable returns what of near counts: posts as they were embedded, that pass the filters, and of those that words do not find the
// first few, which are returned with their documents.
func (r request) usable(ctx context.Context, words []search.Scored, near []search.Near) (usable []search.Near, alone map[string]search.Document, err error) {
	byWords := map[string]bool{}
	for _, hit := range words {
		byWords[hit.Document.ID] = true
	}
	alone = map[string]search.Document{}
	for _, n := range near {
		if byWords[n.ID] {
			usable = append(usable, n)
			continue
		}
		if len(alone) == ranking.MaxByMeaning {
			continue
		}
		doc, ok, err := search.Lookup(ctx, r.snapshot, n.ID)
		if err != nil {
			return nil, nil, err
		}
		if ok && doc.Hash == n.Hash && r.passes(&doc) {
			usable, alone[n.ID] = append(usable, n), doc
		}
	}
	return usable, alone, nil
}

// pinned counts the hits in front that are called what was typed, or have a heading that is: nothing comes before them.
func (a answer) pinned() (n int) {
	for n < min(len(a.Hits), ranking.MaxPinned) && a.Hits[n].Named {
		n++
	}
	return n
}

// fetch completes the hits with their documents.
func (b *both) fetch(ctx context.Context) error {
	ids := make([]string, len(b.Hits))
	for i, hit := range b.Hits {
		ids[i] = hit.Document.ID
	}
	docs, err := b.snapshot.Get(ctx, ids...)
	for i, id := range ids {
		if doc, ok := docs[id]; ok {
			b.Hits[i].Document = doc
		}
	}
	return err
}

// facetsOf counts the values of documents, each under the spelling that is met first in order of their IDs.
func facetsOf(docs map[string]search.Document) *search.Facets {
	ids := make([]string, 0, len(docs))
	for id := range docs {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var tags, categories, years []string
	for _, id := range ids {
		doc := docs[id]
		tags, categories = append(tags, doc.Tags...), append(categories, doc.Categories...)
		if year := search.Year(doc.Date); year != "" {
			years = append(years, year)
		}
	}
	return &search.Facets{Tags: counted(tags), Categories: counted(categories), Years: counted(years)}
}

func counted(values []string) []search.Facet {
	list := []search.Facet{}
	at := map[string]int{}
	for _, value := range values {
		key := chars.TagKey(value)
		if _, ok := at[key]; !ok {
			at[key] = len(list)
			list = append(list, search.Facet{Value: value})
		}
		list[at[key]].Count++
	}
	slices.SortFunc(list, func(a, b search.Facet) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Value, b.Value)) })
	return list
}
