package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"

	"chaja/internal/lazyregexp"
)

// heads finds what a generator sees of the headings of a source. It is asked in their order.
type heads struct {
	options Options
	lines   []string        // as they were before they were cleaned and prepared
	unseen  []Span          // lines that the generator does not read as Markdown
	boxed   []Span          // lines that it reads as Markdown inside HTML
	notes   map[string]bool // labels of footnotes
	at      int             // where the line begins that was reached last
	line    int             // its number, from 0
	parser  parser.Parser   // for single lines, nil until there is one
}

// begin goes on in a piece of the source that begins at a line.
func (s *heads) begin(line int) { s.at, s.line = 0, line }

// footnoteHead begins a footnote.
var footnoteHead = lazyregexp.New(`(?m)^ {0,3}\[\^([^\]]+)\]:`)

func newHeads(o Options, source string) *heads {
	h := &heads{options: o, notes: map[string]bool{}}
	if o.IDs.Unseen != nil {
		unseen, boxed := o.IDs.Unseen(source)
		h.unseen, h.boxed = linesOf(source, unseen), linesOf(source, boxed)
	}
	if o.Raw != "" {
		source = o.Raw
	}
	h.lines = strings.Split(source, "\n")
	for _, m := range footnoteHead().FindAllStringSubmatch(source, -1) {
		h.notes[m[1]] = true
	}
	return h
}

// of returns a heading of the prepared source, the id that it states, and the part of its text that states it. No reader
// sees that part.
func (s *heads) of(n *ast.Heading, source []byte) (h Heading, id, part string) {
	h = headingOf(n, source)
	h.Notes = s.notes
	last := n.Lines().Len() - 1
	if last < 0 {
		h.Unseen = s.options.Prepare != nil // there may have been a template
		return h, "", ""
	}
	s.reach(source, n.Lines().At(0).Start)
	h.Unseen = h.Unseen || s.inside(s.unseen)
	h.boxed = s.inside(s.boxed)
	if last == 0 {
		s.asWritten(&h, lineAt(source, s.at))
	}
	if s.options.IDs.Stated != nil {
		id, part = s.options.IDs.Stated(&h, s.lines, s.line, s.line+last)
		return h, id, part
	}
	stated, _ := n.AttributeString("id")
	written, _ := stated.([]byte)
	return h, string(written), ""
}

// unseenAt reports whether the generator does not read the line of a position as Markdown.
func (s *heads) unseenAt(source []byte, position int) bool {
	s.reach(source, position)
	return s.inside(s.unseen)
}

// inside reports whether the line reached is in one of the spans.
func (s *heads) inside(spans []Span) bool {
	for _, u := range spans {
		if u.Start > s.line {
			break
		}
		if s.line <= u.End {
			return true
		}
	}
	return false
}

// ofHTML returns the id of a heading written as HTML, which states it.
func (s *heads) ofHTML(id string) string {
	if s.options.NoHTML {
		return ""
	}
	return id
}

// reach goes on to the line of a position.
func (s *heads) reach(source []byte, position int) {
	if start := lineStart(source, position); start > s.at {
		s.line += bytes.Count(source[s.at:start], []byte("\n"))
		s.at = start
	}
	for _, spans := range []*[]Span{&s.unseen, &s.boxed} {
		for len(*spans) > 0 && (*spans)[0].End < s.line {
			*spans = (*spans)[1:]
		}
	}
}

func lineAt(source []byte, start int) string {
	line, _, _ := bytes.Cut(source[start:], []byte("\n"))
	return string(line)
}

// asWritten takes the parts of a heading from its line as it was written, if that is another than now.
func (s *heads) asWritten(h *Heading, now string) {
	if s.line >= len(s.lines) || s.lines[s.line] == now {
		return
	}
	line := strings.TrimLeft(s.lines[s.line], " \t>-*+0123456789.")
	if !strings.HasPrefix(line, "#") {
		line = "# " + line
	}
	if s.parser == nil {
		s.parser = newParser(s.options)
	}
	tree := s.parser.Parse(gmtext.NewReader([]byte(line)))
	if n, ok := tree.FirstChild().(*ast.Heading); ok {
		raw := headingOf(n, []byte(line))
		h.Line, h.Pieces = raw.Line, raw.Pieces
	}
}
