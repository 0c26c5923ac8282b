package match_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "chaja/search/match"
)

func TestNamed(t *testing.T) {
	q := compiled("ㅋㅍㅋ ㅅㅊ")
	named := q.Named([]string{"카프카 설치", "카프카 설치하기"})
	exact := document{title: "카프카 설치", keys: []Term{{TitleKey, "카프카설치"}}}
	begun := document{title: "카프카 설치하기", keys: []Term{{TitleKey, "카프카설치하기"}}}
	if a, b := score(named, ten, exact), score(named, ten, begun); a <= b {
		t.Errorf("a title that is all of it scores %v, one that begins so %v", a, b)
	}
	for name, want := range map[string]bool{"카프카 설치!": true, "카프카 설치하기": true, "설치": false} {
		if got := named.IsName(name); got != want {
			t.Errorf("IsName(%q) = %t, want %t", name, got, want)
		}
		if q.IsName(name) {
			t.Errorf("the query itself was changed: it has the name %q", name)
		}
	}
}

func TestHasWords(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "go": true, `"old index"`: true, "-go": false, "tag:go": false, "tag:go go": true, `-"a b" -c`: false,
	} {
		if got := compiled(text).HasWords(); got != want {
			t.Errorf("HasWords(%q) = %t, want %t", text, got, want)
		}
	}
}

func TestWhere(t *testing.T) {
	tagged := func(tag, body string) document { return document{body: body, keys: []Term{{TagKeys, tag}}} }
	tests := []struct {
		name   string
		query  *Query
		filter Labels
		doc    document
		want   bool
	}{
		{"tag there", compiled("red"), Labels{Tags: []string{"C++"}}, tagged("c++", "red"), true},
		{"another tag", compiled("red"), Labels{Tags: []string{"C#"}}, tagged("c++", "red"), false},
		{"word missing", compiled("red"), Labels{Tags: []string{"C++"}}, tagged("c++", "blue"), false},
		{"no query", nil, Labels{Tags: []string{"C++"}}, tagged("c++", ""), true},
		{"two tags, one there", nil, Labels{Tags: []string{"c++", "go"}}, tagged("c++", ""), false},
		{"a loose query stays one", compiled("red blue").Loose(), Labels{Tags: []string{"c++"}}, tagged("c++", "red"), true},
		{"a loose query keeps to the filter", compiled("red blue").Loose(), Labels{Tags: []string{"go"}}, tagged("c++", "red"), false},
		{"a tag of the query again", compiled("tag:go red"), Labels{Tags: []string{"Go"}}, tagged("go", "red"), true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := tt.query.Where(tt.filter)
			if got := matches(q, tt.doc.forQuery(q)); got != tt.want {
				t.Errorf("Matches = %t, want %t", got, tt.want)
			}
			if q.IsLoose() != tt.query.IsLoose() {
				t.Errorf("IsLoose = %t, before it was %t", q.IsLoose(), tt.query.IsLoose())
			}
		})
	}
	var none *Query
	if q := none.Where(Labels{}); q != nil {
		t.Errorf("no query with no filter is %+v, want nil", q)
	}
}

// TestWhereLeavesTheQuery narrows one query in many goroutines; the race detector watches.
func TestWhereLeavesTheQuery(t *testing.T) {
	q := compiled("tag:go red")
	before := fmt.Sprintf("%#v", *q)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() { q.Where(Labels{Tags: []string{"Go", fmt.Sprint(i)}, Lang: "ko"}).Loose() })
	}
	wg.Wait()
	if diff := cmp.Diff(before, fmt.Sprintf("%#v", *q)); diff != "" {
		t.Errorf("the query has changed (-before +after):\n%s", diff)
	}
}

func TestLoose(t *testing.T) {
	for text, want := range map[string]bool{"red blue": true, "성능": true, "": false, "tag:go": false, "-red": false, `"red blue"`: false} {
		loose := compiled(text).Loose()
		if got := loose != nil; got != want {
			t.Errorf("%q: there is a loose query: %t, want %t", text, got, want)
		}
		if loose.Loose() != nil {
			t.Errorf("%q: the loose query is loosened again", text)
		}
	}
}

// TestCandidates goes through all documents there can be, as sets of the terms of a query: one that matches has a
// candidate, whatever the frequencies, and one that matches in whole matches loosely too.
func TestCandidates(t *testing.T) {
	for _, text := range []string{
		"red", "red blue", "-red", "red -blue", `"red blue"`, `"red blue" -red`, `-"red blue" green`, "tag:go", "-tag:go", "tag:go -category:x",
		"서울시청", "net/http red", "성능개선 tag:c", "? red", `red "blue blue"`, "-red -blue",
	} {
		t.Run(text, func(t *testing.T) {
			q := compiled(text)
			freq := make([][Fields]int, len(q.Terms))
			for set := range 1 << len(q.Terms) {
				doc := &Doc{Freq: known(freq), Positions: func(t int, f Field) []int { return everywhere[:8*min(1, freq[t][f])] }}
				for i := range q.Terms {
					freq[i][Body] = set >> i & 1
				}
				checkCandidates(t, q, doc)
				if loose := q.Loose(); loose != nil {
					checkCandidates(t, loose, doc)
					if matches(q, doc) && !matches(loose, doc) {
						t.Errorf("document %b matches in whole and not also loosely", set)
					}
				}
			}
		})
	}
}

// checkCandidates: a document that matches has a candidate, for several frequencies of the terms.
func checkCandidates(t *testing.T, q *Query, doc *Doc) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 0))
	doc.Length = [2][Fields]int{{9, 9, 9, 9}, {9, 9, 9, 9}}
	for range 5 {
		scorer := q.Scorer(stats(q, func(Term) int { return r.IntN(10) }))
		candidates, ok := scorer.Candidates(0)
		has := !ok || slices.ContainsFunc(candidates, func(t int) bool { return has(doc, t) })
		if scorer.Match(doc).OK && scorer.Failed(doc) == 0 && !has {
			t.Errorf("%v: a document matches without one of the candidates %v", q.Terms, candidates)
		}
	}
}

// everywhere is so many positions of a term that any phrase holds.
var everywhere = []int{0, 1, 2, 3, 4, 5, 6, 7}

func TestCandidatesAreFew(t *testing.T) {
	q := compiled("common rare -gone tag:go")
	docFreq := func(term Term) int {
		return map[string]int{"common": 90, "rare": 3, "gone": 1, "go": 50}[term.Text]
	}
	got, ok := q.Scorer(stats(q, docFreq)).Candidates(0)
	for _, i := range got {
		if q.Terms[i].Text != "rare" && q.Terms[i].Space < TitleKey {
			t.Errorf("candidate %v, want those of the rarest word", q.Terms[i])
		}
	}
	if !ok || len(got) == 0 {
		t.Errorf("Candidates = %v, %t", got, ok)
	}
}
