package service_test

import (
	"strings"
	"testing"
	"time"

	"chaja/search"
	"chaja/search/indextest"
	"chaja/search/match"
	"chaja/search/service"
)

func pinned(query string, posts ...string) service.Levers {
	return service.Levers{Pins: []service.Pin{{Query: query, Posts: posts}}}
}

// leverPosts are a to e: a to c have both words of "red blue", d one of them, e none.
func leverPosts() []string {
	return []string{
		"date: 2024-01-03\ntags: x\nred blue", "date: 2024-01-02\nred blue", "date: 2024-01-01\ncategories: Old\nred blue", "red\ntags: x", "# green\nlang: en\nyellow",
	}
}

// TestPin: pinned posts stand in front, in their order, on the first page and once; numbers fit what is listed.
func TestPin(t *testing.T) {
	plain := newService(t, leverPosts()...)
	tests := []struct {
		name        string
		levers      service.Levers
		request     search.Request
		want        string
		total, full int
	}{
		{"without", service.Levers{}, search.Request{Query: "red blue"}, "a b c d", 4, 3},
		{"one that words find", pinned("red blue", "c"), search.Request{Query: "red blue"}, "c a b d", 4, 3},
		{"one that has some of the words", pinned("red blue", "d"), search.Request{Query: "red blue"}, "d a b c", 4, 4},
		{"one that words do not find", pinned("red blue", "e"), search.Request{Query: "red blue"}, "e a b c d", 5, 4},
		{"several, in their order, each once", pinned("red blue", "e", "b", "e"), search.Request{Query: "red blue"}, "e b a c d", 5, 4},
		{"case, blanks and signs do not matter", pinned("Red-Blue!", "c"), search.Request{Query: "RED, blue"}, "c a b d", 4, 3},
		{"another query", pinned("red blue", "c"), search.Request{Query: "blue red green"}, "e a b c", 4, 0},
		{"a query that finds nothing", pinned("nowhere", "b"), search.Request{Query: "nowhere"}, "b", 1, 1},
		{"a post that is not there", pinned("red blue", "draft", "c"), search.Request{Query: "red blue"}, "c a b d", 4, 3},
		{"the second page", pinned("red blue", "e"), search.Request{Query: "red blue", PerPage: 2, Page: 2}, "b c", 5, 4},
		{"a filter holds for pins", pinned("red blue", "b"), search.Request{Query: "red blue", Tags: []string{"x"}}, "a d", 2, 1},
		{"a language too", pinned("red blue", "e"), search.Request{Query: "red blue", Lang: "ko"}, "", 0, 0},
		{"dates too", pinned("red blue", "e", "b"), search.Request{Query: "red blue", After: indextest.Day("2024-01-02")}, "b a", 2, 2},
		{"an order by date has no pins", pinned("red blue", "c"), search.Request{Query: "red blue", Sort: search.Newest}, "a b c", 3, 3},
		{"filters alone", pinned("tag:x", "b"), search.Request{Query: "tag:x"}, "b a d", 3, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			result := ask(t, plain.WithLevers(tt.levers), tt.request)
			if got := ids(result.Hits); got != tt.want {
				t.Errorf("hits %q, want %q", got, tt.want)
			}
			if result.Total != tt.total || result.Full != tt.full {
				t.Errorf("%d found, %d in full, want %d and %d", result.Total, result.Full, tt.total, tt.full)
			}
			for i, h := range result.Hits[min(1, len(result.Hits)):] {
				if h.Score > result.Hits[i].Score {
					t.Errorf("hit %d has a higher score than the one before", i+2)
				}
			}
			ranked, err := plain.WithLevers(tt.levers).Rank(t.Context(), tt.request, 10)
			if tt.request.Page == 0 && (err != nil || strings.Join(ranked, " ") != tt.want) {
				t.Errorf("Rank gives %q, %v", ranked, err)
			}
		})
	}
}

// TestPinIsExplained: a pinned hit says so, and which words it has not.
func TestPinIsExplained(t *testing.T) {
	s := newService(t, leverPosts()...).WithLevers(pinned("red", "e"))
	hits := ask(t, s, search.Request{Query: "red", Explain: true}).Hits
	if h := hits[0]; h.ID != "e" || !h.Pinned || !h.Full || len(h.Missing) > 0 || h.Title != "green" || h.ExcerptHTML == "" {
		t.Errorf("the first hit is %+v", h)
	}
	if got := why(hits[0]); got != `pinned for this query in chaja.yaml; "red" is not in the post` {
		t.Errorf("it says %s", got)
	}
	if hits[1].Pinned || strings.Contains(why(hits[1]), "pinned") {
		t.Errorf("the second is pinned: %+v", hits[1])
	}
	if got := why(ask(t, s, search.Request{Query: "red", Explain: true, Locale: "ko"}).Hits[0]); !strings.HasPrefix(got, "chaja.yaml에서 이 검색어에 고정한 글; ") {
		t.Errorf("in Korean it says %s", got)
	}
}

// TestPinOfWhatIsMeant: a query that is mended has the pins of the one that answers.
func TestPinOfWhatIsMeant(t *testing.T) {
	s := newService(t, "kubernetes one", "kubernetes two", "kubernetes three").WithLevers(pinned("kubernetes", "c"))
	result := ask(t, s, search.Request{Query: "kubernetse"})
	if result.Suggestion == nil || !result.Suggestion.Applied || ids(result.Hits) != "c a b" {
		t.Errorf("suggestion %+v, hits %q", result.Suggestion, ids(result.Hits))
	}
}

// TestBoost: posts of a folder or category count more or less, and say so.
func TestBoost(t *testing.T) {
	s := newService(t, leverPosts()...).WithLevers(service.Levers{Boosts: []match.Boost{{Term: match.Term{Space: match.CategoryKey, Text: "old"}, Factor: 1.5}}})
	result := ask(t, s, search.Request{Query: "red blue", Explain: true})
	if got := ids(result.Hits); got != "c a b d" {
		t.Errorf("hits %q", got)
	}
	if got := why(result.Hits[0]); !strings.HasPrefix(got, "category:old counts 1.5 times by chaja.yaml; ") {
		t.Errorf("it says %s", got)
	}
	if strings.Contains(why(result.Hits[1]), "counts") {
		t.Errorf("the second says %s", why(result.Hits[1]))
	}
	if got := ids(ask(t, s, search.Request{Query: "red blue", Sort: search.Oldest}).Hits); got != "c b a" {
		t.Errorf("by date: %q", got)
	}
	if got := ids(ask(t, s, search.Request{Before: indextest.Day("2025-01-01").Add(time.Hour)}).Hits); got != "a b c" {
		t.Errorf("without words: %q", got)
	}
}

func why(h search.Hit) string {
	texts := make([]string, len(h.Why))
	for i, e := range h.Why {
		texts[i] = e.Text
	}
	return strings.Join(texts, "; ")
}

// TestLeversBesideMeaning: what meaning alone finds can be pinned and boosted too.
func TestLeversBesideMeaning(t *testing.T) {
	s, _ := byMeaning(t, "d c e", "red green", "red green blue", "tags: x\ncalm", "categories: old\nsea", "sand")
	question := search.Request{Query: "why is green so red"}
	if got := shown(ask(t, s, question)); got != "a b (d) (c) (e) 2+3" {
		t.Fatalf("without: %s", got)
	}
	if got := shown(ask(t, s.WithLevers(pinned(question.Query, "c")), question)); got != "c a b (d) (e) 3+2" {
		t.Errorf("pinned: %s", got)
	}
	old := service.Levers{Boosts: []match.Boost{{Term: match.Term{Space: match.CategoryKey, Text: "old"}, Factor: .1}}}
	if got := shown(ask(t, s.WithLevers(old), question)); got != "a b (c) (d) (e) 2+3" {
		t.Errorf("lowered: %s", got)
	}
}
