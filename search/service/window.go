package service

import (
	"cmp"
	"slices"
	"strings"

	"chaja/search"
	"chaja/search/chars"
)

// maxAnalyzed bounds, in bytes, what of a post is analyzed to show it: far more than people write under all headings
// of a post, and still a matter of milliseconds. An explanation that misses a word there looks into maxExplained: a whole book,
// in some ten milliseconds, which only those pay who ask why.
const (
	maxAnalyzed  = 16 << 10
	maxExplained = 16 * maxAnalyzed
)

// lookInto says which part of each section is analyzed: all of it in a post of normal length. Of a longer one those
// sections come first, up to limit bytes, that have most of the query's words by the look of them, each from a little before its rarest such word on.
func lookInto(q *prepared, doc *search.Document, limit int) []search.Range {
	windows := make([]search.Range, len(doc.Sections))
	order := make([]int, len(doc.Sections))
	for i, sec := range doc.Sections {
		windows[i], order[i] = search.Range{Start: sec.Start, End: sec.End}, i
	}
	if len(doc.Body) <= limit || !q.Match.HasWords() {
		return windows
	}
	hints := q.highlighter.Hints()
	hinted := make([]int, len(doc.Sections))
	for i, w := range windows {
		n, at := count(hints, doc.Body[w.Start:w.End])
		hinted[i], windows[i].Start = n, w.Start+chars.Start(doc.Body[w.Start:w.End], max(0, at-limit/8))
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(hinted[b], hinted[a]) })
	left := limit
	for _, i := range order {
		w := &windows[i]
		w.End = chars.Start(doc.Body, min(w.End, w.Start+left))
		left -= w.End - w.Start
	}
	return windows
}

// count counts the hints that are in text, and says where the one stands that is met last, as it is the rarest; 0
// without any.
func count(hints []string, text string) (n, at int) {
	for _, hint := range hints {
		if i := strings.Index(text, hint); i >= 0 {
			n++
			at = max(at, i)
		}
	}
	return n, at
}
