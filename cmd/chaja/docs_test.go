package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/query"
)

// page compares a page of docs with what it should be; with -update it writes it.
func page(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	must(t, err)
	if *update {
		write(t, path, want)
		return
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is stale (-is +should be); go test ./cmd/chaja -update writes it\n%s", path, diff)
	}
}

// code is what a cell of a table shows as code.
var code = regexp.MustCompile("^`(.*)`$")

// TestQueryGuide: the queries of docs/query.md find what its tables say, and are read as they say.
func TestQueryGuide(t *testing.T) {
	t.Chdir("../..")
	t.Setenv("CHAJA_INDEX", t.TempDir())
	fine(t, "index", "--site", "data")
	guide, err := os.ReadFile("docs/query.md")
	must(t, err)

	var out strings.Builder
	run, header := 0, ""
	for line := range strings.Lines(string(guide)) {
		cells := strings.Split(strings.Trim(line, "|\n"), " | ")
		typed := code.FindStringSubmatch(strings.TrimSpace(cells[0]))
		switch {
		case !strings.HasPrefix(line, "|"):
			header = ""
		case header == "":
			header = line
		case typed == nil: // the line below the header
		case strings.Contains(header, "is read as"):
			run++
			node, _ := query.Parse(typed[1])
			line = fmt.Sprintf("| `%s` | `%s` |\n", typed[1], node)
		default:
			run++
			answer := decoded[search.Result](t, "search", "--site", "data", "--json", "--", typed[1])
			first := "–"
			if answer.Full > 0 {
				first = answer.Hits[0].Title
			}
			line = fmt.Sprintf("| `%s` | %s | %d | %s |\n", typed[1], strings.TrimSpace(cells[1]), answer.Full, first)
			if answer.Full == 0 {
				t.Errorf("%s finds nothing", typed[1])
			}
		}
		out.WriteString(line)
	}
	if run < 40 {
		t.Errorf("%d queries were run", run)
	}
	page(t, "docs/query.md", out.String())
}
