// Package hangul knows the letters (jamo) of Hangul syllables: how they make syllables, how they are typed, and how initial
// consonants stand for syllables. All functions are pure.
package hangul

import "strings"

// The composition of syllables, Unicode chapter 3.12: 19 initials x 21 vowels x 28 finals, the first final being none.
const (
	First  = '가' // the first syllable
	Last   = '힣' // the last syllable
	vowels = 21
	finals = 28
)

// The letters in the order of the syllables in Unicode, as compatibility jamo, which keyboards and readers use.
const (
	initialLetters = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
	vowelLetters   = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
	finalLetters   = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
	letterBytes    = len("ㄱ")
)

// IsSyllable reports whether r is a composed syllable.
func IsSyllable(r rune) bool { return First <= r && r <= Last }

// HasFinal reports whether r is a syllable that ends in a consonant.
func HasFinal(r rune) bool { return IsSyllable(r) && (r-First)%finals != 0 }

// Split returns the letters of a syllable as compatibility jamo. Final is 0 when there is none. All are 0 when r is no syllable.
func Split(r rune) (initial, vowel, final rune) {
	if !IsSyllable(r) {
		return 0, 0, 0
	}
	n := int(r - First)
	if f := n % finals; f > 0 {
		final = letter(finalLetters, f-1)
	}
	return letter(initialLetters, n/finals/vowels), letter(vowelLetters, n/finals%vowels), final
}

// Join is the inverse of Split: the syllable of letters that make one; final is 0 for none.
func Join(initial, vowel, final rune) rune {
	at := strings.IndexRune(initialLetters, initial)/letterBytes*vowels + strings.IndexRune(vowelLetters, vowel)/letterBytes
	at *= finals
	if final != 0 {
		at += strings.IndexRune(finalLetters, final)/letterBytes + 1
	}
	return First + rune(at)
}

// WithoutFinal returns a syllable without its final consonant: 가 for 각.
func WithoutFinal(r rune) rune { return r - (r-First)%finals }

// Compatibility returns the compatibility jamo of a conjoining jamo of today's letters, and any other rune as it is.
func Compatibility(r rune) rune {
	switch {
	case 0x1100 <= r && r <= 0x1112:
		return letter(initialLetters, int(r-0x1100))
	case 0x1161 <= r && r <= 0x1175:
		return letter(vowelLetters, int(r-0x1161))
	case 0x11a8 <= r && r <= 0x11c2:
		return letter(finalLetters, int(r-0x11a8))
	}
	return r
}

func letter(letters string, i int) rune {
	at := letters[i*letterBytes:]
	return rune(at[0]&0x0f)<<12 | rune(at[1]&0x3f)<<6 | rune(at[2]&0x3f)
}
