package analysis

import (
	"sort"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// origin maps byte offsets of a composed text to the text it came from. The zero value maps each to itself.
type origin struct {
	segments []segment
}

// segment is a piece of text whose composition is independent of its neighbours.
type segment struct {
	composed, source       int // where it starts in either text
	composedLen, sourceLen int
}

// compose returns text in NFC with invalid UTF-8 replaced by U+FFFD, and the way back.
func compose(text string) (string, origin) {
	valid := strings.ToValidUTF8(text, "\uFFFD")
	if valid == text && norm.NFC.IsNormalString(text) {
		return text, origin{}
	}
	return composeSlow(text)
}

// composeSlow walks text one normalization segment at a time. It keeps one entry a segment that changes.
func composeSlow(text string) (string, origin) {
	var out strings.Builder
	var o origin
	var iter norm.Iter
	iter.InitString(norm.NFC, text)
	for !iter.Done() {
		source := iter.Pos()
		composed := strings.ToValidUTF8(string(iter.Next()), "\uFFFD")
		o.segments = append(o.segments, segment{
			composed: out.Len(), source: source,
			composedLen: len(composed), sourceLen: iter.Pos() - source,
		})
		out.WriteString(composed)
	}
	return out.String(), o
}

// start maps the start of a token, end its end; a token that begins or ends inside a segment covers all of it.
func (o origin) start(offset int) int { return o.find(offset, false) }
func (o origin) end(offset int) int   { return o.find(offset, true) }

func (o origin) find(offset int, end bool) int {
	if len(o.segments) == 0 {
		return offset
	}
	i := sort.Search(len(o.segments), func(i int) bool { return o.segments[i].composed > offset }) - 1
	s := o.segments[i]
	switch {
	case offset == s.composed:
		return s.source
	case end || offset == s.composed+s.composedLen:
		return s.source + s.sourceLen
	}
	return s.source
}
