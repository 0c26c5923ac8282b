package markdown

import (
	"regexp"
	"strings"
)

// Syntax is what a generator replaces in a post before, or while, it reads the Markdown.
type Syntax uint8

// The syntaxes. A page about one of them on a site of another keeps it as text.
const (
	Plain  Syntax = iota // Markdown alone, with the containers (:::) of VuePress and its like
	Jekyll               // Liquid tags and variables, kramdown's attribute lists
	Hexo                 // tags of Hexo and of its themes, outside of code
	Hugo                 // shortcodes
)

// prepare returns source without what is no Markdown: templates as what they show, blocks of maths as blocks of code,
// data in addresses gone. It takes linear time, and every line stays where it is.
func (s Syntax) prepare(source string) string {
	source = dropData(source)
	switch s {
	case Jekyll:
		source = expand(source, jekyllTag)
	case Hexo:
		var b strings.Builder
		for code, part := range fenced(source) {
			if !code {
				part = expand(part, hexoTag)
			}
			b.WriteString(part)
		}
		source = b.String()
	case Hugo:
		source = expandShortcodes(source)
	}
	return s.rewriteLines(source)
}

// definitions reports whether ": text" under a line is its definition.
func (s Syntax) definitions() bool { return s == Jekyll || s == Hugo }

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

// shown are the arguments of a template that a reader sees.
var shown = regexp.MustCompile(`(?:^|\s)(?:alt|caption|content|summary|text|title)\s*=\s*(?:"([^"]*)"|'([^']*)')`)

// shownArguments returns the text of these arguments.
func shownArguments(arguments string) string {
	var texts []string
	for _, m := range shown.FindAllStringSubmatch(arguments, -1) {
		texts = append(texts, m[1]+m[2])
	}
	return oneLine(strings.Join(texts, " "))
}

// quoted are arguments in quotes.
var quoted = regexp.MustCompile(`"([^"]*)"|'([^']*)'`)

// quotedArguments returns the text of the arguments in quotes.
func quotedArguments(arguments string) string {
	var texts []string
	for _, m := range quoted.FindAllStringSubmatch(arguments, -1) {
		texts = append(texts, strings.ReplaceAll(m[1]+m[2], `"`, "")) // Hexo has quotes in quotes
	}
	return oneLine(strings.Join(texts, " "))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// codeBlock writes code as Markdown has it, so that nothing in it is markup: in a fence as far indented as the line
// that it goes on, or in a span if it is one line. Where lines stand must not change, so code that shares its first or
// last line with other text stays as it is; after is what follows.
func codeBlock(b *strings.Builder, code, after string) {
	mark := strings.Repeat("`", max(3, 1+longestRun(code, '`')))
	if strings.TrimSpace(code) == "" {
		b.WriteString(lineEnds(code))
		return
	}
	if !strings.Contains(code, "\n") {
		b.WriteString(mark + " " + strings.TrimSpace(code) + " " + mark)
		return
	}
	line := b.String()
	line = line[strings.LastIndexByte(line, '\n')+1:]
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	after, _, _ = strings.Cut(after, "\n")
	end := strings.LastIndexByte(code, '\n')
	if line != indent || code[0] != '\n' || strings.TrimSpace(code[end+1:]+after) != "" {
		b.WriteString(code)
		return
	}
	b.WriteString(mark)
	for l := range strings.SplitSeq(code[min(1, end):end], "\n") {
		b.WriteByte('\n')
		if l != "" && !strings.HasPrefix(l, indent) {
			b.WriteString(indent)
		}
		b.WriteString(l)
	}
	b.WriteString("\n" + indent + mark)
}

func longestRun(s string, c byte) (longest int) {
	for run, i := 0, 0; i < len(s); i++ {
		if run++; s[i] != c {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}
