package highlight

import (
	"strings"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/hangul"
	"chaja/search/snippet"
)

// beginnings are how the terms of a highlighter begin in a text, by which is told what of a text needs no analysis.
type beginnings struct {
	anyhow   bool             // some term may begin in any way, such as a number: all needs analysis
	words    map[[2]rune]bool // the first two letters of a term; the second is 0 where there is one only
	first    [4]uint64        // the first letters, by their low bits: most letters of a text are none
	initials map[[2]rune]bool // of terms that stand in a text in other forms, the first consonants of these two; the second 0 for any
}

// add adds the terms of a mark.
func (b *beginnings) add(m *mark) {
	for _, term := range m.terms {
		runes := []rune(term)
		two := [2]rune{runes[0]}
		if len(runes) > 1 {
			two[1] = runes[1]
		}
		switch {
		case strings.ContainsFunc(term, func(r rune) bool { return !isPlain(r) }):
			b.anyhow = true
		case m.inflected && hangul.IsSyllable(runes[0]):
			// 빠르 is also in 빨라, and 배우 in 배워. 보이 may be one syllable (봬): ㅇ is not heard before a vowel.
			if two = [2]rune{initial(two[0]), initial(two[1])}; two[1] == 'ㅇ' {
				two[1] = 0
			}
			b.initials[two] = true
		default:
			b.words[two] = true
			b.first[runes[0]>>6&3] |= 1 << (runes[0] & 63)
		}
	}
}

// initial returns the first consonant of a syllable, 0 for anything else.
func initial(r rune) rune {
	first, _, _ := hangul.Split(r)
	return first
}

// isPlain reports whether a letter of a term stands in texts as it is, but for its case.
func isPlain(r rune) bool { return hangul.IsSyllable(r) || 'a' <= r && r <= 'z' }

// isKnown reports whether it is known what becomes of a character of a text in analysis: nothing but another case. The
// others are left to analysis.
func isKnown(r rune) bool {
	return r < utf8.RuneSelf || hangul.IsSyllable(r) || 0x2010 <= r && r <= 0x2027 || 0x3000 <= r && r <= 0x3020 || r == '·'
}

// isIn reports whether a term may begin in a sentence.
func (b *beginnings) isIn(sentence string) bool {
	for at := 0; at < len(sentence); {
		r, size := utf8.DecodeRuneInString(sentence[at:])
		at += size
		if !isKnown(r) {
			return true
		}
		r = lower(r)
		exactly := b.first[r>>6&3]&(1<<(r&63)) != 0
		if !exactly && (len(b.initials) == 0 || !hangul.IsSyllable(r)) {
			continue
		}
		second, _ := utf8.DecodeRuneInString(sentence[at:])
		if exactly && (b.words[[2]rune{r}] || b.words[[2]rune{r, lower(second)}] || r < utf8.RuneSelf && isSign(second)) {
			return true
		}
		if len(b.initials) > 0 && (b.initials[[2]rune{initial(r)}] || b.initials[[2]rune{initial(r), initial(second)}]) {
			return true
		}
	}
	return false
}

// isSign reports whether r may stand between two letters that analysis joins: Node.js is nodejs.
func isSign(r rune) bool {
	return ' ' < r && r < utf8.RuneSelf && !isPlain(lower(r))
}

func lower(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// passages calls f with the parts of a text in which a term may stand, and where each begins. They are whole sentences or lines;
// those that follow each other are one, so that a row of terms may go on in the next one.
func (h *Highlighter) passages(text string, f func(passage string, at int)) {
	if h.beginnings.anyhow {
		f(text, 0)
		return
	}
	start, end := 0, 0 // of the passage at hand
	for at := 0; at < len(text); {
		next := at + sentence(text[at:])
		switch {
		case h.beginnings.isIn(text[at:next]):
			if start == end {
				start = at
			}
			end = next
		case start == end || strings.TrimSpace(text[at:next]) == "":
		default:
			f(text[start:end], start)
			start, end = 0, 0
		}
		at = next
	}
	if start < end {
		f(text[start:end], start)
	}
}

// sentence returns the length of the first sentence or line of text. No word goes on behind it, and no word there is read by one in
// it.
func sentence(text string) int {
	for i := range len(text) {
		switch text[i] {
		case '\n':
			return i + 1
		case ' ':
			if i > 0 && (text[i-1] == '.' || text[i-1] == '?' || text[i-1] == '!') {
				return i + 1
			}
		}
	}
	return len(text)
}

// Spans returns what in text answers the query: morphemes, words as they stand, and phrases. A different Term is a
// different one of these. Spans may overlap.
func (h *Highlighter) Spans(text string) (spans []snippet.Span) {
	if h == nil || len(h.morphemes)+len(h.rows) == 0 {
		return nil
	}
	h.passages(text, func(passage string, at int) {
		for _, span := range h.spans(passage) {
			spans = append(spans, snippet.Span{Start: at + span.Start, End: at + span.End, Term: span.Term})
		}
	})
	return spans
}

// spans is Spans for a text in which a term may stand.
func (h *Highlighter) spans(text string) (spans []snippet.Span) {
	tokens := h.analyzer.Analyze(text)
	for _, t := range tokens[analysis.Morpheme] {
		if number, ok := h.morphemes[t.Term]; ok {
			spans = append(spans, snippet.Span{Start: t.Start, End: t.End, Term: number})
		}
	}
	for _, r := range h.rows {
		in := tokens[r.lane]
		for i := range in {
			if end, ok := r.at(in[i:]); ok {
				spans = append(spans, snippet.Span{Start: in[i].Start, End: end, Term: r.number})
			}
		}
	}
	return spans
}
