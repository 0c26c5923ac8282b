// Package text turns the bytes of a file into the text that everything after it can rely on: valid UTF-8 in NFC,
// lines ended by "\n", and nothing in it that a reader cannot see.
package text

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search/chars"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/korean"
	xunicode "golang.org/x/text/encoding/unicode"
)

// Decode returns source as clean text. It reads UTF-8, UTF-16, and CP949 (EUC-KR), which Korean editors wrote for
// long. When the file should be saved another way, note says so and line is the first line of source concerned;
// otherwise note is empty.
func Decode(source []byte) (text, note string, line int) {
	if order, ok := utf16Order(source); ok {
		if decoded, err := xunicode.UTF16(order, xunicode.UseBOM).NewDecoder().Bytes(source); err == nil {
			return Clean(string(decoded)), "UTF-16, which few generators read; save the file as UTF-8", 1
		}
	}
	if utf8.Valid(source) {
		text := lineEnds(string(source))
		if r, line := hiddenInWord(text); line > 0 {
			return Clean(text), fmt.Sprintf("characters inside words that nobody sees were left out, the first is %U", r), line
		}
		return Clean(text), "", 0
	}
	line = firstInvalidLine(source)
	if !hasHangul(string(source)) {
		if decoded, ok := decode(korean.EUCKR, source); ok && hasHangul(decoded) {
			return Clean(decoded), "not UTF-8, read as CP949 (EUC-KR); save the file as UTF-8", line
		}
	}
	return Clean(string(source)), "bytes that are not UTF-8 were replaced; save the file as UTF-8", line
}

// utf16Order tells UTF-16 by its byte order mark. Without one it looks for zero bytes: line ends and other ASCII
// characters have one, always on the same side, and few others do.
func utf16Order(source []byte) (order xunicode.Endianness, ok bool) {
	switch {
	case bytes.HasPrefix(source, []byte("\xff\xfe")), bytes.HasPrefix(source, []byte("\xfe\xff")):
		return xunicode.BigEndian, true // the mark decides
	case len(source)%2 != 0:
		return xunicode.BigEndian, false
	}
	var zeros [2]int
	head := source[:min(len(source), 1<<12)]
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	const share = 40 // one ASCII character in twenty at least
	switch {
	case zeros[1] > 3*zeros[0] && zeros[1]*share > len(head):
		return xunicode.LittleEndian, true
	case zeros[0] > 3*zeros[1] && zeros[0]*share > len(head):
		return xunicode.BigEndian, true
	}
	return xunicode.BigEndian, false
}

// hiddenInWord finds a character in the middle of a word that Clean takes out. Authors want to know of it, as no other
// search finds that word. Soft hyphens may stand there. Line is 0 if there is none.
func hiddenInWord(s string) (hidden rune, line int) {
	line = 1
	var before, found rune
	for _, r := range s {
		switch {
		case r == '\n':
			line++
			found = 0
		case chars.FileRune(r) < 0 && r != '\u00ad':
			if found == 0 && unicode.IsLetter(before) {
				found = r
			}
			continue
		case found != 0 && unicode.IsLetter(r):
			return found, line
		default:
			found = 0
		}
		before = r
	}
	return 0, 0
}

// Clean returns s as valid UTF-8 in NFC. Line ends become "\n". No-break blanks, fillers and line separators become a
// blank. Control characters, zero-width blanks, soft hyphens and marks of direction are dropped, as a word with one of them
// inside cannot be found. The joiner of emoji stays. Where any of these stands at the beginning of a line, it and the blanks
// behind it are dropped: they do not indent the line in Markdown. The number of lines stays the same.
func Clean(s string) string {
	begins, inText := true, false // nothing but blanks since the line began; one of these is a character to Markdown
	return chars.Composed(strings.Map(func(r rune) rune {
		clean := chars.FileRune(r)
		isBlank := clean == ' ' || clean == '\t' || clean < 0
		switch {
		case clean == '\n':
			begins, inText = true, false
		case begins && isBlank:
			if inText = inText || clean != r; inText {
				return -1
			}
		default:
			begins = false
		}
		return clean
	}, lineEnds(s)))
}

func lineEnds(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// decode reports ok only if every byte had a meaning.
func decode(e encoding.Encoding, source []byte) (string, bool) {
	decoded, err := e.NewDecoder().Bytes(source)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", false
	}
	return string(decoded), true
}

// hasHangul reports whether s has Hangul in UTF-8. So it is UTF-8 with a few broken bytes rather than CP949: hardly any
// text in CP949 has three bytes that are a syllable in UTF-8.
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
