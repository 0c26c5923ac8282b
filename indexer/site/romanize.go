package site

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// What unidecode of Python and deunicode of Rust write for the letters of a syllable, in the order of Unicode 3.12.
var (
	romanInitials = strings.Fields("g gg n d dd r m b bb s ss - j jj c k t p h")
	romanVowels   = strings.Fields("a ae ya yae eo e yeo ye o wa wae oe yo u weo we wi yu eu yi i")
	romanFinals   = strings.Fields("- g gg gs n nj nh d l lg lm lb ls lt lp lh m b bs s ss ng j c k t p h")
)

// romanized writes Hangul in Latin letters, without the marks of others.
func romanized(s string) string {
	const first, vowels, finals = 0xac00, 21, 28
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		if n := int(r) - first; n >= 0 && n < 19*vowels*finals {
			for _, part := range []string{romanInitials[n/(vowels*finals)], romanVowels[n/finals%vowels], romanFinals[n%finals]} {
				b.WriteString(strings.Trim(part, "-"))
			}
			continue
		}
		for _, part := range norm.NFKD.String(string(r)) {
			if part < 0x80 {
				b.WriteRune(part)
			}
		}
	}
	return b.String()
}

// romanSlug keeps letters and digits of the romanized text, in lower case, with one hyphen between words.
func romanSlug(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(romanized(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), "-")
}
