package service_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/indextest"
	"chaja/search/lexicon"
	"chaja/search/service"
)

// near is a snapshot that knows which sections are near, whatever is asked.
type near struct {
	search.Snapshot
	list []search.Near
}

func (n near) Nearest(_ context.Context, model string, v []float32, k int) ([]search.Near, error) {
	if model != "model" || len(v) != 1 {
		return nil, search.ErrNoVectors
	}
	return n.list[:min(k, len(n.list))], nil
}

func (n near) Like(_ context.Context, id, _ string, k int) ([]search.Near, error) {
	return n.list[:min(k, len(n.list))], nil
}

type nearSource struct {
	service.Source
	list []search.Near
}

func (s nearSource) Acquire(ctx context.Context) (search.Snapshot, *lexicon.Lexicon, error) {
	snapshot, words, err := s.Source.Acquire(ctx)
	return near{snapshot, s.list}, words, err
}

// vectors counts what it is asked.
type vectors struct {
	asked *[]string
	err   error
}

func (vectors) Fingerprint() string { return "model" }

func (v vectors) Vector(_ context.Context, text string) ([]float32, error) {
	*v.asked = append(*v.asked, text)
	if v.err != nil {
		return nil, v.err
	}
	return []float32{1}, nil
}

// byMeaning is a service over posts, in which the posts named are near to any query, in this order.
func byMeaning(t *testing.T, order string, sources ...string) (s *service.Service, asked *[]string) {
	t.Helper()
	var list []search.Near
	for id := range strings.FieldsSeq(order) {
		hash := indextest.Post(id, sources[min(int(id[0]-'a'), len(sources)-1)]).Hash
		list = append(list, search.Near{ID: id, Hash: hash, Standard: 5 - float64(len(list))})
	}
	asked = new([]string)
	return service.New(nearSource{newSource(t, sources...), list}, indextest.Analyzer()).WithVectors(vectors{asked: asked}), asked
}

// shown is a result as a list of IDs, those by meaning alone in parentheses, then total and by_meaning.
func shown(r search.Result) string {
	var list []string
	for _, h := range r.Hits {
		id := h.ID
		if h.ByMeaning {
			id = "(" + id + ")"
		}
		list = append(list, id)
	}
	return fmt.Sprintf("%s %d+%d", strings.Join(list, " "), r.Total, r.ByMeaning)
}

func TestByMeaning(t *testing.T) {
	s, _ := byMeaning(t, "d c b e",
		"red green", "red green and blue\n\n## What is red now", "tags: x\ncalm", "# What is the blue sky\nlang: en\n\nsea", "the old hash")
	tests := []struct {
		name    string
		request search.Request
		want    string
	}{
		{"a question", search.Request{Query: "why is green so red"}, "b a (d) (c) (e) 2+3"},
		{"nothing by words", search.Request{Query: "how to find nothing gone"}, "(d) (c) (b) (e) 4+0"},
		{"not at all", search.Request{Query: "why is green so red", Way: search.WordsAlone}, "b a 2+0"},
		{"half typed", search.Request{Query: "why is green so red", Prefix: true}, "b a 2+0"},
		{"typed to the end", search.Request{Query: "why is green so red ", Prefix: true}, "b a (d) (c) (e) 2+3"},
		{"by date", search.Request{Query: "why is green so red", Sort: search.Newest}, "a b 2+0"},
		{"one word", search.Request{Query: "green"}, "a b 2+0"},
		{"a phrase", search.Request{Query: `why "red green"`}, "b a 2+0"},
		{"a minus", search.Request{Query: "why is green red -blue"}, "a 1+0"},
		{"keywords that posts have", search.Request{Query: "green red"}, "b a 2+0"},
		{"keywords that no post has together", search.Request{Query: "green calm"}, "c (d) b a (e) 3+2"},
		{"a title stays in front", search.Request{Query: "What is the blue sky"}, "d (c) b (e) 2+2"},
		{"a heading stays in front", search.Request{Query: "What is red now"}, "b (d) (c) a (e) 2+3"},
		{"a filter holds", search.Request{Query: "why is green so red", Tags: []string{"X"}}, "(c) 1+0"},
		{"a language holds", search.Request{Query: "how to find nothing gone", Lang: "en-US"}, "(d) 1+0"},
		{"a date holds", search.Request{Query: "how to find nothing gone", After: indextest.Day("2020-01-01")}, " 0+0"},
		{"pages", search.Request{Query: "why is green so red", PerPage: 2, Page: 2}, "(d) (c) 2+3"},
		{"the last page", search.Request{Query: "why is green so red", PerPage: 2, Page: 3}, "(e) 2+3"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			equal(t, test.request.Query, shown(ask(t, s, test.request)), test.want)
		})
	}
}

func TestByMeaningIsShown(t *testing.T) {
	s, asked := byMeaning(t, "b", "red", "tags: x\n\ncalm sea and a long swim")
	r := ask(t, s, search.Request{Query: "how to find nothing gone", Explain: true, Locale: "ko"})
	if len(r.Hits) != 1 {
		t.Fatalf("%d hits", len(r.Hits))
	}
	h := r.Hits[0]
	equal(t, "why", h.Why[0].Text, "뜻이 가까운 글")
	equal(t, "excerpt", h.ExcerptHTML, "calm sea and a long swim")
	equal(t, "facets", r.Facets.Tags, []search.Facet{{Value: "x", Count: 1}})
	equal(t, "asked", *asked, []string{"how to find nothing gone"})
	if h.Full || r.Full != 0 {
		t.Error("a post by meaning has all the words")
	}
}

// TestWordsAlone is when there is no vector: the answer is that of words, in all its parts.
func TestWordsAlone(t *testing.T) {
	posts := []string{"red green", "red green and blue", "calm"}
	plain := newService(t, posts...)
	for name, s := range map[string]*service.Service{
		"late":          service.New(nearSource{newSource(t, posts...), []search.Near{{ID: "c"}}}, indextest.Analyzer()).WithVectors(vectors{new([]string), errors.New("late")}),
		"changed posts": service.New(nearSource{newSource(t, posts...), []search.Near{{ID: "c", Hash: "old"}, {ID: "gone"}}}, indextest.Analyzer()).WithVectors(vectors{new([]string), nil}),
	} {
		for _, query := range []string{"why is green so red", "calm red", "how to find nothing gone"} {
			got, want := ask(t, s, search.Request{Query: query}), ask(t, plain, search.Request{Query: query})
			if (name == "late") != got.WithoutMeaning && query != "calm red" { // words find all of that
				t.Errorf("%s: %s: without meaning: %v", name, query, got.WithoutMeaning)
			}
			for _, r := range []*search.Result{&got, &want} {
				r.TookMS, r.WithoutMeaning = 0, false
				for i := range r.Hits {
					r.Hits[i].Score = 0
				}
			}
			equal(t, name+": "+query, got, want)
		}
	}
}

// TestByMeaningFarPages is about pages beyond what is merged: every post that words find is on one of them, once.
func TestByMeaningFarPages(t *testing.T) {
	var posts []string
	for range 230 {
		posts = append(posts, "red green")
	}
	posts[5] = "calm"
	s := service.New(nearSource{newSource(t, posts...), []search.Near{{ID: "f", Hash: "calm"}, {ID: "b"}}}, indextest.Analyzer()).WithVectors(vectors{new([]string), nil})
	seen := map[string]int{}
	for page := 1; page <= 24; page++ {
		r := ask(t, s, search.Request{Query: "why is green so red", Page: page})
		if r.Total != 229 || r.ByMeaning != 1 {
			t.Errorf("page %d: %d+%d", page, r.Total, r.ByMeaning)
		}
		for _, h := range r.Hits {
			seen[h.ID]++
		}
	}
	if len(seen) != 230 {
		t.Errorf("%d posts are shown of 230", len(seen))
	}
	for id, n := range seen {
		if n > 1 {
			t.Errorf("%s is shown %d times", id, n)
		}
	}
}

func TestRelatedByMeaning(t *testing.T) {
	s, _ := byMeaning(t, "a c", "tags: x\nred", "tags: x\ngreen", "blue")
	hits, err := s.Related(t.Context(), "a", 5)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, h := range hits {
		list = append(list, h.ID+h.URL)
	}
	slices.Sort(list)
	equal(t, "related", strings.Join(list, " "), "b/b/ c/c/")
}
