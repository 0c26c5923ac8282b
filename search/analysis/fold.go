package analysis

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"golang.org/x/text/unicode/norm"
)

// fold makes the forms of a word that differ only in case, width, accents on Latin letters or an apostrophe one: NFKC,
// lower case, café is cafe, don't is dont, and user's and we'll are user and we.
func fold(word string) string {
	if isASCII(word) {
		return withoutClitic(strings.ToLower(word))
	}
	return withoutClitic(withoutAccents(strings.ToLower(norm.NFKC.String(word))))
}

// withoutAccents writes Latin letters by their ASCII base, where they have one. Other scripts keep their marks: й is
// another letter than и, and だ than た.
func withoutAccents(word string) string {
	var out strings.Builder
	latin := false // whether the letter before is one, so that a mark on it goes too
	for _, r := range word {
		switch {
		case unicode.Is(unicode.Latin, r) || r < utf8.RuneSelf:
			latin = true
			out.WriteString(base(r))
		case !latin || !unicode.Is(unicode.Mn, r):
			latin = false
			out.WriteRune(r)
		}
	}
	return out.String()
}

// base returns a lower-case Latin letter without its marks; those that Unicode does not decompose are spelled as in
// English.
func base(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'ı':
		return "i"
	}
	if r < utf8.RuneSelf {
		return string(r)
	}
	first, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	return string(first)
}

// number writes a number without the commas between its thousands.
func number(word string) string { return strings.ReplaceAll(word, ",", "") }

// minStem is the length in letters from which a word is stemmed: shorter ones are names as often, and iOS is not IO.
const minStem = 4

// stem reduces an English word to its stem by the Snowball English stemmer (Porter2); short words and those with
// anything but Latin letters are only folded. IDs and VMs, too short for it, lose their plural.
func stem(word string) string {
	if n := len(word) - 1; n >= 2 && word[n] == 's' && isUpper(word[:n]) {
		word = word[:n]
	}
	word = fold(word)
	if len(word) < minStem {
		return word
	}
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return word
		}
	}
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return env.Current()
}

// isUpper reports whether s is all ASCII capitals.
func isUpper(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
