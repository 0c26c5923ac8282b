package main

import (
	"bytes"
	"io"
	"io/fs"
	"strings"
	"syscall"
	"testing"
)

// broken is an end that takes nothing.
type broken struct{ err error }

func (b broken) Write([]byte) (int, error) {
	return 0, &fs.PathError{Op: "write", Path: "/dev/stdout", Err: b.err}
}

// TestLostOutput: a command whose output is lost fails, and says so once; but not to who closed the pipe.
func TestLostOutput(t *testing.T) {
	site := indexedSite(t)
	for _, args := range [][]string{
		{"search", "kafka"}, {"search", "--json", "kafka"}, {"tags"}, {"tags", "--json"}, {"index"}, {"index", "--json"},
		{"analyze", "kafka"}, {"version"}, {"help"}, {"completion", "bash"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			if args[0] == "search" || args[0] == "tags" || args[0] == "index" {
				args = append(args, "--site", site)
			}
			lost := func(end io.Writer) outcome {
				var stderr bytes.Buffer
				code := run(t.Context(), args, streams{strings.NewReader(""), end, &stderr})
				return outcome{code, "", stderr.String()}
			}
			if got, want := lost(broken{syscall.ENOSPC}), (outcome{exitFailed, "", "chaja: write output: no space left on device\n"}); got != want {
				t.Errorf("to a full disk %+v, want %+v", got, want)
			}
			if got, want := lost(broken{syscall.EPIPE}), (outcome{code: exitFailed}); got != want {
				t.Errorf("to a closed pipe %+v, want %+v", got, want)
			}
		})
	}
}
