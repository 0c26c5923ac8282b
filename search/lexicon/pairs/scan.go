package pairs

import (
	"strings"
	"unicode/utf8"

	"chaja/search/hangul"
)

// script is what a token is written in.
type script uint8

const (
	hangulScript script = iota + 1
	latinScript
)

// token is a run of syllables, or a run of Latin letters and digits with the signs inside a name (Node.js, C++).
type token struct {
	start, end int
	script     script
}

// scan appends the tokens of text to dst. Unlike chars.Words it knows two scripts only and tells where each token stands, as
// what stands between two tokens matters here.
func scan(dst []token, text string) []token {
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c >= utf8.RuneSelf:
			end := syllables(text, i)
			if end > i {
				dst = append(dst, token{i, end, hangulScript})
				i = end
				continue
			}
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
		case isWordByte(c) || c == '.' && startsName(text, i):
			end := latinEnd(text, i)
			dst = append(dst, token{i, end, latinScript})
			i = end
		default:
			i++
		}
	}
	return dst
}

func syllables(text string, i int) int {
	for i < len(text) {
		// Syllables are three bytes from EA B0 80 to ED 9E A3; looking at the first spares most of the decoding.
		if c := text[i]; c < 0xea || c > 0xed {
			break
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !hangul.IsSyllable(r) {
			break
		}
		i += size
	}
	return i
}

func latinEnd(text string, i int) int {
	for i++; i < len(text); i++ {
		c := text[i]
		if isWordByte(c) || (c == '.' || c == '&') && i+1 < len(text) && isLetter(text[i+1]) {
			continue
		}
		if (c == '+' || c == '#') && isLetter(text[i-1]) || c == '+' && text[i-1] == '+' {
			continue
		}
		break
	}
	return i
}

// startsName reports whether the dot at i begins a name (.NET) and ends no sentence.
func startsName(text string, i int) bool {
	return i+1 < len(text) && isLetter(text[i+1]) && (i == 0 || text[i-1] == ' ' || text[i-1] == '(')
}

func isLetter(c byte) bool   { return isUpper(c) || isLower(c) }
func isWordByte(c byte) bool { return isLetter(c) || isDigit(c) }

// link is what stands between two neighbouring tokens.
type link uint8

const (
	apart   link = iota // too much, a line break, or nothing
	blank               // one blank or hyphen: words of one name
	listed              // blanks and a sign, as in "airflow / 에어플로우"
	opening             // an opening bracket or quote, with or without a blank before it
)

// maxGap is the most bytes between two words that stand side by side: a sign of three bytes and two blanks.
const maxGap = 5

func linkOf(gap string) link {
	switch {
	case gap == " " || gap == "-" || gap == "_":
		return blank
	case gap == "" || len(gap) > maxGap || strings.ContainsAny(gap, "\n\r;"):
		return apart
	case strings.ContainsAny(gap, "(（[［<〈「『《【{"):
		return opening
	}
	return listed
}
