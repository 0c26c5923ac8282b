package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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

// TestURLsOfFolders: chaja.yaml says where the pages of a folder are, as docs/configuration.md has it, and a post on another site
// is where it says.
func TestURLsOfFolders(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "configuration.md"))
	must(t, err)
	_, example, _ := strings.Cut(string(text), "```yaml\n")
	_, example, _ = strings.Cut(example, "\nurls:")
	example, _, _ = strings.Cut(example, "\nsearch:")
	site := settingsSite(t, "urls:"+example)
	for name, content := range map[string]string{
		"projects/tools/chaja.md": "# 검색기\n\n찾는다.\n",
		"notes/go/index.md":       "# 고 언어\n\n적는다.\n",
		"notes/go/채널.md":          "# 채널\n\n보낸다.\n",
		"posts/2024-03-05-a.md":   "# 하나\n\n글.\n",
		"elsewhere/there.md":      "---\ntitle: 딴 곳\nurl: https://blog.example.com/글?a=1\n---\n\n## 소개\n\n밖에 쓴 글.\n",
		"elsewhere/script.md":     "---\ntitle: 나쁜 곳\nurl: javascript:alert(1)\n---\n\n글.\n",
	} {
		write(t, filepath.Join(site, "content", name), content)
	}
	chaja(t, "index", "--site", site)
	type post struct {
		ID, URL  string
		Sections []struct{ Heading, Anchor string }
	}
	urls := map[string]string{}
	for line := range strings.Lines(fine(t, "posts", "--site", site, "--json")) {
		var p post
		must(t, json.Unmarshal([]byte(line), &p))
		if id, ours := strings.CutPrefix(p.ID, "content/"); ours {
			urls[id] = p.URL
		}
		for _, s := range p.Sections {
			if strings.HasPrefix(p.URL, "https:") && s.Anchor != "" {
				t.Errorf("%s: anchor %q on a page of others", p.ID, s.Anchor)
			}
		}
	}
	want := map[string]string{
		"projects/tools/chaja.md": "/projects/chaja/",
		"notes/go/index.md":       "/notes/go/",
		"notes/go/채널.md":          "/notes/go/%EC%B1%84%EB%84%90/",
		"posts/2024-03-05-a.md":   "/2024/03/a/",
		"elsewhere/there.md":      "https://blog.example.com/%EA%B8%80?a=1",
		"elsewhere/script.md":     "/elsewhere/script/",
	}
	if diff := cmp.Diff(want, urls); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	report := fine(t, "check", "--site", site, "--json")
	if strings.Contains(report, "there.md") {
		t.Errorf("check finds fault with a post on another site: %s", report)
	}
	for _, wrong := range []string{"nothing", "=/a/", "content=", "content=https://x.example/", "content=/{title}/", "../a=/{slug}/"} {
		chaja(t, "index", "--site", site, "--index", t.TempDir(), "--urls", wrong).failed(t, exitUsage, "")
	}
}
