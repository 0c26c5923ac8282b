package main

import (
	"path/filepath"
	"strings"
	"testing"

	"chaja/search"
)

// TestPublish: a copy answers as the index that was copied does, and is brought up to date.
func TestPublish(t *testing.T) {
	site := newSite(t, map[string]string{"a.md": "# 하나\n고래", "b.md": "# 둘\n상어"})
	fine(t, "index", "--site", site)
	to := filepath.Join(t.TempDir(), "replica")
	if out := fine(t, "publish", "--site", site, to); !strings.Contains(out, "2 posts in "+to) {
		t.Errorf("printed %q", out)
	}
	write(t, filepath.Join(site, "c.md"), "# 셋\n고래")
	fine(t, "index", "--site", site)
	report := decoded[publishReport](t, "publish", "--json", "--site", site, to)
	if report.Posts != 3 || report.Copied == 0 || report.Copied > report.Bytes {
		t.Errorf("report %+v", report)
	}
	answer := decoded[search.Result](t, "search", "--index", to, "--json", "고래")
	if answer.Total != 2 {
		t.Errorf("the copy finds %d posts, want 2", answer.Total)
	}
	chaja(t, "publish", "--site", site).failed(t, exitUsage, "one folder, got 0")
	chaja(t, "publish", "--site", site, site).failed(t, exitFailed, "chaja has not made")
	chaja(t, "publish", "--site", site, filepath.Join(site, ".chaja")).failed(t, exitFailed, "name another one")
	chaja(t, "publish", "--site", t.TempDir(), to).failed(t, exitFailed, "make one with")
}
