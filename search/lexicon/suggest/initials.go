package suggest

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/chars"
	"chaja/search/snippet"
)

// place is where a pattern is found.
type place struct {
	text       int
	start, end int
	word       bool // a word begins here
}

// maxNeedle is the number of bytes that bytes.Index looks for by vector instructions on every processor that has them;
// a longer needle takes it three times as long.
const maxNeedle = 31

// scan looks for t anywhere in the texts of one kind, the best texts first, and yields the places until yield returns
// false or maxLooked candidates were looked at. The keys of all texts are one string, and so are their initials, which
// are what is looked through where consonants stand for syllables; either is one pass of bytes.Index.
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

// check reports whether a text has t at the unit that begins at a byte of its key or, where t has consonants that
// stand for syllables, of its initials.
func (v *Vocabulary) check(n, offset int, t typed) (place, bool) {
	text := v.text(n)
	w := walker{text: text}
	for u, ok := w.next(); ok && offset >= 0; u, ok = w.next() {
		switch {
		case offset == 0:
			end, _, ok := matchAt(text, u.start, t.pattern)
			return place{n, u.start, end, u.word}, ok
		case t.abbrev:
			offset -= u.initial()
		default:
			offset -= u.letters().n
		}
	}
	return place{}, false
}

// abbreviated finds the texts in which a word begins with a pattern of consonants, or each of several words does with
// such a pattern or as it is typed.
func (v *Vocabulary) abbreviated(a *answer, t typed) {
	if t.abbrev && bytes.IndexByte(t.pattern, rest) < len(t.pattern)-1 { // one consonant at the end is just half typed
		v.addScanned(a, t, true)
	}
	if t.hasPattern() {
		v.together(a, alone(t.words))
	}
}

// inside finds texts by step 3. One character alone stands inside so many words that it says nothing.
func (v *Vocabulary) inside(a *answer, t typed) {
	if t.units > 1 {
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
			return len(starting) < a.limit && (words || len(later) < a.limit)
		})
		for _, p := range append(starting, later...) {
			a.addText(kind, p.text, snippet.Span{Start: p.start, End: p.end})
		}
	}
}

// maxWordings is the number of different wordings of a pattern that are looked at closely: several times as many as
// are asked for, because some become one.
const maxWordings = 4 * maxLimit

// wording is what a pattern stands for somewhere.
type wording struct {
	found string // where the pattern was found
	whole string // the whole words that lie there
	word  bool   // a word begins there
}

// Initials returns what of titles, headings and tags a pattern of initial consonants stands for: one or more successive
// words as they are written, such as 카카오 뱅크 for ㅋㅋㅇㅂㅋ, by the number of posts. Starting are those that begin with it,
// inside those that have it further on; together they are at most limit, starting first. The particle behind a word is
// left out where the word is a term. A word that is no pattern (see hangul.IsPattern) has none.
func (v *Vocabulary) Initials(pattern string, limit int) (starting, inside []string) {
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

// frequentFirst returns the first n of the wordings, those that begin a word before others, then by posts.
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

func (v *Vocabulary) wording(p place) wording {
	text := v.text(p.text)
	from, to := p.start, p.end
	for from > 0 {
		r, size := utf8.DecodeLastRune(text[:from])
		if !chars.IsWord(r) {
			break
		}
		from -= size
	}
	for to < len(text) {
		r, size := utf8.DecodeRune(text[to:])
		if !chars.IsWord(r) {
			break
		}
		to += size
	}
	return wording{found: string(text[p.start:p.end]), whole: string(text[from:to]), word: p.word}
}
