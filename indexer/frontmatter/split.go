package frontmatter

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"chaja/indexer/decode"
	"chaja/internal/lazyregexp"
)

type format int

const (
	none format = iota
	yamlFormat
	tomlFormat
	jsonFormat
)

// block is front matter cut out of a text.
type block struct {
	format format
	text   string // between the enclosing lines
	line   int    // number of the first line of text
	body   string // what follows
}

// fence is a pair of lines that enclose front matter. "..." ends a YAML document. "--->" comes from an editor that closed
// front matter like a comment of HTML.
type fence struct {
	format format
	open   string
	close  []string
}

func fences() []fence {
	return []fence{
		{yamlFormat, "---", []string{"---", "...", "--->"}},
		{tomlFormat, "+++", []string{"+++"}},
		{jsonFormat, ";;;", []string{";;;"}},
		// With the name of a language behind the first, as gray-matter has them. An object of JavaScript is mostly one of YAML too.
		{yamlFormat, "---yaml", []string{"---"}}, {yamlFormat, "---yml", []string{"---"}}, {yamlFormat, "---js", []string{"---"}},
		{yamlFormat, "---javascript", []string{"---"}}, {tomlFormat, "---toml", []string{"---"}}, {jsonFormat, "---json", []string{"---"}},
	}
}

// fenceOf returns the fence that a line opens. Hexo takes any number of hyphens from three on, the same at both ends.
func fenceOf(line string) (fence, bool) {
	i := slices.IndexFunc(fences(), func(f fence) bool { return f.open == line })
	if i >= 0 {
		return fences()[i], true
	}
	return fence{yamlFormat, line, []string{line}}, len(line) > 3 && strings.Trim(line, "-") == ""
}

// splitOpen takes front matter without its first fence, as Hexo does. Before a line of three hyphens there must be
// nothing but fields, and one of them must be the title.
func splitOpen(text string, line int) (block, []Problem) {
	if !keyLine().MatchString(text) {
		return block{}, nil
	}
	inner, body, closer := cutAt(text[:min(len(text), maxBytes)], []string{"---"})
	titled := false
	for l := range strings.SplitSeq(inner, "\n") {
		switch pair := pairLine().FindStringSubmatch(trimEnd(l)); {
		case pair != nil && strings.Contains(l, ":"):
			titled = titled || strings.EqualFold(pair[1], "title")
		case trimEnd(l) != "" && !strings.ContainsAny(l[:1], " \t-#"):
			return block{}, nil
		}
	}
	if closer == "" || !titled {
		return block{}, nil
	}
	body = text[len(text)-len(body)-max(0, len(text)-maxBytes):]
	return block{yamlFormat, inner, line, body}, []Problem{{line, "front matter has no --- before it, and most generators take it for text; read all the same"}}
}

// keyLine is a line that no text would begin with by chance.
var keyLine = lazyregexp.New(`^[A-Za-z_][\w-]*[ \t]*[:=]`)

// split finds the front matter at the beginning of text, after empty lines at most.
func split(text string) (block, []Problem) {
	start := len(text) - len(strings.TrimLeft(text, " \t\n"))
	start = strings.LastIndexByte(text[:start], '\n') + 1 // the whole first line that is not empty
	line := 1 + strings.Count(text[:start], "\n")
	if strings.HasPrefix(text[start:], "{") {
		return splitJSON(text[start:], line)
	}
	first, rest, _ := strings.Cut(text[start:], "\n")
	f, ok := fenceOf(trimEnd(first))
	if !ok {
		return splitOpen(text[start:], line)
	}
	inner, body, closer := cutAt(rest, f.close)
	switch {
	case closer == "" && keyLine().MatchString(strings.TrimLeft(rest, " \t\n")):
		return block{}, []Problem{{line, fmt.Sprintf("front matter is never closed by %s; read as text", f.open)}}
	case closer == "":
		return block{}, nil
	case len(inner) > maxBytes:
		return block{}, []Problem{{line, fmt.Sprintf("front matter is longer than %d KiB; read as text", maxBytes>>10)}}
	}
	b := block{f.format, inner, line + 1, body}
	return b, oddities(b, closer)
}

// AfterEmptyLine is told of front matter that some generators read and most do not.
const AfterEmptyLine = "front matter stands after an empty line, where most generators take it for text; read all the same"

// oddities reports what is read here but not by every generator.
func oddities(b block, closer string) []Problem {
	var problems []Problem
	if b.line > 2 {
		problems = append(problems, Problem{b.line - 1, AfterEmptyLine})
	}
	if len(closer) > 3 && strings.Trim(closer, "-") == "" {
		problems = append(problems, Problem{b.line - 1, "front matter stands between longer lines than ---, which most generators take for text; read all the same"})
	}
	if closer == "--->" {
		end := b.line + strings.Count(b.text, "\n")
		problems = append(problems, Problem{end, "front matter is closed by --->, and read all the same; write ---"})
	}
	return problems
}

// cutAt cuts text around the first line that is one of closers.
func cutAt(text string, closers []string) (before, after, closer string) {
	for pos := 0; pos < len(text); {
		line, _, _ := strings.Cut(text[pos:], "\n")
		next := min(pos+len(line)+1, len(text))
		if c := trimEnd(line); slices.Contains(closers, c) {
			return text[:pos], text[next:], c
		}
		pos = next
	}
	return text, "", ""
}

// openObject begins an object written over several lines, as no text does.
var openObject = lazyregexp.New(`^\{[ \t]*\n\s*"[\w-]+"[ \t]*:`)

// splitJSON takes an object that text begins with, as Hugo does. Liquid tags and plain text begin with a brace too: what
// is no object is text, and no problem. A broken object is one that ends with a brace on a line of its own.
func splitJSON(text string, line int) (block, []Problem) {
	var object map[string]json.RawMessage
	end, err := decode.JSON(text[:min(len(text), maxBytes)], &object)
	if err != nil || len(object) == 0 {
		inner, body, closer := cutAt(text[:min(len(text), maxBytes)], []string{"}"})
		if closer == "" || !openObject().MatchString(text) {
			return block{}, nil
		}
		body = text[len(text)-len(body)-max(0, len(text)-maxBytes):]
		return block{jsonFormat, inner, line, body}, nil
	}
	return block{jsonFormat, text[:end], line, text[end:]}, nil
}

func trimEnd(line string) string { return strings.TrimRight(line, " \t") }
