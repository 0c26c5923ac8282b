package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// collection is a tiny BEIR folder: four documents, three judged queries and one that nobody judged.
func collection(t *testing.T) string {
	t.Helper()
	return newSite(t, map[string]string{
		"corpus.jsonl": `{"_id":"d1","title":"lighthouse","text":"the keeper lights the lamp at dusk"}
{"_id":"d2","title":"","text":"두부는 콩을 갈아 만든다"}
{"_id":"d3","title":"bakery","text":"sourdough needs a lamp of its own in winter"}
{"_id":"d4","title":"empty","text":""}
`,
		"queries.jsonl":  `{"_id":"q1","text":"keeper"}` + "\n" + `{"_id":"q2","text":"콩"}` + "\n" + `{"_id":"q3","text":"volcano"}` + "\n" + `{"_id":"q4","text":"lamp"}` + "\n",
		"qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\nq3\td3\t1\n",
	})
}

func TestEval(t *testing.T) {
	dir, runFile, temporary := collection(t), filepath.Join(t.TempDir(), "run.txt"), t.TempDir()
	t.Setenv("TMPDIR", temporary)
	got := decoded[map[string]float64](t, "eval", "--json", "--run", runFile, dir)
	want := map[string]float64{
		"documents": 4, "queries": 3, "ndcg@10": 2. / 3, "mrr@10": 2. / 3, "recall@1": 2. / 3, "recall@10": 2. / 3, "recall@100": 2. / 3,
	}
	for key, value := range want {
		if d := got[key] - value; d < -1e-9 || d > 1e-9 {
			t.Errorf("%s = %v, want %v", key, got[key], value)
		}
	}
	for _, key := range []string{"text_mb", "index_s", "index_mb_per_s", "index_mb", "query_us_p50", "query_us_p99"} {
		if got[key] <= 0 {
			t.Errorf("%s = %v", key, got[key])
		}
	}
	if got["query_us_p50"] > got["query_us_p99"] {
		t.Errorf("p50 %v above p99 %v", got["query_us_p50"], got["query_us_p99"])
	}
	ranking, err := os.ReadFile(runFile)
	if err != nil {
		t.Fatal(err)
	}
	if want := "q1\tQ0\td1\t1\t1\tchaja\nq2\tQ0\td2\t1\t1\tchaja\n"; string(ranking) != want {
		t.Errorf("run file %q, want %q", ranking, want)
	}
	text := fine(t, "eval", dir)
	if !strings.Contains(text, "3 queries: nDCG@10 0.6667") {
		t.Errorf("text report:\n%s", text)
	}
	if left := tree(t, temporary); len(left) > 0 {
		t.Errorf("eval leaves %d files behind", len(left))
	}
}

// TestEvalRunOfBlanks: IDs with blanks are judged, and stand in the run file so that they can be told from the other columns.
func TestEvalRunOfBlanks(t *testing.T) {
	dir, runFile := newSite(t, map[string]string{
		"corpus.jsonl":   `{"_id":"작은 빵집","title":"bakery","text":"sourdough rises over night"}`,
		"queries.jsonl":  `{"_id":"first query","text":"sourdough"}`,
		"qrels/test.tsv": "query-id\tcorpus-id\tscore\nfirst query\t작은 빵집\t1\n",
	}), filepath.Join(t.TempDir(), "run.txt")
	if got := decoded[map[string]float64](t, "eval", "--json", "--run", runFile, dir); got["ndcg@10"] != 1 {
		t.Errorf("nDCG@10 %v, want 1", got["ndcg@10"])
	}
	run, err := os.ReadFile(runFile)
	if want := "first query\tQ0\t작은 빵집\t1\t1\tchaja\n"; err != nil || string(run) != want {
		t.Errorf("run file %q, want %q (%v)", run, want, err)
	}
}

func TestEvalBadInput(t *testing.T) {
	tests := []struct {
		name, file, content, want string
	}{
		{"judgments missing", "qrels/test.tsv", "", "name a folder that holds corpus.jsonl"},
		{"queries missing", "queries.jsonl", "", "name a folder that holds corpus.jsonl"},
		{"corpus missing", "corpus.jsonl", "", "name a folder that holds corpus.jsonl"},
		{"judgments with two columns", "qrels/test.tsv", "q1\td1\n", "test.tsv:1: want query, document and grade"},
		{"queries not JSON", "queries.jsonl", "{\"_id\":\"q1\",\"text\":\"keeper\"}\nkeeper\n", "queries.jsonl:2: "},
		{"an ID no judgment can name", "corpus.jsonl", "{\"_id\":\"a\\tb\",\"text\":\"keeper\"}\n", `corpus.jsonl:1: _id "a\tb" has a tab`},
		{"corpus cut short", "corpus.jsonl", "{\"_id\":\"d1\",\"te", "corpus.jsonl:1: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := collection(t)
			path := filepath.Join(dir, test.file)
			if test.content == "" {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			} else {
				write(t, path, test.content)
			}
			chaja(t, "eval", dir).failed(t, exitFailed, test.want)
		})
	}
	t.Run("no such folder", func(t *testing.T) {
		chaja(t, "eval", filepath.Join(t.TempDir(), "nowhere")).failed(t, exitFailed, "nowhere")
	})
	t.Run("no folder for the run, known before the corpus is read", func(t *testing.T) {
		dir := collection(t)
		must(t, os.Remove(filepath.Join(dir, "corpus.jsonl")))
		chaja(t, "eval", "--run", filepath.Join(t.TempDir(), "nowhere", "run.txt"), dir).failed(t, exitFailed, "write run: ")
	})
}

// TestEvalBeside: a peer is asked for the same folder, and its figures stand beside chaja's.
func TestEvalBeside(t *testing.T) {
	dir := collection(t)
	peer := filepath.Join(t.TempDir(), "slow", "run")
	script := "#!/bin/sh\necho \"asked for $1\" >&2\necho '{\"ndcg@10\": 0.125, \"query_us_p50\": 77}'\n"
	if err := errors.Join(os.MkdirAll(filepath.Dir(peer), 0o755), os.WriteFile(peer, []byte(script), 0o755)); err != nil {
		t.Fatal(err)
	}
	got := chaja(t, "eval", "--beside", peer, dir)
	for _, want := range []string{"chaja    slow", "nDCG@10  0.6667  0.1250", "77"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("want %q in\n%s", want, got.out)
		}
	}
	if got.code != exitFine || !strings.Contains(got.err, "asked for "+dir) {
		t.Errorf("exit %d, stderr %q", got.code, got.err)
	}
	chaja(t, "eval", "--beside", "/nowhere/run", dir).failed(t, exitFailed, "run /nowhere/run: ")
}
