package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search/httpapi/querylog"
)

const keptQueries = `{"queries": [
 {"query": "카프카", "asked": 7, "found": 2, "last": "2024-05-04"},
 {"query": "quetzalcoatl", "asked": 3, "found": 0, "last": "2024-05-03"}
]}`

// keptIn returns what is kept of a site: asks, query and posts found, a line each.
func keptIn(t *testing.T, site string) string {
	t.Helper()
	var b strings.Builder
	for _, q := range decoded[struct{ Queries []querylog.Query }](t, "queries", "--site", site, "--json").Queries {
		fmt.Fprintln(&b, q.Asked, q.Query, q.Found)
	}
	return b.String()
}

// TestQueryAdvice: each query that found nothing comes with what could be done about it.
func TestQueryAdvice(t *testing.T) {
	site := indexedSite(t)
	advice := func(query string) string {
		t.Helper()
		text, err := json.Marshal(map[string][]querylog.Query{"queries": {{Query: query, Asked: 1, Last: "2024-05-04"}}})
		must(t, err)
		write(t, filepath.Join(site, ".chaja-state", "queries.json"), string(text))
		_, lines, _ := strings.Cut(fine(t, "queries", "--site", site, "--nothing"), query+"\n")
		return strings.ReplaceAll(strings.TrimSpace(lines), "       ", "")
	}
	for query, want := range map[string]string{
		"카프카":                   "it is found now: 3 posts",
		"쿠버네티즈":                 `쿠버네티스 is found in its place: 2 posts; if both are one word, put "쿠버네티즈 = 쿠버네티스" into chaja-pairs.txt`,
		"zkvmzk":                "카프카 is found in its place: 3 posts; it was typed with the keyboard set to the other language",
		"mictlantecuhtli kafka": `no post has mictlantecuhtli, nor a word near it: something to write about; or, if your posts call it otherwise, a line "mictlantecuhtli = YOUR WORD" in chaja-pairs.txt`,
		"카프카 웹뷰 회고 면접 법령 요가 독서": "a long query; no post has all its words",
		`"카프카 웹뷰"`: "posts have each word, and none has all that is asked for; ",
	} {
		if got := advice(query); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	must(t, os.RemoveAll(filepath.Join(site, ".chaja")))
	if got := chaja(t, "queries", "--site", site); got.code != exitFine || !strings.Contains(got.err, "without suggestions: ") || !strings.Contains(got.out, "Nothing found\n    1  ") {
		t.Errorf("without an index: %+v", got)
	}
}

// TestQueriesInKorean: who has a Korean locale reads the report in Korean.
func TestQueriesInKorean(t *testing.T) {
	t.Setenv("LC_ALL", "ko_KR.UTF-8")
	site := indexedSite(t)
	if got := chaja(t, "queries", "--site", site); !strings.Contains(got.err, "queries.json에 모인 검색어가 없습니다") {
		t.Errorf("without queries: %+v", got)
	}
	write(t, filepath.Join(site, ".chaja-state", "queries.json"), keptQueries)
	for _, want := range []string{"많이 검색한 말 (검색어 2개, 모두 10번)\n    7  카프카  글 2개\n    3  quetzalcoatl  없음\n", "찾지 못한 말\n    3  quetzalcoatl\n       quetzalcoatl: 이 말도, 비슷한 말도 글에 없습니다"} {
		if got := fine(t, "queries", "--site", site); !strings.Contains(got, want) {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestQueriesAreBounded: the report has what one reads at once, and says where the rest is.
func TestQueriesAreBounded(t *testing.T) {
	site := sampleSite(t)
	var kept []querylog.Query
	for i := range 50 {
		kept = append(kept, querylog.Query{Query: fmt.Sprint("q", i), Asked: 50 - i, Found: i % 2, Last: "2024-05-04"})
	}
	text, err := json.Marshal(map[string][]querylog.Query{"queries": kept})
	must(t, err)
	write(t, filepath.Join(site, ".chaja-state", "queries.json"), string(text))
	got := chaja(t, "queries", "--site", site).out
	if n := strings.Count(got, "  q"); n != 40 || !strings.Contains(got, "and 30 more: chaja queries --json\n") || !strings.Contains(got, "and 5 more: chaja queries --nothing\n") {
		t.Errorf("%d queries in\n%s", n, got)
	}
	if got := chaja(t, "queries", "--site", site, "--nothing").out; strings.Count(got, "  q") != 25 {
		t.Errorf("--nothing does not show all:\n%s", got)
	}
}

func TestQueries(t *testing.T) {
	site := indexedSite(t)
	none := "no query in " + filepath.Join(site, ".chaja-state", "queries.json") + ": chaja serve keeps them beside its --index, once they have been asked a few times\n"
	if got := chaja(t, "queries", "--site", site); got != (outcome{exitFine, "", none}) {
		t.Errorf("before any was asked: %+v", got)
	}
	if got := fine(t, "queries", "--site", site, "--json"); got != "{\"queries\":[]}\n" {
		t.Errorf("before any was asked: %q", got)
	}
	write(t, filepath.Join(site, ".chaja", "queries.json"), strings.Replace(keptQueries, "7", "6", 1)) // by an older version
	if got := keptIn(t, site); !strings.HasPrefix(got, "6 카프카 2\n") {
		t.Errorf("of an older version: %q", got)
	}
	write(t, filepath.Join(site, ".chaja-state", "queries.json"), keptQueries)
	want := `Asked most (2 queries, asked 10 times)
    7  카프카  found 2 posts
    3  quetzalcoatl  found nothing
Nothing found
    3  quetzalcoatl
       no post has quetzalcoatl, nor a word near it: something to write about; or, if your posts call it otherwise, a line "quetzalcoatl = YOUR WORD" in chaja-pairs.txt
`
	if diff := cmp.Diff(want, fine(t, "queries", "--site", site)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	write(t, filepath.Join(site, ".chaja-state", "queries.json"), strings.Replace(keptQueries, `"found": 0`, `"found": 1`, 1))
	if got := chaja(t, "queries", "--site", site, "--nothing"); got != (outcome{exitFine, "", "every query that is kept finds something\n"}) {
		t.Errorf("when all find something: %+v", got)
	}
	write(t, filepath.Join(site, ".chaja-state", "queries.json"), keptQueries)
	nothing := decoded[struct{ Queries []querylog.Query }](t, "queries", "--site", site, "--nothing", "--json")
	if diff := cmp.Diff([]querylog.Query{{Query: "quetzalcoatl", Asked: 3, Last: "2024-05-03"}}, nothing.Queries); diff != "" {
		t.Errorf("--nothing (-want +got):\n%s", diff)
	}
	write(t, filepath.Join(site, ".chaja-state", "queries.json"), "{half")
	chaja(t, "queries", "--site", site).failed(t, exitFailed, "read queries in "+site)
}

// TestServeKeepsQueries: what is asked counts on where it was left, unless the log is off; an index made anew leaves it,
// and a damaged one does not stop the server.
func TestServeKeepsQueries(t *testing.T) {
	tests := []struct {
		name, before string
		old          bool // kept by an older version, in the folder of the index
		flags        []string
		want         string
	}{
		{"of an older version", keptQueries, true, nil, "8 카프카 3\n3 quetzalcoatl 0\n1 mictlantecuhtli 0\n"},
		{"kept", keptQueries, false, nil, "8 카프카 3\n3 quetzalcoatl 0\n1 mictlantecuhtli 0\n"},
		{"off", keptQueries, false, []string{"--no-query-log"}, "7 카프카 2\n3 quetzalcoatl 0\n"},
		{"damaged", "{half", false, nil, "1 mictlantecuhtli 0\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			site := indexedSite(t)
			file := filepath.Join(site, ".chaja-state", "queries.json")
			if tt.old {
				write(t, filepath.Join(site, ".chaja", "queries.json"), tt.before)
			} else {
				write(t, file, tt.before)
			}
			s := serveSite(t, append([]string{"--site", site}, tt.flags...)...)
			s.total(t, "카프카")
			s.total(t, "mictlantecuhtli")
			must(t, os.RemoveAll(filepath.Join(site, ".chaja"))) // which can be made anew at any time
			fine(t, "index", "--site", site, "--full")
			if code := s.stop(); code != exitFine {
				t.Fatalf("exit %d\n%s", code, s.log)
			}
			if got := keptIn(t, site); got != tt.want {
				t.Errorf("kept %q, want %q", got, tt.want)
			}
			if told := strings.Contains(s.log.String(), "begin to keep queries anew"); told != (tt.name == "damaged") {
				t.Errorf("logged\n%s", s.log)
			}
			if kept, err := os.ReadFile(file); err != nil || strings.Contains(string(kept), "127.0.0.1") {
				t.Errorf("%v: %s", err, kept)
			}
		})
	}
}

// TestServeState: answers hold as long as the index, and /metrics shows which that is.
func TestServeState(t *testing.T) {
	site := indexedSite(t)
	s := serveSite(t, "--site", site)
	ask := func(tag string) (status int, now string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.base+"/api/v1/search?q=kafka", nil)
		must(t, err)
		r.Header.Set("If-None-Match", tag)
		response, err := http.DefaultClient.Do(r)
		must(t, err)
		response.Body.Close()
		return response.StatusCode, response.Header.Get("ETag")
	}
	_, tag := ask("")
	if status, same := ask(tag); status != http.StatusNotModified || same != tag {
		t.Errorf("status %d, ETag %s then %s", status, tag, same)
	}
	write(t, filepath.Join(site, "posts", "new.md"), "kafka")
	fine(t, "index", "--site", site)
	if status, other := ask(tag); status != http.StatusOK || other == tag {
		t.Errorf("of another index: status %d, ETag %s", status, other)
	}
	for _, name := range []string{`chaja_index_info{generation="gen-`, "chaja_index_bytes ", "chaja_analysis_cache_hits_total "} {
		if got := askLikeCurl(t, s.base, "curl -s http://127.0.0.1:7310/metrics"); !strings.Contains(got, "\n"+name) {
			t.Errorf("no %s in\n%s", name, got)
		}
	}
}
