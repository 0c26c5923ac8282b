package service

import (
	"unicode"

	"chaja/search/analysis"
)

func isHangul(r rune) bool { return unicode.Is(unicode.Hangul, r) }

// isNoun reports whether a token may be a noun, as far as its part of speech is known.
func isNoun(t analysis.Token) bool {
	return t.POS == "" || t.POS[0] == 'N' || t.POS == "SL" || t.POS == "XR" || t.POS == "XSN" && t.Whole
}
