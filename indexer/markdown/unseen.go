package markdown

import (
	"regexp"
	"slices"
	"strings"
)

// span is a range of bytes, or of lines.
type span struct{ start, end int }

// blockTag is a tag of Liquid, Hexo or Hugo that may enclose text: what it begins with, whether it is an end, its name.
var blockTag = regexp.MustCompile(`\{(%-?|\{[<%])\s*(/?)\s*([A-Za-z_][\w./-]*)`)

// encloses reports whether a generator does not read as Markdown what such a tag encloses: code and comments in
// Jekyll; everything in Hexo; in Hugo what templates get as it stands, and may or may not read as Markdown then.
func (f IDs) encloses(opening, name string) bool {
	switch {
	case f.isKramdown():
		return name == "highlight" || name == "comment"
	case f.isHexo():
		return true
	case f == GitHubIDs, f == NoIDs:
		return false
	}
	return opening == "{<"
}

// unseenBy returns the parts of a source, in order, that such tags enclose.
func unseenBy(f IDs, source string) []span {
	type tag struct {
		at            int
		opening, name string
		end           bool
	}
	var tags []tag
	ends := map[string][]int{} // where each name is closed, in order
	for _, m := range blockTag.FindAllStringSubmatchIndex(source, -1) {
		t := tag{m[0], source[m[2]:m[3]], source[m[6]:m[7]], m[4] != m[5]}
		if name, ok := strings.CutPrefix(t.name, "end"); ok && t.opening[0] == '%' {
			t.name, t.end = name, true
		}
		if t.end {
			ends[t.name] = append(ends[t.name], t.at)
		}
		tags = append(tags, t)
	}
	var spans []span
	after := 0
	for _, t := range tags {
		if t.at < after || t.end || !f.encloses(t.opening, t.name) {
			continue
		}
		for len(ends[t.name]) > 0 && ends[t.name][0] < t.at {
			ends[t.name] = ends[t.name][1:]
		}
		if len(ends[t.name]) > 0 {
			after = ends[t.name][0]
			spans = append(spans, span{t.at, after})
		}
	}
	if f.isKramdown() {
		spans = append(spans, insideHTML(source)...)
	}
	return linesOf(source, spans)
}

var (
	htmlPart  = regexp.MustCompile(`(?is)<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>|<(/?)([a-z][\w-]*)((?:\s(?:[^>"']|"[^"]*"|'[^']*')*?)?)(/?)>`)
	spanLevel = regexp.MustCompile(`^(?:a|abbr|acronym|b|big|bdo|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|` +
		`mark|option|q|rb|rbc|rp|rt|rtc|ruby|samp|select|small|span|strong|sub|sup|time|tt|u|var)$`)
	voidTag = regexp.MustCompile(`^(?:area|base|br|col|command|embed|hr|img|input|keygen|link|meta|param|source|track|wbr)$`)
	asks    = regexp.MustCompile(`(?i)\bmarkdown\s*=`)
)

// element is an open element of HTML.
type element struct {
	name     string
	markdown bool // whether it asks for Markdown to be read inside
}

// insideHTML returns the parts of a source in which kramdown reads no Markdown: those inside an element that makes a
// box, whatever blank lines are in it, unless its tag says markdown="1".
func insideHTML(source string) []span {
	var spans []span
	var open []element
	begin, at := 0, 0
	for code, part := range fenced(source) {
		start := at
		at += len(part)
		if code {
			continue
		}
		for _, m := range htmlPart.FindAllStringSubmatchIndex(part, -1) {
			if m[4] < 0 {
				continue // a comment, a script or a style
			}
			name, hidden := strings.ToLower(part[m[4]:m[5]]), len(open) > 0 && !open[len(open)-1].markdown
			alone := strings.TrimLeft(part[1+strings.LastIndexByte(part[:m[0]], '\n'):m[0]], " ") == ""
			switch {
			case m[8] != m[9], voidTag.MatchString(name):
			case m[2] != m[3]:
				open = closed(open, name)
			case len(open) == 0 && (!alone || spanLevel.MatchString(name)):
			case len(open) < maxDepth:
				open = append(open, element{name, asks.MatchString(part[m[6]:m[7]])})
			}
			switch hides := len(open) > 0 && !open[len(open)-1].markdown; {
			case hides && !hidden:
				begin = start + m[0]
			case hidden && !hides:
				spans = append(spans, span{begin, start + m[0]})
			}
		}
	}
	if len(open) > 0 && !open[len(open)-1].markdown {
		spans = append(spans, span{begin, len(source)})
	}
	return spans
}

// closed takes an element, and those left open in it, off the open ones.
func closed(open []element, name string) []element {
	for i := len(open) - 1; i >= 0; i-- {
		if open[i].name == name {
			return open[:i]
		}
	}
	return open
}

// linesOf turns spans of bytes into spans of lines, counted from 0.
func linesOf(source string, spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return a.start - b.start })
	line, at := 0, 0
	count := func(to int) int {
		if to > at {
			line += strings.Count(source[at:to], "\n")
			at = to
		}
		return line
	}
	for i, s := range spans {
		spans[i] = span{count(s.start), count(s.end)}
	}
	return spans
}
