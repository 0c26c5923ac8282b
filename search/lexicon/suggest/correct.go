package suggest

import (
	"math/bits"

	"chaja/search/chars"
	"chaja/search/hangul"
)

// The rules of mending a word. Lengths are in letters: a syllable of Hangul has two to five.
const (
	minMended  = 4  // shorter words are too near to too many others; a single syllable is never mended
	twoEdits   = 8  // from this length on two edits may be mended, before just one: every fourth letter may be wrong
	maxMended  = 40 // longer words are not mistyped but made up; bounds the work for one comparison
	editWeight = 50 // posts that make up for one edit more
)

// Correction is what a word was probably meant to be.
type Correction struct {
	Text  string // one word, or two
	Edits int    // between it and the word, one or two
}

// Correct returns the word of the site that word was most likely meant to be: the nearest and most frequent. The letters
// of Hangul and of other scripts count alike. An edit is a letter inserted, left out, replaced or swapped with the next, or
// a syllable swapped with the next; at most two are mended. Digits are never changed. Posts tells in how many posts a
// word is, 0 for what must not be returned; it is asked for words that are near enough. The time is linear in the number of words.
func (v *Vocabulary) Correct(word string, posts func(text string) int) (c Correction, ok bool) {
	t := readTyped(word)
	key, edits := t.key, maxEdits(t.text, t.key)
	if edits == 0 {
		return Correction{}, false
	}
	bestScore := 0
	consider := func(i, d int) {
		text := string(v.words.at(i))
		score := posts(text)
		if d < 2 {
			score *= editWeight
		}
		if score > bestScore {
			c, bestScore = Correction{text, d}, score
		}
	}
	v.swapped([]rune(t.text), consider)
	mask := maskOf(key)
	var buffer [2 * maxMended]byte
	for i := range v.wordMasks.len() {
		if bits.OnesCount64(mask^v.wordMasks.at(i)) > 2*edits {
			continue // each edit changes two letters at most
		}
		other := appendKey(buffer[:0], v.words.at(i))
		if len(other) > maxMended {
			continue
		}
		if d := chars.Edits(key, other, edits); d > 0 && d <= edits && sameDigits(key, other) {
			consider(i, d)
		}
	}
	return c, bestScore > 0
}

// swapped yields the words that are text but for a syllable that changes places with the next.
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

// maxEdits returns how many edits of a word may be mended.
func maxEdits(word string, key []byte) int {
	syllables, others := 0, 0
	for _, r := range word {
		if hangul.IsSyllable(r) {
			syllables++
		} else {
			others++
		}
	}
	switch {
	case len(key) < minMended, len(key) > maxMended, syllables == 1 && others == 0:
		return 0
	case len(key) < twoEdits:
		return 1
	}
	return 2
}

// maskOf returns the set of the letters of a key, within one script each a bit of its own. Keys that are few
// edits apart have sets that differ by few bits.
func maskOf(key []byte) uint64 {
	var set uint64
	for _, c := range key {
		set |= 1 << (c % 64)
	}
	return set
}

func sameDigits(a, b []byte) bool {
	notDigit := func(r byte) bool { return r < '0' || r > '9' }
	i, j := 0, 0
	for {
		for i < len(a) && notDigit(a[i]) {
			i++
		}
		for j < len(b) && notDigit(b[j]) {
			j++
		}
		if i == len(a) || j == len(b) {
			return i == len(a) && j == len(b)
		}
		if a[i] != b[j] {
			return false
		}
		i, j = i+1, j+1
	}
}
