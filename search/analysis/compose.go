package analysis

import (
	"sort"
	"strings"

	"golang.org/x/text/unicode/norm"

	"chaja/search/chars"
)

// origin maps byte offsets of a composed text to the text it came from. An empty one maps each to itself.
type origin []segment

// segment is a piece of text whose composition is independent of its neighbours.
type segment struct {
	composed, source int // where it starts in either text
	end              int // in the source
}

// compose returns text in NFC, with invalid UTF-8 replaced by U+FFFD and without what cannot be seen, and the way back.
func compose(text string) (string, origin) {
	valid := strings.ToValidUTF8(text, "\uFFFD")
	if valid == text && norm.NFC.IsNormalString(text) && !strings.ContainsFunc(text, chars.IsInvisible) {
		return text, nil
	}
	var out strings.Builder
	var o origin
	var iter norm.Iter
	iter.InitString(norm.NFC, text)
	for !iter.Done() {
		source := iter.Pos()
		composed := strings.ToValidUTF8(string(iter.Next()), "\uFFFD")
		o = append(o, segment{out.Len(), source, iter.Pos()})
		out.WriteString(strings.Map(visible, composed))
	}
	return out.String(), o
}

func visible(r rune) rune {
	if chars.IsInvisible(r) {
		return -1
	}
	return r
}

// source maps the bytes of a token, which is not empty; one that begins or ends inside a segment covers all of it.
func (o origin) source(start, end int) (from, to int) {
	if len(o) == 0 {
		return start, end
	}
	return o.at(start).source, o.at(end - 1).end
}

// at returns the segment that the byte at offset of the composed text belongs to.
func (o origin) at(offset int) segment {
	return o[sort.Search(len(o), func(i int) bool { return o[i].composed > offset })-1]
}
