package analysis_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"chaja/search/analysis"
	"chaja/search/indextest/fakekorean"
)

// specCase is one case of testdata/tokens.txt; its head explains the form.
type specCase struct {
	name, input, want string
}

func readSpec(t testing.TB) []specCase {
	t.Helper()
	file, err := os.ReadFile("testdata/tokens.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []specCase
	blocks := strings.Split(string(file), "\n====\n")
	for _, block := range blocks[1 : len(blocks)-1] {
		head, want, ok := strings.Cut(block, "\n--\n")
		name, quoted, ok2 := strings.Cut(head, "\n")
		input, err := strconv.Unquote(`"` + quoted + `"`)
		if !ok || !ok2 || err != nil {
			t.Fatalf("testdata/tokens.txt: malformed case %q: %v", block, err)
		}
		cases = append(cases, specCase{name, input, want})
	}
	return cases
}

// TestSpec runs the cases of testdata/tokens.txt; one alone with -run 'Spec/^7:'.
func TestSpec(t *testing.T) {
	for _, c := range readSpec(t) {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, show(c.input, fakekorean.New().Analyze(c.input))); diff != "" {
				t.Errorf("tokens of %q (-want +got):\n%s", c.input, diff)
			}
		})
	}
}

// show writes tokens as in testdata/tokens.txt.
func show(text string, lanes analysis.Tokens) string {
	lines := make([]string, analysis.Lanes)
	for i, tokens := range lanes {
		line := analysis.Lane(i).String()
		for _, t := range tokens {
			line += fmt.Sprintf(" %d:%s", t.Position, escape(t.Term))
			if t.Whole {
				line += "*"
			}
			if surface := text[t.Start:t.End]; surface != t.Term {
				line += "<" + escape(surface) + ">"
			}
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// escape makes what cannot be seen or told apart in a file visible: invalid bytes, invisible characters, text not in NFC.
func escape(s string) string {
	quoted := strconv.Quote(s)
	if !norm.NFC.IsNormalString(s) {
		quoted = strconv.QuoteToASCII(s)
	}
	return quoted[1 : len(quoted)-1]
}
