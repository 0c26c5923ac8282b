package markdown

import (
	"regexp"
	"strings"
)

// tag is a template tag on its way to what it shows: {% name arguments %}.
type tag struct{ name, arguments string }

// kind is what becomes of what stands between a tag and its end.
type kind int

const (
	lone     kind = iota // there is nothing, or it is as if the tag were not there
	verbatim             // it stays as it is
	code                 // it is a block of code
	dropped              // it goes
)

// reading says what a tag shows itself, and what becomes of what it encloses.
type reading func(t tag) (shows string, inner kind)

// jekyllTag reads a tag of Liquid or Jekyll.
func jekyllTag(t tag) (string, kind) {
	switch t.name {
	case "highlight":
		return "", code
	case "raw":
		return "", verbatim
	case "comment":
		return "", dropped
	case "include", "include_relative", "include_cached":
		return shownArguments(t.arguments), lone
	}
	return "", lone
}

// hexoTag reads a tag of Hexo or of one of its themes.
func hexoTag(t tag) (string, kind) {
	switch t.name {
	case "codeblock", "code":
		return "", code
	case "raw", "verbatim":
		return "", verbatim
	case "img", "asset_img", "asset_link", "post_link", "link":
		text := quotedArguments(t.arguments)
		if words := strings.Fields(t.arguments); text == "" && t.name == "link" && len(words) > 1 {
			text = words[0]
		}
		return text, lone
	case "btn", "button": // of themes: address, text, icon
		if parts := strings.Split(t.arguments, ","); len(parts) > 1 {
			return strings.TrimSpace(parts[1]), lone
		}
	case "label": // of themes: class@text
		_, text, _ := strings.Cut(t.arguments, "@")
		return text, lone
	}
	return "", lone
}

// template is a source with the templates in it on the way to text.
type template struct {
	b       strings.Builder
	rest    string
	read    reading
	missing map[string]bool // ends that the rest does not have, so that each is looked for in vain once
}

// expand replaces {% tags %} by what they show, as far as a reader of the source can tell, and {{ variables }} by
// nothing, or by the text in quotes that they begin with.
func expand(source string, read reading) string {
	t := &template{rest: source, read: read, missing: map[string]bool{}}
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
var literal = regexp.MustCompile(`^\s*(?:"([^"]*)"|'([^']*)')`)

func (t *template) variable(inside string) {
	if m := literal.FindStringSubmatch(strings.TrimPrefix(inside, "-")); m != nil {
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
		i := strings.Index(t.rest[at:], "{%")
		if i < 0 {
			t.missing[end] = true
			return "", false
		}
		start := at + i
		inside, rest, ok := strings.Cut(t.rest[start+2:], "%}")
		if !ok {
			t.missing[end] = true
			return "", false
		}
		if strings.TrimSpace(strings.Trim(inside, "-")) == end {
			enclosed := t.rest[:start]
			t.rest = lineEnds(inside) + rest
			return enclosed, true
		}
		at = start + 2
	}
}

// lineEnds returns the line ends in s.
func lineEnds(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) }
