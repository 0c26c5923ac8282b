package highlight

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/hangul"
	"chaja/search/snippet"
)

// beginnings are how the terms of a highlighter begin in a text, by which is told what of a text needs no analysis.
type beginnings struct {
	digits    bool             // some term begins with a digit
	words     map[[2]rune]bool // the first two characters of a term; the second is 0 where there is one only
	first     [4]uint64        // the first characters, by their low bits: most characters of a text are none
	inflected map[[2]rune]bool // of terms that stand in a text in other forms, the first syllable without its final consonant, and the first consonant of the second; 0 for any
}

// add adds the terms of a mark. A noun is not looked for in the forms of a verb that has its letters (가지, 가진): that is another word.
func (b *beginnings) add(m *mark) {
	for _, term := range m.terms {
		runes := append([]rune(term), 0)
		first, second := runes[0], runes[1]
		switch {
		case '0' <= first && first <= '9':
			b.digits = true
		case !isKnown(first): // nor is it in a text
		case m.inflected && hangul.IsSyllable(first):
			b.addInflected(first, second)
		default:
			b.addWord(first, second)
			if m.lane == analysis.Morpheme {
				b.addContracted(runes[:len(runes)-1])
			}
		}
	}
	for _, word := range m.typed {
		runes := append([]rune(word), 0)
		b.addInflected(runes[0], runes[1])
	}
}

func (b *beginnings) addWord(first, second rune) {
	b.words[[2]rune{first, sameEnding(second)}] = true
	b.first[first>>6&3] |= 1 << (first & 63)
}

// addContracted adds a noun of one or two syllables together with what particles and endings write under its last vowel: 이젠, 커필,
// 영홥니다.
func (b *beginnings) addContracted(noun []rune) {
	last := noun[len(noun)-1]
	if len(noun) > 2 || !hangul.IsSyllable(last) || hangul.WithoutFinal(last) != last {
		return
	}
	initial, vowel, _ := hangul.Split(last)
	for _, final := range "ㄴㄹㅁㅂ" {
		noun[len(noun)-1] = hangul.Join(initial, vowel, final)
		b.addWord(noun[0], append(noun, 0)[1])
	}
}

// addInflected adds the first two syllables of a term that stands in texts in other forms. 빠르 is also in 빨라: the second keeps its
// first consonant and the first all but its last. ㅇ is not heard before a vowel, so that the first syllable may take up the second
// (보이, 봬) as well as an ending (보, 봐). ㅎ makes one consonant with that of an ending (원하, 원치).
func (b *beginnings) addInflected(first, second rune) {
	if begun := initial(second); begun != 0 && begun != 'ㅇ' {
		b.inflected[[2]rune{hangul.WithoutFinal(first), begun}] = true
		if second == '하' {
			for _, aspirate := range "ㅊㅋㅌ" {
				b.inflected[[2]rune{hangul.WithoutFinal(first), aspirate}] = true
			}
		}
		return
	}
	consonant, vowel, _ := hangul.Split(first)
	for _, merged := range append([]rune(contractions[vowel]), vowel) {
		b.inflected[[2]rune{hangul.Join(consonant, merged, 0)}] = true
	}
}

// contractions are the vowels that a vowel becomes together with that of an ending or of a second syllable that begins with one.
var contractions = map[rune]string{
	'ㅏ': "ㅐ", 'ㅑ': "ㅒ", 'ㅓ': "ㅔ", 'ㅕ': "ㅖ", 'ㅗ': "ㅘㅙㅚ", 'ㅜ': "ㅓㅝㅞㅟ", 'ㅡ': "ㅏㅓㅝㅟㅢ", 'ㅣ': "ㅕ", 'ㅚ': "ㅙ", 'ㅟ': "ㅝㅕ",
	'ㅢ': "ㅡ", // the other way round: 씌, 쓰여
}

// initial returns the first consonant of a syllable, 0 for anything else.
func initial(r rune) rune {
	first, _, _ := hangul.Split(r)
	return first
}

// sameEnding makes one what English writes in two ways before an ending: dying is die.
func sameEnding(second rune) rune {
	if second == 'y' {
		return 'i'
	}
	return second
}

// isPlain reports whether a letter at the beginning of a term stands in texts as it is, but for its case.
func isPlain(r rune) bool { return hangul.IsSyllable(r) || 'a' <= r && r <= 'z' }

// isKnown reports whether it is known what becomes of a character of a text in analysis: nothing but another case. The
// others are left to analysis.
func isKnown(r rune) bool {
	return ' ' <= r && r <= '~' || '\t' <= r && r <= '\r' || hangul.IsSyllable(r) || 0x2010 <= r && r <= 0x2027 || 0x2190 <= r && r <= 0x23ff || 0x3000 <= r && r <= 0x3020 || r == '·'
}

// isIn reports whether a term may begin in a word, which is what stands between blanks.
func (b *beginnings) isIn(word string) bool {
	for at := 0; at < len(word); {
		r, size := utf8.DecodeRuneInString(word[at:])
		at += size
		if !isKnown(r) || b.digits && '0' <= r && r <= '9' {
			return true
		}
		r = lower(r)
		exactly := b.first[r>>6&3]&(1<<(r&63)) != 0
		if !exactly && (len(b.inflected) == 0 || !hangul.IsSyllable(r)) {
			continue
		}
		second, _ := utf8.DecodeRuneInString(word[at:])
		if exactly && (b.words[[2]rune{r}] || b.words[[2]rune{r, sameEnding(lower(second))}] || r < utf8.RuneSelf && isSign(second)) {
			return true
		}
		if len(b.inflected) > 0 && (b.inflected[[2]rune{hangul.WithoutFinal(r)}] || b.inflected[[2]rune{hangul.WithoutFinal(r), initial(second)}]) {
			return true
		}
	}
	return false
}

// isSign reports whether r may stand between two letters that analysis joins: Node.js is nodejs.
func isSign(r rune) bool {
	return ' ' < r && r < utf8.RuneSelf && !isPlain(lower(r)) || r == '’' || r == '‐' || r == '‑'
}

func lower(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// passages calls f with the parts of a text in which a term may stand, and where each begins. They are whole words, as nothing is
// read across a blank; those that follow each other are one, so that a row of terms may go on in the next one.
func (h *Highlighter) passages(text string, f func(passage string, at int)) {
	start, end := 0, 0 // of the passage at hand
	for at := 0; at < len(text); {
		next := at + word(text[at:])
		switch {
		case h.beginnings.isIn(text[at:next]):
			if start == end {
				start = at
			}
			end = next
		case start == end || !strings.ContainsFunc(text[at:next], isLetterOrDigit):
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

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// word returns the length of the first word of text, with the blank behind it.
func word(text string) int {
	for i := range len(text) {
		switch text[i] {
		case ' ', '\n', '\t':
			return i + 1
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
