package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWords: words of the user are known to the analysis, and an index made with them is refused without.
func TestWords(t *testing.T) {
	dir := t.TempDir()
	words := filepath.Join(dir, "words.txt")
	must(t, os.WriteFile(words, []byte("# names\n뷁궳궳: 뷁 궳궳\n"), 0o644))

	got := fine(t, "analyze", "--words", words, "뷁궳궳에서")
	for _, want := range []string{"뷁궳궳  뷁궳궳  (whole)", "궳궳  궳궳"} {
		if !strings.Contains(got, want) {
			t.Errorf("analyze lacks %q:\n%s", want, got)
		}
	}

	site := newSite(t, map[string]string{"post.md": "# 제목\n\n뷁궳궳에서 만났다\n"})
	fine(t, "index", "--site", site, "--words", words)
	if out := fine(t, "search", "--site", site, "--words", words, "궳궳"); !strings.HasPrefix(out, "1 post\n") {
		t.Errorf("search with words: %s", out)
	}
	chaja(t, "search", "--site", site, "궳궳").failed(t, exitFailed, "give the same --words as chaja index had")
	if out := fine(t, "index", "--site", site); !strings.Contains(out, "1 added") {
		t.Errorf("an index without the words is not made anew: %s", out)
	}

	must(t, os.WriteFile(words, []byte("좋은 말\n"), 0o644))
	chaja(t, "index", "--site", site, "--words", words).failed(t, exitFailed, "words.txt:1:")
	chaja(t, "analyze", "--words", filepath.Join(dir, "none.txt"), "말").failed(t, exitUsage, "--words wants an existing file, not")
}
