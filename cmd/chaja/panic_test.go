package main

import (
	"bytes"
	"strings"
	"testing"
)

// panicking is an end that makes a command panic.
type panicking struct{}

func (panicking) Write([]byte) (int, error) { panic("out of \x1b[31mluck") }

// TestPanic: a bug is told as any failure, and is not taken for wrong usage; its trace is there when it is wanted.
func TestPanic(t *testing.T) {
	crash := func() outcome {
		var stderr bytes.Buffer
		code := run(t.Context(), []string{"version"}, streams{strings.NewReader(""), panicking{}, &stderr})
		return outcome{code, "", stderr.String()}
	}
	got := crash()
	got.failed(t, exitFailed, "chaja: this is a bug in chaja: out of  [31mluck\n")
	got.failed(t, exitFailed, "report it with the command and what it prints with CHAJA_DEBUG=1")
	t.Setenv(debugVariable, "1")
	if got := crash(); got.code != exitFailed || !strings.Contains(got.err, "panicking.Write") || strings.Contains(got.err, debugVariable) {
		t.Errorf("with the variable: exit %d\n%s", got.code, got.err)
	}
}
