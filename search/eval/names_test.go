package eval_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"chaja/search"
	"chaja/search/chars"
	"chaja/search/service"
)

// TestNames: over the sample site, a title finds its post first, a heading of three or more words its post and section
// first, a tag the posts that carry it, and every beginning of a title is completed.
func TestNames(t *testing.T) {
	service := openSite(t, newAnalyzer(t), sampleSite)
	everything := ask(t, service, search.Request{PerPage: search.MaxPerPage})
	if len(everything.Hits) != everything.Total {
		t.Fatalf("%d of %d posts", len(everything.Hits), everything.Total)
	}
	tagged := map[string][]string{} // by key
	for _, h := range everything.Hits {
		if got := ask(t, service, search.Request{Query: h.Title}); got.Hits[0].ID != h.ID || got.Suggestion != nil {
			t.Errorf("the title of %s finds %s, suggestion %v", h.ID, got.Hits[0].ID, got.Suggestion)
		}
		for _, tag := range h.Tags {
			tagged[chars.TagKey(tag)] = append(tagged[chars.TagKey(tag)], h.ID)
		}
		for i, r := range h.Title {
			typed := h.Title[:i+utf8.RuneLen(r)]
			got, err := service.Suggest(t.Context(), typed, search.DefaultSuggestions)
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Suggestions) == 0 {
				t.Errorf("%q is not completed", typed)
			}
		}
	}
	for tag, want := range tagged {
		var got []string
		for _, h := range ask(t, service, search.Request{Query: `tag:"` + tag + `"`, PerPage: search.MaxPerPage}).Hits {
			got = append(got, h.ID)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("tag:%s finds %q, want %q", tag, got, want)
		}
	}
	for heading, post := range headings(t, everything.Hits) {
		got := ask(t, service, search.Request{Query: heading}).Hits[0]
		if got.ID != post || len(got.Sections) == 0 || got.Sections[0].Heading != heading {
			t.Errorf("the heading %q of %s finds %s, sections %+v", heading, post, got.ID, got.Sections)
		}
	}
}

// headings returns the headings of three or more words that only one post has, once, with the post.
func headings(t *testing.T, posts []search.Hit) map[string]string {
	t.Helper()
	owner, more := map[string]string{}, map[string]bool{}
	for _, h := range posts {
		for _, s := range parsed(t, h.ID).Sections {
			more[s.Heading] = more[s.Heading] || owner[s.Heading] != "" || len(strings.Fields(s.Heading)) < 3
			owner[s.Heading] = h.ID
		}
	}
	for heading := range more {
		if more[heading] {
			delete(owner, heading)
		}
	}
	return owner
}

func ask(t *testing.T, service *service.Service, r search.Request) search.Result {
	t.Helper()
	result, err := service.Search(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return result
}
