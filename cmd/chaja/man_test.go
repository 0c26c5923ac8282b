package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMan: every command has a page, and the page names its flags.
func TestMan(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "man", "man1")
	fine(t, "man", dir)
	for page, want := range map[string]string{"chaja.1": "chaja-serve(1)", "chaja-search.1": "--per-page", "chaja-index.1": "--strict", "chaja-completion-zsh.1": "zsh"} {
		text, err := os.ReadFile(filepath.Join(dir, page))
		must(t, err)
		if !strings.Contains(string(text), want) {
			t.Errorf("%s has no %q", page, want)
		}
	}
	chaja(t, "man").failed(t, exitUsage, "the folder to write into")
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "")
	chaja(t, "man", file).failed(t, exitFailed, "make the folder of the pages")
}
