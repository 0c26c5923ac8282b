package markdown

import (
	"fmt"
	"strings"
	"testing"

	"chaja/indexer/internal/spec"
	"chaja/indexer/text"

	"github.com/google/go-cmp/cmp"
)

// TestIDs: each case is a source, and its headings' ids in every way, separated by blanks; "-" for none.
func TestIDs(t *testing.T) {
	for _, c := range spec.Read(t, "testdata/ids.txt") {
		t.Run(c.Name, func(t *testing.T) {
			if diff := cmp.Diff(c.Want, idsIn(c.Input)); diff != "" {
				t.Errorf("ids (-want +got):\n%s", diff)
			}
		})
	}
}

func idsIn(source string) string {
	var b strings.Builder
	for ids := GitHubIDs; ids <= HexoItIDs; ids++ {
		page := Read(text.Clean(source), Options{IDs: ids, Raw: source})
		fmt.Fprintf(&b, "%s:", ids)
		for _, s := range page.Sections {
			switch {
			case s.Level == 0:
			case s.Anchor == "":
				b.WriteString(" -")
			default:
				b.WriteString(" " + s.Anchor)
			}
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}
