package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/indextest/fakekorean"
	"chaja/search/service"
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

// TestLongPostLacksNothingItHas: a post that is too long to look through lacks only what the index does not have of it.
func TestLongPostLacksNothingItHas(t *testing.T) {
	filler := strings.Repeat("neon light. ", 3000)
	s := newService(t, "# long\nneedle here.\n"+filler+"\nneon thread\n"+filler, "other")
	for _, explain := range []bool{false, true} {
		hit := ask(t, s, search.Request{Query: "needle thread absent", Explain: explain}).Hits[0]
		if got := strings.Join(hit.Missing, " "); got != "absent" {
			t.Errorf("explained %t: missing %q, want absent", explain, got)
		}
	}
}

// TestManyHeadings: headings count to what is looked through, and the best of them is found among many.
func TestManyHeadings(t *testing.T) {
	var post strings.Builder
	post.WriteString("# many\n")
	for i := range 3000 {
		fmt.Fprintf(&post, "## neon light %d\ntext\n", i)
	}
	post.WriteString("## needle\ntext\n")
	post.WriteString(strings.Repeat("## 네온 등불\n글\n", 20_000))
	snapshot, lexicon, err := newSource(t, post.String()).Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	korean := &countingKorean{}
	s := service.New(&counted{Snapshot: snapshot, lexicon: lexicon}, analysis.New(korean))
	if hit := firstHit(t, s, "needle"); hit.Sections[0].Heading != "needle" {
		t.Errorf("the first section is %q", hit.Sections[0].Heading)
	}
	korean.bytes = 0
	firstHit(t, s, "네온")
	if limit := 64 << 10; korean.bytes == 0 || korean.bytes > limit {
		t.Errorf("%d bytes are analyzed for one hit, want %d at most", korean.bytes, limit)
	}
}

// countingKorean counts the bytes that are analyzed.
type countingKorean struct {
	fakekorean.Analyzer
	bytes int
}

func (c *countingKorean) Morphemes(dst []analysis.Morph, text string) []analysis.Morph {
	c.bytes += len(text)
	return c.Analyzer.Morphemes(dst, text)
}
