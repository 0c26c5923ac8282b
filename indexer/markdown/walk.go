package markdown

import (
	"strings"

	"chaja/indexer/text"
	"chaja/internal/lazyregexp"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// walker reads a syntax tree into a page.
type walker struct {
	page    *page
	source  []byte
	options Options
	heads   *heads
	rows    bool // lines of source are lines of text
}

func (w walker) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.Heading:
		h, id, part := w.heads.of(n, w.source)
		w.page.heading(h, strings.Replace(w.raw(n), part, "", 1), id)
	case *ast.Paragraph, *ast.TextBlock:
		w.paragraph(n)
	case *extast.DefinitionTerm:
		w.page.block(w.inline(n))
	case *extast.TableRow, *extast.TableHeader:
		var cells []string
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, w.inline(c))
		}
		w.page.block(strings.Join(cells, "\t"))
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.page.code(string(n.Lines().Value(w.source)))
	case *ast.HTMLBlock:
		if w.options.NoHTML && n.Lines().Len() > 0 && !w.heads.unseenAt(w.source, n.Lines().At(0).Start) {
			break
		}
		html := string(n.Lines().Value(w.source))
		if n.HasClosure() {
			html += string(n.ClosureLine.Value(w.source))
		}
		w.html(html)
	case *ast.LinkReferenceDefinition:
		if strings.HasPrefix(string(n.Label), "^") && !w.options.NoNotes { // a footnote of one word, or of one and a quotation
			w.page.block(tidy(footnoteMark().ReplaceAllString(string(n.Lines().Value(w.source)), "")))
		}
	default:
		return ast.WalkContinue, nil
	}
	return ast.WalkSkipChildren, nil
}

// inline returns the text inside a block as one line, but for the line breaks its author asked for.
func (w walker) inline(n ast.Node) string { return tidy(w.raw(n)) }

func (w walker) raw(n ast.Node) string {
	var b strings.Builder
	w.writeInline(&b, n)
	return loosen(b.String(), w.options.Prepare != nil)
}

// tidy joins runs of blanks, as a browser does, and leaves out empty lines.
func tidy(s string) string {
	var lines []string
	for line := range strings.SplitSeq(text.Clean(s), "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func (w walker) writeInline(b *strings.Builder, parent ast.Node) {
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		switch n := c.(type) {
		case *ast.Text:
			c = w.writeText(b, n)
		case *ast.CodeSpan:
			for t := n.FirstChild(); t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					b.WriteString(strings.ReplaceAll(string(t.Segment.Value(w.source)), "\n", " "))
				}
			}
		case *ast.AutoLink:
			b.Write(n.Label(w.source))
		case *ast.RawHTML:
			c = w.writeHTML(b, n)
		case *ast.Link:
			if !isNote(n) || w.options.NoNotes {
				w.writeInline(b, n)
			}
		default:
			w.writeInline(b, n)
		}
	}
}

// writeHTML writes what a tag leaves, and returns the last node that belongs to it: the end of what is not shown.
func (w walker) writeHTML(b *strings.Builder, n *ast.RawHTML) ast.Node {
	html := string(n.Segments.Value(w.source))
	b.WriteString(stripHTML(html))
	name := TagName(strings.TrimPrefix(html, "<"))
	if !isUnseen(name, strings.TrimPrefix(html, "<")) {
		return n
	}
	var last ast.Node = n
	for c := last.NextSibling(); c != nil; c = c.NextSibling() {
		last = c
		if end, ok := c.(*ast.RawHTML); ok && TagName(strings.TrimPrefix(string(end.Segments.Value(w.source)), "<")) == "/"+name {
			break
		}
	}
	return last
}

// footnoteMark is a reference to a footnote, or the head of one.
var footnoteMark = lazyregexp.New(`\[\^[^\[\]\s]+\]:?`)

// writeText writes t and the texts that follow it on the same line, and returns the last one. Goldmark cuts a text at
// every character that might have been markup.
func (w walker) writeText(b *strings.Builder, t *ast.Text) *ast.Text {
	raw := append([]byte(nil), t.Segment.Value(w.source)...)
	for !t.SoftLineBreak() && !t.HardLineBreak() {
		next, ok := t.NextSibling().(*ast.Text)
		if !ok {
			break
		}
		t = next
		raw = append(raw, t.Segment.Value(w.source)...)
	}
	if !w.options.NoNotes {
		raw = footnoteMark().ReplaceAll(raw, nil)
	}
	if w.options.Marks != nil {
		raw = w.options.Marks.ReplaceAll(raw, nil)
	}
	raw = markStars(raw)
	if w.options.Shown != nil {
		raw = []byte(w.options.Shown(string(raw)))
	}
	b.Write(util.UnescapePunctuations(util.ResolveNumericReferences(util.ResolveEntityNames(raw))))
	switch {
	case t.HardLineBreak(), t.SoftLineBreak() && w.rows:
		b.WriteByte('\n')
	case t.SoftLineBreak():
		b.WriteByte(' ')
	}
	return t
}
