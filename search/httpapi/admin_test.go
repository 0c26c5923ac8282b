package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"chaja/search"
)

const token = "0123456789abcdef"

// TestReindex: who has the token, and nobody else, begins what is not going on.
func TestReindex(t *testing.T) {
	tests := []struct {
		name, method, authorization string
		running                     bool
		status                      int
		code                        string
		begun                       int
	}{
		{"the token", "POST", "Bearer " + token, false, 202, "", 1},
		{"again", "POST", "Bearer " + token, true, 409, "reindexing", 1},
		{"none", "POST", "", false, 401, "unauthorized", 0},
		{"another", "POST", "Bearer 0123456789abcdeF", false, 401, "unauthorized", 0},
		{"the beginning", "POST", "Bearer " + token[:8], false, 401, "unauthorized", 0},
		{"more", "POST", "Bearer " + token + " ", false, 401, "unauthorized", 0},
		{"no scheme", "POST", token, false, 401, "unauthorized", 0},
		{"another scheme", "POST", "Basic " + token, false, 401, "unauthorized", 0},
		{"reading", "GET", "Bearer " + token, false, 405, "method_not_allowed", 0},
		{"PUT", "PUT", "Bearer " + token, false, 405, "method_not_allowed", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			begun := 0
			var log lines
			h := newAPI(t, &fake{}, Options{Log: log.logger(), AdminToken: token, CORSOrigins: []string{"https://blog.example"}, Reindex: func() bool { begun++; return !tt.running }})
			w := do(h, from(t, "203.0.113.7:1", tt.method, "/api/v1/reindex", "Authorization", tt.authorization, "Origin", "https://blog.example"))
			if w.Code != tt.status || errorOf(t, w).Code != tt.code || begun != tt.begun {
				t.Errorf("status %d, %s, begun %d times", w.Code, w.Body, begun)
			}
			if (w.Header().Get("WWW-Authenticate") == "Bearer") != (tt.status == 401) || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("headers %v", w.Header())
			}
			if allow := w.Header().Get("Allow"); tt.status == 405 && allow != "POST, OPTIONS" {
				t.Errorf("Allow %q", allow)
			}
			if strings.Contains(log.String(), token) {
				t.Errorf("logged %s", log.String())
			}
		})
	}
	t.Run("off", func(t *testing.T) {
		for _, o := range []Options{{}, {AdminToken: token}, {Reindex: func() bool { t.Error("begun"); return true }}} {
			for _, authorization := range []string{"", "Bearer ", "Bearer " + token} {
				if w := do(newAPI(t, &fake{}, o), from(t, "203.0.113.7:1", "POST", "/api/v1/reindex", "Authorization", authorization)); w.Code != 405 && w.Code != 404 {
					t.Errorf("status %d", w.Code)
				}
			}
		}
	})
}

// TestReindexIsDescribed: /openapi.json and docs/api.md tell of it, and of the statuses that it answers.
func TestReindexIsDescribed(t *testing.T) {
	running := false
	h := newAPI(t, &fake{}, Options{AdminToken: token, Reindex: func() bool { return !running }})
	root, paths := describedPaths(t, h)
	operation, _ := paths["/api/v1/reindex"].(object)["post"].(object)
	if operation == nil || lookUp(root, "#/components/securitySchemes/token") == nil || fmt.Sprint(operation["security"]) != "[map[token:[]]]" {
		t.Fatalf("described as %v", paths["/api/v1/reindex"])
	}
	for _, state := range []bool{false, true} {
		running = state
		for _, authorization := range []string{"", "Bearer " + token} {
			w := do(h, from(t, "203.0.113.7:1", "POST", "/api/v1/reindex", "Authorization", authorization))
			if operation["responses"].(object)[fmt.Sprint(w.Code)] == nil {
				t.Errorf("status %d is not described", w.Code)
			}
		}
	}
	guide := readGuide(t, "api.md")
	for _, name := range []string{"POST /api/v1/reindex", "--admin-token-file", "409", "202"} {
		if !strings.Contains(guide, name) {
			t.Errorf("docs/api.md does not tell of %s", name)
		}
	}
}

// TestProgress: /readyz tells how far the index is that is being made, whether there is one to search or not.
func TestProgress(t *testing.T) {
	for _, tt := range []struct {
		name    string
		err     error
		running bool
		status  int
		body    string
	}{
		{"ready", nil, false, 200, `{"status":"ready"}`},
		{"ready, and being updated", nil, true, 200, `{"status":"ready","indexing":{"done":120,"total":900}}`},
		{"the first one", fmt.Errorf("open: %w", &Indexing{120, 900}), true, 503, `"code":"indexing","message":"the site is being indexed: 120 of 900 posts so far"`},
		{"none", search.ErrNoIndex, false, 503, `"code":"no_index"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var log lines
			h := newAPI(t, &fake{err: tt.err}, Options{Log: log.logger(), Indexing: func() (int, int, bool) { return 120, 900, tt.running }})
			w := do(h, from(t, "203.0.113.7:1", "GET", "/readyz"))
			if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.body) || !json.Valid(w.Body.Bytes()) || log.String() != "" {
				t.Errorf("status %d: %s, logged %q", w.Code, w.Body, log.String())
			}
			if (w.Header().Get("Retry-After") != "") != (tt.status == 503) {
				t.Errorf("headers %v", w.Header())
			}
			if w = do(h, from(t, "203.0.113.7:1", "GET", "/api/v1/search?q=a")); w.Code != tt.status || tt.status == 503 && !strings.Contains(w.Body.String(), tt.body) {
				t.Errorf("a search: status %d: %s", w.Code, w.Body)
			}
		})
	}
}

// TestEnding: once the server ends, it is not ready; what it is asked meanwhile is answered.
func TestEnding(t *testing.T) {
	ending := make(chan struct{})
	h := newAPI(t, &fake{}, Options{Ending: ending})
	for _, want := range []int{http.StatusOK, http.StatusServiceUnavailable} {
		if w := do(h, from(t, "203.0.113.7:1", "GET", "/readyz")); w.Code != want || want == 503 && errorOf(t, w).Code != "ending" {
			t.Errorf("status %d: %s", w.Code, w.Body)
		}
		for _, path := range []string{"/healthz", "/api/v1/search?q=a"} {
			if w := do(h, from(t, "203.0.113.7:1", "GET", path)); w.Code != http.StatusOK {
				t.Errorf("%s: status %d", path, w.Code)
			}
		}
		if want == http.StatusOK {
			close(ending)
		}
	}
}
