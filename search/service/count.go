package service

import (
	"context"
	"slices"

	"chaja/search"
	"chaja/search/compile"
	"chaja/search/query"
	"chaja/search/rewrite"
)

// counts is how many posts have a text, its words side by side, as far as one request has asked.
type counts map[string]int

// queries returns those of the texts that are not known yet, and the queries that count them. A text of which nothing can be
// searched for is in no post.
func (c counts) queries(s state, texts []string) (asked []string, queries []search.Query) {
	slices.Sort(texts)
	for _, text := range slices.Compact(texts) {
		if _, ok := c[text]; ok {
			continue
		}
		if phrase, _ := compile.Query(query.Phrase{Text: text}, s.analyzer, nil); phrase != nil {
			asked, queries = append(asked, text), append(queries, search.Query{Match: phrase})
		} else {
			c[text] = 0
		}
	}
	return asked, queries
}

// learn takes in the answers to queries.
func (c counts) learn(asked []string, found []search.Matches) {
	for i, text := range asked {
		c[text] = found[i].Total
	}
}

// count counts the posts that have texts.
func (r request) count(ctx context.Context, texts []string) error {
	asked, queries := r.counts.queries(r.state, texts)
	if len(queries) == 0 {
		return nil
	}
	found, err := r.snapshot.Search(ctx, queries...)
	if err != nil {
		return err
	}
	r.counts.learn(asked, found)
	return nil
}

// wanted returns the texts that did you mean wants to have counted before it makes its drafts.
func wanted(d *rewrite.DidYouMean) []string { return append(d.Wanted(d.Sure), d.Wanted(d.Rare)...) }

// first answers the query. An engine elsewhere is asked in the same request for the numbers that did you mean wants if that finds
// less than a page: a request costs more than numbers that nobody needs.
func (r request) first(ctx context.Context, q *prepared) (search.Matches, error) {
	queries := []search.Query{q.Query}
	var asked []string
	if _, elsewhere := r.snapshot.(search.Remote); elsewhere && q.Match.HasWords() {
		texts, counting := r.counts.queries(r.state, wanted(rewrite.New(r.typed, r.Prefix, 0, r.variants)))
		asked, queries = texts, append(queries, counting...)
	}
	found, err := r.snapshot.Search(ctx, queries...)
	if err != nil {
		return search.Matches{}, err
	}
	r.counts.learn(asked, found[1:])
	return found[0], nil
}
