package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestIndexAmongPosts: an index is not made where there is anything else, posts above all, whatever their folders are called.
func TestIndexAmongPosts(t *testing.T) {
	site := newSite(t, map[string]string{"gen-ai/post.md": "# posts", "CURRENT-events.md": "# more", "gen-introduction/post.md": "# last"})
	for _, args := range [][]string{{"index"}, {"index", "--full"}} {
		got := chaja(t, append(args, "--site", site, "--index", site)...)
		got.failed(t, exitFailed, "chaja has not made "+site)
		got.failed(t, exitFailed, "name a new or empty folder with --index")
	}
	for _, name := range []string{"gen-ai/post.md", "CURRENT-events.md", "gen-introduction/post.md"} {
		if content, err := os.ReadFile(filepath.Join(site, name)); err != nil || len(content) == 0 {
			t.Errorf("%s is lost: %v", name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(site, "lock")); err == nil {
		t.Error("a lock is left in a folder of others")
	}
	fine(t, "index", "--site", site)
}

// cutSegments cuts the segments of the index of a site to nothing.
func cutSegments(t *testing.T, site string) {
	t.Helper()
	segments, _ := filepath.Glob(filepath.Join(site, ".chaja", "gen-*", "store", "*.zap"))
	if len(segments) == 0 {
		t.Fatal("no segments")
	}
	for _, path := range segments {
		must(t, os.Truncate(path, 0))
	}
}

// TestIndexCutUnderServer: the server of an index whose files are cut lives, says so, and answers again once it is made anew.
func TestIndexCutUnderServer(t *testing.T) {
	site := indexedSite(t)
	s := serveSite(t, "--site", site)
	want := s.total(t, "tag:kafka")
	cutSegments(t, site)
	eventually(t, "searches fail", func() bool {
		status, answer := s.get(t, "/api/v1/search?q=tag:kafka")
		if status == http.StatusOK {
			return false
		}
		if code := answer["error"].(map[string]any)["code"]; status != http.StatusServiceUnavailable || code != "outdated_index" {
			t.Errorf("HTTP %d %v", status, answer)
		}
		return true
	})
	if status, _ := s.get(t, "/readyz"); status != http.StatusServiceUnavailable {
		t.Errorf("/readyz: %d", status)
	}
	if status, _ := s.get(t, "/healthz"); status != http.StatusOK {
		t.Errorf("/healthz: %d", status)
	}
	got := chaja(t, "index", "--site", site)
	if got.code != exitFine || !strings.Contains(got.err, "is damaged: gen-") || !strings.Contains(got.err, ".zap has 0 bytes of") || !strings.Contains(got.err, "it is made anew") {
		t.Errorf("exit %d\n%s", got.code, got.err)
	}
	if total := s.total(t, "tag:kafka"); total != want {
		t.Errorf("%d posts once it is made anew, want %d", total, want)
	}
	if status, _ := s.get(t, "/readyz"); status != http.StatusOK {
		t.Errorf("/readyz once it is made anew: %d", status)
	}
}

// TestWatchMakesAnew: a server that watches makes a damaged index anew by itself.
func TestWatchMakesAnew(t *testing.T) {
	site := indexedSite(t)
	s := serveSite(t, "--site", site, "--watch")
	eventually(t, "the site is indexed", func() bool { return strings.Contains(s.log.String(), "msg=indexed") })
	want := s.total(t, "tag:kafka")
	cutSegments(t, site)
	eventually(t, "the index is made anew", func() bool {
		status, answer := s.get(t, "/api/v1/search?q=tag:kafka")
		return status == http.StatusOK && answer["total"] == float64(want) && strings.Contains(s.log.String(), "the index is made anew")
	})
	if !strings.Contains(s.log.String(), "is damaged: gen-") {
		t.Errorf("the log does not say what was damaged\n%s", s.log)
	}
}
