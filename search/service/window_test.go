package service_test

import (
	"slices"
	"strings"
	"testing"

	"chaja/search"
)

// TestExplainLongPost: what stands far down in a long post, behind many words that look alike, is explained and marked.
func TestExplainLongPost(t *testing.T) {
	s := newService(t, "# long\n"+strings.Repeat("neon light. ", 3000)+"needle")
	r := ask(t, s, search.Request{Query: "needle", Explain: true})
	if len(r.Hits) != 1 || len(r.Hits[0].Why) != 1 {
		t.Fatalf("hits %+v", r.Hits)
	}
	if why := r.Hits[0].Why[0]; why.Lane == "" || !slices.Equal(why.Fields, []string{"body"}) {
		t.Errorf("why %+v, want a lane and the body", why)
	}
	if !strings.Contains(r.Hits[0].ExcerptHTML, "<mark>needle</mark>") {
		t.Errorf("excerpt %q", r.Hits[0].ExcerptHTML)
	}
}
