package site

import (
	"strings"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// tag is a template tag on its way to what it shows: {% name arguments %}.
type tag struct{ name, arguments string }

// kind is what becomes of what stands between a tag and its end.
type kind int

const (
	lone     kind = iota // the tag has no end, or what it encloses is read as if it had none
	verbatim             // it stays as it is
	code                 // it is a block of code
	dropped              // it goes
)

// reading says what a tag shows itself, and what becomes of what it encloses.
type reading func(t tag) (shows string, inner kind)

// template is a source with the templates in it on the way to text.
type template struct {
	b       strings.Builder
	rest    string
	read    reading
	missing map[string]bool // ends that the rest does not have, so that each is looked for in vain once
}

// expand replaces {% tags %} by what they show, as far as the source tells. It replaces {{ variables }} by the text in
// quotes that they begin with, or by nothing.
func expand(source string, read reading) string {
	t := &template{rest: dropUnmet(source), read: read, missing: map[string]bool{}}
	for {
		i := strings.IndexByte(t.rest, '{')
		if i < 0 {
			break
		}
		t.b.WriteString(t.rest[:i])
		t.rest = t.rest[i:]
		switch inside, ok := "", false; {
		case strings.HasPrefix(t.rest, "{{"):
			if inside, ok = t.until("{{", "}}"); ok {
				t.variable(inside)
			}
		case strings.HasPrefix(t.rest, "{%"):
			if inside, ok = t.until("{%", "%}"); ok {
				t.tag(inside)
			}
		default:
			t.b.WriteByte('{')
			t.rest = t.rest[1:]
		}
	}
	t.b.WriteString(t.rest)
	return t.b.String()
}

// until takes the source from open to end off the rest and returns what is between. Without an end, open is text.
func (t *template) until(open, end string) (string, bool) {
	if inside, rest, ok := t.cut(t.rest[len(open):], end); ok {
		t.rest = rest
		return inside, true
	}
	t.b.WriteString(open)
	t.rest = t.rest[len(open):]
	return "", false
}

func (t *template) cut(s, end string) (before, after string, ok bool) {
	if t.missing[end] {
		return "", "", false
	}
	before, after, ok = strings.Cut(s, end)
	t.missing[end] = !ok
	return before, after, ok
}

// literal is text in quotes that a variable begins with: {{ "/logo.png" | relative_url }}.
var literal = lazyregexp.New(`^\s*(?:"([^"]*)"|'([^']*)')`)

func (t *template) variable(inside string) {
	if m := literal().FindStringSubmatch(strings.TrimPrefix(inside, "-")); m != nil {
		t.b.WriteString(oneLine(m[1] + m[2]))
	}
	t.b.WriteString(lineEnds(inside))
}

// tag writes what a tag shows and encloses.
func (t *template) tag(inside string) {
	name, arguments, _ := strings.Cut(strings.TrimSpace(strings.Trim(inside, "-")), " ")
	shows, inner := t.read(tag{name, strings.TrimSpace(arguments)})
	t.b.WriteString(shows + lineEnds(inside))
	if inner == lone {
		return
	}
	enclosed, ok := t.enclosed(name)
	if !ok {
		return
	}
	switch inner {
	case verbatim:
		t.b.WriteString(enclosed)
	case code:
		codeBlock(&t.b, enclosed, t.rest)
	case dropped:
		t.b.WriteString(lineEnds(enclosed))
	}
}

// enclosed takes what stands before the end of a tag, and the end, off the rest.
func (t *template) enclosed(name string) (string, bool) {
	end := "end" + name
	if t.missing[end] {
		return "", false
	}
	for at := 0; ; {
		i := strings.Index(t.rest[at:], "%}")
		if i < 0 {
			t.missing[end] = true
			return "", false
		}
		closing := at + i
		// No end has another tag inside: of all that begin before the same "%}" only the last can be one.
		start := strings.LastIndex(t.rest[at:closing], "{%")
		if start >= 0 && strings.TrimSpace(strings.Trim(t.rest[at+start+2:closing], "-")) == end {
			enclosed, inside := t.rest[:at+start], t.rest[at+start+2:closing]
			t.rest = lineEnds(inside) + t.rest[closing+2:]
			return enclosed, true
		}
		at = closing + 2
	}
}

// lineEnds returns the line ends in s.
func lineEnds(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) }

// definition is that of a reference whose address a template makes.
var definition = lazyregexp.New(`^( {0,3}\[[^\[\]]+\]:)[ \t]*\{[{%]`)

// keepDefinitions gives an address, though an empty one, to definitions of references that lost theirs when source was
// expanded. Both have the same lines.
func keepDefinitions(source, expandedSource string) string {
	if !strings.Contains(source, "]:") {
		return expandedSource
	}
	before, after := strings.Split(source, "\n"), strings.Split(expandedSource, "\n")
	if len(before) != len(after) {
		return expandedSource
	}
	for i, line := range before {
		if m := definition().FindStringSubmatch(line); m != nil && strings.TrimSpace(after[i]) == strings.TrimSpace(m[1]) {
			after[i] = m[1] + " <>"
		}
	}
	return strings.Join(after, "\n")
}

// shown are the arguments of a template that a reader sees.
var shown = lazyregexp.New(`(?:^|\s)(?:alt|caption|content|summary|text|title)\s*=\s*(?:"([^"]*)"|'([^']*)')`)

// shownArguments returns the text of these arguments.
func shownArguments(arguments string) string {
	var texts []string
	for _, m := range shown().FindAllStringSubmatch(arguments, -1) {
		texts = append(texts, m[1]+m[2])
	}
	return oneLine(strings.Join(texts, " "))
}

// quoted are arguments in quotes.
var quoted = lazyregexp.New(`"([^"]*)"|'([^']*)'`)

// quotedArguments returns the text of the arguments in quotes.
func quotedArguments(arguments string) string {
	var texts []string
	for _, m := range quoted().FindAllStringSubmatch(arguments, -1) {
		texts = append(texts, strings.ReplaceAll(m[1]+m[2], `"`, "")) // Hexo has quotes in quotes
	}
	return oneLine(strings.Join(texts, " "))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// codeBlock writes code in a fence, or in a span if it is one line, so that nothing in it is markup. The fence is indented
// as the line that it goes on. Every line must stay where it is: code that shares its first or last line with other text
// is written as it stands. After is what follows.
func codeBlock(b *strings.Builder, code, after string) {
	mark := markdown.Fence(code, 3)
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

// variable is one in a template, but for the address of the site, which is that of the page too.
var variable = lazyregexp.New(`\{\{-?\s*([^\s{}|"'][^{}]*)\}\}`)

// hasVariables reports whether a line has variables that may be a part of a link.
func hasVariables(line string) bool {
	for _, m := range variable().FindAllStringSubmatch(line, -1) {
		name, _, _ := strings.Cut(m[1], "|")
		switch strings.TrimSpace(strings.TrimSuffix(name, "-")) {
		case "site.url", "site.baseurl":
		default:
			return true
		}
	}
	return false
}

// hasTemplate reports whether a line may show something else than it says.
func hasTemplate(line string) bool {
	return strings.Contains(line, "{{") || strings.Contains(line, "{%")
}
