package snippet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	ellipsis = "…"
	lineEnd  = " · " // between what stands in two lines, such as the items of a list
)

// Excerpt returns the part of text that shows best why it matches, as HTML like Mark. It is the window with most different
// terms, of these the one with most matches, of these the first. Without spans it is the opening of the text.
//
// The excerpt has at most maxRunes characters of the text. Blanks in a row count and are shown as one blank. A line break in
// them is shown as " · ", unless the line before it is a sentence, or a match goes on in the next one. Where code begins and
// ends it always is; code tells of an offset whether it is in a block of code, and may be nil.
// It begins and ends with a sentence or a line if that is near, else with a word. Only a word that is longer than the
// window is cut. "…" stands where a sentence is cut.
func Excerpt(text string, spans []Span, code func(offset int) bool, maxRunes int) string {
	if maxRunes <= 0 {
		return ""
	}
	spans = trimBlanks(text, tidy(text, spans))
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	from, to := densest(text, spans, maxRunes-maxRunes/8) // an eighth is kept to complete the words at both ends
	to, width := forward(text, from, to, maxRunes)
	start := chooseStart(text, from, to, maxRunes-width)
	end := chooseEnd(text, start, to, maxRunes)

	shown := oneLine(Mark(text[start:end], within(spans, start, end)), kinds(text[start:end], start, code))
	if shown == "" {
		return ""
	}
	if !sentenceStart(text, start) {
		shown = ellipsis + shown
	}
	if !sentenceEnd(text, end) {
		shown += ellipsis
	}
	return shown
}

// kinds tells of each line of a window whether it is code. The window begins at from in its text.
func kinds(window string, from int, code func(offset int) bool) (kinds []bool) {
	for line := range strings.SplitAfterSeq(window, "\n") {
		blanks := len(line) - len(strings.TrimLeftFunc(line, unicode.IsSpace))
		kinds = append(kinds, code != nil && code(from+blanks))
		from += len(line)
	}
	return kinds
}

// oneLine joins the lines of marked text, of each of which code says whether it is code.
func oneLine(marked string, code []bool) string {
	var b strings.Builder
	open := 0 // marks that go on in the next line
	last := 0 // the line before
	for i, line := range strings.Split(marked, "\n") {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		apart := code[i] != code[last]
		last = i
		switch before := b.String(); {
		case before == "":
		case open > 0 || !apart && endsPhrase(before):
			b.WriteString(" ")
		default:
			b.WriteString(lineEnd)
		}
		b.WriteString(line)
		open += strings.Count(line, "<mark>") - strings.Count(line, "</mark>")
	}
	return b.String()
}

// endsPhrase reports whether a reader sees by the last character of a line that it ends there, or goes on.
func endsPhrase(line string) bool {
	line = strings.TrimRight(strings.TrimSuffix(line, "</mark>"), closers)
	last, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune(fullStops+wideStops+",:;", last)
}

// trimBlanks takes the blanks at their ends off the spans. Else the blanks on both sides of a mark would count twice.
func trimBlanks(text string, spans []Span) []Span {
	kept := spans[:0]
	for _, s := range spans {
		s.End = s.Start + len(strings.TrimRightFunc(text[s.Start:s.End], unicode.IsSpace))
		s.Start = s.End - len(strings.TrimLeftFunc(text[s.Start:s.End], unicode.IsSpace))
		if s.Start < s.End {
			kept = append(kept, s)
		}
	}
	return kept
}

// within cuts spans to a window of the text and counts them from its start.
func within(spans []Span, start, end int) []Span {
	var inside []Span
	for _, s := range spans {
		if s.End > start && s.Start < end {
			inside = append(inside, Span{Start: max(s.Start, start) - start, End: min(s.End, end) - start})
		}
	}
	return inside
}

// densest returns the range from the first to the last match of the best window of maxRunes characters. A first match that
// is longer than the window counts too. Without spans it is the empty range at the first character that is no blank.
func densest(text string, spans []Span, maxRunes int) (from, to int) {
	from = len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	to = from
	before := charsBefore(text, spans)
	found := make(map[int]int) // matches of each term in the window
	bestTerms, bestMatches := 0, 0
	next, reach := 0, 0 // first span after the window, end of the last one in it
	for i, s := range spans {
		for next < len(spans) {
			n := spans[next]
			if _, width := forward(text, n.Start, n.End, maxRunes+1); next > i && before[next]-before[i]+width > maxRunes {
				break
			}
			found[n.Term]++
			reach = max(reach, n.End)
			next++
		}
		if terms := len(found); terms > bestTerms || terms == bestTerms && next-i > bestMatches {
			bestTerms, bestMatches = terms, next-i
			from, to = s.Start, reach
		}
		if found[s.Term]--; found[s.Term] == 0 {
			delete(found, s.Term)
		}
	}
	return from, to
}

// charsBefore counts the characters of text before each span.
func charsBefore(text string, spans []Span) []int {
	counts := make([]int, len(spans))
	at, chars := 0, 0
	for i, s := range spans {
		_, n := forward(text, at, s.Start, len(text))
		chars += n
		counts[i] = chars
		at = s.Start
	}
	return counts
}
