package analysis

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search/hangul"
)

// Script is what a character is written in, as far as cutting words is concerned.
type Script uint8

// The scripts that morphological analyzers can read.
const (
	separator  Script = iota
	Hangul            // with its single letters
	Han               // Hanja, Kanji, Hanzi
	Kana              // Hiragana and Katakana
	alphabetic        // letters that are written with blanks between words
	digit
	scripts // their number
)

// isPaired reports whether words of the script are cut into pairs of characters in the bigram lane.
func (s Script) isPaired() bool { return Hangul <= s && s <= Kana }

// IsSyllabic reports whether one character of the script of r is a syllable, and blanks stand between words. Then two
// characters are mostly a word, where two letters are a word by chance.
func IsSyllabic(r rune) bool { return scriptOf(r) == Hangul }

// LanguageOf returns the language that the script of a text gives away: ko for a text with Hangul, and "" for others.
func LanguageOf(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return scriptOf(r) == Hangul }) {
		return "ko"
	}
	return ""
}

// run is a maximal piece of text in one script, or in the scripts of one language (Hangul and Hanja). Letters and digits
// that make one identifier (JDK17, k8s, C++) count as one alphabetic run.
type run struct {
	start, end int
	script     Script  // of its first character
	readers    readers // of all of it
	joined     bool    // no separator but a joiner, such as "." or "/", between this run and the one before
}

// split cuts text into its runs.
func (a *Analyzer) split(text string) []run {
	var runs []run
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		s := scriptOf(r)
		if s == separator {
			i += size
			continue
		}
		next := run{start: i, end: runEnd(text, i+size, s), script: s, readers: a.readers[s], joined: joined(text, runs, i, s)}
		if s == alphabetic {
			next.end = cliticEnd(text, symbolSuffix(text, next.end))
			if !next.joined {
				next.start = dotStart(text, i, next.end)
			}
		}
		i = next.end
		if !next.joined || !runs[len(runs)-1].extend(text, next) {
			runs = append(runs, next)
		}
	}
	return runs
}

// extend makes the run before next one with it, if they touch and are of one language or one name.
func (r *run) extend(text string, next run) bool {
	if r.end != next.start {
		return false
	}
	if both := r.readers & next.readers; both != 0 {
		r.end, r.readers = next.end, both
		return true
	}
	if oneName(text, *r, next) {
		r.end, r.script = next.end, alphabetic
		return true
	}
	return false
}

// oneName reports whether letters and digits that touch are better left together: v2, k8s and 3d say nothing in
// parts, JDK17 and 10cm do.
func oneName(text string, a, b run) bool {
	letterDigit := isLetter(text[a.start:a.end]) && b.script == digit
	digitLetter := asciiScript(rune(text[a.end-1])) == digit && isLetter(text[b.start:b.end])
	return letterDigit || digitLetter
}

// isLetter reports whether s is one ASCII letter.
func isLetter(s string) bool {
	return len(s) == 1 && asciiScript(rune(s[0])) == alphabetic
}

// quantityLen returns the number of runs at the beginning of runs that are numbers and words of one language touching each
// other; 1 when they are not both.
func quantityLen(runs []run) int {
	n, digits, all := 0, false, ^readers(0)
	for ; n < len(runs) && (n == 0 || runs[n].start == runs[n-1].end); n++ {
		r := runs[n]
		if r.script != digit && all&r.readers == 0 {
			break
		}
		if r.script == digit {
			digits = true
		} else {
			all &= r.readers
		}
	}
	if !digits || all == ^readers(0) {
		return 1
	}
	return n
}

// wordLen returns the number of runs in the word that begins with runs[0].
func wordLen(runs []run) int {
	n := 1
	for n < len(runs) && runs[n].joined {
		n++
	}
	return n
}

func runEnd(text string, i int, s Script) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if s == digit && r == ',' && thousands(text[i+1:]) {
			size += 3
		} else if scriptOf(r) != s && !unicode.Is(unicode.Mn, r) {
			break
		}
		i += size
	}
	return i
}

// thousands reports whether text begins with three digits and no fourth, as after the comma of 1,000.
func thousands(text string) bool {
	n := 0
	for n < len(text) && n < 4 && asciiScript(rune(text[n])) == digit {
		n++
	}
	return n == 3
}

// symbolSuffix includes the signs that belong to a name (C++, C#, F#) in the run that ends at end, when the word
// ends there too or is a version of C++ (C++17).
func symbolSuffix(text string, end int) int {
	i := end
	for i < len(text) && i < end+2 && (text[i] == '+' || text[i] == '#') {
		i++
	}
	switch r, _ := utf8.DecodeRuneInString(text[i:]); scriptOf(r) {
	case alphabetic:
		return end
	case digit:
		if text[end:i] != "++" {
			return end
		}
	}
	return i
}

// joined reports whether the run of script s that starts at i continues the word of the last of runs.
func joined(text string, runs []run, i int, s Script) bool {
	if len(runs) == 0 {
		return false
	}
	last := runs[len(runs)-1]
	switch between := text[last.end:i]; between {
	case "":
		return true
	case ".", "/", "_", "-", "@", "'", "’", "‐", "‑": // net/http, v2.6.1, snake_case, x-ray
		return last.readers == 0
	case "&": // R&D
		return last.script == alphabetic && s == alphabetic
	}
	return false
}

// middleDot is an old vowel to Unicode, and what Korean keyboards have for the middle dot of lists (도로ㆍ하천).
const middleDot = 'ㆍ'

func scriptOf(r rune) Script {
	switch {
	case r < utf8.RuneSelf:
		return asciiScript(r)
	case r == middleDot:
		return separator
	case hangul.IsSyllable(r) || unicode.Is(unicode.Hangul, r):
		return Hangul
	case unicode.Is(unicode.Han, r):
		return Han
	case unicode.In(r, unicode.Hiragana, unicode.Katakana) || r == 'ー':
		return Kana
	case unicode.IsDigit(r):
		return digit
	case unicode.IsLetter(r) || unicode.IsNumber(r):
		return alphabetic
	}
	return separator
}

func asciiScript(r rune) Script {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
		return alphabetic
	case '0' <= r && r <= '9':
		return digit
	}
	return separator
}
