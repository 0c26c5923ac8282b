package analysis

import (
	"sort"
	"strings"

	"golang.org/x/text/unicode/norm"

	"chaja/search/chars"
)

// origin maps byte offsets of a composed text to the text it came from. The zero value maps each to itself.
type origin struct {
	segments []segment
}

// segment is a piece of text whose composition is independent of its neighbours.
type segment struct {
	composed, source int // where it starts in either text
	sourceLen        int
}

// compose returns text in NFC, with invalid UTF-8 replaced by U+FFFD and without what cannot be seen, and the way back.
func compose(text string) (string, origin) {
	valid := strings.ToValidUTF8(text, "\uFFFD")
	if valid == text && norm.NFC.IsNormalString(text) && !strings.ContainsFunc(text, chars.IsInvisible) {
		return text, origin{}
	}
	return composeSlow(text)
}

// composeSlow walks text one normalization segment at a time. It keeps one entry a segment.
func composeSlow(text string) (string, origin) {
	var out strings.Builder
	var o origin
	var iter norm.Iter
	iter.InitString(norm.NFC, text)
	for !iter.Done() {
		source := iter.Pos()
		composed := strings.ToValidUTF8(string(iter.Next()), "\uFFFD")
		if strings.ContainsFunc(composed, chars.IsInvisible) {
			composed = strings.Map(func(r rune) rune {
				if chars.IsInvisible(r) {
					return -1
				}
				return r
			}, composed)
		}
		o.segments = append(o.segments, segment{composed: out.Len(), source: source, sourceLen: iter.Pos() - source})
		out.WriteString(composed)
	}
	return out.String(), o
}

// start maps the start of a token, end its end; a token that begins or ends inside a segment covers all of it.
func (o origin) start(offset int) int {
	if len(o.segments) == 0 {
		return offset
	}
	return o.at(offset).source
}

func (o origin) end(offset int) int {
	if len(o.segments) == 0 {
		return offset
	}
	last := o.at(offset - 1)
	return last.source + last.sourceLen
}

// at returns the segment that the byte at offset of the composed text belongs to.
func (o origin) at(offset int) segment {
	return o.segments[sort.Search(len(o.segments), func(i int) bool { return o.segments[i].composed > offset })-1]
}
