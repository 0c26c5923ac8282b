package site

import (
	"strings"

	"chaja/indexer/decode"
	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// MDX is Markdown with JavaScript in it (mdxjs.com, version 3): imports and exports, expressions in braces, and elements of
// JSX. showMDX leaves what a reader sees without running anything: the text inside elements, and strings.

// readMDX makes options read MDX whose components show these attributes.
func readMDX(o markdown.Options, shown mdxAttributes) markdown.Options {
	if o.IDs.Slug == nil {
		o.IDs = sluggerIDs()
	}
	o.Prepare = func(source string) string { return showMDX(source, shown) }
	o.IDs.Explicit = true
	o.IDs.Stated = statedInMDX
	return o
}

// mdxID is an id that a heading states: {#id}, {/* #id */} and {/*id*/}, [#id] and [[id]].
var mdxID = lazyregexp.New(`\s*(?:\\?\{#([^}\s]+)\}|\{/\*\s*#?([^\s*]+)\s*\*/\}|\[#([^\]\s]+)\]|\[\[([^\]\s]+)\]\])\s*$`)

// statedInMDX is the Stated of markdown.IDs.
func statedInMDX(h *markdown.Heading, lines []string, first, last int) (id, part string) {
	if first != last || first >= len(lines) {
		return "", ""
	}
	m := mdxID().FindStringSubmatch(lines[first])
	if m == nil {
		return "", ""
	}
	if m[3]+m[4] != "" {
		part = strings.TrimSpace(m[0])
	}
	return m[1] + m[2] + m[3] + m[4], part
}

// showMDX replaces what is no text. It takes linear time, and every line stays where it is.
func showMDX(source string, shown mdxAttributes) string {
	m := mdx{shown: shown, values: map[string]string{}, lines: strings.SplitAfter(source, "\n"), work: mdxWork * (len(source) + 1<<10)}
	for m.at < len(m.lines) {
		m.line()
	}
	return m.out.String()
}

// mdxWork is how often each byte of a source is looked at for the ends of expressions and tags, at most on an average. Where
// more would be needed the rest is text.
const mdxWork = 20

// mdx reads a source line by line.
type mdx struct {
	lines []string
	at    int
	out   strings.Builder

	shown   mdxAttributes
	values  map[string]string // of exported constants, by their names
	work    int               // bytes that may still be looked at for the ends of expressions and tags
	fence   string            // what closes the block of code at hand, empty outside of any
	between bool              // the line before was empty or the first
	indents []int             // of the elements that are open: how far their children are indented, -1 while there is none
}

var (
	mdxFence  = lazyregexp.New("^[ \t>]*(`{3,}|~{3,})")
	mdxModule = lazyregexp.New(`^(?:import|export)\b`)
)

func (m *mdx) line() {
	line := m.lines[m.at]
	first := m.at == 0 || m.between
	m.between = strings.TrimSpace(line) == ""
	switch mark := mdxFence().FindStringSubmatch(line); {
	case m.fence != "":
		if mark != nil && strings.HasPrefix(mark[1], m.fence) && strings.Trim(line, " \t>\r\n") == mark[1] {
			m.fence = ""
		}
		m.write(m.dedented(line))
	case mark != nil:
		m.fence = mark[1]
		m.write(m.dedented(line))
	case first && mdxModule().MatchString(line):
		m.module()
	default:
		m.text()
	}
}

// write writes the line at hand as text and goes on.
func (m *mdx) write(text string) {
	m.out.WriteString(text)
	m.at++
}

// dedented takes off what a line is indented for standing inside an element: nothing is code by that in MDX.
func (m *mdx) dedented(line string) string {
	text := strings.TrimLeft(line, " \t")
	if len(m.indents) == 0 || strings.TrimSpace(text) == "" {
		return line
	}
	indent := len(line) - len(text)
	for i, child := range m.indents {
		if child < 0 {
			m.indents[i] = indent
		}
	}
	return line[min(indent, m.indents[len(m.indents)-1]):]
}

// module leaves out imports and exports: lines up to an empty one outside of all brackets.
func (m *mdx) module() {
	open, first := 0, m.at
	for ; m.at < len(m.lines); m.at++ {
		line := m.lines[m.at]
		if strings.TrimSpace(line) == "" && open <= 0 {
			break
		}
		open += strings.Count(line, "{") + strings.Count(line, "(") + strings.Count(line, "[") -
			strings.Count(line, "}") - strings.Count(line, ")") - strings.Count(line, "]")
		m.blank(line)
	}
	m.constants(strings.Join(m.lines[first:m.at], ""))
	m.between = true
}

// blank writes the end of a line only.
func (m *mdx) blank(line string) {
	if strings.HasSuffix(line, "\n") {
		m.out.WriteByte('\n')
	}
}

// text reads a line of text, and those that its expressions and elements reach into.
func (m *mdx) text() {
	rest := m.dedented(m.lines[m.at])
	m.at++
	heading := strings.HasPrefix(strings.TrimLeft(rest, " \t"), "#")
	for rest != "" {
		i := strings.IndexAny(rest, "`\\{<")
		if i < 0 {
			break
		}
		m.out.WriteString(rest[:i])
		rest = rest[i:]
		switch {
		case rest[0] == '`':
			rest = m.code(rest)
		case rest[0] == '\\' && len(rest) > 1:
			m.out.WriteString(rest[:2])
			rest = rest[2:]
		case rest[0] == '{' && !(heading && strings.HasPrefix(rest, "{#")):
			rest = m.expression(rest)
		case rest[0] == '<':
			rest = m.element(rest)
		default:
			m.out.WriteByte(rest[0])
			rest = rest[1:]
		}
	}
	m.out.WriteString(rest)
}

// code writes code in a line as it is.
func (m *mdx) code(rest string) string {
	n := len(rest) - len(strings.TrimLeft(rest, "`"))
	end := strings.Index(rest[n:], rest[:n])
	if end < 0 {
		end = 0
	} else {
		end += n
	}
	m.out.WriteString(rest[:n+end])
	return rest[n+end:]
}

// maxExpression bounds the lines of an expression or a tag. What is longer was not closed.
const maxExpression = 200

// upTo returns what stands before the end that closes finds, with the end, and what follows. It takes more lines until it is
// found. Ok is false when there is none, or when too much has been looked at for an end before.
func (m *mdx) upTo(rest string, closes func(s string) int) (inside, after string, ok bool) {
	all := rest
	for n := 0; n < maxExpression && m.work > 0; n++ {
		m.work -= len(all)
		if end := closes(all); end > 0 {
			m.at += n
			return all[:end], all[end:], true
		}
		if m.at+n >= len(m.lines) {
			break
		}
		all += m.lines[m.at+n]
	}
	return "", rest, false
}

// braces returns the length of what stands in braces at the beginning of s, 0 when they are not closed.
func braces(s string) int {
	r := scriptReader{rest: s}
	depth := 0
	for {
		switch t := r.next(); {
		case t.kind == endToken:
			return 0
		case t.kind == signToken && t.text == "{":
			if depth++; depth > decode.MaxDepth {
				return 0
			}
		case t.kind == signToken && t.text == "}":
			if depth--; depth == 0 {
				return len(s) - len(r.rest)
			}
		}
	}
}

// plainBraces is braces for what no reader of JavaScript understands, such as text with an apostrophe in an element.
func plainBraces(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// expression replaces an expression: by its text if it is one string or number, or a constant that the page exports, else by nothing.
func (m *mdx) expression(rest string) string {
	inside, after, ok := m.upTo(rest, braces)
	if !ok {
		inside, after, ok = m.upTo(rest, plainBraces)
	}
	if !ok {
		m.out.WriteByte('{')
		return rest[1:]
	}
	m.out.WriteString(m.values[strings.TrimSpace(inside[1:len(inside)-1])])
	if text, ok := m.literal(strings.TrimSpace(inside[1:len(inside)-1]), ""); ok {
		m.out.WriteString(text)
	}
	m.out.WriteString(strings.Repeat("\n", strings.Count(inside, "\n")))
	return after
}
