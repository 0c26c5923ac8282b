package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/indexer"
)

// wrongSite has one problem of each kind.
func wrongSite(t *testing.T) string {
	t.Helper()
	return newSite(t, map[string]string{
		"posts/2020-01-02-first.md":  "---\ntitle: 첫째\ntags: [Go Lang]\n---\n[둘째](/2020/01/second/)와 [셋째](/2020/01/third/)",
		"posts/2020-01-03-second.md": "---\ntitle: 둘째\ntags: [go-lang]\n--->\n글",
		"posts/2020-01-04-second.md": "---\ntitle: 또 둘째\n---\n글\xff",
		"posts/2020-01-05-deep.md":   strings.Repeat(">", 200) + "글",
		"posts/folder.md/fine.md":    "글",
	})
}

func TestCheckOutput(t *testing.T) {
	site := wrongSite(t)
	golden(t, "check", site, fine(t, "check", "--site", site))
	golden(t, "check-json", site, fine(t, "check", "--site", site, "--json"))
	if out := fine(t, "check", "--site", newSite(t, map[string]string{"a.md": "글"})); out != "1 post checked, nothing is wrong\n" {
		t.Errorf("a site without problems: %q", out)
	}
	if _, err := os.Stat(filepath.Join(site, ".chaja")); err == nil {
		t.Error("check made an index")
	}
}

// builtSite is what some generator built of wrongSite: all its pages but one.
func builtSite(t *testing.T) string {
	t.Helper()
	return newSite(t, map[string]string{
		"2020/01/first/index.html": "x", "2020/01/second.html": "x", "2020/01/second/index.html": "x", "folder.md/fine/index.html": "x",
	})
}

func TestCheckKinds(t *testing.T) {
	report := decoded[indexer.CheckReport](t, "check", "--site", wrongSite(t), "--built", builtSite(t), "--json")
	found := map[indexer.Kind]int{}
	for _, f := range report.Problems {
		found[f.Kind]++
	}
	want := map[indexer.Kind]int{}
	for _, kind := range indexer.Kinds() {
		want[kind] = 1
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("problems by kind (-want +got):\n%s", diff)
	}
}

func TestCheckStrict(t *testing.T) {
	site := wrongSite(t)
	for _, args := range [][]string{nil, {"--json"}} {
		got := chaja(t, append([]string{"check", "--site", site, "--strict"}, args...)...)
		if got.code != exitFailed || got.err != "chaja: 7 problems found, and --strict was given\n" || got.out == "" {
			t.Errorf("%q: exit %d, %d bytes printed, stderr %q", args, got.code, len(got.out), got.err)
		}
	}
	fine(t, "check", "--strict", "--site", newSite(t, map[string]string{"a.md": "글"}))
	chaja(t, "check", "--site", t.TempDir()).failed(t, exitFailed, "no posts in")
	chaja(t, "check", "posts").failed(t, exitUsage, "does not take")
}
