package suggest

import (
	"unicode"
	"unicode/utf8"

	"chaja/search/hangul"
)

// Texts are compared as keys: the letters of Hangul in the order of typing, one byte each, and other letters and
// digits as they are in lower case; all between them is left out, so that spacing does not matter. That makes the
// half-typed 카캉 a prefix of 카카오, for the key of 칵 is that of 카ㄱ.

// rest stands in a pattern for what remains of a syllable after its initial. It occurs in no UTF-8 text.
const rest = 0xff

// jamo is added to the low bits of a compatibility jamo (U+3131 to U+3163) to make it a byte that begins no character
// of UTF-8, so that it is never taken for one.
const jamo = 0x80

// unit is one character of a text as it is compared.
type unit struct {
	start, end int // in the text
	letters    [hangul.MaxLetters]byte
	n          int // how many letters
	class      class
	word       bool // a word begins here
	apart      bool // something left out stands before it, or nothing
}

// class is what changes where a word begins without a blank: Go언어, 아이폰16.
type class uint8

const (
	gap class = iota // before, between and after words
	syllable
	loneLetter // a letter of Hangul that stands alone
	latin
	digit
	symbol // + and # behind a Latin letter: C++, C#
	other  // the letters of all other scripts
)

// walker takes a text apart into units.
type walker struct {
	text  []byte
	at    int
	last  class
	upper bool // the last unit was a capital
}

// next returns the next unit, false at the end.
func (w *walker) next() (unit, bool) {
	for w.at < len(w.text) {
		r, size := utf8.DecodeRune(w.text[w.at:])
		u := unit{start: w.at, end: w.at + size, apart: w.last == gap}
		w.at += size
		if r >= 0xff01 && r <= 0xff5e {
			r -= 0xff01 - '!' // fullwidth form of ASCII
		}
		r = hangul.Compatibility(r)
		u.class = classOf(r, w.last)
		if u.class == gap {
			if !unicode.Is(unicode.Mn, r) {
				w.last = gap
			}
			continue
		}
		upper := unicode.IsUpper(r)
		u.word = u.class != symbol && (kin(u.class) != kin(w.last) || upper && !w.upper)
		u.fill(unicode.ToLower(r))
		w.last, w.upper = u.class, upper
		return u, true
	}
	return unit{}, false
}

// kin makes one of the classes between which no word begins.
func kin(c class) class {
	switch c {
	case loneLetter:
		return syllable
	case symbol:
		return latin
	}
	return c
}

func classOf(r rune, last class) class {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
		return latin
	case hangul.IsSyllable(r):
		return syllable
	case r == ' ' || r < utf8.RuneSelf && r != '+' && r != '#' && (r < '0' || r > '9'):
		return gap
	case '0' <= r && r <= '9':
		return digit
	case r == '+' || r == '#':
		if last == latin || last == symbol {
			return symbol
		}
		return gap
	case hangul.IsConsonant(r) || hangul.IsVowel(r):
		return loneLetter
	case unicode.Is(unicode.Latin, r):
		return latin
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return other
	}
	return gap
}

// fill sets the letters of the unit.
func (u *unit) fill(r rune) {
	if u.class != syllable && u.class != loneLetter {
		u.n = utf8.EncodeRune(u.letters[:], r)
		return
	}
	var buffer [hangul.MaxLetters]rune
	for _, l := range hangul.AppendLetters(buffer[:0], r) {
		u.letters[u.n] = jamo | byte(l-0x3130)
		u.n++
	}
}

// initial returns the letters by which the unit is found when only initial consonants are typed.
func (u *unit) initial() []byte {
	if u.class == syllable {
		return u.letters[:1]
	}
	return u.letters[:u.n]
}

// appendKey appends the key of text.
func appendKey(dst, text []byte) []byte {
	w := walker{text: text}
	for u, ok := w.next(); ok; u, ok = w.next() {
		dst = append(dst, u.letters[:u.n]...)
	}
	return dst
}

// compare orders the key of text from a byte on against key: 0 when key is a prefix of it.
func compare(text []byte, at int, key []byte) int {
	w := walker{text: text, at: at}
	for len(key) > 0 {
		u, ok := w.next()
		if !ok {
			return -1
		}
		for i := 0; i < u.n && len(key) > 0; i++ {
			if u.letters[i] != key[0] {
				return int(u.letters[i]) - int(key[0])
			}
			key = key[1:]
		}
	}
	return 0
}

// matchAt returns where what pattern says ends in text, which must begin with it at a byte, false where it does not.
// whole is false when it ends inside a syllable.
func matchAt(text []byte, at int, pattern []byte) (end int, whole, ok bool) {
	w := walker{text: text, at: at}
	for len(pattern) > 0 {
		u, more := w.next()
		if !more {
			return 0, false, false
		}
		i := 0
		for ; i < u.n && len(pattern) > 0 && pattern[0] != rest; i++ {
			if u.letters[i] != pattern[0] {
				return 0, false, false
			}
			pattern = pattern[1:]
		}
		whole = i == u.n
		if len(pattern) > 0 && pattern[0] == rest {
			pattern, whole = pattern[1:], true
		}
		end = u.end
	}
	return end, whole, true
}
