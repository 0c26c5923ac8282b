package match

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Key folds a tag or category to the form by which it is compared: compatibility-composed (NFKC, so width does
// not matter), lower-cased, without blanks, hyphens and underscores. "Spring Boot" and "spring-boot" are one,
// "c++", "c#" and "c" stay three. A value of nothing but those characters keeps them.
func Key(value string) string {
	lower := strings.ToLower(norm.NFKC.String(value))
	folded := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '-', '_':
			return -1
		}
		return r
	}, lower)
	if folded == "" {
		return lower
	}
	return folded
}

// LangOf reduces a language tag (BCP 47) to the language alone, by which documents are filtered: ko-KR is ko.
func LangOf(tag string) string {
	language, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return strings.ToLower(language)
}

// middleDot is what NFKC makes of U+318D, an old vowel that Korean laws and titles use for the middle dot.
const middleDot = '\u119e'

// NameKey folds a title or heading to the form by which it is compared with a whole query: as Key, and without
// punctuation, of which nobody types all, except the signs in names such as C++.
func NameKey(name string) string {
	return strings.Map(func(r rune) rune {
		if r != middleDot && (unicode.IsLetter(r) || unicode.IsNumber(r) || r == '+' || r == '#') {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(name))
}
