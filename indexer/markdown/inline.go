package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"chaja/internal/lazyregexp"
)

var (
	// alert is the kind of a quote that GitHub draws as a box.
	alert = lazyregexp.New(`^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\] *`)
	// contents stands where a table of contents is to be made.
	contents = lazyregexp.New(`^(?i:\[\[_?toc_?\]\]|\[toc\])$`)
)

// paragraph reads a block of text.
func (w walker) paragraph(n ast.Node) {
	source := strings.TrimSpace(string(n.Lines().Value(w.source)))
	switch {
	case contents().MatchString(source), w.options.Contents != nil && w.options.Contents.MatchString(source):
		// a table of contents, whose words are those of the headings
	case w.options.BareTables && w.isTable(source):
		w.table(n)
	default:
		w.page.block(alert().ReplaceAllString(w.inline(n), ""))
	}
}

// isTable reports whether each line of source begins with a bar, but for marks that show nothing.
func (w walker) isTable(source string) bool {
	if !strings.HasPrefix(source, "|") {
		return false
	}
	if w.options.Marks != nil {
		source = strings.TrimSpace(w.options.Marks.ReplaceAllString(source, ""))
	}
	return !strings.Contains(strings.ReplaceAll(source, "\n|", ""), "\n")
}

// table reads a table without a line below its head.
func (w walker) table(n ast.Node) {
	w.rows = true
	for line := range strings.SplitSeq(w.inline(n), "\n") {
		line = strings.Trim(line, "| ")
		if strings.Trim(line, "-=:+| ") == "" {
			continue
		}
		cells := strings.Split(line, "|")
		for i, cell := range cells {
			cells[i] = strings.TrimSpace(cell)
		}
		w.page.block(strings.Join(cells, "\t"))
	}
}

// star stands for a literal * until the whole block is known. No clean text has it: it is no character.
const star = '\ufdd0'

// markStars puts star for every * that is not escaped.
func markStars(raw []byte) []byte {
	if bytes.IndexByte(raw, '*') < 0 {
		return raw
	}
	var marked []byte
	for i := 0; i < len(raw); i++ {
		switch {
		case raw[i] == '\\' && i+1 < len(raw):
			marked = append(marked, raw[i], raw[i+1])
			i++
		case raw[i] == '*':
			marked = utf8.AppendRune(marked, star)
		default:
			marked = append(marked, raw[i])
		}
	}
	return marked
}

// nothingBold is four stars, no more, outside of a word of stars.
var nothingBold = lazyregexp.New(`(^|[^\x{fdd0}])\x{fdd0}{4}([^\x{fdd0}]|$)`)

// run is two stars or more in a row.
var run = lazyregexp.New(`\x{fdd0}{2,}`)

// loosen takes away stars that were meant to make something bold and do not. In **"이것"**은 CommonMark wants a blank
// after the second **, because a quote stands before it, and Korean has a particle there. Brackets do the same, and so
// does the first **. Other stars are text.
//
// Four stars are nothing in bold, or what a template shows; they go if there may be templates.
func loosen(s string, templates bool) string {
	if !strings.ContainsRune(s, star) {
		return s
	}
	if templates {
		s = nothingBold().ReplaceAllString(s, "$1$2")
	}
	var b strings.Builder
	at := 0
	runs := run().FindAllStringIndex(s, -1)
	for i := 0; i+1 < len(runs); i++ {
		open, shut := runs[i], runs[i+1]
		if open[1]-open[0] != shut[1]-shut[0] || !isBold(s, open, shut) {
			continue
		}
		b.WriteString(s[at:open[0]] + s[open[1]:shut[0]])
		at = shut[1]
		i++
	}
	b.WriteString(s[at:])
	return strings.ReplaceAll(b.String(), string(star), "*")
}

// isBold reports whether two runs of stars have no blank inside, and at least one of them a letter outside.
func isBold(s string, open, shut []int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:open[0]])
	first, _ := utf8.DecodeRuneInString(s[open[1]:])
	last, _ := utf8.DecodeLastRuneInString(s[:shut[0]])
	after, _ := utf8.DecodeRuneInString(s[shut[1]:])
	return !unicode.IsSpace(first) && !unicode.IsSpace(last) && !strings.ContainsRune("([{", last) &&
		!strings.ContainsRune(")]}", first) && (unicode.IsLetter(after) || unicode.IsLetter(before))
}
