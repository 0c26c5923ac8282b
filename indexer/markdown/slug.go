package markdown

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// github keeps words and hyphens in lower case and makes hyphens of blanks.
func github(s string) string {
	return words(s, func(r rune) bool { return r == ' ' || r == '\n' })
}

// kramdownGFM does the same, and makes hyphens of tabs.
func kramdownGFM(s string) string {
	return words(s, func(r rune) bool { return r == ' ' || r == '\t' })
}

// words keeps hyphens and the characters of words, as expressions of Ruby and JavaScript know them.
func words(s string, isBlank func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		switch {
		case isBlank(r):
			return '-'
		case r == '-', unicode.IsLetter(r), unicode.IsMark(r), unicode.In(r, unicode.Nd, unicode.Nl, unicode.Pc, unicode.Other_Alphabetic):
			return r
		}
		return -1
	}, cases.Lower(language.Und).String(s))
}

// kramdown drops all before the first ASCII letter, and all that is not ASCII.
func kramdown(s string) string {
	at := strings.IndexFunc(s, func(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' && r < 128 })
	if at < 0 {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ', r == '-':
			return '-'
		case r < 128 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			return unicode.ToLower(r)
		}
		return -1
	}, s[at:])
}

// hugo keeps letters, digits and "_" in lower case and makes hyphens of blanks.
func hugo(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ', r == '-':
			return '-'
		case r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, strings.TrimSpace(s))
}

// hugoASCII takes the accents off and drops what is not ASCII then.
func hugoASCII(s string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		plain = s
	}
	return strings.Map(func(r rune) rune {
		if r >= 128 {
			return -1
		}
		return r
	}, hugo(plain))
}

// blackfriday makes one hyphen of each run of other characters than letters and numbers, none at the ends.
func blackfriday(s string) string {
	var b strings.Builder
	pending := false
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			pending = true
			continue
		}
		if pending && b.Len() > 0 {
			b.WriteByte('-')
		}
		pending = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// hexoSpecial is what hexo-util makes hyphens of.
var hexoSpecial = regexp.MustCompile("[\\s\\x{a0}\\x{2028}\\x{2029}\\x{3000}\\x{feff}~`!@#$%^&*()\\-_+=\\[\\]{}|\\\\;:\"'<>,.?/]+")

// HexoSlug is what Hexo makes of a name in a URL or an id: runs of ASCII punctuation and blanks become one hyphen,
// none at the ends, and Latin letters lose their accents.
func HexoSlug(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= ' ' {
			b.WriteString(unaccented(r))
		}
	}
	return strings.Trim(hexoSpecial.ReplaceAllString(b.String(), "-"), "-")
}

// hexoAnchor makes the id of a heading from its HTML.
func hexoAnchor(s string) string { return HexoSlug(strings.TrimSpace(stripTags(s))) }
func lowerHexo(s string) string  { return strings.ToLower(hexoAnchor(s)) }
func upperHexo(s string) string  { return strings.ToUpper(hexoAnchor(s)) }

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
