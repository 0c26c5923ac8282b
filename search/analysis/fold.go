package analysis

import (
	"cmp"
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

// spelled are the lower-case Latin letters that Unicode does not decompose, as English spells them.
var spelled = map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'ı': "i"}

// base returns a lower-case Latin letter without its marks.
func base(r rune) string {
	if letters, ok := spelled[r]; ok || r < utf8.RuneSelf {
		return cmp.Or(letters, string(r))
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
	if len(word) < minStem || strings.ContainsFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return word
	}
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return env.Current()
}

// isUpper reports whether s is all ASCII capitals.
func isUpper(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' })
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}
