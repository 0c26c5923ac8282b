package suggest

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"

	"chaja/search/chars"
	"chaja/search/hangul"
	"chaja/search/snippet"
)

// place is where a pattern is found.
type place struct {
	text       int
	start, end int
	word       bool // a word begins here
}

// maxNeedle is the most bytes that bytes.Index looks for by vector instructions. A longer needle takes three times as long.
const maxNeedle = 31

// scan looks for t anywhere in the texts of one kind, the best texts first. It yields the places until yield returns false or
// maxLooked candidates were looked at. The keys of all texts are one string, and so are their initials, which are searched if
// consonants stand for syllables. Either search is one pass of bytes.Index.
func (v *Vocabulary) scan(kind int, t typed, yield func(place) bool) {
	in, needle := &v.keys, t.key
	if t.abbrev {
		in, needle = &v.initials, t.initial
	}
	needle = needle[:min(len(needle), maxNeedle)] // check compares the rest
	text, last := v.ofKind(kind)
	at, end := in.start(text), in.start(last)
	for range maxLooked {
		next := bytes.Index(in.blob[at:end], needle)
		if next < 0 {
			return
		}
		at += next
		for in.ends.at(text) <= at {
			text++
		}
		if p, ok := v.check(text, at-in.start(text), t); ok && !yield(p) {
			return
		}
		at++
	}
}

// check reports whether a text has t at a unit, given by its byte in the key of the text, or in the initials of the text if t
// has consonants that stand for syllables.
func (v *Vocabulary) check(n, offset int, t typed) (place, bool) {
	text := v.text(n)
	w := walker{text: text}
	var room [hangul.MaxLetters]byte
	for u, ok := w.next(); ok && offset >= 0; u, ok = w.next() {
		switch {
		case offset == 0:
			end, _, ok := matchAt(text, u.start, t.pattern)
			return place{n, u.start, end, u.word}, ok
		case t.abbrev:
			offset -= u.initial()
		default:
			offset -= len(u.appendKey(room[:0]))
		}
	}
	return place{}, false
}

// abbreviated finds texts by consonants that stand for syllables: texts in which a word begins with such a pattern, or with
// each of several words, of which some are patterns.
func (v *Vocabulary) abbreviated(a *answer, t typed) {
	if t.abbrev && bytes.IndexByte(t.pattern, rest) < len(t.pattern)-1 { // one consonant at the end is just half typed
		v.addScanned(a, t, true)
	}
	if t.hasPattern() {
		v.together(a, alone(t.words))
	}
}

// inside finds texts by step 3. A single character is not looked for, as it stands inside of too many words.
func (v *Vocabulary) inside(a *answer, t typed) {
	if t.units > 1 {
		v.addScanned(a, t, false)
	}
}

// addScanned adds the texts that scan finds: at the beginnings of words, or elsewhere.
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
			return len(starting) < a.limit && (words || len(later) < a.limit)
		})
		for _, p := range append(starting, later...) {
			a.addText(kind, p.text, snippet.Span{Start: p.start, End: p.end})
		}
	}
}

// maxWordings is the most wordings of a pattern that are looked at closely: several times as many as are asked for, as
// some become one.
const maxWordings = 4 * maxLimit

// wording is what a pattern stands for at a place of a text.
type wording struct {
	found string // the part of the text that the pattern stands for
	whole string // the same to the ends of the words
	word  bool   // a word begins there
}

// Initials returns the words in titles, headings and tags that a pattern of initial consonants stands for, as they are
// written: one word or several successive ones, such as 카카오 뱅크 for ㅋㅋㅇㅂㅋ. Starting begin with the pattern, and inside have
// it further on. Each is ordered by the number of posts. Together they are at most limit, and starting go first. The particle
// behind a term is left out. A word that is no pattern (see hangul.IsPattern) stands for nothing.
func (v *Vocabulary) Initials(pattern string, limit int) (starting, inside []string) {
	v.open()
	t := readTyped(pattern)
	limit = min(limit, maxLimit)
	if !t.abbrev || limit <= 0 {
		return nil, nil
	}
	docs := make(map[wording]int)
	for kind := range textKinds {
		v.scan(kind, t, func(p place) bool {
			if p.word || t.units > 1 { // one consonant alone stands inside every other word
				docs[v.wording(p)] += v.textDocs.at(p.text)
			}
			return true
		})
	}
	final := make(map[wording]int)
	for _, w := range frequentFirst(docs, maxWordings) {
		n := docs[w]
		if i, ok := v.find(appendKey(nil, []byte(w.found))); w.word && ok && v.isTerm(i) {
			w.whole = w.found
		}
		final[wording{whole: w.whole, word: w.word}] += n
	}
	for _, w := range frequentFirst(final, len(final)) {
		switch {
		case len(starting)+len(inside) == limit:
			return starting, inside
		case w.word:
			starting = append(starting, w.whole)
		case !slices.Contains(starting, w.whole):
			inside = append(inside, w.whole)
		}
	}
	return starting, inside
}

// frequentFirst returns n of the wordings: first those that begin a word, and of these the ones with most posts.
func frequentFirst(docs map[wording]int, n int) []wording {
	order := slices.SortedFunc(maps.Keys(docs), func(a, b wording) int {
		if a.word != b.word {
			if a.word {
				return -1
			}
			return 1
		}
		return cmp.Or(docs[b]-docs[a], len(a.whole)-len(b.whole), strings.Compare(a.whole, b.whole), strings.Compare(a.found, b.found))
	})
	return order[:min(len(order), n)]
}

// wording returns what a pattern stands for at a place.
func (v *Vocabulary) wording(p place) wording {
	text := v.text(p.text)
	from := len(bytes.TrimRightFunc(text[:p.start], chars.IsWord))
	to := len(text) - len(bytes.TrimLeftFunc(text[p.end:], chars.IsWord))
	return wording{found: string(text[p.start:p.end]), whole: string(text[from:to]), word: p.word}
}
