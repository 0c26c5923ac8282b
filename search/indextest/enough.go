package indextest

import (
	"fmt"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/match"
)

// testEnough: where too few documents match, those that match in part follow; narrowing filters do not make them too few.
func testEnough(t *testing.T, open Open) {
	x := open.index(t, posts(
		"date: 2022-01-01\ntags: go\ncategories: a\nred green", "date: 2023-01-01\ntags: go, db\ncategories: b\nred green",
		"date: 2024-01-01\ncategories: b\nred", "tags: db\ngreen", "gray",
	)...)
	day := Day
	tests := []struct {
		name, want string // those that match in full, a bar, those that match in part
		enough     int
		narrow     search.Query
		labels     match.Labels
		facets     string
	}{
		{"never", "b a", 0, search.Query{}, match.Labels{}, "go:2 db:1 / a:1 b:1 / 2022:1 2023:1"},
		{"there are enough", "b a", 2, search.Query{}, match.Labels{}, "go:2 db:1 / a:1 b:1 / 2022:1 2023:1"},
		{"there are too few", "b a | c d", 3, search.Query{}, match.Labels{}, "db:2 go:2 / b:2 a:1 / 2022:1 2023:1 2024:1"},
		{"enough but for a tag", "b", 2, search.Query{}, match.Labels{Tags: []string{"db"}}, "db:1 go:1 / b:1 / 2023:1"},
		{"too few also without the tag", "b | d", 3, search.Query{}, match.Labels{Tags: []string{"db"}}, "db:2 go:1 / b:1 / 2023:1"},
		{"enough but for a category", "a", 2, search.Query{}, match.Labels{Categories: []string{"a"}}, "go:1 / a:1 b:1 / 2022:1"},
		{"too few also without the category", "b | c", 3, search.Query{}, match.Labels{Categories: []string{"b"}}, "db:1 go:1 / b:2 a:1 / 2023:1 2024:1"},
		{"enough but for dates", "a", 2, search.Query{Before: day("2023-01-01")}, match.Labels{}, "go:1 / a:1 / 2022:1 2023:1"},
		{"too few also without dates", "| c", 3, search.Query{After: day("2023-06-01")}, match.Labels{}, " / b:1 / 2022:1 2023:1 2024:1"},
		{"everything at once", "a", 2, search.Query{Before: day("2023-01-01")}, match.Labels{Tags: []string{"go"}, Categories: []string{"a"}}, "go:1 / a:1 / 2022:1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := tt.narrow
			q.Match, q.Enough, q.Size, q.Facets = compiled("red green").Where(tt.labels), tt.enough, all, true
			found := find(t, x, q)
			full, some, _ := strings.Cut(tt.want, "|")
			hits := strings.Fields(full + some)
			equal(t, "hits", ranked(found), strings.Join(hits, " "))
			equal(t, "Total, Full", []int{found.Total, found.Full}, []int{len(hits), len(strings.Fields(full))})
			equal(t, "facets", shown(found.Facets), tt.facets)
		})
	}
	page := find(t, x, search.Query{Match: compiled("red green"), Enough: 3, From: 1, Size: 2})
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
