package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
)

// onTerminal runs chaja as a process that prints to a terminal of 10 lines, and returns what is seen there.
func onTerminal(t *testing.T, variable string, args ...string) (seen string, code int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), asMain+"=1", variable)
	screen, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 10, Cols: 80})
	must(t, err)
	defer screen.Close()
	text, err := io.ReadAll(screen)
	if err != nil && !errors.Is(err, syscall.EIO) { // which Linux says at the end
		t.Fatal(err)
	}
	var failed *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n"), cmd.ProcessState.ExitCode()
}

// TestLess: the usual pager shows Hangul, whatever the locale is.
func TestLess(t *testing.T) {
	if _, err := exec.LookPath("less"); err != nil {
		t.Skip("there is no less")
	}
	site := newSite(t, map[string]string{"a.md": "---\ntags: [컨퍼런스]\n---\nx\n"})
	fine(t, "index", "--site", site)
	for _, locale := range []string{"LC_ALL=C", "LC_ALL=ko_KR.UTF-8", "LC_ALL=xx_XX.UTF-8"} {
		if seen, code := onTerminal(t, locale, "tags", "--site", site, "--pager", "less"); !strings.Contains(seen, "컨퍼런스") || code != exitFine {
			t.Errorf("%s: exit %d, seen %q", locale, code, seen)
		}
	}
}

// TestPager: long output goes through the pager on a terminal, and only there.
func TestPager(t *testing.T) {
	site := indexedSite(t)
	pager := filepath.Join(t.TempDir(), "pager")
	must(t, os.WriteFile(pager, []byte("#!/bin/sh\necho paged with $LESS\n\"$@\"\n"), 0o700))
	plain := fine(t, "tags", "--site", site)
	for _, test := range []struct {
		name, variable string
		args           []string
		want           string
	}{
		{"CHAJA_PAGER", "CHAJA_PAGER=" + pager + " cat", nil, "paged with FRX\n" + plain},
		{"PAGER", "PAGER=" + pager + " cat", nil, "paged with FRX\n" + plain},
		{"flag", "CHAJA_PAGER=no-such-program", []string{"--pager", pager + " cat"}, "paged with FRX\n" + plain},
		{"read by a shell", "CHAJA_PAGER=" + pager + " sh -c 'cat | cat' 2>&1", nil, "paged with FRX\n" + plain},
		{"options of less that are set", "LESS=R", []string{"--pager", pager + " cat"}, "paged with R\n" + plain},
		{"switched off", "CHAJA_PAGER=" + pager + " cat", []string{"--no-pager"}, plain},
		{"no such program", "CHAJA_PAGER=no-such-program", nil, plain},
		{"reader has had enough", "CHAJA_PAGER=" + pager, nil, "paged with FRX\n"},
		{"fails", "CHAJA_PAGER=false", nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			seen, code := onTerminal(t, test.variable, append([]string{"tags", "--site", site}, test.args...)...)
			if seen != test.want || code != exitFine {
				t.Errorf("exit %d, seen\n%q, want\n%q", code, seen, test.want)
			}
		})
	}
	t.Setenv("CHAJA_PAGER", pager+" cat")
	if got := fine(t, "tags", "--site", site); got != plain {
		t.Errorf("printed into a pipe: %q", got)
	}
}
