package service_test

import (
	"testing"

	"chaja/search"
	"chaja/search/indextest"
)

// TestPastedTitles: a minus in a pasted title excludes nothing, though other posts have a part of its words. One that was typed
// does, on every page and in every order.
func TestPastedTitles(t *testing.T) {
	s := newService(t,
		"date: 2020-01-01\n# red blue -sky- green\npaint", "date: 2022-01-01\n# red blue\ncolours", "date: 2021-01-01\n# blue red gray\ncolours",
	)
	for _, tt := range []struct {
		name    string
		request search.Request
		want    string
		said    bool
	}{
		{"pasted", search.Request{Query: "red blue -sky- green"}, "a b c", true},
		{"on the second page", search.Request{Query: "red blue -sky- green", Page: 2, PerPage: 1}, "b", true},
		{"by date", search.Request{Query: "red blue -sky- green", Sort: search.Newest}, "a", true},
		{"within a filter that leaves it out", search.Request{Query: "red blue -sky- green", After: indextest.Day("2021-01-01")}, "b c", false},
		{"typed", search.Request{Query: "red blue green -sky"}, "b c", false},
		{"posts lack what is excluded", search.Request{Query: "red blue -green"}, "b c", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ask(t, s, tt.request)
			equal(t, "hits", ids(got.Hits), tt.want)
			equal(t, "a notice", got.Warning != "", tt.said)
		})
	}
}
