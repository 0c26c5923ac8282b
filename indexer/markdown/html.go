package markdown

import (
	"html"
	"strings"
)

// stripHTML returns the text of a piece of HTML: tags, comments, scripts and styles go, entities are decoded. A tag
// that ends a line or a box on the page leaves a blank, so that words do not run together; a tag inside a line
// leaves nothing, as it may stand inside a word. A "<" that begins no tag is text. It takes linear time.
func stripHTML(s string) string {
	var b strings.Builder
	for {
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
		name, end := tagName(s), -1
		if name != "" {
			end = tagEnd(s)
		}
		if end < 0 {
			b.WriteByte('<')
			continue
		}
		s = s[end:]
		if name == "script" || name == "style" {
			s = afterClosing(s, name)
		}
		if !insideLine(name) {
			b.WriteByte(' ')
		}
	}
	return html.UnescapeString(b.String())
}

// tagName returns the name of the tag whose inside s begins with, in lower case; "!" or "?" for a declaration, "/"
// before the name of an end tag, and nothing if this is no tag.
func tagName(s string) string {
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

// tagEnd returns the index after the ">" that ends the tag, skipping those in quoted values unless a quote is never
// closed; -1 if there is no ">" at all.
func tagEnd(s string) int {
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
