package markdown

import (
	"strings"

	"chaja/internal/lazyregexp"
)

var (
	headingLine = lazyregexp.New(`^ {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$`)
	fenceLine   = lazyregexp.New("^ {0,3}(```+|~~~+)")
)

// readLines reads a source that is too hard for the parser: headings outside fenced code, and lines as they stand.
func (p *page) readLines(source string) {
	var block strings.Builder
	end := func() {
		p.block(block.String())
		block.Reset()
	}
	fence := ""
	for line := range strings.SplitSeq(source, "\n") {
		if f := fenceLine().FindStringSubmatch(line); f != nil {
			switch {
			case fence == "":
				fence = f[1]
				continue
			case strings.HasPrefix(f[1], fence):
				fence = ""
				continue
			}
		}
		h := headingLine().FindStringSubmatch(line)
		switch {
		case fence == "" && h != nil:
			end()
			p.heading(Heading{Level: len(h[1]), Line: h[2], Before: "# ", Pieces: []Piece{{TextPiece, h[2]}}}, h[2], "")
		case strings.TrimSpace(line) == "":
			end()
		default:
			block.WriteString(line + "\n")
		}
	}
	end()
}
