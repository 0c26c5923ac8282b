package hangul

import (
	"cmp"
	"slices"
	"strings"
)

// composer is the input method: it takes letters one by one and composes syllables. The letters of the syllable at hand are
// initial, mid and closing, each 0 when there is none. There is a closing letter only behind both others.
type composer struct {
	done                  strings.Builder
	initial, mid, closing rune
}

// consonant takes a consonant. It becomes the final of the syllable at hand, or the second part of the final. Else it begins
// the next syllable.
func (c *composer) consonant(r rune) {
	if both := compound(c.closing, r); both != 0 {
		c.closing = both
	} else if c.initial != 0 && c.mid != 0 && c.closing == 0 && strings.ContainsRune(finalLetters, r) {
		c.closing = r
	} else {
		c.flush()
		c.initial = r
	}
}

// vowel takes a vowel. The consonant before it moves to the new syllable; of a compound final this is the second part.
func (c *composer) vowel(r rune) {
	switch both := compound(c.mid, r); {
	case c.closing != 0:
		first, second := parts(c.closing)
		c.closing = first
		c.flush()
		c.initial, c.mid = second, r
	case c.mid == 0:
		c.mid = r
	case both != 0:
		c.mid = both
	default:
		c.flush()
		c.mid = r
	}
}

// flush writes the syllable at hand. Without an initial or a vowel it writes the single letter.
func (c *composer) flush() {
	if c.initial != 0 && c.mid != 0 {
		c.done.WriteRune(Join(c.initial, c.mid, c.closing))
	} else if alone := cmp.Or(c.initial, c.mid); alone != 0 {
		c.done.WriteRune(alone)
	}
	c.initial, c.mid, c.closing = 0, 0, 0
}

// compound returns the letter that two keys make together, 0 if there is none.
func compound(first, second rune) rune {
	if i := slices.Index(twoKeys[:], [2]rune{first, second}); i >= 0 && first != 0 {
		return 'ㄱ' + rune(i)
	}
	return 0
}

// parts returns the part of a final that stays when a vowel follows, 0 for none, and the part that moves to the next syllable.
func parts(final rune) (stays, goes rune) {
	if pair := twoKeys[final-'ㄱ']; pair[0] != 0 {
		return pair[0], pair[1]
	}
	return 0, final
}
