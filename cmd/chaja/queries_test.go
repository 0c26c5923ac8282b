package main

import (
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

func TestQueries(t *testing.T) {
	site := indexedSite(t)
	const none = "no query has been asked often enough to be kept; chaja serve counts them\n"
	if got := chaja(t, "queries", "--site", site); got != (outcome{exitFine, "", none}) {
		t.Errorf("before any was asked: %+v", got)
	}
	if got := fine(t, "queries", "--site", site, "--json"); got != "{\"queries\":[]}\n" {
		t.Errorf("before any was asked: %q", got)
	}
	write(t, filepath.Join(site, ".chaja", "queries.json"), strings.Replace(keptQueries, "7", "6", 1)) // by an older version
	if got := fine(t, "queries", "--site", site); !strings.HasPrefix(got, "    6  카프카") {
		t.Errorf("of an older version: %q", got)
	}
	write(t, filepath.Join(site, ".chaja-state", "queries.json"), keptQueries)
	want := "    7  카프카  found 2 posts\n    3  quetzalcoatl  found nothing\n"
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
		{"of an older version", keptQueries, true, nil, "    8  카프카  found 3 posts\n    3  quetzalcoatl  found nothing\n    1  mictlantecuhtli  found nothing\n"},
		{"kept", keptQueries, false, nil, "    8  카프카  found 3 posts\n    3  quetzalcoatl  found nothing\n    1  mictlantecuhtli  found nothing\n"},
		{"off", keptQueries, false, []string{"--no-query-log"}, "    7  카프카  found 2 posts\n    3  quetzalcoatl  found nothing\n"},
		{"damaged", "{half", false, nil, "    1  mictlantecuhtli  found nothing\n"},
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
			if got := fine(t, "queries", "--site", site); got != tt.want {
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
