package chars

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsWord reports whether r is part of a word rather than between words: a letter or a digit.
func IsWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Words cuts s at everything that stands in no word. Words consist of letters, digits, the signs of C++ and C#, and of what
// is in one of more: unicode.Mark for text that need not be composed.
func Words(s string, more ...*unicode.RangeTable) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !IsWord(r) && r != '+' && r != '#' && !unicode.In(r, more...) })
}

// Signs that stand inside of names, and those of them that are no part of a name at its ends.
const (
	inName = "./-_'+#"
	around = "./-_'"
)

// Names cuts s at blanks and at punctuation that stands in no name: node.js and net/http stay whole, unlike in Words.
func Names(s string) []string {
	names := strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || (unicode.IsPunct(r) || unicode.IsSymbol(r)) && !strings.ContainsRune(inName, r)
	})
	kept := names[:0]
	for _, name := range names {
		if name = strings.Trim(name, around); name != "" {
			kept = append(kept, name)
		}
	}
	return kept
}

// Start returns where the character that holds byte i of s begins, i itself at the end of s. An invalid byte is a
// character of its own.
func Start(s string, i int) int {
	for back := 1; back < utf8.UTFMax && i-back >= 0 && i < len(s) && !utf8.RuneStart(s[i]); back++ {
		if _, size := utf8.DecodeRuneInString(s[i-back:]); size > back {
			return i - back
		}
	}
	return i
}
