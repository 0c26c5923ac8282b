package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"chaja/indexer/site"
)

// maxAbove bounds what indexing one post takes above a site of hardly any text, in bytes.
const maxAbove = 300 << 20

// TestMemoryOfOnePost: the largest post of the worst words takes no more memory than it is told in docs/cli.md. What is
// measured is the peak of the resident memory of the process.
func TestMemoryOfOnePost(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute")
	}
	idle := peak(t, func(int) string { return "글" }, 100)
	for _, tt := range []struct {
		name string
		word func(i int) string
	}{
		{"words of Latin", func(i int) string { return "w" + strconv.FormatInt(int64(i)*7919+1e6, 36) }},
		{"words of Hangul", func(i int) string {
			return string([]rune{'가' + rune(i*7919%11172), '가' + rune(i*104729%11172), '가' + rune(i/11172*31%11172)})
		}},
		{"letters", func(i int) string { return string(rune('a' + i%26)) }},
		{"one word", func(int) string { return "word" }},
		{"identifiers", func(i int) string { return fmt.Sprintf("a%d.b%d-c%d", i, i+1, i+2) }},
		{"lines", func(i int) string { return "\n" }}, // as many as fit
		{"markup", func(i int) string { return "*a* [b](c)" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := peak(t, tt.word, site.MaxPost-100)
			t.Logf("%d MB above %d MB", (got-idle)>>20, idle>>20)
			if got-idle > maxAbove {
				t.Errorf("%d MB above the %d MB of a small site", (got-idle)>>20, idle>>20)
			}
		})
	}
}

// peak indexes a post of so many bytes as a process, and returns the peak of its resident memory in bytes.
func peak(t *testing.T, word func(i int) string, size int) int64 {
	t.Helper()
	var b strings.Builder
	for i := 0; b.Len() < size-utf8.UTFMax*16; i++ {
		b.WriteString(word(i))
		if i%20 == 19 {
			b.WriteString("\n\n")
		} else {
			b.WriteByte(' ')
		}
	}
	folder := t.TempDir()
	write(t, filepath.Join(folder, "a.md"), b.String())
	cmd := exec.Command(os.Args[0], "index", "--site", folder)
	cmd.Env = append(os.Environ(), asMain+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
}
