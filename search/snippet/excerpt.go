package snippet

import (
	"strings"
	"unicode"
)

const ellipsis = "…"

// Excerpt returns the part of text that shows best why it matches, as HTML like Mark: the window in which most
// different terms match; among those the one with most matches; among those the first. Without spans it is the
// opening of the text.
//
// The excerpt has at most maxRunes characters of the text, a run of blanks and line breaks counting and shown as one
// blank. It begins and ends with a sentence or line where that is near, otherwise with a word; only a word too long
// for the window is cut. "…" stands where a sentence is cut.
func Excerpt(text string, spans []Span, maxRunes int) string {
	if maxRunes <= 0 {
		return ""
	}
	spans = trimBlanks(text, tidy(text, spans))
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	from, to := densest(text, spans, maxRunes-maxRunes/8) // an eighth is kept to complete the words at both ends
	to, width := forward(text, from, to, maxRunes)
	start := chooseStart(text, from, to, maxRunes-width)
	end := chooseEnd(text, start, to, maxRunes)

	shown := strings.Join(strings.Fields(Mark(text[start:end], within(spans, start, end))), " ")
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

// trimBlanks narrows spans to what is not blank, so that blanks on both sides of a mark's edge do not add up.
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

// densest returns the range of the best window of at most maxRunes characters, from the first match in it to the
// last. The first match counts even where it is longer than that. Without spans the range is empty at the start.
func densest(text string, spans []Span, maxRunes int) (from, to int) {
	places := make([]int, len(spans)) // characters before each span
	at, chars := 0, 0
	for i, s := range spans {
		chars += runes(text[at:max(at, s.Start)])
		at = max(at, s.Start)
		places[i] = chars
	}
	found := make(map[int]int) // matches of each term in the window
	bestTerms, bestMatches := 0, 0
	next, reach := 0, 0 // first span after the window, end of the last one in it
	for i, s := range spans {
		for next < len(spans) && (next == i || places[next]-places[i]+runes(text[spans[next].Start:spans[next].End]) <= maxRunes) {
			found[spans[next].Term]++
			reach = max(reach, spans[next].End)
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
