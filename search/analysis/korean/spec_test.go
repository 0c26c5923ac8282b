package korean

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search/analysis"
)

// specCase is a case of a file in testdata: "number: note", a line of dashes, the text, a line of equals signs, what
// is expected up to an empty line.
type specCase struct{ name, text, want string }

func specs(t testing.TB, path string) []specCase {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []specCase
	for block := range strings.SplitSeq(strings.TrimSpace(string(b)), "\n\n") {
		name, rest, ok := strings.Cut(block, "\n- - - - -\n")
		text, want, ok2 := strings.Cut(rest, "\n= = = = =\n")
		if !ok || !ok2 {
			t.Fatalf("%s: broken case %q", path, block)
		}
		out = append(out, specCase{name, text, want})
	}
	return out
}

func TestTerms(t *testing.T) {
	a := open(t, "")
	for _, c := range specs(t, "testdata/terms.txt") {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, show(a.Morphemes(nil, c.text))); diff != "" {
				t.Errorf("Morphemes(%q) (-want +got):\n%s", c.text, diff)
			}
		})
	}
}

func show(terms []analysis.Morph) string {
	var out []string
	for _, m := range terms {
		line := fmt.Sprintf("%s/%s %d-%d", m.Term, m.POS, m.Start, m.End)
		if m.Whole {
			line += " whole"
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func TestCut(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"stem and endings", "먹었다", "먹|었|다"},
		{"grown together", "됐다", "됐|다"},
		{"a noun and a particle", "책이", "책|이"},
	}
	a := open(t, "")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, cuts(a, test.text)); diff != "" {
				t.Errorf("cuts of %q (-want +got):\n%s", test.text, diff)
			}
		})
	}
}
