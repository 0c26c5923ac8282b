package markdown

import (
	"regexp"
	"strings"
)

// Options say what a generator reads in another way than GitHub does. The zero value suits Markdown alone.
type Options struct {
	// Prepare replaces templates by what they show, nil where there are none. It keeps every line where it is, and
	// takes linear time.
	Prepare func(source string) string
	// Lines rewrites, in their place, lines outside of fenced code that are no CommonMark; nil for none.
	Lines func(lines []string)
	// Unknown reports whether a line has variables that may be a part of its links; nil if no line has.
	Unknown func(line string) bool

	Captions    *regexp.Regexp // the groups of what the first line of a block of code shows above it; nil for none
	Aside       *regexp.Regexp // titles of links that lead to what is no page of the site; nil for none
	Marks       *regexp.Regexp // marks in a line that show nothing; nil for none
	Contents    *regexp.Regexp // paragraphs in whose place a table of contents is made, beside [[toc]]; nil for none
	Definitions bool           // ": text" under a line is its definition
	BareTables  bool           // rows are a table without a line below its head

	IDs     IDs
	NoHTML  bool // HTML in a post does not reach the page: no id in it, and of a block of HTML no text
	NoNotes bool // the generator knows no footnotes: their marks are text

	// Shown is what a text between markup shows, such as emoji for their names; nil for as it stands.
	Shown func(text string) string

	// Raw is the source before it was cleaned, with the same lines, as generators make ids of that. It is empty if it is
	// the same.
	Raw string
}

// prepare makes Markdown of source: it replaces templates by what they show and maths by code, and drops data in
// addresses. It takes linear time, and every line stays where it is.
func (o Options) prepare(source string) string {
	source = fillComments(dropData(source))
	if o.Prepare != nil {
		source = o.Prepare(source)
	}
	if o.Captions != nil {
		source = showCaptions(source, o.Captions)
	}
	return o.rewriteLines(source)
}

// base64Run is how long the data of an address is at least to be dropped: shorter ones are examples.
const base64Run = 32

// dropData removes the data of "data:image/png;base64,..." wherever it stands: in a picture, a definition, a style
// sheet, a block of code. Nobody looks for it, and it may be megabytes.
func dropData(source string) string {
	const mark = ";base64,"
	if !strings.Contains(source, mark) {
		return source
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(source, mark)
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		b.WriteString(mark)
		n := 0
		for n < len(rest) && isBase64(rest[n]) {
			n++
		}
		if n < base64Run {
			n = 0
		}
		source = rest[n:]
	}
}

func isBase64(c byte) bool {
	return isLetter(c) || '0' <= c && c <= '9' || strings.IndexByte("+/=_-%", c) >= 0
}
