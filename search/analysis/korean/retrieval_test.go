package korean

import (
	"bufio"
	"cmp"
	"encoding/json"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestRetrieval measures nDCG@10 of the terms alone, by BM25 without an engine, on the three sets made of KorQuAD, and
// holds that average neighbours read better than none. Figures of whole rankings come from `chaja eval`.
func TestRetrieval(t *testing.T) {
	own, edges := open(t, ""), openBare(t)
	edges.bare = false // loanwords, but no neighbours
	docs := beir(t, "eval/korquad-question/corpus.jsonl")
	for _, set := range []string{"korquad-question", "korquad-keyword", "korquad-keyword-hard"} {
		queries := beir(t, "eval/"+set+"/queries.jsonl")
		if !full() {
			queries = every(queries, 10)
		}
		relevant := qrels(t, "eval/"+set+"/qrels/test.tsv")
		got, none := ndcg(own, docs, queries, relevant), ndcg(edges, docs, queries, relevant)
		t.Logf("%s: %.4f, between the edges of a text %.4f", set, got, none)
		if got < none {
			t.Errorf("%s: nDCG %.4f is below %.4f", set, got, none)
		}
	}
}

type text struct{ id, text string }

func beir(t *testing.T, name string) []text {
	t.Helper()
	f, err := os.Open(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []text
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var doc struct {
			ID          string `json:"_id"`
			Title, Text string
		}
		if err := json.Unmarshal(lines.Bytes(), &doc); err != nil {
			t.Fatal(err)
		}
		out = append(out, text{doc.ID, doc.Title + "\n" + doc.Text})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func qrels(t *testing.T, name string) map[string]map[string]bool {
	t.Helper()
	b, err := os.ReadFile(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]bool{}
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) != 3 || f[2] != "1" {
			continue
		}
		if out[f[0]] == nil {
			out[f[0]] = map[string]bool{}
		}
		out[f[0]][f[1]] = true
	}
	return out
}

var scriptRun = regexp.MustCompile(`[가-힣]+|\p{Nd}+|[^\P{L}가-힣]+`)

// termsOf returns the terms of Hangul runs, and the runs of other scripts as they are.
func termsOf(a *Analyzer, text string) []string {
	var out []string
	for _, run := range scriptRun.FindAllString(text, -1) {
		if !hangulRun.MatchString(run) {
			out = append(out, strings.ToLower(run))
			continue
		}
		for _, m := range a.Morphemes(nil, run) {
			out = append(out, m.Term)
		}
	}
	return out
}

// ndcg ranks docs for each query by BM25 (k1 1.2, b 0.75) and returns the mean nDCG@10.
func ndcg(a *Analyzer, docs, queries []text, relevant map[string]map[string]bool) float64 {
	postings, length, total := map[string]map[int]float64{}, make([]float64, len(docs)), 0.0
	for i, d := range docs {
		for _, term := range termsOf(a, d.text) {
			if postings[term] == nil {
				postings[term] = map[int]float64{}
			}
			postings[term][i]++
			length[i]++
			total++
		}
	}
	n, sum := float64(len(docs)), 0.0
	for _, q := range queries {
		terms := termsOf(a, q.text)
		slices.Sort(terms)
		scores := make([]float64, len(docs))
		for _, term := range slices.Compact(terms) {
			in := float64(len(postings[term]))
			idf := math.Log(1 + (n-in+0.5)/(in+0.5))
			for i, tf := range postings[term] {
				scores[i] += idf * tf * 2.2 / (tf + 1.2*(0.25+0.75*length[i]*n/total))
			}
		}
		sum += gain(scores, docs, relevant[q.id])
	}
	return sum / float64(len(queries))
}

func gain(scores []float64, docs []text, relevant map[string]bool) float64 {
	order := make([]int, len(docs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(scores[j], scores[i]) })
	got, best := 0.0, 0.0
	for rank := range 10 {
		weight := 1 / math.Log2(float64(rank)+2)
		if i := order[rank]; scores[i] > 0 && relevant[docs[i].id] {
			got += weight
		}
		if rank < len(relevant) {
			best += weight
		}
	}
	return got / best
}
