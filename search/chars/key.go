package chars

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Three keys fold a text to the form by which it is compared. All are composed by NFKC, so that width does not matter, and in
// lower case. (Package suggest has keys of another kind: the letters of Hangul one by one.)

// Key is the key of a word: blanks, hyphens and underscores do not count. It is empty for a text of nothing else.
func Key(word string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '-', '_':
			return -1
		}
		return r
	}, strings.ToLower(norm.NFKC.String(word)))
}

// TagKey is the key of a tag or category: as Key, but a text of nothing but blanks, hyphens and underscores keeps them, as
// every tag needs a key. Nor does a dot between letters count. "Spring Boot" and "spring-boot" are one tag, "Node.js" and
// "nodejs" are, "c++", "c#" and "c" are three, and so are ".net" and "net", "2.6" and "26".
func TagKey(tag string) string {
	key := Key(tag)
	if key == "" {
		return strings.ToLower(norm.NFKC.String(tag))
	}
	if !strings.Contains(key, ".") {
		return key
	}
	runes := []rune(key)
	var out strings.Builder
	for i, r := range runes {
		if r != '.' || i == 0 || i+1 == len(runes) || !unicode.IsLetter(runes[i-1]) || !unicode.IsLetter(runes[i+1]) {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// middleDot is what NFKC makes of U+318D, an old vowel that Korean laws and titles use for the middle dot.
const middleDot = '\u119e'

// NameKey is the key of a title or heading, to be compared with a whole query: as Key, and without punctuation, of which
// nobody types all. The signs in names such as C++ and C# stay.
func NameKey(name string) string {
	return strings.Map(func(r rune) rune {
		if r != middleDot && (unicode.IsLetter(r) || unicode.IsNumber(r) || r == '+' || r == '#') {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(name))
}
