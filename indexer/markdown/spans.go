package markdown

import (
	"slices"
	"strings"

	"chaja/internal/lazyregexp"
)

// Span is a range of bytes, or of lines.
type Span struct{ Start, End int }

// blockTag is a tag of a template that may enclose text: what it begins with, whether it is an end, its name.
var blockTag = lazyregexp.New(`\{(%-?|\{[<%])\s*(/?)\s*([A-Za-z_][\w./-]*)`)

// Enclosed returns, in order, the parts of a source between tags of templates, such as {% name %} and {% endname %}, or
// {{< name >}} and {{< /name >}}. Which chooses the tags, by what they begin with and by their names.
func Enclosed(source string, which func(opening, name string) bool) []Span {
	type tag struct {
		at            int
		opening, name string
		end           bool
	}
	var tags []tag
	ends := map[string][]int{} // where each name is closed, in order
	for _, m := range blockTag().FindAllStringSubmatchIndex(source, -1) {
		t := tag{m[0], source[m[2]:m[3]], source[m[6]:m[7]], m[4] != m[5]}
		if name, ok := strings.CutPrefix(t.name, "end"); ok && t.opening[0] == '%' {
			t.name, t.end = name, true
		}
		if t.end {
			ends[t.name] = append(ends[t.name], t.at)
		}
		tags = append(tags, t)
	}
	var spans []Span
	after := 0
	for _, t := range tags {
		if t.at < after || t.end || !which(t.opening, t.name) {
			continue
		}
		for len(ends[t.name]) > 0 && ends[t.name][0] < t.at {
			ends[t.name] = ends[t.name][1:]
		}
		if len(ends[t.name]) > 0 {
			after = ends[t.name][0]
			spans = append(spans, Span{t.at, after})
		}
	}
	return spans
}

// linesOf turns spans of bytes into spans of lines, counted from 0.
func linesOf(source string, spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return a.Start - b.Start })
	line, at := 0, 0
	count := func(to int) int {
		if to > at {
			line += strings.Count(source[at:to], "\n")
			at = to
		}
		return line
	}
	for i, s := range spans {
		spans[i] = Span{count(s.Start), count(s.End)}
	}
	return spans
}
