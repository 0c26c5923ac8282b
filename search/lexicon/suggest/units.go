package suggest

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"chaja/search/hangul"
)

// Texts are compared by keys. A key has the letters of Hangul in the order of typing, one byte each, and other letters and
// digits in lower case. All else is left out, so that spacing does not matter. So the half-typed 카캉 is a prefix of 카카오: a
// final and the initial of the next syllable are the same letter. These keys tell what is half typed, which those of package
// chars cannot.

// rest stands in a pattern for the letters of a syllable behind its initial. It occurs in no UTF-8 text.
const rest = 0xff

// jamo is added to the low bits of a compatibility jamo (U+3131 to U+3163). The byte begins no character of UTF-8, so that it
// is never taken for one.
const jamo = 0x80

// unit is one character of a text as it is compared.
type unit struct {
	start, end int  // in the text
	r          rune // folded: lower case, of usual width
	class      class
	word       bool // a word begins here
}

// class is the kind of a unit. A word begins where it changes, without a blank: Go언어, 아이폰16.
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
		if hangul.IsSyllable(r) { // most are, and there is less to ask of them
			u := unit{start: w.at, end: w.at + size, r: r, class: syllable, word: kin(w.last) != syllable}
			w.at, w.last, w.upper = u.end, syllable, false
			return u, true
		}
		u := unit{start: w.at, end: w.at + size}
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
		u.r = unicode.ToLower(r)
		w.last, w.upper = u.class, upper
		return u, true
	}
	return unit{}, false
}

// kin is the same for the classes between which no word begins.
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
	case r == araea:
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

// araea is an old vowel that Korean laws and titles write for the middle dot.
const araea = 'ㆍ'

// appendKey appends the key of the unit.
func (u *unit) appendKey(dst []byte) []byte {
	if u.class == syllable {
		n := int(u.r - hangul.First)
		n, final := n/len(finalKeys), n%len(finalKeys)
		dst = append(dst, initialKeys[n/len(vowelKeys)]...)
		dst = append(dst, vowelKeys[n%len(vowelKeys)]...)
		return append(dst, finalKeys[final]...)
	}
	if u.class != loneLetter {
		return utf8.AppendRune(dst, u.r)
	}
	var buffer [hangul.MaxLetters]rune
	for _, r := range hangul.AppendLetters(buffer[:0], u.r) {
		dst = append(dst, jamoByte(r))
	}
	return dst
}

// The keys of the letters of a syllable, in the order in which Unicode has them; the first final is none.
var (
	initialKeys = letterKeys(19, 21*28, func(initial, _, _ rune) rune { return initial })
	vowelKeys   = letterKeys(21, 28, func(_, vowel, _ rune) rune { return vowel })
	finalKeys   = letterKeys(28, 1, func(_, _, final rune) rune { return final })
)

// letterKeys returns the keys of n letters, each of which is in a syllable so many places behind that of the one before.
func letterKeys(n, apart int, of func(initial, vowel, final rune) rune) []string {
	keys := make([]string, n)
	for i := range keys {
		letter := of(hangul.Split(hangul.First + rune(i*apart)))
		if letter == 0 {
			continue
		}
		for _, r := range hangul.AppendLetters(nil, letter) {
			keys[i] += string([]byte{jamoByte(r)})
		}
	}
	return keys
}

// jamoByte returns the byte of a letter of Hangul in keys.
func jamoByte(r rune) byte { return jamo | byte(r-0x3130) }

// initial is the number of letters of a unit that are among the initials of its text.
func (u *unit) initial() int {
	switch u.class {
	case syllable:
		return 1
	case loneLetter:
		var room [hangul.MaxLetters]byte
		return len(u.appendKey(room[:0]))
	}
	return utf8.RuneLen(u.r)
}

// appendKey appends the key of text.
func appendKey(dst, text []byte) []byte {
	w := walker{text: text}
	for u, ok := w.next(); ok; u, ok = w.next() {
		dst = u.appendKey(dst)
	}
	return dst
}

// compare compares the key of text from a byte on with key. It is 0 when key is a prefix of it.
func compare(text []byte, at int, key []byte) int {
	w := walker{text: text, at: at}
	var room [hangul.MaxLetters]byte
	for len(key) > 0 {
		u, ok := w.next()
		if !ok {
			return -1
		}
		letters := u.appendKey(room[:0])
		n := min(len(letters), len(key))
		if order := bytes.Compare(letters[:n], key[:n]); order != 0 {
			return order
		}
		key = key[n:]
	}
	return 0
}

// matchAt reports whether text from a byte on begins with pattern, and where that ends. Whole tells that it does not end
// inside a syllable.
func matchAt(text []byte, at int, pattern []byte) (end int, whole, ok bool) {
	w := walker{text: text, at: at}
	var room [hangul.MaxLetters]byte
	for len(pattern) > 0 {
		u, more := w.next()
		if !more {
			return 0, false, false
		}
		i, letters := 0, u.appendKey(room[:0])
		for ; i < len(letters) && len(pattern) > 0 && pattern[0] != rest; i++ {
			if letters[i] != pattern[0] {
				return 0, false, false
			}
			pattern = pattern[1:]
		}
		whole = i == len(letters)
		if len(pattern) > 0 && pattern[0] == rest {
			pattern, whole = pattern[1:], true
		}
		end = u.end
	}
	return end, whole, true
}
