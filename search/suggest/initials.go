package suggest

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search/snippet"
)

// place is where a pattern is found.
type place struct {
	text       int
	start, end int
	word       bool // a word begins here
}

// scan looks for t, whose consonants may stand for syllables, anywhere in the texts of one kind, the best texts
// first, and yields the places until yield returns false or maxLooked candidates were looked at. The initials of all
// texts are one string, so that finding them is one pass of bytes.Index over two bytes a syllable at most.
func (v *Vocabulary) scan(kind int, t typed, yield func(place) bool) {
	text, last := v.ofKind(kind)
	if text == last {
		return
	}
	at, end := v.initials.start(text), v.initials.start(last)
	for looked := 0; looked < maxLooked; looked++ {
		next := bytes.Index(v.initials.blob[at:end], t.initial)
		if next < 0 {
			return
		}
		at += next
		for v.initials.ends.at(text) <= at {
			text++
		}
		if p, ok := v.check(text, at-v.initials.start(text), t.pattern); ok && !yield(p) {
			return
		}
		at++
	}
}

// check reports whether a text has pattern at the unit whose initials begin at a byte of its initials.
func (v *Vocabulary) check(n, initial int, pattern []byte) (place, bool) {
	text := v.text(n)
	w := walker{text: text}
	for u, ok := w.next(); ok && initial >= 0; u, ok = w.next() {
		if initial == 0 {
			end, _, ok := matchAt(text, u.start, pattern)
			return place{n, u.start, end, u.word}, ok
		}
		initial -= len(u.initial())
	}
	return place{}, false
}

// abbreviated finds the texts in which a word begins with a pattern of consonants.
func (v *Vocabulary) abbreviated(a *answer, t typed) {
	if t.abbrev && bytes.IndexByte(t.pattern, rest) < len(t.pattern)-1 { // one consonant at the end is just half typed
		v.addScanned(a, t, true)
	}
}

// inside finds texts by step 3.
func (v *Vocabulary) inside(a *answer, t typed) {
	if t.units > 1 || !t.abbrev {
		v.addScanned(a, t, false)
	}
}

// addScanned adds texts that scan finds, at the beginnings of words or elsewhere.
func (v *Vocabulary) addScanned(a *answer, t typed, words bool) {
	for kind := range textKinds {
		var starting, later []place
		v.scan(kind, t, func(p place) bool {
			switch {
			case p.word != words:
			case p.start == 0:
				starting = append(starting, p)
			case len(later) < a.limit:
				later = append(later, p)
			}
			return len(starting) < a.limit
		})
		for _, p := range append(starting, later...) {
			a.addText(kind, p.text, snippet.Span{Start: p.start, End: p.end})
		}
	}
}

// Initials returns what of titles, headings and tags a pattern of initial consonants stands for, at most limit: one or
// more successive words as they are written, such as 카카오 뱅크 for ㅋㅋㅇㅂㅋ. What begins a word comes before what
// stands inside, then by the number of posts. The particle behind a word is left out where the word is a term. A word
// that is no pattern (see hangul.IsPattern) has none.
func (v *Vocabulary) Initials(pattern string, limit int) []string {
	t := readTyped(pattern)
	if !t.abbrev || limit <= 0 {
		return nil
	}
	type written struct {
		text string
		word bool
	}
	docs := make(map[written]int)
	for kind := range textKinds {
		v.scan(kind, t, func(p place) bool {
			docs[written{v.written(p), p.word}] += v.textDocs.at(p.text)
			return true
		})
	}
	order := make([]written, 0, len(docs))
	for w := range docs {
		if w.word || docs[written{w.text, true}] == 0 {
			order = append(order, w)
		}
	}
	slices.SortFunc(order, func(a, b written) int {
		if a.word != b.word {
			if a.word {
				return -1
			}
			return 1
		}
		return cmp.Or(docs[b]-docs[a], len(a.text)-len(b.text), strings.Compare(a.text, b.text))
	})
	order = order[:min(len(order), limit, maxLimit)]
	texts := make([]string, len(order))
	for i, w := range order {
		texts[i] = w.text
	}
	return texts
}

// written returns the place when it is a term of the site, otherwise the whole words it lies in.
func (v *Vocabulary) written(p place) string {
	text := v.text(p.text)
	found := text[p.start:p.end]
	if i, ok := v.find(appendKey(nil, found)); ok && v.isTerm(i) && p.word {
		return string(found)
	}
	for p.start > 0 {
		r, size := utf8.DecodeLastRune(text[:p.start])
		if !isWordRune(r) {
			break
		}
		p.start -= size
	}
	for p.end < len(text) {
		r, size := utf8.DecodeRune(text[p.end:])
		if !isWordRune(r) {
			break
		}
		p.end += size
	}
	return string(text[p.start:p.end])
}

// isWordRune reports whether r is part of a word rather than between words.
func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
