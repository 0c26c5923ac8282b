package site

import (
	"cmp"
	"strings"
	"unicode"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// kramdownIDs are those of kramdown's own Markdown.
func kramdownIDs() markdown.IDs {
	return markdown.IDs{
		Name: "kramdown", Text: func(h markdown.Heading) string { return h.Line }, Slug: kramdownSlug, Nothing: "section", Repeat: markdown.Counted,
		Has: isKramdownHeading, Stated: statedInKramdown, Unseen: unseenByKramdown,
	}
}

// kramdownGFMIDs are those of Jekyll as it comes. Inside HTML only kramdown's own rule looks.
func kramdownGFMIDs() markdown.IDs {
	boxed := kramdownIDs()
	boxed.Text = kramdownText
	f := boxed
	f.Name, f.Slug, f.Nothing, f.Boxed = "kramdown (GFM)", func(s string) string { return markdown.Words(s, " \t") }, "", &boxed
	return f
}

// isKramdownHeading wants the marks at the beginning of the line, and one line of text above a line of hyphens. What a
// template makes of a heading cannot be known.
func isKramdownHeading(h markdown.Heading) bool {
	marked := strings.HasPrefix(strings.TrimLeft(h.Before, " "), "#")
	return !hasTemplate(h.Line) && h.Before != "\n" && (h.Nested || strings.HasPrefix(h.Before, "#") || !marked)
}

// statedInKramdown is the id that stands at the end of a heading, or in a line of attributes below or above it.
func statedInKramdown(h *markdown.Heading, lines []string, first, last int) (id, part string) {
	if next := first + 1; h.Nested && next < len(lines) && strings.TrimSpace(lines[next]) == "-" {
		h.Unseen = true // an item without text, not a line below a heading
	}
	if id, part = statedAtEnd(h); id == "" {
		id = cmp.Or(statedBelow(lines, last+1), statedAbove(lines, first-1))
	}
	return id, part
}

// kramdownSlug drops all before the first ASCII letter, and all that is not ASCII.
func kramdownSlug(s string) string {
	at := strings.IndexFunc(s, func(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' && r < 128 })
	if at < 0 {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ', r == '-':
			return '-'
		case r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			return unicode.ToLower(r)
		}
		return -1
	}, s[at:])
}

// attributes are those that kramdown takes after a link, emphasis or code.
var attributes = lazyregexp.New(`^\{:[^}]*\}`)

// kramdownText is what a reader sees, without pictures, with the dashes, dots and quotes that kramdown sets, which leave no trace in an id.
func kramdownText(h markdown.Heading) string {
	var list []markdown.Piece
	for i, p := range h.Pieces {
		if i > 0 && p.Kind == markdown.TextPiece && h.Pieces[i-1].Kind != markdown.TextPiece {
			p.Text = attributes().ReplaceAllString(p.Text, "")
		}
		if p.Kind == markdown.TextPiece {
			p.Text = markdown.DropNotes(p.Text, func(label string) bool { return h.Notes[label] })
		}
		if p.Kind == markdown.NotePiece && h.Notes[p.Text[1:]] {
			continue
		}
		list = append(list, p)
	}
	h.Pieces = list
	return h.Join(func(s string) string { return unset(maths().ReplaceAllString(s, "$1")) })
}

var (
	maths         = lazyregexp.New(`\$\$\s*(.*?)\s*\$\$`)
	setByKramdown = lazyregexp.New("\\\\[\\\\.*_+`<>()\\[\\]{}#!:|\"'$=~-]|---?|\\.\\.\\.")
)

// statedAtEnd is the id that kramdown takes from the end of a heading, and the part of the heading that says it.
func statedAtEnd(h *markdown.Heading) (id, part string) {
	m := kramdownID().FindStringSubmatch(h.Line)
	if m == nil {
		return "", ""
	}
	h.Line = strings.TrimSpace(strings.TrimSuffix(h.Line, m[0]))
	for i := len(h.Pieces) - 1; i >= 0 && h.Pieces[i].Kind == markdown.TextPiece; i-- {
		h.Pieces[i].Text = strings.TrimSuffix(h.Pieces[i].Text, m[0])
	}
	return m[1], m[0]
}

// kramdownID follows the XML names that kramdown wants.
var kramdownID = lazyregexp.New(`[ \t]\{#([\p{L}_:][\p{L}\p{Nd}\p{M}_:.\x{b7}-]*)\}$`)

// unset resolves escapes and entities. Dashes and dots that are set as other signs become one sign, which leaves no trace
// in an id.
func unset(s string) string {
	s = setByKramdown().ReplaceAllStringFunc(s, func(set string) string {
		if escaped, ok := strings.CutPrefix(set, `\`); ok {
			return escaped
		}
		return "\u2013"
	})
	return markdown.Entities(s)
}

// statedBelow returns the id that kramdown takes from a line of attributes right below a heading.
func statedBelow(lines []string, line int) string {
	if line < len(lines) && underline().MatchString(lines[line]) {
		line++
	}
	return statedIn(lines, line)
}

// statedIn returns the id in a line of attributes, nothing for another line or none.
func statedIn(lines []string, line int) string {
	if line >= 0 && line < len(lines) {
		if m := attributeLine().FindStringSubmatch(lines[line]); m != nil {
			return m[1]
		}
	}
	return ""
}

// statedAbove returns the id that kramdown takes from a line of attributes before a heading. An empty line must stand
// before that line, or it belongs to the block above.
func statedAbove(lines []string, line int) string {
	isEmpty := func(line int) bool { return line < 0 || strings.TrimSpace(lines[line]) == "" }
	for line >= 0 && line < len(lines) && isEmpty(line) {
		line--
	}
	if line >= len(lines) || !isEmpty(line-1) {
		return ""
	}
	return statedIn(lines, line)
}

var (
	underline = lazyregexp.New(`^ {0,3}(?:=+|-+)[ \t]*$`)
	// attributeLine is a line of attributes with an id among them.
	attributeLine = lazyregexp.New(`^ {0,3}\{:(?:(?:[^}"']|"[^"]*"|'[^']*')*[\s\w-])??#([A-Za-z][\w:-]*)(?:[\s.#][^}]*)?\}\s*$`)
)
