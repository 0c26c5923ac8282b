package markdown

import (
	"bytes"
	"cmp"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
)

// heads finds what a generator sees of the headings of a source. It is asked in their order.
type heads struct {
	options Options
	lines   []string        // as they were before they were cleaned and prepared
	unseen  []span          // lines that the generator does not read as Markdown
	boxed   []span          // lines that kramdown reads as Markdown inside HTML
	notes   map[string]bool // labels of footnotes
	at      int             // where the line begins that was reached last
	line    int             // its number, from 0
	parser  parser.Parser   // for single lines, nil until there is one
}

// footnoteHead begins a footnote.
var footnoteHead = regexp.MustCompile(`(?m)^ {0,3}\[\^([^\]]+)\]:`)

func newHeads(o Options, source string) *heads {
	h := &heads{options: o, notes: map[string]bool{}}
	h.unseen, h.boxed = unseenBy(o.IDs, source)
	if o.Raw != "" {
		source = o.Raw
	}
	h.lines = strings.Split(source, "\n")
	for _, m := range footnoteHead.FindAllStringSubmatch(source, -1) {
		h.notes[m[1]] = true
	}
	return h
}

// of returns a heading of the prepared source, the id that it states and the part of its text that says so, which is
// no text to a reader.
func (s *heads) of(n *ast.Heading, source []byte) (h heading, id, part string) {
	h = headingOf(n, source)
	h.notes = s.notes
	last := n.Lines().Len() - 1
	if last < 0 {
		h.unseen = s.options.Syntax != Plain // there may have been a template
		return h, "", ""
	}
	s.reach(source, n.Lines().At(0).Start)
	h.unseen = h.unseen || s.inside(s.unseen)
	h.boxed = s.inside(s.boxed)
	if last == 0 {
		s.asWritten(&h, lineAt(source, s.at))
	}
	if s.options.IDs.isKramdown() {
		if next := s.line + 1; h.nested && next < len(s.lines) && strings.TrimSpace(s.lines[next]) == "-" {
			h.unseen = true // an item without text, not a line below a heading
		}
		if id, part = h.stated(); id == "" {
			id = cmp.Or(s.below(s.line+last+1), s.above(s.line-1))
		}
		return h, id, part
	}
	stated, _ := n.AttributeString("id")
	written, _ := stated.([]byte)
	return h, string(written), ""
}

// inside reports whether the line reached is in one of the spans.
func (s *heads) inside(spans []span) bool {
	for _, u := range spans {
		if u.start > s.line {
			break
		}
		if s.line <= u.end {
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
	for _, spans := range []*[]span{&s.unseen, &s.boxed} {
		for len(*spans) > 0 && (*spans)[0].end < s.line {
			*spans = (*spans)[1:]
		}
	}
}

func lineAt(source []byte, start int) string {
	line, _, _ := bytes.Cut(source[start:], []byte("\n"))
	return string(line)
}

// below returns the id that kramdown takes from a line of attributes right below a heading.
func (s *heads) below(line int) string {
	if line < len(s.lines) && underline.MatchString(s.lines[line]) {
		line++
	}
	if line >= len(s.lines) {
		return ""
	}
	if m := attributeLine.FindStringSubmatch(s.lines[line]); m != nil {
		return m[1]
	}
	return ""
}

// above returns the id that kramdown takes from a line of attributes before a heading: one that follows an empty line,
// as it would belong to the block above otherwise.
func (s *heads) above(line int) string {
	isEmpty := func(line int) bool { return line < 0 || strings.TrimSpace(s.lines[line]) == "" }
	for line >= 0 && line < len(s.lines) && isEmpty(line) {
		line--
	}
	if line < 0 || line >= len(s.lines) || !isEmpty(line-1) {
		return ""
	}
	if m := attributeLine.FindStringSubmatch(s.lines[line]); m != nil {
		return m[1]
	}
	return ""
}

var (
	underline = regexp.MustCompile(`^ {0,3}(?:=+|-+)[ \t]*$`)
	// attributeLine is a line of attributes with an id among them.
	attributeLine = regexp.MustCompile(`^ {0,3}\{:(?:(?:[^}"']|"[^"]*"|'[^']*')*[\s\w-])??#([A-Za-z][\w:-]*)(?:[\s.#][^}]*)?\}\s*$`)
)

// asWritten takes the parts of a heading from its line as it was written, if that is another than now.
func (s *heads) asWritten(h *heading, now string) {
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
		h.line, h.pieces = raw.line, raw.pieces
	}
}
