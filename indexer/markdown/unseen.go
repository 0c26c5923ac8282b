package markdown

import (
	"regexp"
	"strings"
)

// span is a range of bytes.
type span struct{ start, end int }

// blockTag is a tag of Liquid, Hexo or Hugo that may enclose text.
var blockTag = regexp.MustCompile(`\{(?:%-?|\{[<%])\s*(/?)\s*([A-Za-z_][\w-]*)`)

// unseenBy returns the parts of a source, in order, that a generator does not read as Markdown because a tag of its
// own encloses them: code and comments in Jekyll and Hugo, everything in Hexo.
func unseenBy(f Flavour, source string) []span {
	encloses := func(name string) bool {
		switch {
		case f.isKramdown():
			return name == "highlight" || name == "comment"
		case f == Hexo, f == HexoLower, f == HexoUpper, f == HexoMarkdownIt:
			return true
		}
		return name == "highlight" && f != GitHub
	}
	var spans []span
	tags := blockTag.FindAllStringSubmatchIndex(source, -1)
	ends := map[string][]int{} // where each name is closed, in order
	for _, t := range tags {
		name := source[t[4]:t[5]]
		if rest, ok := strings.CutPrefix(name, "end"); ok && t[2] == t[3] {
			ends[rest] = append(ends[rest], t[0])
		} else if t[2] != t[3] {
			ends[name] = append(ends[name], t[0])
		}
	}
	after := 0
	for _, t := range tags {
		name := source[t[4]:t[5]]
		if t[0] < after || t[2] != t[3] || !encloses(name) {
			continue
		}
		for len(ends[name]) > 0 && ends[name][0] < t[0] {
			ends[name] = ends[name][1:]
		}
		if len(ends[name]) > 0 {
			after = ends[name][0]
			spans = append(spans, span{t[0], after})
		}
	}
	return spans
}
