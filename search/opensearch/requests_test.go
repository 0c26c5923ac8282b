package opensearch

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"chaja/search"
	"chaja/search/compile"
	"chaja/search/indextest"
	"chaja/search/match"
	"chaja/search/opensearch/nodetest"
	"chaja/search/query"
	"chaja/search/ranking"
)

func compiled(text string) *match.Query {
	q, _ := compile.Query(query.Parse(text).Tree, indextest.Analyzer(), nil)
	return q
}

// TestCountsBringNoCandidates: a query that only counts what matches exactly asks for no document, and for no score.
func TestCountsBringNoCandidates(t *testing.T) {
	known := &stats{docs: 10}
	for _, text := range []string{"red", "red whale", `"red whale"`, "-red", "tag:go"} {
		q := search.Query{Match: compiled(text)}
		body := newPlan(q, q.Match, known).search()
		if _, scores := body["query"].(object)["bool"].(object)["should"]; body["size"] != 0 || scores || body["script_fields"] != nil {
			t.Errorf("%s: %v", text, body)
		}
		q.Size = 10
		if size := newPlan(q, q.Match, known).search()["size"]; size != candidates && text != "tag:go" && text != "-red" {
			t.Errorf("%s: %v candidates of a page", text, size)
		}
	}
}

// TestLongTitles: what a word in a title scores among the candidates does not sink with the length of the title below what it scores
// in a text.
func TestLongTitles(t *testing.T) {
	q := compiled("red")
	known := &stats{docs: 10, docFreqs: map[match.Term][match.Fields]int{}}
	for _, term := range q.Terms {
		if term.Space.IsText() {
			known.docFreqs[term] = [match.Fields]int{match.Title: 2, match.Body: 5}
		}
	}
	s := newPlan(search.Query{Match: q, Size: 10}, q, known).scorer()
	weight := 2.0
	for n, term := range q.Terms {
		if term.Space.IsText() {
			got, err := json.Marshal(s.term(n, weight).query)
			least, err2 := json.Marshal(constant(clause{termQuery(term, match.Title), 1}, weight*ranking.Body).query)
			check(t, errors.Join(err, err2))
			if !strings.Contains(string(got), string(least)) || s.term(n, weight).cost > termCost {
				t.Errorf("%s: %d clauses, %s lacks %s", term.Text, s.term(n, weight).cost, got, least)
			}
		}
	}
}

// TestMayGuess: a query that counts needs numbers of documents only where a term may be cut off.
func TestMayGuess(t *testing.T) {
	few, many := compiled("red whale"), compiled("a1 b2 c3 d4 e5 f6 g7 h8 i9 j10")
	common := map[match.Term][match.Fields]int{}
	for _, term := range many.Terms {
		common[term] = [match.Fields]int{1, 0, 0, 5}
	}
	for _, tt := range []struct {
		name  string
		known *stats
		query *match.Query
		want  bool
	}{
		{"nothing is known", nil, many, false},
		{"a site so small that nothing is cut off", &stats{docs: ranking.ManyDocs / 10}, few, true},
		{"unknown terms of a large one", &stats{docs: 10 * ranking.ManyDocs}, many, false},
		{"rare terms of a large one", &stats{docs: 10 * ranking.ManyDocs, docFreqs: common}, many, true},
	} {
		s := &snapshot{stats: tt.known}
		if got := s.mayGuess(tt.query); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

// TestStatsAreKeptInPlace: what one request learns costs what it asks for, however much is known.
func TestStatsAreKeptInPlace(t *testing.T) {
	s := &snapshot{stats: &stats{docs: 9, docFreqs: map[match.Term][match.Fields]int{}}}
	term := func(n int) match.Term { return match.Term{Text: fmt.Sprint("t", n)} }
	for n := range maxKnown - 1_000 {
		s.stats.docFreqs[term(n)] = [match.Fields]int{1}
	}
	answer := result{Aggregations: map[string]aggregation{"terms": {Buckets: []byte(`{"0/3":{"doc_count":4}}`)}}}
	took := testing.Benchmark(func(b *testing.B) {
		for n := range b.N {
			view, there, unknown := s.recall([]match.Term{term(5), term(-1 - n%100)})
			if err := s.learn(view, answer, unknown, there); err != nil || len(unknown) > 1 || view.docs != 9 {
				b.Fatalf("%v, unknown %v", err, unknown)
			}
			if view.docFreqs[term(5)] != [match.Fields]int{1} || view.docFreqs[term(-1-n%100)][match.Body] != 4 {
				b.Fatalf("%v", view.docFreqs)
			}
			delete(s.stats.docFreqs, term(-1-n%100))
		}
	})
	if took.AllocedBytesPerOp() > 100_000 {
		t.Errorf("%d bytes for one term", took.AllocedBytesPerOp())
	}
}

// TestRequests: an answer takes a request for numbers of documents, where they are not known, one for candidates and whatever is
// counted beside, and one for documents where they are wanted.
func TestRequests(t *testing.T) {
	nodetest.Wanted(t)
	c := testCluster(t)
	var asked []string
	c.observe = func(what string, _ int, _ time.Duration, _, _ int) { asked = append(asked, what) }
	x, err := Create(t.Context(), c, newName(t, c), indextest.Analyzer(), 1)
	check(t, err)
	check(t, x.Apply(t.Context(), put(map[string]string{"a": "red whale", "b": "red shark", "c": "blue whale"})))
	s, err := x.Snapshot(t.Context())
	check(t, err)
	defer s.Close()
	for _, tt := range []struct {
		text    string
		onlyIDs bool
		want    int
	}{{"red whale", true, 2}, {"red whale", true, 1}, {"red whale", false, 2}, {"blue shark", false, 3}} {
		asked = nil
		counts := []search.Query{{Match: compiled(`"red squid"`)}, {Match: compiled("squid")}}
		found, err := s.Search(t.Context(), append(counts, search.Query{Match: compiled(tt.text), Parts: search.WithParts, Size: 10, OnlyIDs: tt.onlyIDs})...)
		check(t, err)
		if len(asked) != tt.want || found[0].Total+found[1].Total != 0 || len(found[2].Hits) == 0 {
			t.Errorf("%s, IDs only %v: %d requests, want %d; %s", tt.text, tt.onlyIDs, len(asked), tt.want, fmt.Sprint(found))
		}
	}
}

// TestProcessorTime: the cluster tells what it has taken.
func TestProcessorTime(t *testing.T) {
	nodetest.Wanted(t)
	if took, err := testCluster(t).ProcessorTime(t.Context()); err != nil || took < 100*time.Millisecond || took > 24*time.Hour {
		t.Errorf("%v, %v", took, err)
	}
}
