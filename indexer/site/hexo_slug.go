package site

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"chaja/internal/lazyregexp"
)

// hexoSpecial is what hexo-util makes hyphens of.
var hexoSpecial = lazyregexp.New("[\\s\\x{a0}\\x{2028}\\x{2029}\\x{3000}\\x{feff}~`!@#$%^&*()\\-_+=\\[\\]{}|\\\\;:\"'<>,.?/]+")

// hexoSlug is what Hexo makes of a name in a URL or an id. Runs of ASCII punctuation and blanks become one hyphen, or
// nothing at the ends, and Latin letters lose their accents.
func hexoSlug(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= ' ' {
			b.WriteString(unaccented(r))
		}
	}
	return strings.Trim(hexoSpecial().ReplaceAllString(b.String(), "-"), "-")
}

// unaccented returns the ASCII letters of a Latin letter, and anything else as it is.
func unaccented(r rune) string {
	const latin = "ÆAE æae ŒOE œoe ØO øo ĐD đd ŁL łl ßs ẞS ıi ĦH ħh ŦT ŧt ƒf Ɓb ĿL ŀl ŉn ſl"
	switch {
	case r < 0xc0, 0x24f < r && r < 0x1e00, 0x1eff < r && r < 0x24b6, 0x24e9 < r && r < 0xff21, r > 0xff5a:
		return string(r)
	}
	for entry := range strings.SplitSeq(latin, " ") {
		if base, ok := strings.CutPrefix(entry, string(r)); ok {
			return base
		}
	}
	var b strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		switch {
		case d < 128 && unicode.IsLetter(d):
			b.WriteRune(d)
		case !unicode.Is(unicode.Mn, d):
			return string(r)
		}
	}
	return b.String()
}

// stripTags takes tags off as hexo-util does: a "<" without its ">" takes all that follows with it.
func stripTags(s string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		switch {
		case strings.HasPrefix(rest, " "):
			b.WriteString("< ")
			s = rest[1:]
			continue
		case strings.HasPrefix(rest, "!--"):
			_, s, _ = strings.Cut(rest, "-->")
			continue
		}
		s = rest[tagClose(rest):]
	}
}

// tagClose returns the end of the tag whose inside s begins with, counting tags inside it and minding quotes.
func tagClose(s string) int {
	depth, quote := 0, byte(0)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == quote:
			quote = 0
		case quote != 0:
		case c == '"', c == '\'':
			quote = c
		case c == '<':
			depth++
		case c == '>' && depth == 0:
			return i + 1
		case c == '>':
			depth--
		}
	}
	return len(s)
}
