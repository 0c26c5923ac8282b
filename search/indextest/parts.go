package indextest

import (
	"fmt"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/match"
)

// testParts: documents that match in part are listed in one order with those that have all the words where they are asked for,
// or where none has; narrowing filters do not make it none.
func testParts(t *testing.T, open Open) {
	x := open.index(t, posts(
		"date: 2022-01-01\ntags: go\ncategories: a\nred green", "date: 2023-01-01\ntags: go, db\ncategories: b\nred green",
		"date: 2024-01-01\ncategories: b\nred", "tags: db\ngreen", "gray",
	)...)
	day := Day
	tests := []struct {
		name, query, want string // a bar and how many of them match in full
		parts             search.Parts
		narrow            search.Query
		labels            match.Labels
		facets            string
	}{
		{"never", "red green", "b a | 2", search.NoParts, search.Query{}, match.Labels{}, "go:2 db:1 / a:1 b:1 / 2022:1 2023:1"},
		{"if there are none, and there are", "red green", "b a | 2", search.PartsIfNone, search.Query{}, match.Labels{}, "go:2 db:1 / a:1 b:1 / 2022:1 2023:1"},
		{"if there are none, and there are none", "gray red", "e c b a | 0", search.PartsIfNone, search.Query{}, match.Labels{}, "go:2 db:1 / b:2 a:1 / 2022:1 2023:1 2024:1"},
		{"always", "red green", "b a c d | 2", search.WithParts, search.Query{}, match.Labels{}, "db:2 go:2 / b:2 a:1 / 2022:1 2023:1 2024:1"},
		{"one of them but for a tag", "red green", " | 0", search.PartsIfNone, search.Query{}, match.Labels{Tags: []string{"db", "x"}}, " /  / "},
		{"always, with a tag", "red green", "b d | 1", search.WithParts, search.Query{}, match.Labels{Tags: []string{"db"}}, "db:2 go:1 / b:1 / 2023:1"},
		{"some but for a category", "red green", "a | 1", search.PartsIfNone, search.Query{}, match.Labels{Categories: []string{"a"}}, "go:1 / a:1 b:1 / 2022:1"},
		{"always, with a category", "red green", "b c | 1", search.WithParts, search.Query{}, match.Labels{Categories: []string{"b"}}, "db:1 go:1 / b:2 a:1 / 2023:1 2024:1"},
		{"some but for dates", "red green", " | 0", search.PartsIfNone, search.Query{After: day("2023-06-01")}, match.Labels{}, " /  / 2022:1 2023:1"},
		{"always, between dates", "red green", "c | 0", search.WithParts, search.Query{After: day("2023-06-01")}, match.Labels{}, " / b:1 / 2022:1 2023:1 2024:1"},
		{"everything at once", "red green", "a | 1", search.PartsIfNone, search.Query{Before: day("2023-01-01")}, match.Labels{Tags: []string{"go"}, Categories: []string{"a"}}, "go:1 / a:1 / 2022:1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := tt.narrow
			q.Match, q.Parts, q.Size, q.Facets = compiled(tt.query).Where(tt.labels), tt.parts, all, true
			found := find(t, x, q)
			want, full, _ := strings.Cut(tt.want, "|")
			hits := strings.Fields(want)
			equal(t, "hits", ranked(found), strings.Join(hits, " "))
			equal(t, "Total, Full", fmt.Sprint(found.Total, found.Full), fmt.Sprint(len(hits), full))
			equal(t, "facets", shown(found.Facets), tt.facets)
		})
	}
	page := find(t, x, search.Query{Match: compiled("red green"), Parts: search.WithParts, From: 1, Size: 2})
	equal(t, "hits of a page", ranked(page), "a c")
	equal(t, "Total, Full of a page", []int{page.Total, page.Full}, []int{4, 2})
}

func shown(f search.Facets) string {
	list := func(facets []search.Facet) string {
		values := make([]string, len(facets))
		for i, f := range facets {
			values[i] = fmt.Sprint(f.Value, ":", f.Count)
		}
		return strings.Join(values, " ")
	}
	return list(f.Tags) + " / " + list(f.Categories) + " / " + list(f.Years)
}

// testSeveral: several queries are answered in their order, as each would be by itself.
func testSeveral(t *testing.T, open Open) {
	x := open.index(t, posts("red green", "red blue", "gray")...)
	queries := []search.Query{
		{Match: compiled("red"), Size: all, Facets: true}, {Match: compiled("gray"), Size: 1}, {}, {Match: compiled("missing"), Size: all},
	}
	s := snapshot(t, x)
	answers, err := s.Search(t.Context(), queries...)
	if err != nil || len(answers) != len(queries) {
		t.Fatalf("%d answers, %v", len(answers), err)
	}
	for i, q := range queries {
		equal(t, fmt.Sprint("answer ", i), answers[i], find(t, x, q))
	}
	if none, err := s.Search(t.Context()); err != nil || len(none) > 0 {
		t.Errorf("no query is answered by %v, %v", none, err)
	}
}
