// Package chars knows what several packages need to know of plain text: which characters are seen, where one begins, which
// words a text has, when two names are the same, and how far apart two spellings are. It imports nothing of this project.
package chars

import (
	"strings"
	"unicode"
)

// What cannot be seen is treated in four ways, by where a text comes from and where it goes. The differences are meant:
//
//	IsInvisible  what analysis leaves out of words: all that shows nothing; blanks and line ends still part words
//	OneLine      what a person typed: shown again in one line, so that control characters become blanks
//	FileRune     what a file says: lines and the joiner of emoji stay, as the text is shown to readers
//	ForTerminal  what is written to a terminal: only what steers it is taken out, the rest stays as the post has it

// IsInvisible reports whether r shows nothing and is no blank either: control characters, zero-width blanks and joiners,
// direction marks, soft hyphens. They come along with copied text. Inside a word they are no part of it.
func IsInvisible(r rune) bool {
	return !isPlain(r) && (unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && !unicode.IsSpace(r))
}

// isPlain reports whether r is one of the characters that make up most texts, which spares looking it up in tables.
func isPlain(r rune) bool { return ' ' <= r && r <= '~' || '가' <= r && r <= '힣' }

// OneLine returns s as valid UTF-8 in one line: invalid bytes become U+FFFD, control characters and line ends blanks, and
// characters that only steer the display go.
func OneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
}

// FileRune returns what a character of a file becomes in clean text, and -1 for nothing. Line ends and tabs stay. No-break
// blanks, fillers and line separators become a blank.
func FileRune(r rune) rune {
	switch {
	case isPlain(r), r == '\n', r == '\t':
		return r
	case r == '\u00a0', r == '\u3164', r == '\u2028', r == '\u2029', r == '\u0085', r == '\v', r == '\f':
		return ' '
	case unicode.IsControl(r), r == '\ufeff', r == '\u200b', r == '\u200c', '\u2060' <= r && r <= '\u2064', r == '\u00ad',
		r == '\u200e', r == '\u200f', '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069',
		unicode.Is(unicode.Noncharacter_Code_Point, r):
		return -1
	}
	return r
}

// ForTerminal takes out of s what steers a terminal or ends a line.
func ForTerminal(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
}
