package httpapi

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// TestStrangers: the log tells once of each origin whose pages ask and may not read, and of no page of the server's own.
func TestStrangers(t *testing.T) {
	var out bytes.Buffer
	h := newAPI(t, &fake{}, Options{Log: slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelWarn})), CORSOrigins: []string{"https://blog.example"}})
	ask := func(path, origin string) {
		r := from(t, "203.0.113.7:1", "GET", path, "Origin", origin)
		r.Host = "search.example"
		do(h, r)
	}
	for range 3 {
		ask("/api/v1/search?q=a", "https://other.example")
		ask("/api/v1/search?q=a", "https://blog.example")
		ask("/api/v1/search?q=a", "https://search.example")
		ask("/api/v1/search?q=a", "null")
		ask("/healthz", "https://probe.example")
	}
	if got := out.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, `fix="--cors-origin https://other.example"`) {
		t.Errorf("logged: %s", got)
	}
	for i := range 2 * maxStrangers {
		ask("/api/v1/search?q=a", fmt.Sprintf("https://%d.example", i))
	}
	if n := strings.Count(out.String(), "may not read"); n != maxStrangers {
		t.Errorf("%d origins are told of, want %d", n, maxStrangers)
	}
}
