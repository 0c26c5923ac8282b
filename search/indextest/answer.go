package indextest

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"

	"chaja/search"
	"chaja/search/match"
)

// testRank: what comes first. In each row the documents are given best first.
func testRank(t *testing.T, open Open) {
	tests := []struct {
		name, query string
		posts       []string
	}{
		{"title, heading, body", "alpha", []string{"# alpha", "## alpha", "alpha", "# other\nbeta"}},
		{"a heading where most posts have none", "alpha", append([]string{"## alpha\nbeta", "alpha beta"}, slices.Repeat([]string{"gamma delta"}, 18)...)},
		{"more often", "alpha", []string{"alpha alpha beta beta", "alpha beta beta beta"}},
		{"shorter", "alpha", []string{"alpha beta", "alpha beta gamma delta epsilon zeta"}},
		{"the rarer word counts more", "rare common", []string{"rare rare common x", "rare common common x", "common y", "common z"}},
		{"side by side, near, far", "alpha beta", []string{"m n o p q r s t alpha beta", "m n o p q r s alpha t beta", "alpha m n o p q r s t beta"}},
		{"a word as it stands before one found by its bigrams", "플로우", []string{"플로우를 쓰다", "에어플로우를 쓰다"}},
		{"equal documents by ID", "alpha", []string{"alpha", "alpha", "alpha"}},
		{"nothing to rank by", "tag:go", []string{"tags: go\nx", "tags: go", "tags: go\nx y z"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x := open.index(t, posts(tt.posts...)...)
			found := find(t, x, search.Query{Match: compiled(tt.query), Size: all})
			want := strings.TrimSpace("a b c d e f"[:2*found.Total])
			equal(t, "ranking", ranked(found), want)
			last := math.Inf(1)
			for _, hit := range found.Hits {
				if math.IsNaN(hit.Score) || hit.Score < 0 || hit.Score > last {
					t.Errorf("score of %s is %v after %v", hit.Document.ID, hit.Score, last)
				}
				last = hit.Score
			}
		})
	}
	t.Run("scores follow the documents that are there", func(t *testing.T) {
		docs := posts("alpha beta", "alpha gamma gamma gamma", "# alpha beta\nbeta")
		fresh := open.index(t, docs...)
		worn := open.index(t, posts("beta beta beta", "alpha", "beta", "# gamma gamma", "alpha alpha")...)
		apply(t, worn, search.Batch{Put: docs[:2], Delete: []string{"d", "a"}})
		apply(t, worn, search.Batch{Put: docs, Delete: []string{"e", "b"}})
		q := search.Query{Match: compiled("alpha beta"), Size: all}
		equal(t, "hits", find(t, worn, q).Hits, find(t, fresh, q).Hits, cmpopts.EquateApprox(1e-9, 0))
	})
	t.Run("date bounds leave the score", func(t *testing.T) {
		x := open.index(t, posts("date: 2024-01-01\nalpha", "date: 2024-01-02\nalpha alpha", "date: 2024-01-03\nalpha x y z")...)
		q := search.Query{Match: compiled("alpha"), Size: all}
		want := find(t, x, q)
		q.After, q.Before = Day("2000-01-01"), Day("2030-01-01")
		equal(t, "hits", find(t, x, q).Hits, want.Hits, cmpopts.EquateApprox(1e-9, 0))
	})
}

// testOrder: orders by date; ties by date, then by ID, documents without a date last.
func testOrder(t *testing.T, open Open) {
	x := open.index(t, posts(
		"x", "date: 2024-05-01\nx", "date: 1950-01-01\nx x x", "x x", "date: 2024-05-01\nx", "date: 1999-12-31\ny", "date: 2024-05-02\nx",
	)...)
	tests := []struct {
		name, query, want string
		sort              search.Sort
	}{
		{"newest", "x", "g b e c a d", search.Newest},
		{"oldest", "x", "c b e g a d", search.Oldest},
		{"newest of all", "", "g b e f c a d", search.Newest},
		{"oldest of all", "", "c f b e g a d", search.Oldest},
		{"newest without a word", "-y", "g b e c a d", search.Newest},
		{"all by relevance, the newer first", "", "g b e f c a d", search.ByRelevance},
		{"no order given", "", "g b e f c a d", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			equal(t, "order", ranked(find(t, x, search.Query{Match: compiled(tt.query), Sort: tt.sort, Size: all})), tt.want)
		})
	}
}

// testPage: windows of the ranking; the total and the facets are those of the whole answer.
func testPage(t *testing.T, open Open) {
	sources := make([]string, 26)
	for i := range sources {
		sources[i] = "tags: go\nalpha"
	}
	x := open.index(t, posts(sources...)...)
	tests := []struct {
		name       string
		from, size int
		want       string
	}{
		{"first", 0, 3, "a b c"},
		{"second", 3, 3, "d e f"},
		{"last, not full", 24, 3, "y z"},
		{"just behind the end", 26, 3, ""},
		{"far behind the end", 100_000, 10, ""},
		{"counts only", 0, 0, ""},
		{"counts only, somewhere", 5, 0, ""},
		{"larger than all", 20, 1000, "u v w x y z"},
	}
	for _, tt := range tests {
		for query, order := range map[string]search.Sort{"alpha": search.ByRelevance, "": search.Newest, "tag:go": search.Oldest} {
			t.Run(cmp.Or(query, "all")+", "+tt.name, func(t *testing.T) {
				found := find(t, x, search.Query{Match: compiled(query), Sort: order, From: tt.from, Size: tt.size, Facets: true})
				equal(t, "hits", ranked(found), tt.want)
				equal(t, "Total", found.Total, 26)
				equal(t, "tags", found.Facets.Tags, []search.Facet{{Value: "go", Count: 26}})
			})
		}
	}
}

// testFacets: how often the documents found carry each value.
func testFacets(t *testing.T, open Open) {
	x := open.index(t, posts(
		"tags: Spring Boot, Go\ncategories: Notes\ndate: 2024-01-01\nx",
		"tags: spring-boot, go\ncategories: notes\ndate: 2023-12-31\nx",
		"tags: spring-boot, C++\ncategories: notes\ndate: 2024-06-01\nx",
		"tags: springboot, C#, springBoot\nx", // two spellings of one tag count once
		"tags: Spring Boot, Spring-Boot\ncategories: Talks\ndate: 2022-01-01\ny",
		"z",
	)...)
	late := Post("g", "last of the old year, first of the new")
	late.Date = Day("2021-12-31").Add(20 * time.Hour) // which is a new year in Korea
	apply(t, x, search.Batch{Put: []search.Document{late}})
	facet := func(value string, count int) search.Facet { return search.Facet{Value: value, Count: count} }
	tests := []struct {
		name  string
		match *match.Query
		want  search.Facets
	}{
		{"of all", nil, search.Facets{
			Tags:       []search.Facet{facet("Spring Boot", 5), facet("Go", 2), facet("C#", 1), facet("C++", 1)},
			Categories: []search.Facet{facet("notes", 3), facet("Talks", 1)},
			Years:      []search.Facet{facet("2022", 2), facet("2024", 2), facet("2023", 1)},
		}},
		{"of some", compiled("x -tag:go"), search.Facets{
			Tags:       []search.Facet{facet("Spring Boot", 2), facet("C#", 1), facet("C++", 1)},
			Categories: []search.Facet{facet("notes", 1)},
			Years:      []search.Facet{facet("2024", 1)},
		}},
		{"of a document without values", compiled("z"), search.Facets{}},
		{"of nothing", compiled("missing"), search.Facets{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := search.Query{Match: tt.match, Facets: true}
			equal(t, "facets", find(t, x, q).Facets, tt.want, cmpopts.EquateEmpty())
			q.Facets = false
			equal(t, "facets not asked for", find(t, x, q).Facets, search.Facets{}, cmpopts.EquateEmpty())
		})
	}
	t.Run("the spelling follows the index", func(t *testing.T) {
		apply(t, x, search.Batch{Delete: []string{"a", "e"}})
		tags := find(t, x, search.Query{Facets: true}).Facets.Tags
		equal(t, "tags", tags, []search.Facet{facet("spring-boot", 3), facet("C#", 1), facet("C++", 1), facet("go", 1)})
	})
}
