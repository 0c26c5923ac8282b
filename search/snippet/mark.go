// Package snippet turns a text and the places where it matches into HTML: escaped text with <mark> around the matched bytes,
// and no other markup. Its functions are pure. They take time linear in the text and the spans, once these are sorted.
package snippet

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/chars"
)

// Span is a byte range of a text that matches a query.
type Span struct {
	Start, End int // End is excluded
	Term       int // which term of the query matched here; any numbering
}

// Mark returns text as HTML with the spans marked. A mark covers the matched bytes only, so that a Korean particle behind a
// word stays outside: <mark>성능</mark>을. Spans that overlap or touch share one mark. A span that begins or ends inside a
// character covers all of it. Spans that are empty or reach out of the text are ignored.
func Mark(text string, spans []Span) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	done := 0
	for _, s := range union(tidy(text, spans)) {
		b.WriteString(escape(text[done:s.Start]))
		b.WriteString("<mark>")
		b.WriteString(escape(text[s.Start:s.End]))
		b.WriteString("</mark>")
		done = s.End
	}
	b.WriteString(escape(text[done:]))
	return b.String()
}

// tidy returns the valid spans, widened to whole characters, sorted and each once. It does not change the spans given.
func tidy(text string, spans []Span) []Span {
	valid := make([]Span, 0, len(spans))
	for _, s := range spans {
		if 0 <= s.Start && s.Start < s.End && s.End <= len(text) {
			end := s.End
			if from := chars.Start(text, end); from < end {
				_, size := utf8.DecodeRuneInString(text[from:])
				end = from + size
			}
			valid = append(valid, Span{Start: chars.Start(text, s.Start), End: end, Term: s.Term})
		}
	}
	byPlace := func(a, b Span) int {
		return cmp.Or(a.Start-b.Start, a.End-b.End, cmp.Compare(a.Term, b.Term))
	}
	if !slices.IsSortedFunc(valid, byPlace) {
		slices.SortFunc(valid, byPlace)
	}
	return slices.Compact(valid)
}

// union merges sorted spans that overlap or touch. It changes spans, and the terms of the result mean nothing.
func union(spans []Span) []Span {
	merged := spans[:0]
	for _, s := range spans {
		if last := len(merged) - 1; last >= 0 && s.Start <= merged[last].End {
			merged[last].End = max(merged[last].End, s.End)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// escape makes text safe between tags and in attributes, and valid UTF-8.
func escape(text string) string {
	if !utf8.ValidString(text) {
		text = string([]rune(text))
	}
	return html.EscapeString(text)
}
