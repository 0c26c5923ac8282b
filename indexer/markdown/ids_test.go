package markdown

import (
	"fmt"
	"strings"
	"testing"
	"time"

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

// tooLong is the limit for sources that a quadratic search would take many minutes for; it leaves room for the race
// detector on a machine that is busy with other things.
const tooLong = time.Minute

// TestIDsHostile: what looks for the end of something takes linear time.
func TestIDsHostile(t *testing.T) {
	repeat := strings.Repeat
	for _, tt := range []struct{ name, source string }{
		{"open comments and tags", repeat("<!-- <a>\n", 60_000)},
		{"open scripts and tags", repeat("<script>\n<b>\n", 40_000)},
		{"templates in a heading", "# " + repeat("{{{%a%}", 100_000)},
		{"boxes and headings", repeat("<div>\n</div>\n\n# 가\n", 30_000)},
		{"tags and headings", repeat("{% a %}\n\n# 가\n\n{% enda %}\n", 20_000)},
		{"long heading", repeat("가 *나* `다`\n", 50_000) + "---\n"},
		{"equal headings", repeat("# 제목\u200b\n", 50_000)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for ids, syntax := range map[IDs]Syntax{KramdownGFMIDs: Jekyll, KramdownIDs: Jekyll, HexoIDs: Hexo, HexoItIDs: Hexo, HugoIDs: Hugo} {
				start := time.Now()
				source := text.Clean(tt.source)
				check(t, source, Read(source, Options{Syntax: syntax, IDs: ids, Raw: tt.source}))
				d := time.Since(start)
				t.Logf("%s: %v", ids, d)
				if d > tooLong { // well under 2 s on an idle machine
					t.Errorf("%s took %v", ids, d)
				}
			}
		})
	}
}
