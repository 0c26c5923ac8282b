package opensearch

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/indextest"
)

// answering is a cluster that answers every request in one way.
func answering(t *testing.T, status int, body string) *Cluster {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}))
	t.Cleanup(server.Close)
	c, err := Dial(Config{Addresses: []string{server.URL}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestBadClusters: whatever answers in place of an OpenSearch that chaja can use, the error is one line that says what it is.
func TestBadClusters(t *testing.T) {
	info := func(distribution, number, tagline string) string {
		return fmt.Sprintf(`{"version":{"distribution":%q,"number":%q},"tagline":%q}`, distribution, number, tagline)
	}
	for _, tt := range []struct {
		name   string
		status int
		body   string
		want   error
		says   string
	}{
		{"Elasticsearch", 200, info("", "9.1.0", "You Know, for Search"), ErrProduct, "is Elasticsearch 9.1.0"},
		{"an older one", 200, info("opensearch", "2.11.1", ""), ErrProduct, "is OpenSearch 2.11.1, and chaja needs 2.19"},
		{"one of version 1", 200, info("opensearch", "1.3.20", ""), ErrProduct, "1.3.20"},
		{"a page", 200, "<html>welcome</html>", ErrProduct, "does not answer as OpenSearch does"},
		{"other JSON", 200, `{"hello":"world"}`, ErrProduct, "does not answer as OpenSearch does"},
		{"no name and password", 401, "Unauthorized", ErrRights, "wants a name and a password (401)"},
		{"no right", 403, `{"error":{"type":"security_exception","reason":"no permissions for [cluster:monitor/main]"},"status":403}`, ErrRights, "no permissions for"},
		{"a disk that is full", 429, `{"error":{"type":"cluster_block_exception","reason":"index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];"},"status":429}`, ErrFull, "flood-stage watermark"},
		{"a block", 403, `{"error":{"type":"cluster_block_exception","reason":"index [x] blocked by: [FORBIDDEN/5/index read-only (api)];"},"status":403}`, ErrBlocked, "read-only (api)"},
		{"a proxy without a cluster", 502, "bad gateway", search.ErrUnavailable, "Bad Gateway (502)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := answering(t, tt.status, tt.body).Check(t.Context())
			if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %v, want %v that says %q on one line", err, tt.want, tt.says)
			}
		})
	}
	t.Run("nothing", func(t *testing.T) {
		c, err := Dial(Config{Addresses: []string{"http://127.0.0.1:1"}})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Check(t.Context()); !errors.Is(err, search.ErrUnavailable) || !strings.Contains(err.Error(), "does not answer") || strings.Contains(err.Error(), "\n") {
			t.Errorf("error %v", err)
		}
	})
	for _, address := range []string{"", "127.0.0.1:9200", "ftp://x", "http://"} {
		if _, err := Dial(Config{Addresses: []string{address}}); !errors.Is(err, ErrEndpoint) {
			t.Errorf("%q: error %v", address, err)
		}
	}
	if _, err := Dial(Config{}); !errors.Is(err, ErrEndpoint) {
		t.Errorf("no address: %v", err)
	}
}

// TestWritesRefused: what a cluster refuses to write in a batch is an error that names the post.
func TestWritesRefused(t *testing.T) {
	c := answering(t, 200, `{"errors":true,"items":[{"index":{"_id":"a","status":201}},{"index":{"_id":"b","status":429,"error":{"type":"cluster_block_exception","reason":"index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]"}}}]}`)
	err := Open(c, "x", indextest.Analyzer()).Apply(t.Context(), search.Batch{Put: []search.Document{indextest.Post("a", "x"), indextest.Post("b", "y")}})
	if !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), "write b to x") {
		t.Errorf("error %v", err)
	}
}

// TestPartialAnswers: an answer that lacks a shard is an error, never a smaller total, and asked again once.
func TestPartialAnswers(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.HasSuffix(r.URL.Path, "point_in_time") {
			fmt.Fprintf(w, `{"pit_id":"pit%d"}`, asked)
			return
		}
		asked++
		fmt.Fprint(w, `{"responses":[{"status":200,"_shards":{"total":3,"failed":2},"hits":{"total":{"value":86},"hits":[]}}]}`)
	}))
	defer server.Close()
	c, err := Dial(Config{Addresses: []string{server.URL}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(c, "x", indextest.Analyzer()).Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if found, err := search.Ask(t.Context(), s, search.Query{}); !errors.Is(err, search.ErrUnavailable) || asked != 2 {
		t.Errorf("%d posts, %v, asked %d times", found.Total, err, asked)
	}
}
