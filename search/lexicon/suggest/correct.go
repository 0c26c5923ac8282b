package suggest

import (
	"bytes"
	"math/bits"
	"slices"
	"unicode/utf8"

	"chaja/search/chars"
	"chaja/search/hangul"
)

// The rules of correction. Lengths are in letters: a syllable of Hangul has two to five.
const (
	minCorrected = 4  // shorter words, and single syllables, are near to too many others
	twoEdits     = 8  // a word of this length may have two edits, a shorter one has one: every fourth letter may be wrong,
	twoEditsOf   = 9  // and one more of the word that was meant, but not its first one
	maxCorrected = 40 // longer words are not mistyped but made up; it bounds the work for one comparison
	editWeight   = 50 // how many times as many posts make up for one edit more
)

// Correction is what a word was probably meant to be.
type Correction struct {
	Text  string // one word, or two
	Edits int    // between it and the word, one or two
}

// Correct returns the word of the site that word was most likely meant to be: the nearest and most frequent one. A letter of
// Hangul counts like one of another script. An edit is a letter inserted, left out, replaced or swapped with the next, or a
// syllable swapped with the next. At most two edits are corrected, and digits never; of two none is at the first letter. Posts is asked for the words that are
// near enough, and returns the number of posts that have a word, or 0 for a word that must not be returned. Of words
// that are as good it is the first. The time is linear in the number of words that are about as long.
func (v *Vocabulary) Correct(word string, posts func(text string) int) (c Correction, ok bool) {
	v.open()
	t := readTyped(word)
	key, edits := t.key, maxEdits(t.text, t.key)
	if edits == 0 {
		return Correction{}, false
	}
	best, bestScore := 0, 0
	consider := func(i, d int) {
		text := string(v.words.at(i))
		score := posts(text)
		if d < 2 {
			score *= editWeight
		}
		if score > bestScore || score == bestScore && score > 0 && i < best {
			c, best, bestScore = Correction{text, d}, i, score
		}
	}
	v.swapped([]rune(t.text), consider)
	v.near(key, edits, consider)
	return c, bestScore > 0
}

// near yields the words that are at most so many edits from a key.
func (v *Vocabulary) near(key []byte, edits int, yield func(word, edits int)) {
	mask, shapes := maskOf(key), v.shapes()
	var buffer [2 * maxCorrected]byte
	for length := len(key) - edits; length <= min(len(key)+edits, maxCorrected); length++ {
		for _, s := range shapes[length] {
			edits := edits
			if length < twoEditsOf || s.first != key[0] {
				edits = 1
			}
			if bits.OnesCount64(mask^s.letters) > 2*edits {
				continue // an edit changes two letters at most
			}
			other := appendKey(buffer[:0], v.words.at(int(s.word)))
			if d := chars.Edits(key, other, edits); d > 0 && d <= edits && sameDigits(key, other) {
				yield(int(s.word), d)
			}
		}
	}
}

// swapped yields the words that differ from text by one syllable swapped with the next.
func (v *Vocabulary) swapped(text []rune, yield func(word, edits int)) {
	for i := range len(text) - 1 {
		if a, b := text[i], text[i+1]; a != b && hangul.IsSyllable(a) && hangul.IsSyllable(b) {
			text[i], text[i+1] = b, a
			if word, ok := v.find(appendKey(nil, []byte(string(text)))); ok {
				yield(word, 1)
			}
			text[i], text[i+1] = a, b
		}
	}
}

// maxEdits returns how many edits of a word may be corrected.
func maxEdits(word string, key []byte) int {
	switch {
	case len(key) < minCorrected, len(key) > maxCorrected, utf8.RuneCountInString(word) == 1 && hangul.IsComposed(word):
		return 0
	case len(key) < twoEdits:
		return 1
	}
	return 2
}

// maskOf returns the set of the letters of a key, a bit for each letter of one script. The sets of keys that are few edits
// apart differ by few bits.
func maskOf(key []byte) uint64 {
	var set uint64
	for _, c := range key {
		set |= 1 << (c % 64)
	}
	return set
}

// sameDigits reports whether two keys have the same digits, wherever they stand.
func sameDigits(a, b []byte) bool {
	digits := func(key []byte) []byte {
		return slices.DeleteFunc(slices.Clone(key), func(c byte) bool { return !isDigit(c) })
	}
	return bytes.Equal(digits(a), digits(b))
}
