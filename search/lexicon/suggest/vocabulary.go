package suggest

import (
	"sort"
	"sync"

	"chaja/search/lexicon/column"
)

// textKinds are the kinds of texts in the order of their numbers. Terms are words, not texts.
var textKinds = [...]Kind{KindTitle, KindHeading, KindTag}

// ordinalBits is the number of bits of a start for the ordinal of the word. Words with a greater ordinal are found only as
// parts of the text.
const ordinalBits = 6

// Vocabulary is the words and names of a site. It is immutable and safe for concurrent use. The zero Vocabulary is empty.
// What is exported opens it first.
type Vocabulary struct {
	once sync.Once
	file *column.File // until it is open

	kindEnds numbers // where each of textKinds ends among the texts
	texts    table
	urls     table
	keys     table
	initials table
	textDocs numbers // posts that have the text
	starts   numbers

	words    table
	wordDocs numbers // posts that have the word, shifted left by one; the low bit tells a term

	shapeOnce  sync.Once
	wordShapes [maxCorrected + 1][]shape // made by shapes
}

// text returns the part of text i that is searched.
func (v *Vocabulary) text(i int) []byte {
	text := v.texts.at(i)
	return text[:min(len(text), maxMatched)]
}

// kindOf returns the kind of text i as an index of textKinds.
func (v *Vocabulary) kindOf(i int) int {
	k := 0
	for k < len(textKinds)-1 && i >= v.kindEnd(k) {
		k++
	}
	return k
}

// ofKind returns the range of the texts of a kind.
func (v *Vocabulary) ofKind(k int) (lo, hi int) {
	if k > 0 {
		lo = v.kindEnd(k - 1)
	}
	return lo, v.kindEnd(k)
}

func (v *Vocabulary) kindEnd(k int) int {
	if len(v.kindEnds) == 0 {
		return 0 // the zero Vocabulary
	}
	return v.kindEnds.at(k)
}

// startsWith returns the range of the starts at which the text goes on with key.
func (v *Vocabulary) startsWith(key []byte) (lo, hi int) {
	return span(v.starts.len(), func(i int) int {
		text := v.text(v.starts.at(i) >> ordinalBits)
		return compare(text, wordStart(text, ordinal(v.starts.at(i))), key)
	})
}

// wordsWith returns the range of the words that begin with key.
func (v *Vocabulary) wordsWith(key []byte) (lo, hi int) {
	return span(v.words.len(), func(i int) int { return compare(v.words.at(i), 0, key) })
}

// span returns the range of the items for which order is 0. The n items are sorted: order is negative before that range and
// positive behind it.
func span(n int, order func(i int) int) (lo, hi int) {
	lo = sort.Search(n, func(i int) bool { return order(i) >= 0 })
	return lo, lo + sort.Search(n-lo, func(i int) bool { return order(lo+i) > 0 })
}

// ordinal returns which word of its text a start is.
func ordinal(start int) int { return start & (1<<ordinalBits - 1) }

// wordStart returns where the word with an ordinal begins in text, and the end of text if there is none.
func wordStart(text []byte, ordinal int) int {
	w := walker{text: text}
	for u, ok := w.next(); ok; u, ok = w.next() {
		if u.word {
			if ordinal == 0 {
				return u.start
			}
			ordinal--
		}
	}
	return len(text)
}

func (v *Vocabulary) docsOf(word int) int { return v.wordDocs.at(word) >> 1 }

func (v *Vocabulary) isTerm(word int) bool { return v.wordDocs.at(word)&1 != 0 }

// shape is what is known of a word before its letters are compared.
type shape struct {
	letters uint64 // see maskOf
	word    uint32
	first   byte // of its key
}

// shapes returns the shapes of the words that may be corrected to, by the length of their keys, in their order.
func (v *Vocabulary) shapes() *[maxCorrected + 1][]shape {
	v.shapeOnce.Do(func() {
		var key []byte
		for i := range v.words.len() {
			key = appendKey(key[:0], v.words.at(i))
			if n := len(key); 0 < n && n <= maxCorrected {
				v.wordShapes[n] = append(v.wordShapes[n], shape{maskOf(key), uint32(i), key[0]})
			}
		}
	})
	return &v.wordShapes
}
