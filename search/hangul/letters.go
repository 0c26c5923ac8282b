package hangul

import (
	"strings"
	"unicode"
)

// twoKeys are the keys of the letters that two keys make, vowels and finals, by their place from ㄱ on.
var twoKeys = [...][2]rune{
	'ㅘ' - 'ㄱ': {'ㅗ', 'ㅏ'}, 'ㅙ' - 'ㄱ': {'ㅗ', 'ㅐ'}, 'ㅚ' - 'ㄱ': {'ㅗ', 'ㅣ'},
	'ㅝ' - 'ㄱ': {'ㅜ', 'ㅓ'}, 'ㅞ' - 'ㄱ': {'ㅜ', 'ㅔ'}, 'ㅟ' - 'ㄱ': {'ㅜ', 'ㅣ'}, 'ㅢ' - 'ㄱ': {'ㅡ', 'ㅣ'},
	'ㄳ' - 'ㄱ': {'ㄱ', 'ㅅ'}, 'ㄵ' - 'ㄱ': {'ㄴ', 'ㅈ'}, 'ㄶ' - 'ㄱ': {'ㄴ', 'ㅎ'}, 'ㅄ' - 'ㄱ': {'ㅂ', 'ㅅ'},
	'ㄺ' - 'ㄱ': {'ㄹ', 'ㄱ'}, 'ㄻ' - 'ㄱ': {'ㄹ', 'ㅁ'}, 'ㄼ' - 'ㄱ': {'ㄹ', 'ㅂ'}, 'ㄽ' - 'ㄱ': {'ㄹ', 'ㅅ'},
	'ㄾ' - 'ㄱ': {'ㄹ', 'ㅌ'}, 'ㄿ' - 'ㄱ': {'ㄹ', 'ㅍ'}, 'ㅀ' - 'ㄱ': {'ㄹ', 'ㅎ'},
	'ㅣ' - 'ㄱ': {},
}

// MaxLetters is the greatest number of letters of one syllable, as in 꿻.
const MaxLetters = 5

// AppendLetters appends the letters of r in the order in which they are typed, compound vowels and finals as two:
// 괄 gives ㄱㅗㅏㄹ and 넋 gives ㄴㅓㄱㅅ, so that what is half typed is a prefix of the whole. Double consonants are
// one key and one letter. Letters standing alone are taken apart in the same way, any other rune is appended as it is.
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

// IsConsonant reports whether r is a consonant standing alone, in compatibility form.
func IsConsonant(r rune) bool { return 'ㄱ' <= r && r <= 'ㅎ' }

// IsVowel reports whether r is a vowel standing alone, in compatibility form.
func IsVowel(r rune) bool { return 'ㅏ' <= r && r <= 'ㅣ' }

// IsPattern reports whether word can be read as initial consonants, alone (ㅋㅋㅇㅂㅋ) or among syllables and other
// characters (카ㅋㅇ, ㅇㅇㅍ16): it has a consonant that stands alone, and no vowel that does, nor a sign of a name in Latin
// letters, as ㅊ++ has, which is C++ with the keyboard set to Hangul.
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
