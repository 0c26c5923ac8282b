package markdown_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"chaja/indexer/markdown"
	"chaja/indexer/text"
)

// repeated returns a source of about n bytes: unit again and again between the two.
func repeated(before, unit, after string, n int) string {
	return text.Clean(before + strings.Repeat(unit, n/len(unit)) + after)
}

// cost returns what reading a source takes: the shortest time of some, and the bytes allocated.
func cost(source string) (took time.Duration, allocated uint64) {
	for range 3 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		markdown.Read(source, markdown.Options{})
		markdown.Links(source, markdown.Options{})
		if d := time.Since(start); took == 0 || d < took {
			took = d
		}
		runtime.ReadMemStats(&after)
		allocated = after.TotalAlloc - before.TotalAlloc
		if took < slowest {
			break
		}
	}
	return took, allocated
}

// slowest is the time below which nothing is slow, on any machine.
const slowest = 3 * time.Second

// isSlow reports whether four times the source takes ten times as long, or as much memory. By the square it would be sixteen
// times. A source that ends at the limit of work takes as long as half of it, so this is no question of the machine.
func isSlow(before, unit, after string) (string, bool) {
	const n = 64 << 10
	once, onceBytes := cost(repeated(before, unit, after, n))
	four, fourBytes := cost(repeated(before, unit, after, 4*n))
	return fmt.Sprintf("%v and %d KB, four times that %v and %d KB", once, onceBytes>>10, four, fourBytes>>10),
		four > slowest && four > 10*once || fourBytes > 10*(onceBytes+8<<20)
}

// units are what slows parsers down when it is repeated: what looks for an end that does not come.
func units() []string {
	return []string{
		"<?", "<![CDATA[", "<!X", "<!--", "<a ", "<a href=\"", "<h2 id='", "<img alt=\"", "<pre>", "<pre", "<script>", "</script>",
		"<style>\n", "<h1>", "</", "<a b='>", "<div>\n", "<?\n</div>\n-", "<![CDATA[<a#}",
		"[", "]", "![", "[a](", "[a](<", "[a][", "[a]: ", "[a]:\n", "[a]: /b\n", "[^a]:", "[a](/b", "](``[a](",
		"*", "**", "_", "*a_ ", "**a ", "~", "~~a", "`", "``a", "`a``", "\\", "&", "&#x41;", "&amp", ":", "http://", "www.",
		"> ", ">\n", "- ", "-\n", "1. ", "1)\n", "  - a\n", "\n- &a;[a](", "# ", "#\n", "a\n===\n", "a\n---\n", "---\n",
		"|", "|-", "|a|\n", "|-|\n", "```\n", "~~~\n", "\t", "\n", " ", "\n\n", "$$\n", "$$ a", "{#a} ", "{{", "{%", "가", "a\u0301",
		"\n---\nwww.", "![\n> ", ";base64,", "data:a;base64,AAAA",
	}
}

// TestNothingIsSlow: reading takes time and memory in proportion to the source, whatever is repeated in it.
func TestNothingIsSlow(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	for _, unit := range units() {
		for _, before := range []string{"", "<div>\n"} {
			if figures, slow := isSlow(before, unit, ""); slow {
				t.Errorf("%q after %q: %s", unit, before, figures)
			}
		}
	}
}

// FuzzSlow looks for what else is slow when it is repeated. A fuzz target runs at a tenth of the speed, so the source is
// short: what costs more than the square of its length shows there too.
func FuzzSlow(f *testing.F) {
	for _, unit := range units() {
		f.Add("", unit, "")
		f.Add("가", unit, "\n# 끝\n")
	}
	f.Fuzz(func(t *testing.T, before, unit, after string) {
		if len(unit) == 0 || len(unit) > 60 || len(before)+len(after) > 200 {
			return
		}
		if took, _ := cost(repeated(before, unit, after, 4<<10)); took > slowest {
			t.Errorf("%q between %q and %q: %v", unit, before, after, took)
		}
	})
}
