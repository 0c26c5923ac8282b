package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// Heading is a heading of a post on its way to an id.
type Heading struct {
	Level  int
	Line   string // its source, without the marks around it
	Pieces []Piece
	Before string          // what stands before the text on its line, "\n" if it has several lines
	Nested bool            // in a list or a quote
	Notes  map[string]bool // labels of the footnotes of the source
	Unseen bool            // inside of what the generator takes for something else than Markdown
	boxed  bool            // inside of HTML that asks for Markdown
}

// Piece is a part of the text of a heading.
type Piece struct {
	Kind PieceKind
	Text string // as written
}

// PieceKind is what a piece is.
type PieceKind int

// The kinds.
const (
	TextPiece PieceKind = iota
	CodePiece
	HTMLPiece    // a tag or a comment
	AltPiece     // description of a picture
	AddressPiece // <http://...>
	NotePiece    // the mark of a footnote of one word, which goldmark takes for a link: ^label
	EndPiece     // the end of a link or of emphasis
)

// maxHeading bounds the bytes of a heading with an id. Nobody writes more; what is longer is text above a rule.
const maxHeading = 4 << 10

// headingOf takes a heading apart.
func headingOf(n *ast.Heading, source []byte) Heading {
	h := Heading{Level: n.Level, Nested: n.Parent() != nil && n.Parent().Kind() != ast.KindDocument}
	if lines := n.Lines(); lines.Len() > 0 {
		last := lines.At(lines.Len() - 1)
		if last.Stop-lines.At(0).Start > maxHeading {
			h.Unseen = true
			return h
		}
		c := collector{source: source}
		c.collect(n)
		h.Pieces = c.list
		h.Line = strings.TrimSpace(string(last.Value(source)))
		start := lines.At(0).Start
		h.Before = string(source[lineStart(source, start):start])
		if lines.Len() > 1 {
			h.Before = "\n"
		}
	}
	return h
}

func lineStart(source []byte, at int) int { return 1 + bytes.LastIndexByte(source[:at], '\n') }

// collector collects the text under a node in order.
type collector struct {
	source []byte
	list   []Piece
	text   strings.Builder // of the last piece; goldmark cuts text wherever there might be markup
}

func (c *collector) add(kind PieceKind, text string) {
	c.flush()
	c.flush()
	c.list = append(c.list, Piece{kind, text})
}

func (c *collector) flush() {
	if c.text.Len() > 0 {
		c.list = append(c.list, Piece{TextPiece, c.text.String()})
		c.text.Reset()
	}
}

func (c *collector) collect(parent ast.Node) {
	for child := parent.FirstChild(); child != nil; child = child.NextSibling() {
		switch n := child.(type) {
		case *ast.Text:
			c.text.Write(n.Segment.Value(c.source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				c.text.WriteByte('\n')
			}
		case *ast.CodeSpan:
			c.add(CodePiece, codeText(n, c.source))
		case *ast.RawHTML:
			c.add(HTMLPiece, string(n.Segments.Value(c.source)))
		case *ast.AutoLink:
			c.add(AddressPiece, string(n.Label(c.source)))
		case *ast.Image:
			inside := collector{source: c.source}
			inside.collect(n)
			c.add(AltPiece, Heading{Pieces: inside.list}.Text())
		case *ast.Link:
			if isNote(n) {
				c.add(NotePiece, string(n.Reference.Value))
				continue
			}
			c.collect(n)
			c.add(EndPiece, "")
		default:
			c.collect(n)
			c.add(EndPiece, "")
		}
	}
	c.flush()
}

// isNote reports whether a link refers to a footnote.
func isNote(n *ast.Link) bool {
	return n.Reference != nil && len(n.Reference.Value) > 1 && n.Reference.Value[0] == '^'
}

func codeText(n *ast.CodeSpan, source []byte) string {
	var b strings.Builder
	for t := n.FirstChild(); t != nil; t = t.NextSibling() {
		if t, ok := t.(*ast.Text); ok {
			b.Write(t.Segment.Value(source))
		}
	}
	return b.String()
}

// Resolve resolves escapes and entities.
func Resolve(s string) string {
	return string(util.UnescapePunctuations([]byte(Entities(s))))
}

// Entities resolves entities.
func Entities(s string) string {
	return string(util.ResolveNumericReferences(util.ResolveEntityNames([]byte(s))))
}

// DropNotes takes the marks of footnotes with these labels out of a text: [^label].
func DropNotes(s string, which func(label string) bool) string {
	return footnoteMark().ReplaceAllStringFunc(s, func(mark string) string {
		if which(strings.Trim(mark, "[^]:")) {
			return ""
		}
		return mark
	})
}

// Text is what a reader sees, without pictures.
func (h Heading) Text() string { return h.Join(Resolve) }

// Join puts text and code together, text as changed by of.
func (h Heading) Join(of func(string) string) string {
	var b strings.Builder
	for _, p := range h.Pieces {
		switch p.Kind {
		case TextPiece:
			b.WriteString(of(p.Text))
		case CodePiece, AddressPiece, NotePiece:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}
