package markdown

import (
	"html"
	"regexp"
	"strings"

	"chaja/internal/lazyregexp"
)

var (
	identifier  = lazyregexp.New(`(?i)\sid\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
	alternative = lazyregexp.New(`(?i)\salt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
)

// attribute returns the value of an attribute in a tag.
func attribute(tag string, which *regexp.Regexp) string {
	m := which.FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1] + m[2] + m[3])
}

// html reads a block of HTML: its headings, its preformatted text, and what is around them.
func (w walker) html(s string) {
	if w.options.Marks != nil {
		s = w.options.Marks.ReplaceAllString(s, "")
	}
	lower := strings.Map(lowerLetter, s)
	missing := map[string]bool{} // elements that nothing ends any more
	from := 0                    // of the text not yet written
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '<')
		if i < 0 {
			break
		}
		at += i + 1
		name := TagName(s[at:])
		switch {
		case strings.HasPrefix(s[at:], "!--"):
			_, rest, _ := strings.Cut(s[at:], "-->")
			at = len(s) - len(rest)
		case isUnseen(name, s[at:]):
			at = len(s) - len(afterClosing(s[at:], name))
		case isElement(name) && !missing[name]:
			tag := TagEnd(s[at:])
			end := strings.Index(lower[at:], "</"+name)
			if missing[name] = tag < 0 || end < tag; missing[name] {
				continue
			}
			w.page.block(tidy(stripHTML(s[from : at-1])))
			w.element(name, s[at:at+tag], s[at+tag:at+end])
			at += end
			from = at
		}
	}
	w.page.block(tidy(stripHTML(s[from:])))
}

// isUnseen reports whether what an element holds is never shown; s begins with its name. A <template> of Vue that fills a slot is
// shown.
func isUnseen(name, s string) bool {
	switch name {
	case "script", "style":
		return true
	case "template":
		end := TagEnd(s)
		return end >= 0 && !strings.ContainsAny(s[:end], "#:@") && !strings.Contains(s[:end], "v-")
	}
	return false
}

// lowerLetter leaves other letters alone, so that no index moves.
func lowerLetter(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r | 0x20
	}
	return r
}

// isElement reports whether an element is more than text.
func isElement(name string) bool {
	return name == "pre" || len(name) == 2 && name[0] == 'h' && '1' <= name[1] && name[1] <= '6'
}

// element adds a heading or preformatted text. Headings written as HTML have the ids they state, and no others.
func (w walker) element(name, tag, inner string) {
	if name == "pre" {
		w.page.code(stripHTML(inner))
		return
	}
	w.page.section(int(name[1]-'0'), tidy(stripHTML(inner)), w.heads.ofHTML(attribute(tag, identifier())))
}

// stripHTML returns the text of a piece of HTML: tags, comments, scripts and styles are dropped, entities decoded. A tag
// that ends a line or a box on the page leaves a blank, so that words stay apart. A tag inside a line leaves nothing, as
// it may stand inside a word. A "<" that begins no tag is text. It takes linear time.
func stripHTML(s string) string {
	var b strings.Builder
	last := strings.LastIndexByte(s, '>') // no tag ends behind it
	for whole := len(s); ; {
		before, rest, ok := strings.Cut(s, "<")
		b.WriteString(before)
		if !ok {
			break
		}
		s = rest
		if strings.HasPrefix(s, "!--") {
			_, s, _ = strings.Cut(s, "-->")
			continue
		}
		name, end := TagName(s), -1
		if name != "" && whole-len(s) <= last {
			end = TagEnd(s)
		}
		if end < 0 {
			b.WriteByte('<')
			continue
		}
		if name == "img" {
			b.WriteString(attribute(s[:end], alternative()))
		}
		inside := s
		if s = s[end:]; isUnseen(name, inside) {
			s = afterClosing(s, name)
		}
		if !insideLine(name) {
			b.WriteByte(' ')
		}
	}
	return html.UnescapeString(b.String())
}

// TagName returns the name of a tag in lower case; s begins after its "<". The name of an end tag has a "/" before it, and
// that of a declaration is "!" or "?". It is empty if this is no tag.
func TagName(s string) string {
	if strings.HasPrefix(s, "!") || strings.HasPrefix(s, "?") {
		return s[:1]
	}
	n := 0
	if strings.HasPrefix(s, "/") {
		n = 1
	}
	start := n
	for n < len(s) && (isLetter(s[n]) || n > start && (s[n] == '-' || '0' <= s[n] && s[n] <= '9')) {
		n++
	}
	if n == start {
		return ""
	}
	return strings.ToLower(s[:n])
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// TagEnd returns the index after the ">" that ends a tag; s begins after its "<". A ">" in a quoted value does not end it,
// unless the quote is never closed. It is -1 if there is no ">".
func TagEnd(s string) int {
	quote := byte(0)
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\'') && s[i-1] == '=':
			quote = c
		case quote == 0 && c == '>':
			return i + 1
		}
	}
	if i := strings.IndexByte(s, '>'); i >= 0 {
		return i + 1
	}
	return -1
}

// afterClosing returns what follows the end tag of an element whose content is not text; nothing if it is missing.
func afterClosing(s, name string) string {
	for {
		_, rest, ok := strings.Cut(s, "</")
		if !ok {
			return ""
		}
		if len(rest) >= len(name) && strings.EqualFold(rest[:len(name)], name) {
			_, rest, _ = strings.Cut(rest, ">")
			return rest
		}
		s = rest
	}
}

// insideLine reports whether a tag stands inside a line of text.
func insideLine(name string) bool {
	switch strings.TrimPrefix(name, "/") {
	case "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
		"label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
		"var", "wbr", "!", "?":
		return true
	}
	return false
}
