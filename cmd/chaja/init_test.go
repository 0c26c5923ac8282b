package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestInit: the file says what was found, changes nothing as it is, and is right when all its comments are taken away.
func TestInit(t *testing.T) {
	site := newSite(t, map[string]string{
		"_config.yml":                "title: '\"찾아\" 블로그'\nurl: https://blog.chaja.kr\n",
		"_posts/2020-01-01-first.md": "---\ntitle: 첫 글\n---\n글",
		"_posts/2020-01-02-draft.md": "---\ntitle: 둘째 글\npublished: false\n---\n글",
	})
	path := filepath.Join(site, settingsName)
	before := fine(t, "config", "--site", site)
	if got, want := fine(t, "init", "--site", site), "_config.yml wants a line exclude: [chaja.yaml, chaja-pairs.txt]\n"; !strings.Contains(got, want) {
		t.Errorf("of a site of Jekyll it says %q, want %q", got, want)
	}
	text, err := os.ReadFile(path)
	must(t, err)
	for _, want := range []string{"# Found: Jekyll", "2 posts to read", "#generator: jekyll ", "#site-url: https://blog.chaja.kr/ ", "# found in _config.yml"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if diff := cmp.Diff(before, fine(t, "config", "--site", site)); diff != "" {
		t.Errorf("a new file changes settings (-before +after):\n%s", diff)
	}

	used := regexp.MustCompile(`(?m)^#( *[a-z-]+:)`).ReplaceAllString(string(text), "$1")
	used = regexp.MustCompile(`(?m)^(?:Found|#).*$`).ReplaceAllString(used, "")
	must(t, os.WriteFile(path, []byte(used), 0o644))
	must(t, os.WriteFile(filepath.Join(site, "words.txt"), nil, 0o644))
	got := fine(t, "config", "--site", site)
	for _, want := range []string{"jekyll", `"찾아" 블로그`, "https://blog.chaja.kr/", "drafts/**"} {
		if !strings.Contains(got, want) {
			t.Errorf("with all settings used there is no %q in\n%s", want, got)
		}
	}
}

// TestInitKeeps: nobody loses what is written already.
func TestInitKeeps(t *testing.T) {
	site := newSite(t, map[string]string{"a.md": "글", settingsName: "words: mine.txt\n"})
	write(t, filepath.Join(site, "mine.txt"), "")
	chaja(t, "init", "--site", site).failed(t, exitFailed, "is there already")
	if text, err := os.ReadFile(filepath.Join(site, settingsName)); err != nil || string(text) != "words: mine.txt\n" {
		t.Errorf("the settings are %q now (%v)", text, err)
	}
	chaja(t, "init", "--site", t.TempDir()).failed(t, exitFailed, "no posts in")
}
