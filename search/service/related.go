package service

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/chars"
	"chaja/search/match"
	"chaja/search/ranking"
	"chaja/search/snippet"
)

// related returns at most limit posts like one.
func (s state) related(ctx context.Context, id string, limit int) ([]search.Hit, error) {
	doc, ok, err := search.Lookup(ctx, s.snapshot, id)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("%w: %s", search.ErrNoPost, id)
	}
	terms := s.significant(&doc)
	for _, key := range doc.Keys(match.TagKeys) {
		terms = append(terms, match.Term{Space: match.TagKeys, Text: key})
	}
	var found search.Matches
	if like := match.Like(terms); like != nil {
		if found, err = search.Ask(ctx, s.snapshot, search.Query{Match: like, Sort: search.ByRelevance, Size: limit + 1}); err != nil { // and itself
			return nil, err
		}
	}
	return s.withNear(ctx, &doc, found.Hits, limit)
}

// withNear returns the posts like one that words found, best first, merged with those whose vectors are near where there are any.
func (s state) withNear(ctx context.Context, doc *search.Document, found []search.Scored, limit int) ([]search.Hit, error) {
	found = slices.DeleteFunc(found, func(hit search.Scored) bool { return hit.Document.ID == doc.ID })
	if semantic, ok := s.snapshot.(search.Semantic); ok {
		sections, err := semantic.Like(ctx, doc.ID, doc.Hash, ranking.FusionNear)
		if err != nil {
			return nil, err
		}
		near := neighboursOf(sections)
		near.posts = slices.DeleteFunc(near.posts, func(n search.Near) bool { return n.ID == doc.ID })
		if near.posts = near.posts[:min(limit, len(near.posts))]; len(near.posts) > 0 {
			found = fuse(found, near, 0)
		}
	}
	hits := []search.Hit{}
	for _, scored := range found {
		if len(hits) == limit {
			break
		}
		if scored.Document.URL == "" { // it is found by its vector
			other, ok, err := search.Lookup(ctx, s.snapshot, scored.Document.ID)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue // it is gone since it was embedded
			}
			scored.Document = other
		}
		hits = append(hits, brief(scored))
	}
	return hits, nil
}

// significant returns the nouns of a post that are frequent in it and rare elsewhere (tf-idf), the best first.
func (s state) significant(doc *search.Document) []match.Term {
	body := doc.Body[:chars.Start(doc.Body, min(len(doc.Body), maxAnalyzed))]
	counts, docs := map[string]float64{}, map[string]int{}
	seen := map[string]bool{} // each way to write a word is looked up once
	for text, weight := range map[string]float64{doc.Title: ranking.SignificantTitle, body: 1} {
		for _, t := range s.analyzer.Analyze(text)[analysis.Morpheme] {
			surface := text[t.Start:t.End]
			if t.Class.IsNominal() && utf8.RuneCountInString(t.Term) > 1 && !analysis.IsStopWord(strings.ToLower(surface)) {
				counts[t.Term] += weight
				if !seen[surface] {
					seen[surface] = true
					docs[t.Term] = max(docs[t.Term], s.lexicon.Words.Docs(surface))
				}
			}
		}
	}
	score := map[string]float64{}
	for term, n := range counts {
		if docs[term] >= ranking.MinDocs {
			score[term] = math.Log(1+n) / math.Log(2+float64(docs[term]))
		}
	}
	best := slices.SortedFunc(maps.Keys(score), func(a, b string) int {
		return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b))
	})
	terms := []match.Term{}
	for _, term := range best[:min(ranking.MaxSignificant, len(best))] {
		terms = append(terms, match.Term{Space: match.Morphemes, Text: term})
	}
	return terms
}

// brief shows a post by its opening text.
func brief(scored search.Scored) search.Hit {
	doc := scored.Document
	h := newHit(scored)
	h.TitleHTML = snippet.Mark(doc.Title, nil)
	h.ExcerptHTML = snippet.Excerpt(doc.Body, nil, doc.IsCode, excerptRunes)
	return h
}

// newHit is a hit without what was found in it.
func newHit(scored search.Scored) search.Hit {
	doc := scored.Document
	return search.Hit{
		ID: doc.ID, URL: doc.URL, Title: doc.Title, Date: doc.Date, Lang: doc.Lang, Score: scored.Score, Full: scored.Full,
		Tags: append([]string{}, doc.Tags...), Categories: append([]string{}, doc.Categories...),
		Sections: []search.HitSection{},
	}
}
