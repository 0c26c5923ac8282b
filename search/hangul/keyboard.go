package hangul

import (
	"slices"
	"strings"
	"unicode"
)

// The two-set layout (두벌식, KS X 5002) on a QWERTY keyboard: each key and its letter. Seven keys have another letter with shift.
const (
	keys         = "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml"
	keyLetters   = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ"
	firstVowelAt = 19
)

// ToHangul returns what the keys of a Latin text give on the Hangul layout, composed to syllables as by an input method:
// zkzkdhqodzm is 카카오뱅크. A capital is taken for the small letter if its key has no letter of its own with shift. All but the
// letters a to z stays as it is and ends a syllable.
func ToHangul(text string) string {
	var c composer
	for _, r := range text {
		at := -1
		if r <= unicode.MaxASCII {
			if at = strings.IndexRune(keys, r); at < 0 {
				at = strings.IndexRune(keys, unicode.ToLower(r))
			}
		}
		switch {
		case at < 0:
			c.flush()
			c.done.WriteRune(r)
		case at < firstVowelAt:
			c.consonant(letter(keyLetters, at))
		default:
			c.vowel(letter(keyLetters, at))
		}
	}
	c.flush()
	return c.done.String()
}

// ToLatin returns what the keys of a Hangul text give on the Latin layout: 네갸ㅜㅎ is spring. All but Hangul stays as it is.
func ToLatin(text string) string {
	var b strings.Builder
	letters := make([]rune, 0, MaxLetters)
	for _, r := range text {
		letters = AppendLetters(letters[:0], r)
		for _, l := range letters {
			if at := strings.IndexRune(keyLetters, l); at >= 0 {
				b.WriteByte(keys[at/letterBytes])
			} else {
				b.WriteRune(l)
			}
		}
	}
	return b.String()
}

// OtherLayout returns what the keys of text give on the other layout, by ToLatin or ToHangul. Capitals can be read in several
// ways, the likeliest first: with caps lock on, so that shift gives small letters, if most letters are capitals; with shift;
// without shift, as for the capital of a name. It returns nothing if no way changes the text.
func OtherLayout(text string) (others []string) {
	if other := ToLatin(text); other != text {
		return []string{other}
	}
	ways := []string{text, strings.ToLower(text)}
	if isCapsLock(text) {
		ways = slices.Insert(ways, 0, strings.Map(swapCase, text))
	}
	for _, keys := range ways {
		if other := ToHangul(keys); other != keys && !slices.Contains(others, other) {
			others = append(others, other)
		}
	}
	return others
}

// isCapsLock reports whether most letters of text are capitals.
func isCapsLock(text string) bool {
	capitals := 0
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLower(r):
			capitals--
		}
	}
	return capitals > 0
}

func swapCase(r rune) rune {
	if unicode.IsUpper(r) {
		return unicode.ToLower(r)
	}
	return unicode.ToUpper(r)
}
