package markdown

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/parser"

	"chaja/internal/lazyregexp"
)

// A source is given to the parser in pieces. The parser cannot be interrupted, and what it builds of a source takes
// dozens of times the memory. A piece bounds both: what costs the square of a length costs that of a piece, and between
// two pieces it is looked how much of the budget is left. Most posts are one piece.
const (
	piece     = 64 << 10  // bytes from which on a source is cut where nothing is lost: before a line that begins a block, or a heading
	longPiece = 128 << 10 // bytes from which on it is cut wherever a line ends, be it within a block
)

// part is a piece of a source.
type part struct {
	source string
	line   int  // of the whole source that it begins in, from 0; one less if a line is added before it
	within bool // a block of text that is not code is cut at its beginning
}

// parts cuts a source into pieces. Code that is cut begins again with its fence, in the next piece.
func parts(source string) iter.Seq[part] {
	return func(yield func(part) bool) {
		c := cutter{source: source, yield: yield}
		for line := range strings.Lines(source) {
			if !c.add(line) {
				return
			}
		}
		c.cut(len(source))
	}
}

// cutter goes through a source line by line.
type cutter struct {
	source string
	yield  func(part) bool

	start, at int       // of the piece, and how far it goes
	line      int       // number of the line that begins at at
	next      part      // the piece, without its source
	before    string    // line that is repeated before the piece, empty for none
	open      container // that goes on
	empty     bool      // the line before at is empty
}

// add takes a line to the piece, or to the next one. It returns false when nobody wants more.
func (c *cutter) add(line string) bool {
	size := c.at - c.start
	border := c.open.mark == "" && (c.empty && strings.IndexByte(" \t:\n", line[0]) < 0 || strings.HasPrefix(line, "# ") || strings.HasPrefix(line, "##"))
	switch {
	case size >= piece && border:
		if !c.cut(c.at) {
			return false
		}
	case size > 0 && size+len(line) > longPiece:
		if !c.cut(c.at) {
			return false
		}
		c.next.within = c.open.mark == ""
	}
	rest := line
	for len(rest) > longPiece { // a line that is a piece, or more
		n := wholeRunes(rest, longPiece)
		c.at += n
		rest = rest[n:]
		if !c.cut(c.at) {
			return false
		}
		c.next.within = c.open.mark == ""
	}
	c.at += len(rest)
	c.open = c.open.after(line)
	c.empty = strings.TrimSpace(line) == ""
	c.line++
	return true
}

// cut hands out what there is up to end.
func (c *cutter) cut(end int) bool {
	if end == c.start {
		return true
	}
	p := c.next
	p.source = c.before + c.source[c.start:end]
	c.start, c.next, c.before = end, part{line: c.line}, c.open.mark
	if c.before != "" {
		c.next.line--
	}
	return c.yield(p)
}

// wholeRunes returns the bytes of the longest beginning of s with at most n that ends between two characters, if possible
// at a blank.
func wholeRunes(s string, n int) int {
	if i := strings.LastIndexByte(s[:n], ' '); i > n/2 {
		return i + 1
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// container is what goes on over empty lines, until its end: fenced code, a comment, some elements of HTML.
type container struct {
	mark string // what begins it, with a line end; empty for none
	ends func(line string) bool
}

// containers of HTML that empty lines do not end, by what they begin with in small letters, and their ends.
var containers = []struct{ begin, end string }{
	{"<!--", "-->"}, {"<![cdata[", "]]>"}, {"<?", "?>"}, {"<pre", "</pre>"}, {"<script", "</script>"},
	{"<style", "</style>"}, {"<textarea", "</textarea>"},
}

// after returns the container that is open after a line.
func (c container) after(line string) container {
	if c.mark != "" {
		if c.ends(line) {
			return container{}
		}
		return c
	}
	if strings.Contains(line, "```") || strings.Contains(line, "~~~") {
		if m := opening().FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil {
			fence := m[1][:len(m[1])-len(strings.TrimLeft(m[1], m[1][:1]))]
			return container{headOf(line), func(line string) bool {
				m := closing().FindStringSubmatch(strings.TrimSuffix(line, "\n"))
				return m != nil && strings.HasPrefix(m[1], fence)
			}}
		}
	}
	text := strings.TrimLeft(line, " ")
	if !strings.HasPrefix(text, "<") || len(line)-len(text) > 3 {
		return container{}
	}
	text = strings.ToLower(text)
	for _, h := range containers {
		if rest, ok := strings.CutPrefix(text, h.begin); ok && !strings.Contains(rest, h.end) {
			return container{text[:len(h.begin)] + closeOf(h.begin) + "\n", func(line string) bool {
				return strings.Contains(strings.ToLower(line), h.end)
			}}
		}
	}
	return container{}
}

// headOf returns the line that opens a fence, without what is said about the code if that is long.
func headOf(line string) string {
	if len(line) > 100 {
		i := strings.IndexAny(line, "`~")
		line = line[:i+len(line[i:])-len(strings.TrimLeft(line[i:], line[i:i+1]))] + "\n"
	}
	return line
}

// closeOf completes the tag that an element begins with.
func closeOf(begin string) string {
	if begin[1] == '!' || begin[1] == '?' {
		return ""
	}
	return ">"
}

// maxDefinitions bounds the definitions of links that are known in all pieces.
const maxDefinitions = 10_000

// definition is the definition of a link: [label]: address.
var definition = lazyregexp.New(`(?m)^ {0,3}\[([^\[\]\n^][^\[\]\n]{0,200})\]:[ \t]*(\S+)`)

// definitions returns the definitions of links in a source of more than one piece, which every piece may refer to.
func definitions(source string) []parser.Reference {
	if len(source) <= piece {
		return nil
	}
	var all []parser.Reference
	for code, text := range Fenced(source) {
		if code {
			continue
		}
		for _, m := range definition().FindAllStringSubmatch(text, maxDefinitions-len(all)) {
			all = append(all, parser.NewReference([]byte(m[1]), []byte(m[2]), nil))
		}
	}
	return all
}
