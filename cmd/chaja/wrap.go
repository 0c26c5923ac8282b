package main

import (
	"strings"

	"github.com/rivo/uniseg"
)

// columns counts the columns of a terminal that text takes. A syllable of Hangul takes two, and an escape sequence of
// style none.
func columns(text string) int {
	n := 0
	for text != "" {
		var width int
		_, text, width = cluster(text)
		n += width
	}
	return n
}

// pad adds blanks up to a number of columns.
func pad(text string, to int) string {
	return text + strings.Repeat(" ", max(to-columns(text), 0))
}

// cluster cuts off what is drawn as one character, or one escape sequence that colours.
func cluster(text string) (first, rest string, width int) {
	if strings.HasPrefix(text, "\x1b[") {
		if end := strings.IndexByte(text, 'm'); end > 0 {
			return text[:end+1], text[end+1:], 0
		}
	}
	first, rest, width, _ = uniseg.FirstGraphemeClusterInString(text, -1)
	return first, rest, width
}

// narrowest bounds the room beside an indentation on narrow terminals: a word of Korean has it.
const narrowest = 20

// wrap breaks text at blanks into lines of the width. All lines but the first are indented by indent columns; on the
// first, something else stands there. A word that is longer than a line is cut. Korean is not cut inside a word, as that
// reads badly.
func (s style) wrap(text string, indent int) string {
	if s.width == 0 {
		return text
	}
	room := max(s.width-indent, narrowest)
	newline := "\n" + strings.Repeat(" ", indent)
	var b strings.Builder
	used, gap := 0, 0
	for i, word := range strings.Split(text, " ") {
		if i > 0 {
			gap++
		}
		width := columns(word)
		switch {
		case word == "": // one of several blanks; at the end of a line they are left out
			continue
		case used+gap+width <= room:
			b.WriteString(strings.Repeat(" ", gap))
			used += gap
		case used > 0:
			b.WriteString(newline)
			used = 0
		}
		gap = 0
		for word != "" {
			var first string
			first, word, width = cluster(word)
			if used+width > room {
				b.WriteString(newline)
				used = 0
			}
			b.WriteString(first)
			used += width
		}
	}
	return b.String()
}
