package site

import (
	"strings"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// unseenByKramdown are code, comments and what is shown elsewhere, and HTML.
func unseenByKramdown(source string) (unseen, boxed []markdown.Span) {
	hidden, boxed := insideHTML(source)
	return append(markdown.Enclosed(source, func(_, name string) bool {
		return name == "highlight" || name == "comment" || name == "capture"
	}), hidden...), boxed
}

var (
	spanLevel = lazyregexp.New(`^(?:a|abbr|acronym|b|big|bdo|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|` +
		`mark|option|q|rb|rbc|rp|rt|rtc|ruby|samp|select|small|span|strong|sub|sup|time|tt|u|var)$`)
	voidTag = lazyregexp.New(`^(?:area|base|br|col|command|embed|hr|img|input|keygen|link|meta|param|source|track|wbr)$`)
	asks    = lazyregexp.New(`(?i)\bmarkdown\s*=\s*["']?(?:1|block)\b`)
)

// maxTag bounds the length of a tag, which is looked for from every "<".
const maxTag = 1 << 10

// maxElements bounds the elements that are open at the same time.
const maxElements = 100

// element is an open element of HTML.
type element struct {
	name     string
	markdown bool // whether it asks for Markdown to be read inside
}

// insideHTML returns the parts of a source inside elements that make a box. Kramdown reads no Markdown in them, whatever
// blank lines they have: those are hidden. It does if the tag says markdown="1": those are boxed.
func insideHTML(source string) (hidden, boxed []markdown.Span) {
	var open []element
	begin, at := 0, 0
	end := func(inside []element, at int) {
		switch {
		case len(inside) == 0:
		case inside[len(inside)-1].markdown:
			boxed = append(boxed, markdown.Span{Start: begin, End: at})
		default:
			hidden = append(hidden, markdown.Span{Start: begin, End: at})
		}
		begin = at
	}
	for code, part := range markdown.Fenced(source) {
		if !code {
			eachTag(part, func(name, tag string, position int) {
				before := open
				above := strings.TrimRight(part[:position], " ")
				switch closing, isEnd := strings.CutPrefix(name, "/"); {
				case isEnd:
					open = closed(open, closing)
				case strings.HasSuffix(tag, "/>"), voidTag().MatchString(name), len(open) >= maxElements:
				case len(open) > 0, (above == "" || strings.HasSuffix(above, "\n")) && !spanLevel().MatchString(name):
					open = append(open, element{name, asks().MatchString(tag)})
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

// indentHTML takes the indent off lines inside HTML. To CommonMark they are code, behind an empty line; to kramdown the element that
// is open goes on.
func indentHTML(source string) string {
	if !strings.Contains(source, "\n    ") || !strings.Contains(source, "<") {
		return source
	}
	spans, _ := insideHTML(source)
	var b strings.Builder
	at, raw := 0, false
	for code, part := range markdown.Fenced(source) {
		for line := range strings.Lines(part) {
			for len(spans) > 0 && spans[0].End <= at {
				spans = spans[1:]
			}
			inside := !code && len(spans) > 0 && spans[0].Start <= at
			low := strings.ToLower(line)
			raw = inside && (raw || strings.Contains(low, "<pre")) && !strings.Contains(low, "</pre")
			at += len(line)
			if text := strings.TrimLeft(line, " \t"); inside && !raw && strings.HasPrefix(text, "<") {
				line = text
			}
			b.WriteString(line)
		}
	}
	return b.String()
}

// eachTag calls do with each tag of a text: its name, with a slash before it in an end tag, the tag behind its "<", and
// where that stands. It leaves out tags in comments, scripts and style sheets, and takes linear time.
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
		name := markdown.TagName(rest)
		end := -1
		if name != "" && name != "!" && name != "?" && len(name) < len(rest) && strings.IndexByte(" \t\n/>", rest[len(name)]) >= 0 {
			end = markdown.TagEnd(rest)
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
