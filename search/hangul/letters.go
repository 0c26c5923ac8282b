package hangul

import (
	"strings"
	"unicode"
)

// twoKeys are the two keys of each compound vowel and final, by the distance of the letter from ㄱ.
var twoKeys = [...][2]rune{
	'ㅘ' - 'ㄱ': {'ㅗ', 'ㅏ'}, 'ㅙ' - 'ㄱ': {'ㅗ', 'ㅐ'}, 'ㅚ' - 'ㄱ': {'ㅗ', 'ㅣ'},
	'ㅝ' - 'ㄱ': {'ㅜ', 'ㅓ'}, 'ㅞ' - 'ㄱ': {'ㅜ', 'ㅔ'}, 'ㅟ' - 'ㄱ': {'ㅜ', 'ㅣ'}, 'ㅢ' - 'ㄱ': {'ㅡ', 'ㅣ'},
	'ㄳ' - 'ㄱ': {'ㄱ', 'ㅅ'}, 'ㄵ' - 'ㄱ': {'ㄴ', 'ㅈ'}, 'ㄶ' - 'ㄱ': {'ㄴ', 'ㅎ'}, 'ㅄ' - 'ㄱ': {'ㅂ', 'ㅅ'},
	'ㄺ' - 'ㄱ': {'ㄹ', 'ㄱ'}, 'ㄻ' - 'ㄱ': {'ㄹ', 'ㅁ'}, 'ㄼ' - 'ㄱ': {'ㄹ', 'ㅂ'}, 'ㄽ' - 'ㄱ': {'ㄹ', 'ㅅ'},
	'ㄾ' - 'ㄱ': {'ㄹ', 'ㅌ'}, 'ㄿ' - 'ㄱ': {'ㄹ', 'ㅍ'}, 'ㅀ' - 'ㄱ': {'ㄹ', 'ㅎ'},
	'ㅣ' - 'ㄱ': {},
}

// MaxLetters is the most letters of a syllable, as in 꿻.
const MaxLetters = 5

// AppendLetters appends the letters of r in the order of typing. Compound vowels and finals are two letters: 괄 gives ㄱㅗㅏㄹ and
// 넋 gives ㄴㅓㄱㅅ, so that what is half typed is a prefix of the whole. Double consonants are one key and one letter. A letter
// that stands alone is taken apart in the same way. Any other rune is appended as it is.
func AppendLetters(dst []rune, r rune) []rune {
	if !IsSyllable(r) {
		return appendKeys(dst, Compatibility(r))
	}
	initial, vowel, final := Split(r)
	dst = appendKeys(append(dst, initial), vowel)
	if final == 0 {
		return dst
	}
	return appendKeys(dst, final)
}

func appendKeys(dst []rune, letter rune) []rune {
	if 'ㄱ' <= letter && letter <= 'ㅣ' {
		if pair := twoKeys[letter-'ㄱ']; pair[0] != 0 {
			return append(dst, pair[0], pair[1])
		}
	}
	return append(dst, letter)
}

// IsConsonant reports whether r is a consonant that stands alone, in compatibility form.
func IsConsonant(r rune) bool { return 'ㄱ' <= r && r <= 'ㅎ' }

// IsVowel reports whether r is a vowel that stands alone, in compatibility form.
func IsVowel(r rune) bool { return 'ㅏ' <= r && r <= 'ㅣ' }

// IsPattern reports whether consonants in word can stand for syllables, alone (ㅋㅋㅇㅂㅋ) or among other characters (카ㅋㅇ,
// ㅇㅇㅍ16). A consonant must stand alone in it, and no vowel. It must have no sign of Latin names, as ㅊ++ is C++ typed on the
// Hangul layout.
func IsPattern(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return IsConsonant(Compatibility(r)) }) &&
		!strings.ContainsFunc(word, func(r rune) bool { return IsVowel(Compatibility(r)) || r == '+' || r == '#' })
}

// IsComposed reports whether text is nothing but whole syllables, as the Hangul layout gives it when all is typed.
func IsComposed(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !IsSyllable(r) })
}

// IsTyped reports whether something in text is typed on the Hangul layout: a syllable or a letter alone.
func IsTyped(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Hangul, r) })
}
