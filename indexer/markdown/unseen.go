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

// encloses reports whether a generator does not read as Markdown what such a tag encloses: code, comments and what is
// shown elsewhere in Jekyll; everything in Hexo; in Hugo what templates get as it stands, and may or may not read as Markdown then.
func (f IDs) encloses(opening, name string) bool {
	switch {
	case f.isKramdown():
		return name == "highlight" || name == "comment" || name == "capture"
	case f.isHexo():
		return true
	case f == GitHubIDs, f == NoIDs:
		return false
	}
	return opening == "{<"
}

// unseenBy returns the parts of a source, in order, that such tags enclose, and those that kramdown reads inside HTML.
func unseenBy(f IDs, source string) (unseen, boxed []span) {
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
		var hidden []span
		hidden, boxed = insideHTML(source)
		spans = append(spans, hidden...)
	}
	return linesOf(source, spans), linesOf(source, boxed)
}

var (
	spanLevel = regexp.MustCompile(`^(?:a|abbr|acronym|b|big|bdo|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|` +
		`mark|option|q|rb|rbc|rp|rt|rtc|ruby|samp|select|small|span|strong|sub|sup|time|tt|u|var)$`)
	voidTag = regexp.MustCompile(`^(?:area|base|br|col|command|embed|hr|img|input|keygen|link|meta|param|source|track|wbr)$`)
	asks    = regexp.MustCompile(`(?i)\bmarkdown\s*=\s*["']?(?:1|block)\b`)
)

// maxTag bounds the length of a tag, which is looked for from every "<".
const maxTag = 1 << 10

// element is an open element of HTML.
type element struct {
	name     string
	markdown bool // whether it asks for Markdown to be read inside
}

// insideHTML returns the parts of a source in which kramdown reads no Markdown: those inside an element that makes a
// box, whatever blank lines are in it, unless its tag says markdown="1"; and the parts for which it does.
func insideHTML(source string) (hidden, boxed []span) {
	var open []element
	begin, at := 0, 0
	end := func(inside []element, at int) {
		switch {
		case len(inside) == 0:
		case inside[len(inside)-1].markdown:
			boxed = append(boxed, span{begin, at})
		default:
			hidden = append(hidden, span{begin, at})
		}
		begin = at
	}
	for code, part := range fenced(source) {
		if !code {
			eachTag(part, func(name, tag string, position int) {
				before := open
				above := strings.TrimRight(part[:position], " ")
				switch closing, isEnd := strings.CutPrefix(name, "/"); {
				case isEnd:
					open = closed(open, closing)
				case strings.HasSuffix(tag, "/>"), voidTag.MatchString(name), len(open) >= maxDepth:
				case len(open) > 0, (above == "" || strings.HasSuffix(above, "\n")) && !spanLevel.MatchString(name):
					open = append(open, element{name, asks.MatchString(tag)})
				}
				if len(open) != len(before) {
					end(before, at+position)
				}
			})
		}
		at += len(part)
	}
	end(open, len(source))
	return hidden, boxed
}

// eachTag calls do with the tags of a text, but for those in comments, scripts and style sheets: the name, which has
// a slash before it if it is an end, the tag behind its "<", and where that stands. It takes linear time.
func eachTag(s string, do func(name, tag string, position int)) {
	missing := map[string]bool{} // ends that the rest does not have
	skip := func(at int, end string) int {
		if i := strings.Index(s[at:], end); i >= 0 && !missing[end] {
			return at + i
		}
		missing[end] = true
		return at
	}
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '<')
		if i < 0 {
			return
		}
		position := at + i
		at = position + 1
		if strings.HasPrefix(s[at:], "!--") {
			if !missing["-->"] {
				at = skip(at, "-->")
			}
			continue
		}
		rest := s[at:min(len(s), at+maxTag)]
		name := tagName(rest)
		end := -1
		if name != "" && name != "!" && name != "?" && len(name) < len(rest) && strings.IndexByte(" \t\n/>", rest[len(name)]) >= 0 {
			end = tagEnd(rest)
		}
		if end < 0 {
			continue
		}
		at += end
		if (name == "script" || name == "style") && !missing["</"+name] {
			at = skip(at, "</"+name)
			continue
		}
		do(name, rest[:end], position)
	}
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
