package snippet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Characters that end a sentence.
const (
	fullStops = ".?!…"       // with a blank behind: 1.5 is no end
	wideStops = "。？！"        // without one
	closers   = "\"'”’)]」』*" // may stand between a full stop and the blank
)

// chooseStart returns where to begin an excerpt that must show text[from:to] and has room for so many characters more.
func chooseStart(text string, from, to, room int) int {
	_, after := forward(text, to, len(text), room)
	spare := room - after // what the text behind cannot fill
	if first, _, ok := places(text, backward(text, from, spare), from, sentenceStart); ok {
		return first
	}
	if _, last, ok := places(text, backward(text, from, room*2/3), from, sentenceStart); ok {
		return last
	}
	lead := backward(text, from, max(room/3, spare))
	if first, _, ok := places(text, lead, from, wordStart); ok {
		return first
	}
	if _, last, ok := places(text, backward(text, from, room), from, wordStart); ok {
		return last
	}
	return lead
}

// chooseEnd returns where to end an excerpt that begins at start and must reach to. It ends with a sentence if that keeps two
// thirds of the characters, else with a word.
func chooseEnd(text string, start, to, maxRunes int) int {
	limit, _ := forward(text, start, len(text), maxRunes)
	if limit == len(text) {
		return limit
	}
	if _, last, ok := places(text, max(to, backward(text, limit, maxRunes/3)), limit, sentenceEnd); ok {
		return last
	}
	if _, last, ok := places(text, to, limit, wordEnd); ok {
		return last
	}
	return limit
}

// places returns the first and the last place from lo to hi for which is holds. Ok is false when there is none.
func places(text string, lo, hi int, is func(string, int) bool) (first, last int, ok bool) {
	for i := lo; i <= hi; {
		if is(text, i) {
			if !ok {
				first, ok = i, true
			}
			last = i
		}
		if i == len(text) {
			break
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	return first, last, ok
}

// wordStart reports whether a word begins at i: behind a blank, a full-width stop or nothing.
func wordStart(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	at, _ := utf8.DecodeRuneInString(text[i:])
	return !unicode.IsSpace(at) && (i == 0 || unicode.IsSpace(before) || strings.ContainsRune(wideStops, before))
}

// sentenceStart reports whether a sentence or a line begins at i.
func sentenceStart(text string, i int) bool {
	if !wordStart(text, i) {
		return false
	}
	before := strings.TrimRightFunc(text[:i], unicode.IsSpace)
	gap := text[len(before):i]
	if before == "" || strings.ContainsRune(gap, '\n') {
		return true
	}
	if gap != "" {
		before = strings.TrimRight(before, closers)
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune(wideStops, last) || gap != "" && strings.ContainsRune(fullStops, last)
}

// wordEnd reports whether a word ends before i.
func wordEnd(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	if i == 0 || unicode.IsSpace(before) {
		return false
	}
	at, _ := utf8.DecodeRuneInString(text[i:])
	return i == len(text) || unicode.IsSpace(at) || strings.ContainsRune(wideStops, before)
}

// sentenceEnd reports whether a sentence or a line ends before i.
func sentenceEnd(text string, i int) bool {
	if !wordEnd(text, i) {
		return false
	}
	next := len(text) - len(strings.TrimLeftFunc(text[i:], unicode.IsSpace))
	return next == len(text) || sentenceStart(text, next)
}

// forward goes n characters on, but not past limit. It returns the place and the number of characters. Blanks in a row are
// one character, here and in all counts.
func forward(text string, from, limit, n int) (end, count int) {
	end = from
	for inBlank := false; end < limit; {
		r, size := utf8.DecodeRuneInString(text[end:])
		space := unicode.IsSpace(r)
		if !space || !inBlank {
			if count == n {
				break
			}
			count++
		}
		inBlank = space
		end += size
	}
	return end, count
}

// backward goes n characters back, but not past the beginning of text, and returns the place.
func backward(text string, to, n int) int {
	for inBlank := false; to > 0; {
		r, size := utf8.DecodeLastRuneInString(text[:to])
		space := unicode.IsSpace(r)
		if !space || !inBlank {
			if n == 0 {
				break
			}
			n--
		}
		inBlank = space
		to -= size
	}
	return to
}
