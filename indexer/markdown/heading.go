package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// heading is a heading of a post on its way to an id.
type heading struct {
	level  int
	line   string // its source, without the marks around it
	pieces []piece
	before string          // what stands before the text on its line, "\n" if it has several lines
	nested bool            // in a list or a quote
	notes  map[string]bool // labels of the footnotes of the source
	unseen bool            // inside of what the generator takes for something else than Markdown
	boxed  bool            // inside of HTML that asks for Markdown
}

// piece is a part of the text of a heading.
type piece struct {
	kind pieceKind
	text string // as written
}

type pieceKind int

const (
	textPiece pieceKind = iota
	codePiece
	htmlPiece    // a tag or a comment
	altPiece     // description of a picture
	addressPiece // <http://...>
	notePiece    // the mark of a footnote of one word, which goldmark takes for a link: ^label
	endPiece     // the end of a link or of emphasis
)

// maxHeading bounds the bytes of a heading with an id. Nobody writes more; what is longer is text above a rule.
const maxHeading = 4 << 10

// headingOf takes a heading apart.
func headingOf(n *ast.Heading, source []byte) heading {
	h := heading{level: n.Level, nested: n.Parent() != nil && n.Parent().Kind() != ast.KindDocument}
	if lines := n.Lines(); lines.Len() > 0 {
		last := lines.At(lines.Len() - 1)
		if last.Stop-lines.At(0).Start > maxHeading {
			h.unseen = true
			return h
		}
		c := collector{source: source}
		c.collect(n)
		h.pieces = c.list
		h.line = strings.TrimSpace(string(last.Value(source)))
		start := lines.At(0).Start
		h.before = string(source[lineStart(source, start):start])
		if lines.Len() > 1 {
			h.before = "\n"
		}
	}
	return h
}

func lineStart(source []byte, at int) int { return 1 + bytes.LastIndexByte(source[:at], '\n') }

// collector collects the text under a node in order.
type collector struct {
	source []byte
	list   []piece
	text   strings.Builder // of the last piece; goldmark cuts text wherever there might be markup
}

func (c *collector) add(kind pieceKind, text string) {
	c.flush()
	c.flush()
	c.list = append(c.list, piece{kind, text})
}

func (c *collector) flush() {
	if c.text.Len() > 0 {
		c.list = append(c.list, piece{textPiece, c.text.String()})
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
			c.add(codePiece, codeText(n, c.source))
		case *ast.RawHTML:
			c.add(htmlPiece, string(n.Segments.Value(c.source)))
		case *ast.AutoLink:
			c.add(addressPiece, string(n.Label(c.source)))
		case *ast.Image:
			inside := collector{source: c.source}
			inside.collect(n)
			c.add(altPiece, heading{pieces: inside.list}.text())
		case *ast.Link:
			if isNote(n) {
				c.add(notePiece, string(n.Reference.Value))
				continue
			}
			c.collect(n)
			c.add(endPiece, "")
		default:
			c.collect(n)
			c.add(endPiece, "")
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

// isHeading reports whether a generator takes for a heading with an id of this text what GitHub takes for one.
func (h heading) isHeading(f IDs) bool {
	marked := strings.HasPrefix(strings.TrimLeft(h.before, " "), "#")
	switch {
	case h.unseen:
		return false
	case f.isHexo():
		return marked || !strings.HasPrefix(h.line, "#")
	case f == GitHubIDs || f == NoIDs:
		return true
	case strings.Contains(h.line, "{{") || strings.Contains(h.line, "{%"):
		return false // what a template makes of it cannot be known
	case !f.isKramdown():
		return true
	}
	// kramdown wants the marks at the beginning of the line, and one line of text above a line of hyphens.
	return h.before != "\n" && (h.nested || strings.HasPrefix(h.before, "#") || !marked)
}

// plain resolves escapes and entities.
func plain(s string) string {
	return string(util.UnescapePunctuations(util.ResolveNumericReferences(util.ResolveEntityNames([]byte(s)))))
}

// source is the line of a heading as it stands.
func (h heading) source() string { return h.line }

// text is what a reader sees, without pictures.
func (h heading) text() string { return h.join(plain) }

// attributes are those that kramdown takes after a link, emphasis or code.
var attributes = regexp.MustCompile(`^\{:[^}]*\}`)

// kramdown is the same with the dashes, dots and quotes that kramdown sets, which leave no trace in an id.
func (h heading) kramdown() string {
	var list []piece
	for i, p := range h.pieces {
		if i > 0 && p.kind == textPiece && h.pieces[i-1].kind != textPiece {
			p.text = attributes.ReplaceAllString(p.text, "")
		}
		if p.kind == textPiece {
			p.text = footnoteMark.ReplaceAllStringFunc(p.text, func(mark string) string {
				if h.notes[strings.Trim(mark, "[^]:")] {
					return ""
				}
				return mark
			})
		}
		if p.kind == notePiece && h.notes[p.text[1:]] {
			continue
		}
		list = append(list, p)
	}
	h.pieces = list
	return h.join(func(s string) string { return unset(maths.ReplaceAllString(s, "$1")) })
}

var (
	maths         = regexp.MustCompile(`\$\$\s*(.*?)\s*\$\$`)
	setByKramdown = regexp.MustCompile("\\\\[\\\\.*_+`<>()\\[\\]{}#!:|\"'$=~-]|---?|\\.\\.\\.")
)

// stated is the id that kramdown takes from the end of a heading, and the part of the heading that says it.
func (h *heading) stated() (id, part string) {
	m := kramdownID.FindStringSubmatch(h.line)
	if m == nil {
		return "", ""
	}
	h.line = strings.TrimSpace(strings.TrimSuffix(h.line, m[0]))
	for i := len(h.pieces) - 1; i >= 0 && h.pieces[i].kind == textPiece; i-- {
		h.pieces[i].text = strings.TrimSuffix(h.pieces[i].text, m[0])
	}
	return m[1], m[0]
}

// kramdownID follows the XML names that kramdown wants.
var kramdownID = regexp.MustCompile(`[ \t]\{#([\p{L}_:][\p{L}\p{Nd}\p{M}_:.\x{b7}-]*)\}$`)

// join puts text and code together, text as changed by of.
func (h heading) join(of func(string) string) string {
	var b strings.Builder
	for _, p := range h.pieces {
		switch p.kind {
		case textPiece:
			b.WriteString(of(p.text))
		case codePiece, addressPiece, notePiece:
			b.WriteString(p.text)
		}
	}
	return b.String()
}

// shown is what a reader sees in a page of Hugo, with the words for pictures, but without addresses.
func (h heading) shown() string {
	var list []piece
	for _, p := range h.pieces {
		switch p.kind {
		case altPiece:
			p.kind = codePiece
		case textPiece:
			p.text = footnoteMark.ReplaceAllString(address.ReplaceAllString(p.text, ""), "")
		case addressPiece, notePiece:
			continue
		}
		list = append(list, p)
	}
	s := heading{pieces: list}.join(unset)
	return s[1+strings.LastIndexByte(s, '\n'):] // of several lines the last counts
}

// address is what Hugo makes a link of, though it stands in text.
var address = regexp.MustCompile(`(?:https?://|www\.)[^\s<]*`)

// unset resolves escapes and entities, and makes one sign, which leaves no trace in an id, of dashes and dots that are
// set as others.
func unset(s string) string {
	s = setByKramdown.ReplaceAllStringFunc(s, func(set string) string {
		if escaped, ok := strings.CutPrefix(set, `\`); ok {
			return escaped
		}
		return "\u2013"
	})
	return string(util.ResolveNumericReferences(util.ResolveEntityNames([]byte(s))))
}

// marked is the HTML that marked makes of a heading, as far as its id depends on it.
func (h heading) marked() string {
	entities := strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&#39;", "'", "&#96;", "`")
	var b strings.Builder
	for _, p := range h.pieces {
		switch p.kind {
		case textPiece:
			for _, t := range markedTokens(hexoMark.ReplaceAllString(p.text, "")) {
				b.WriteString(entities.Replace(t))
			}
		case codePiece, htmlPiece, addressPiece, notePiece:
			b.WriteString(p.text)
		}
	}
	return b.String()
}

// hexoMark is a tag of Hexo, which leaves a comment in its place.
var hexoMark = regexp.MustCompile(`\{\{.+?\}\}|\{%.+?%\}|\{#.+?#\}`)

// markedBreak is where marked may end a piece of text: before what may be markup.
var markedBreak = regexp.MustCompile("\\\\[!-/:-@\\[-`{-~]|[<!\\[`*~_]")

// markedTokens cuts text as marked does, and sets quotes, dashes and dots in each part.
func markedTokens(s string) []string {
	var tokens []string
	at := 0
	for _, m := range markedBreak.FindAllStringIndex(s, -1) {
		if m[0] > at {
			tokens = append(tokens, smart(s[at:m[0]]))
		}
		at = m[0]
		if s[at] == '\\' {
			tokens = append(tokens, s[at+1:m[1]])
			at = m[1]
		}
	}
	return append(tokens, smart(s[at:]))
}

var (
	openingSingle = regexp.MustCompile(`(^|[-\x{2014}/(\[{"\s])'`)
	openingDouble = regexp.MustCompile(`(^|[-\x{2014}/(\[{\x{2018}\s])"`)
)

// smart sets quotes, dashes and dots as the scripts called smartypants do.
func smart(s string) string {
	s = strings.NewReplacer("---", "\u2014", "--", "\u2013").Replace(s)
	return strings.ReplaceAll(curled(s), "...", "\u2026")
}

// curled makes quotes curl.
func curled(s string) string {
	s = strings.ReplaceAll(openingSingle.ReplaceAllString(s, "${1}\u2018"), "'", "\u2019")
	return strings.ReplaceAll(openingDouble.ReplaceAllString(s, "${1}\u201c"), `"`, "\u201d")
}

// markdownIt is the text of all parts, tags as they stand.
func (h heading) markdownIt() string {
	var b strings.Builder
	for _, p := range h.pieces {
		if p.kind != textPiece {
			b.WriteString(p.text)
			continue
		}
		at := 0
		for _, m := range escape.FindAllStringIndex(p.text, -1) {
			b.WriteString(plain(typeset(p.text[at:m[0]])) + p.text[m[0]+1:m[1]])
			at = m[1]
		}
		b.WriteString(plain(typeset(p.text[at:])))
	}
	return b.String()
}

var (
	escape     = regexp.MustCompile("\\\\[!-/:-@\\[-`{-~]")
	dots       = regexp.MustCompile(`\.{2,}`)
	shouts     = regexp.MustCompile(`([?!])\x{2026}`)
	longDash   = regexp.MustCompile(`(^|[^-])---([^-]|$)`)
	spacedDash = regexp.MustCompile(`(^|\s)--(\s|$)`)
	innerDash  = regexp.MustCompile(`(^|[^-\s])--([^-\s]|$)`)
)

// typeset sets dots, dashes and quotes as markdown-it does.
func typeset(s string) string {
	s = shouts.ReplaceAllString(dots.ReplaceAllString(s, "\u2026"), "$1..")
	s = longDash.ReplaceAllString(s, "$1\u2014$2")
	s = innerDash.ReplaceAllString(spacedDash.ReplaceAllString(s, "$1\u2013$2"), "$1\u2013$2")
	return curled(s)
}
