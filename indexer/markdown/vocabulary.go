package markdown

import (
	"unicode"
	"unicode/utf8"
)

// What an index needs of a text while it is written, in bytes of memory. It was measured with texts of unique words and of
// few, see TestMemoryOfOnePost.
const (
	termWeight  = 1000 // of a word, or a pair of syllables, that did not occur before
	tokenWeight = 220  // of one that did
)

// MaxWeight bounds what an index needs of one post. About 65,000 different words or 300,000 words come to it, more than
// a book has.
const MaxWeight = 130 << 20

// vocabulary weighs texts by their words. In scripts without blanks between words it counts pairs of characters too, as
// the index does.
type vocabulary struct {
	seen   map[uint64]struct{}
	weight int
}

// add adds a text. It takes linear time.
func (v *vocabulary) add(text string) {
	if v.seen == nil {
		v.seen = map[uint64]struct{}{}
	}
	word, before := uint64(0), rune(0)
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRuneInString(text[at:])
		at += n
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			v.word(word, before)
			word, before = 0, 0
			continue
		}
		word = hash(word, r)
		if before != 0 && paired(r) {
			v.count(hash(hash(1, before), r), 1)
		}
		before = r
	}
	v.word(word, before)
}

// word counts a word, which stands in both lanes unless it is cut into pairs.
func (v *vocabulary) word(word uint64, last rune) {
	if word == 0 {
		return
	}
	if paired(last) {
		v.count(word, 1)
		return
	}
	v.count(word, 2)
}

func (v *vocabulary) count(key uint64, times int) {
	if _, ok := v.seen[key]; ok {
		v.weight += times * tokenWeight
		return
	}
	v.seen[key] = struct{}{}
	v.weight += times * termWeight
}

// paired reports whether words of the script of r are cut into pairs of characters.
func paired(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// hash is FNV-1a, by characters.
func hash(h uint64, r rune) uint64 {
	if h == 0 {
		h = 14695981039346656037
	}
	return (h ^ uint64(r)) * 1099511628211
}
