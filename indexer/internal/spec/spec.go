// Package spec reads spec files: tests of text rules that can be read and edited without knowing Go.
//
//	7 what the case shows
//	//- - - -//
//	input
//	//- - - -//
//	what is expected
//	//= = = =//
//
// The final line end of input and expectation belongs to the format, not to the text.
package spec

import (
	"os"
	"strings"
	"testing"
)

const (
	betweenParts = "//- - - -//\n"
	betweenCases = "//= = = =//\n"
)

// Case is one case of a spec file. Name is its first line and works with go test -run.
type Case struct {
	Name, Input, Want string
}

// Read returns the cases of the file at path. A malformed file fails the test.
func Read(t testing.TB, path string) []Case {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("read spec: %v", err)
	}
	var cases []Case
	for c := range strings.SplitSeq(string(content), betweenCases) {
		if strings.TrimSpace(c) == "" {
			continue
		}
		parts := strings.Split(c, betweenParts)
		if len(parts) != 3 {
			t.Fatalf("%s: a case has %d parts, want name, input and expectation:\n%s", path, len(parts), c)
		}
		cases = append(cases, Case{
			Name:  strings.TrimSpace(parts[0]),
			Input: strings.TrimSuffix(parts[1], "\n"),
			Want:  strings.TrimSuffix(parts[2], "\n"),
		})
	}
	return cases
}
