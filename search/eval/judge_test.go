package eval

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
)

// fakeService answers with the posts it holds for a query, each written as its ID and headings.
type fakeService map[string][][]string

func (s fakeService) Search(_ context.Context, r search.Request) (search.Result, error) {
	posts, ok := s[r.Query]
	if !ok {
		return search.Result{}, errors.New("out of order")
	}
	var result search.Result
	for _, post := range posts {
		hit := search.Hit{ID: post[0]}
		for _, heading := range post[1:] {
			hit.Sections = append(hit.Sections, search.HitSection{Heading: heading})
		}
		result.Hits = append(result.Hits, hit)
	}
	return result, nil
}

var service = fakeService{
	"best":             {{"a", "One", "Two"}, {"b"}},
	"whole post":       {{"a", "One"}},
	"second section":   {{"b"}, {"a", "One", "Two"}},
	"section unseen":   {{"a"}},
	"late":             {{"1"}, {"2"}, {"3"}, {"4"}, {"5", "Five"}, {"a", "One"}},
	"too late":         {{"1"}, {"2"}, {"3"}, {"4"}, {"5"}, {"6"}, {"7"}, {"8"}, {"9"}, {"10"}, {"a"}},
	"nothing found":    {},
	"section in other": {{"b", "One"}},
}

func TestJudge(t *testing.T) {
	cases := []Case{
		{Query: "best", Post: "a", Section: "One"},
		{Query: "whole post", Post: "a"},
		{Query: "second section", Post: "a", Section: "Two"},
		{Query: "section unseen", Post: "a", Section: "One"},
		{Query: "late", Post: "a", Section: "One"},
		{Query: "too late", Post: "a"},
		{Query: "nothing found", Post: "a"},
		{Query: "section in other", Post: "a", Section: "One"},
	}
	report, err := Judge(t.Context(), service, cases)
	if err != nil {
		t.Fatal(err)
	}
	// recall@1 3/8, recall@5 4/8, mrr (1 + 1 + 1/2 + 1 + 1/6)/8, section@1 2/5.
	want := strings.TrimPrefix(`
rank section query
   1       1 best
   1       - whole post
   2       2 second section
               b
   1       0 section unseen
               a
   6       1 late
               1
   0       - too late
               1
   0       - nothing found
   0       0 section in other
               b # One

cases 8, recall@1 0.375, recall@5 0.500, mrr 0.458, section@1 0.400
`, "\n")
	if diff := cmp.Diff(want, report.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestJudgeNamesTheCaseThatFailed(t *testing.T) {
	cases := []Case{{Query: "best", Post: "a", Path: "x.txt", Line: 1}, {Query: "broken", Post: "a", Path: "x.txt", Line: 4}}
	_, err := Judge(t.Context(), service, cases)
	const want = `x.txt:4: search for "broken": out of order`
	if err == nil || err.Error() != want {
		t.Errorf("got error %v, want %s", err, want)
	}
}
