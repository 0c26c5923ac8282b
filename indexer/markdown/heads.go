package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	gmtext "github.com/yuin/goldmark/text"
)

// heads finds what a generator sees of the headings of a source. It is asked in their order.
type heads struct {
	flavour Flavour
	source  []byte
	unseen  []span
	raw     [][]byte // lines as they were before they were cleaned, nil if nothing was
	at      int      // where the line begins that was reached last
	line    int      // its number, from 0
	html    rawHTML
	notes   map[string]bool // labels of footnotes
}

// footnoteHead begins a footnote.
var footnoteHead = regexp.MustCompile(`(?m)^ {0,3}\[\^([^\]]+)\]:`)

func newHeads(f Flavour, source, raw []byte) *heads {
	s := &heads{flavour: f, source: source, unseen: unseenBy(f, string(source)), notes: map[string]bool{}}
	for _, m := range footnoteHead.FindAllSubmatch(source, -1) {
		s.notes[string(m[1])] = true
	}
	if !bytes.Equal(source, raw) {
		s.raw = bytes.Split(raw, []byte("\n"))
	}
	return s
}

// of returns a heading, the id that it states and the part of its text that says so, which is no text to a reader.
func (s *heads) of(n *ast.Heading) (h heading, id, part string) {
	h = headingOf(n, s.source)
	h.notes = s.notes
	if n.Lines().Len() > 0 {
		at := n.Lines().At(0).Start
		for len(s.unseen) > 0 && s.unseen[0].end < at {
			s.unseen = s.unseen[1:]
		}
		h.unseen = len(s.unseen) > 0 && s.unseen[0].start <= at || s.flavour.isKramdown() && s.html.hides()
		s.asWritten(&h, at)
	}
	if s.flavour.isKramdown() {
		if id, part = h.stated(); id == "" && n.Lines().Len() > 0 {
			id = s.below(n.Lines().At(n.Lines().Len() - 1).Stop)
		}
		return h, id, part
	}
	stated, _ := n.AttributeString("id")
	written, _ := stated.([]byte)
	return h, string(written), ""
}

// below returns the id that kramdown takes from a line of attributes right below a heading that ends at end.
func (s *heads) below(end int) string {
	rest := s.source[end:]
	if newline := bytes.IndexByte(rest, '\n'); newline >= 0 && len(bytes.TrimRight(rest[:newline], "# \t")) == 0 {
		rest = rest[newline+1:]
	}
	if underline, after, ok := bytes.Cut(rest, []byte("\n")); ok && len(bytes.Trim(underline, "=- \t")) == 0 && len(underline) > 0 {
		rest = after
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	if m := attributeLine.FindSubmatch(line); m != nil {
		return string(m[1])
	}
	return ""
}

// attributeLine is a line of attributes with an id among them.
var attributeLine = regexp.MustCompile(`^ {0,3}\{:(?:[^}]*\s)?#([^\s}]+)[^}]*\}\s*$`)

// asWritten takes the parts of a heading from its line as it was before it was cleaned, if it is another.
func (s *heads) asWritten(h *heading, at int) {
	if s.raw == nil {
		return
	}
	start := lineStart(s.source, at)
	s.line += bytes.Count(s.source[s.at:max(start, s.at)], []byte("\n"))
	s.at = max(start, s.at)
	clean, _, _ := bytes.Cut(s.source[start:], []byte("\n"))
	if s.line >= len(s.raw) || bytes.Equal(clean, s.raw[s.line]) || h.before == "\n" {
		return
	}
	line := bytes.TrimLeft(s.raw[s.line], " \t>-*+0123456789.")
	if !bytes.HasPrefix(line, []byte("#")) {
		line = append([]byte("# "), line...)
	}
	tree := newParser(s.flavour).Parse(gmtext.NewReader(line))
	if n, ok := tree.FirstChild().(*ast.Heading); ok {
		raw := headingOf(n, line)
		h.line, h.pieces = raw.line, raw.pieces
	}
}
