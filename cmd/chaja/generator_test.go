package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chaja/indexer"
	generators "chaja/indexer/site"
)

// TestGeneratorFlags: what is told wins over what is found.
func TestGeneratorFlags(t *testing.T) {
	site := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(site, "_posts"), 0o755))
	must(t, os.WriteFile(filepath.Join(site, "_posts", "2019-08-29-a.md"), []byte("하나"), 0o644))
	for _, tt := range []struct {
		args []string
		want string
	}{
		{nil, "Jekyll by its folders"},
		{[]string{"--generator", "jekyll"}, "Jekyll as told"},
		{[]string{"--generator", "plain", "--url", "/blog/{slug}/"}, "Plain Markdown as told, URLs /blog/{slug}/"},
	} {
		report := decoded[indexer.Report](t, append([]string{"index", "--site", site, "--index", t.TempDir(), "--json"}, tt.args...)...)
		if !strings.HasPrefix(report.Site, tt.want) {
			t.Errorf("%q: %s", tt.args, report.Site)
		}
	}
	for _, command := range []string{"index", "check"} {
		chaja(t, command, "--site", site, "--generator", "drupal").failed(t, exitUsage, "--generator wants one of "+strings.Join(generators.Generators(), ", ")+`, not "drupal"`)
		chaja(t, command, "--site", site, "--url", "/{slug}/").failed(t, exitUsage, "URLs of a Jekyll site are its own")
	}
}
