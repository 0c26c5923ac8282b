package service

import (
	"cmp"
	"context"
	"math"
	"slices"

	"chaja/search"
	"chaja/search/catalog"
	"chaja/search/match"
	"chaja/search/query"
	"chaja/search/ranking"
	"chaja/search/snippet"
)

// Vectors makes vectors of queries, in time or not at all. *meaning.Queries is one.
type Vectors interface {
	Fingerprint() string
	Vector(ctx context.Context, text string) ([]float32, error)
}

// WithVectors returns the service that also finds posts by what a query means, where its source has vectors of them.
func (s *Service) WithVectors(v Vectors) *Service {
	c := *s
	c.vectors = v
	return &c
}

// kind is what a query is to a search by meaning.
type kind uint8

// The kinds.
const (
	exact    kind = iota // words find what it asks for: one word, an identifier, a phrase, an operator, a word half typed
	keywords             // several words, which posts should have; meaning helps where none has them
	sentence             // a question, or what somebody says in words of their own
)

// kind says what the query is.
func (r request) kind() kind {
	semantic, ok := r.snapshot.(search.Semantic)
	if !ok || semantic == nil || r.vectors == nil || r.Way == search.WordsAlone || r.Prefix && r.typed.Unfinished() != "" || cmp.Or(r.Sort, search.ByRelevance) != search.ByRelevance {
		return exact
	}
	content, inflected := 0, 0
	for _, unit := range r.typed.Units() {
		word, ok := unit.(query.Word)
		if !ok {
			return exact
		}
		says := r.form(word.Text)
		if content += says.content; says.inflected {
			inflected++
		}
	}
	switch {
	case content < 2:
		return exact
	case inflected > 0:
		return sentence
	}
	return keywords
}

// embed asks for the vector of the query. The function that it returns waits for it; without one it returns nil.
func (r request) embed(ctx context.Context) (wait func() []float32) {
	done := make(chan []float32, 1)
	go func() {
		v, _ := r.vectors.Vector(ctx, r.typed.String()) // that there is none is counted there
		done <- v
	}()
	return func() []float32 { return <-done }
}

// both is what words and meaning find together.
type both struct {
	answer                        // by words, with the hits of the window that was asked for
	late   bool                   // the vector of the query did not come in time
	near   map[string]search.Near // the best section of each post that is found by meaning alone, by ID
	facets *search.Facets         // of the posts that meaning finds where words find none

	isPinned map[string]bool // by ID
}

// ask finds the documents of a window: by words and, where the query is one for it, by meaning.
func (r request) ask(ctx context.Context, q *prepared, from, size int, onlyIDs bool) (both, error) {
	kind := r.kind()
	if kind == exact {
		q.From, q.Size, q.OnlyIDs = from, size, onlyIDs
	} else {
		q.From, q.Size, q.OnlyIDs = 0, ranking.FusionDepth, true
	}
	var vector func() []float32
	if kind == sentence {
		vector = r.embed(ctx)
	}
	found, err := r.find(ctx, q)
	if err != nil || kind == exact {
		return both{answer: found}, err
	}
	if kind == keywords && found.Full == 0 {
		vector = r.embed(ctx)
	}
	if vector == nil {
		return r.fused(ctx, found, neighbours{}, from, size, onlyIDs)
	}
	v := vector()
	b, err := r.fused(ctx, found, r.nearest(ctx, v), from, size, onlyIDs)
	b.late = v == nil
	return b, err
}

// nearest returns the nearest posts. Without a vector there are none, nor where the index
// has none of its kind.
func (r request) nearest(ctx context.Context, vector []float32) neighbours {
	if vector == nil {
		return neighbours{}
	}
	list, err := r.snapshot.(search.Semantic).Nearest(ctx, r.vectors.Fingerprint(), vector, ranking.FusionNear)
	if err != nil {
		return neighbours{} // words answer alone; what is wrong with a file is found where it is read
	}
	return neighboursOf(list)
}

// neighbours are posts that are near, the nearest first.
type neighbours struct {
	posts []search.Near // the nearest section of each, and its standard score less what many sections gain by chance
	floor float64       // the standard score of the last section that was found: that of any other post is not more
}

// neighboursOf makes neighbours of sections, the nearest of which come first. The largest of many numbers is large by chance, so
// a post is held back by how many vectors it has; not below one that is not near at all.
func neighboursOf(sections []search.Near) (n neighbours) {
	if len(sections) == 0 {
		return n
	}
	n.floor = sections[len(sections)-1].Standard
	seen := map[string]bool{}
	for _, s := range sections {
		if !seen[s.ID] {
			seen[s.ID] = true
			s.Standard = max(n.floor, s.Standard-ranking.FusionChance*math.Log(float64(max(1, s.Vectors))))
			n.posts = append(n.posts, s)
		}
	}
	slices.SortStableFunc(n.posts, func(a, b search.Near) int { return cmp.Compare(b.Standard, a.Standard) })
	return n
}

// passes reports whether a document passes the filters of the request. A query that meaning answers has none of its own.
func (r request) passes(doc *search.Document) bool {
	has := func(space match.Space, keys []string) bool {
		have := doc.Keys(space)
		return !slices.ContainsFunc(keys, func(key string) bool { return !slices.Contains(have, key) })
	}
	labels := match.Labels{Tags: r.Tags, Categories: r.Categories, Lang: r.Lang}
	for space, keys := range labels.Keys() {
		if !has(space, keys) {
			return false
		}
	}
	return (r.After.IsZero() || !doc.Date.IsZero() && !doc.Date.Before(r.After)) && (r.Before.IsZero() || !doc.Date.IsZero() && doc.Date.Before(r.Before))
}

// hitByMeaning shows a document that is found by meaning alone: the section that is near.
func (s state) hitByMeaning(scored search.Scored, near search.Near, locale string, explain bool) search.Hit {
	doc := scored.Document
	h := newHit(scored)
	h.ByMeaning = true
	h.TitleHTML = snippet.Mark(doc.Title, nil)
	h.ExcerptHTML = snippet.Excerpt(doc.Body, nil, doc.IsCode, excerptRunes)
	if near.Section < len(doc.Sections) {
		sec := foundSection{Section: doc.Sections[near.Section], at: near.Section}
		h.ExcerptHTML = sec.excerpt(&doc)
		if sec.Level > 0 {
			h.Sections = append(h.Sections, sec.show(&doc))
		}
	}
	if explain {
		h.Why = []search.Explanation{meant(s.texts.Match(locale))}
	}
	return h
}

// meant says that a hit was found by meaning.
func meant(texts *catalog.Texts) search.Explanation {
	return search.Explanation{Lane: "meaning", Fields: []string{}, Text: texts.ByMeaning}
}
