package main

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
)

// Measures of the picture of a terminal, in pixels and columns.
const (
	pictureColumns = 92
	columnWidth    = 8.4
	lineHeight     = 21
	pictureEdge    = 18
)

// TestTerminalPicture: docs/images/terminal.svg is what chaja search prints on a terminal of today; -update draws it.
func TestTerminalPicture(t *testing.T) {
	t.Setenv("LC_ALL", "C")
	site := indexedSite(t)
	var screen strings.Builder
	for i, query := range []string{"느려진 쿼리", "zkvmzk"} {
		if i > 0 {
			screen.WriteString("\n")
		}
		fmt.Fprintf(&screen, "%s$%s %schaja search %s%s\n", dim, reset, bold, query, reset)
		result := decoded[search.Result](t, "search", "--site", site, "--json", "--per-page", "1", query)
		for h := range result.Hits { // two sections are enough to see the point
			result.Hits[h].Sections = result.Hits[h].Sections[:min(2, len(result.Hits[h].Sections))]
		}
		s := style{color: true, width: pictureColumns}
		if said := suggestion(s.texts(), result.Suggestion); said != "" {
			fmt.Fprintln(&screen, said)
		}
		printResult(&screen, s, result)
	}
	got := picture(screen.String())
	path := filepath.Join("..", "..", "docs", "images", "terminal.svg")
	if *update {
		must(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("if it is right: make terminal-picture (-file +today)\n%s", diff)
	}
}

// picture draws what a terminal shows as SVG, in the light and in the dark. Each piece of one style has the width that its columns
// take, whatever font is there.
func picture(screen string) string {
	lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	var b strings.Builder
	width, height := pictureColumns*columnWidth+2*pictureEdge, len(lines)*lineHeight+2*pictureEdge
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" viewBox="0 0 %.0f %d" role="img" aria-label="chaja search at a terminal">
<style>
rect { fill: #ffffff; stroke: #dde1e6 } text { fill: #1f2328; font: 14px ui-monospace, "D2Coding", "Noto Sans Mono CJK KR", "Apple SD Gothic Neo", monospace; white-space: pre }
.bold { font-weight: bold } .dim { fill: #5d646d } .mark { fill: #9a5b00 }
@media (prefers-color-scheme: dark) { rect { fill: #1d1f23; stroke: #3a3e45 } text { fill: #e8e6e1 } .dim { fill: #a5a7ab } .mark { fill: #f0c060 } }
</style>
<rect x=".5" y=".5" width="%.0f" height="%d" rx="8"/>
`, width, height, width, height, width-1, height-1)
	look := map[string]bool{}
	for i, line := range lines {
		drawLine(&b, look, line, pictureEdge+i*lineHeight+15)
	}
	return b.String() + "</svg>\n"
}

// drawLine draws the pieces of a line that have one style. Look is that at its beginning, and then at its end.
func drawLine(b *strings.Builder, look map[string]bool, line string, y int) {
	at, piece := 0, ""
	flush := func() {
		if strings.TrimSpace(piece) != "" {
			var class []string
			for _, name := range []string{"bold", "dim", "mark"} {
				if look[name] {
					class = append(class, name)
				}
			}
			fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%d\" class=\"%s\" textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\">%s</text>\n",
				pictureEdge+float64(at)*columnWidth, y, strings.Join(class, " "), float64(columns(piece))*columnWidth, html.EscapeString(piece))
		}
		at, piece = at+columns(piece), ""
	}
	for line != "" {
		var first string
		first, line, _ = cluster(line)
		if !strings.HasPrefix(first, "\x1b") {
			piece += first
			continue
		}
		flush()
		switch first {
		case bold:
			look["bold"] = true
		case dim:
			look["dim"] = true
		case yellow:
			look["mark"] = true
		case plain:
			look["mark"] = false
		case reset:
			clear(look)
		}
	}
	flush()
}
