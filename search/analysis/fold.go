package analysis

import (
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"golang.org/x/text/unicode/norm"
)

// fold makes the forms of a word that differ only in case or width one: NFKC, lower case.
func fold(word string) string {
	if !isASCII(word) {
		word = norm.NFKC.String(word)
	}
	return strings.ToLower(word)
}

// number writes a number without the commas between its thousands.
func number(word string) string { return strings.ReplaceAll(word, ",", "") }

// minStem is the length in letters from which a word is stemmed: shorter ones are names as often, and iOS is not IO.
const minStem = 4

// stem reduces an English word to its stem by the Snowball English stemmer (Porter2); short words and those with
// anything but ASCII letters are only folded.
func stem(word string) string {
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

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// runeBorder returns the last border between runes of s at or before i.
func runeBorder(s string, i int) int {
	for i > 0 && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}
