package service

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

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

// window is what of a section is analyzed.
type window struct {
	heading bool
	text    search.Range // of the body
}

// lookInto says what of each section is analyzed: all of it in a post of normal length. Of a longer one, up to limit bytes in
// all are: of the sections first that have most of the query's words by the look of them, and of each from a little before its
// rarest such word on.
func lookInto(q *prepared, doc *search.Document, limit int) []window {
	windows := make([]window, len(doc.Sections))
	size := len(doc.Body)
	for i, sec := range doc.Sections {
		windows[i] = window{true, search.Range{Start: sec.Start, End: sec.End}}
		size += len(sec.Heading)
	}
	if size <= limit || !q.Match.HasWords() {
		return windows
	}
	hints := q.highlighter.Hints()
	hinted, order := make([]int, len(windows)), make([]int, len(windows))
	for i, sec := range doc.Sections {
		inHeading, _ := count(hints, sec.Heading)
		inText, at := count(hints, doc.Body[sec.Start:sec.End])
		order[i], hinted[i] = i, inHeading+inText
		windows[i].text.Start += blankBefore(doc.Body[sec.Start:sec.End], max(0, at-limit/8))
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(hinted[b], hinted[a]) })
	for _, i := range order {
		w := &windows[i]
		limit -= len(doc.Sections[i].Heading)
		w.heading = limit >= 0
		w.text.End = w.text.Start + blankBefore(doc.Body[w.text.Start:w.text.End], max(limit, 0))
		limit -= w.text.End - w.text.Start
	}
	return windows
}

// maxWord bounds, in bytes, how far back a blank is looked for: what has none so long is no word.
const maxWord = 256

// blankBefore returns the last place up to i where text can be cut so that no word is cut: its end, its beginning, or a blank.
// Where there is none near, it is the beginning of a character.
func blankBefore(text string, i int) int {
	if i >= len(text) {
		return len(text)
	}
	i = chars.Start(text, i)
	if at := strings.LastIndexFunc(text[:i], unicode.IsSpace); at >= i-maxWord {
		return max(at, 0)
	}
	return i
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
