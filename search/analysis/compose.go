package analysis

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chaja/search/chars"
	"chaja/search/hangul"
)

// origin maps byte offsets of a composed text to the text it came from. An empty one maps each to itself.
type origin []segment

// segment is a piece of text whose composition is independent of its neighbours.
type segment struct {
	composed, source int // where it starts in either text
	end              int // in the source
}

// compose returns text in NFC, with invalid UTF-8 replaced by U+FFFD, without what cannot be seen and with signs that stand for
// letters and digits spelled out, and the way back.
func compose(text string) (string, origin) {
	valid := strings.ToValidUTF8(text, "\uFFFD")
	if valid == text && chars.IsComposed(text) && !strings.ContainsFunc(text, isRewritten) {
		return text, nil
	}
	var out strings.Builder
	var o origin
	var iter norm.Iter
	iter.InitString(norm.NFC, text)
	afterEnclosed := rune(0) // what the character before had in a circle
	for !iter.Done() {
		source := iter.Pos()
		composed := strings.ToValidUTF8(string(iter.Next()), "\uFFFD")
		o = append(o, segment{out.Len(), source, iter.Pos()})
		for _, r := range composed {
			enclosed := isEnclosed(r)
			if enclosed || afterEnclosed != 0 && (unicode.IsDigit(r) || unicode.IsLetter(afterEnclosed)) {
				out.WriteByte(' ')
			}
			afterEnclosed = 0
			switch {
			case isCompatible(r):
				spelled := strings.Map(hangul.Compatibility, norm.NFKC.String(string(r)))
				out.WriteString(spelled)
				if enclosed {
					afterEnclosed, _ = utf8.DecodeRuneInString(spelled)
				}
			case !chars.IsInvisible(r):
				out.WriteRune(r)
			}
		}
	}
	return out.String(), o
}

// isRewritten reports whether a character is not taken into a composed text as it is.
func isRewritten(r rune) bool { return isCompatible(r) || chars.IsInvisible(r) }

// isCompatible reports whether a sign stands for letters or digits that people type one by one: ㈜ is (주), ㎏ is kg and ① is
// 1. These are the blocks Enclosed Alphanumerics, Enclosed CJK Letters and Months and CJK Compatibility.
func isCompatible(r rune) bool {
	return '\u2460' <= r && r <= '\u24ff' || '\u3200' <= r && r <= '\u33ff'
}

// isEnclosed reports whether a letter or number in a circle numbers what follows, so that it is a word of its own beside others and
// digits: ①② is not 12.
func isEnclosed(r rune) bool {
	return isCompatible(r) && r < '\u3300' && utf8.RuneCountInString(norm.NFKC.String(string(r))) <= 2
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
