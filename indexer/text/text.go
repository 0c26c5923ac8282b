// Package text turns the bytes of a file into the text that everything after it can rely on: valid UTF-8 in NFC,
// lines ended by "\n", and nothing in it that a reader cannot see.
package text

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/korean"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// Decode returns source as clean text. It reads UTF-8, UTF-16 with a byte order mark, and CP949 (EUC-KR), which
// Korean editors wrote for long. When the encoding had to be guessed or bytes were lost, note says so and line is
// the first line of source concerned; otherwise note is empty.
func Decode(source []byte) (text, note string, line int) {
	if bytes.HasPrefix(source, []byte("\xff\xfe")) || bytes.HasPrefix(source, []byte("\xfe\xff")) {
		utf16 := xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM)
		if decoded, ok := decode(utf16, source); ok {
			return Clean(decoded), "", 0
		}
	}
	if utf8.Valid(source) {
		return Clean(string(source)), "", 0
	}
	line = firstInvalidLine(source)
	if !hasHangul(string(source)) {
		if decoded, ok := decode(korean.EUCKR, source); ok && hasHangul(decoded) {
			return Clean(decoded), "not UTF-8, read as CP949 (EUC-KR); save the file as UTF-8", line
		}
	}
	return Clean(string(source)), "bytes that are not UTF-8 were replaced; save the file as UTF-8", line
}

// Clean returns s as valid UTF-8 in NFC. Line ends become "\n", no-break blanks and line separators a blank, and
// control characters, zero-width blanks, soft hyphens and marks of direction go: inside a word they make it
// unfindable. The joiner of emoji stays. Lines keep their number.
func Clean(s string) string {
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return norm.NFC.String(strings.Map(visible, s))
}

// visible maps invalid bytes to U+FFFD, as ranging over a string does, and what cannot be seen to nothing.
func visible(r rune) rune {
	switch {
	case r == '\n', r == '\t':
		return r
	case r == '\u00a0', r == '\u2028', r == '\u2029', r == '\u0085', r == '\v', r == '\f':
		return ' '
	case unicode.IsControl(r), r == '\ufeff', r == '\u200b', r == '\u200c', '\u2060' <= r && r <= '\u2064', r == '\u00ad',
		r == '\u200e', r == '\u200f', '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069',
		unicode.Is(unicode.Noncharacter_Code_Point, r):
		return -1
	}
	return r
}

// decode reports ok only if every byte had a meaning.
func decode(e encoding.Encoding, source []byte) (string, bool) {
	decoded, err := e.NewDecoder().Bytes(source)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", false
	}
	return string(decoded), true
}

// hasHangul tells UTF-8 with a few broken bytes from text in another encoding: hardly any CP949 text contains
// three bytes that are a Hangul syllable in UTF-8.
func hasHangul(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Hangul, r) })
}

func firstInvalidLine(source []byte) int {
	valid := 0
	for valid < len(source) {
		r, size := utf8.DecodeRune(source[valid:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		valid += size
	}
	return 1 + bytes.Count(source[:valid], []byte("\n"))
}
