package httpapi

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
)

// TestMetrics: what is asked shows up, under names of ours and not of clients.
func TestMetrics(t *testing.T) {
	f := &fake{result: search.Result{Full: 2}}
	var asked []string
	h := newAPI(t, f, Options{
		State:      func() IndexState { return IndexState{"gen-1", time.Unix(1_600_000_000, 0), 4096} },
		CacheStats: func() (hits, misses uint64) { return 7, 3 },
		Asked:      func(query string, full int) { asked = append(asked, query) },
		Pages: func(b Backend) (http.Handler, error) {
			return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				_, _ = b.Search(r.Context(), search.Request{Query: r.URL.Query().Get("q")})
			}), nil
		},
	})
	for _, target := range []string{
		"/api/v1/search?q=found", "/api/v1/search?q=found&page=2", "/api/v1/search?q=fou&prefix=1", "/api/v1/search?q=+", "/api/v1/search?page=0",
		"/secret-path", "/?q=on+a+page",
	} {
		do(h, from(t, "203.0.113.7:1", "GET", target))
	}
	f.result.Full = 0
	for _, query := range []string{"q=nothing", "q=found&tag=a", "q=found&category=a", "q=found&after=2019", "q=found&before=2019", "q=found&lang=en"} {
		do(h, from(t, "203.0.113.7:1", "GET", "/api/v1/search?"+query))
	}
	text := do(h, from(t, "203.0.113.7:1", "GET", "/metrics")).Body.String()
	for _, line := range []string{
		`chaja_request_seconds_count{code="200",endpoint="/api/v1/search"} 10`,
		`chaja_request_seconds_count{code="400",endpoint="/api/v1/search"} 1`,
		`chaja_request_seconds_count{code="200",endpoint="other"} 2`,
		`chaja_queries_total 3`, `chaja_zero_result_queries_total 1`,
		`chaja_queue_running 0`, `chaja_queue_waiting 0`,
		`chaja_index_bytes 4096`, `chaja_index_built_timestamp_seconds 1.6e+09`, `chaja_index_info{generation="gen-1"} 1`,
		`chaja_analysis_cache_hits_total 7`, `chaja_analysis_cache_misses_total 3`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("no %s", line)
		}
	}
	if strings.Contains(text, "secret") {
		t.Error("a path of a client is in the metrics")
	}
	if diff := cmp.Diff([]string{"found", "on a page", "nothing"}, asked); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
}
