package suggest

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
	"unicode/utf8"

	"chaja/search/chars"
	"chaja/search/snippet"
)

// minTermDocs is the fewest posts of a word that is suggested as a term. Rarer words are mostly mistyped.
const minTermDocs = 2

// maxLooked is the most texts of one kind that are looked at one by one, where no range of starts answers. The best texts
// come first, so that the others would hardly be shown. It bounds the time to about a millisecond.
const maxLooked = 2000

// kinds is the number of kinds.
const kinds = len(textKinds) + 1

// Complete returns texts and terms of the site for what was typed, best first, at most limit. It answers from the first
// letter on. These steps follow each other:
//
//  1. texts in which a word begins with what was typed; for several words, texts in which a word begins with each of them,
//     in any order; then frequent terms that begin with what was typed. Blanks do not count;
//  2. the same for what may have been meant by the last syllable (뱈 for 뱅ㅋ, see typed.loose);
//  3. texts that have it inside a word;
//  4. if nothing was found, all of this for the other keyboard layout: for all that was typed, or for the words that need
//     it (argocd tkdyd, JWTdml).
//
// A sign before a word counts if it was typed: .net finds .NET first, and @data finds @DataSource.
//
// The last word may be half typed, down to a single letter of Hangul. Consonants may stand for syllables (카ㅋㅇ); this is tried
// after what was typed literally. Within each step titles come before headings, tags and terms, but each kind that has
// something to show has a place. Within a kind, texts that begin with what was typed come first, then those of more posts,
// then shorter ones. Nothing is shown twice.
func (v *Vocabulary) Complete(q string, limit int) []Suggestion {
	v.open()
	t := readTyped(q)
	found := v.complete(t, min(limit, maxLimit), v.steps())
	if len(found) > 0 || limit <= 0 {
		return found
	}
	return v.otherLayout(t, min(limit, maxLimit))
}

// step is one way of finding.
type step func(*answer, typed)

// steps returns steps 1 to 3 of Complete.
func (v *Vocabulary) steps() []step {
	return []step{v.signed, v.begins, v.abbreviated, v.loosely, v.inside}
}

// complete returns what is found by steps, in their order.
func (v *Vocabulary) complete(t typed, limit int, steps []step) []Suggestion {
	if t.text == "" || limit <= 0 {
		return nil
	}
	a := newAnswer(v, limit)
	if len(t.key) == 0 {
		v.literally(a, t.text)
		a.take()
		return a.list
	}
	for _, step := range steps {
		if len(a.list) < limit {
			step(a, t)
			a.take()
		}
	}
	return a.list
}

// begins finds texts and terms by step 1.
func (v *Vocabulary) begins(a *answer, t typed) {
	v.continued(a, t.key, 0)
	if len(t.words) > 1 && !t.hasPattern() {
		v.together(a, alone(t.words))
	}
	for _, i := range v.frequent(t.key, a.limit, v.isFrequentTerm) {
		a.addTerm(i, t.key)
	}
}

// loosely finds texts and terms by step 2.
func (v *Vocabulary) loosely(a *answer, t typed) {
	for _, key := range t.loose() {
		v.continued(a, key, 0)
		for _, i := range v.frequent(key, a.limit, v.isFrequentTerm) {
			a.addTerm(i, key)
		}
	}
}

func (v *Vocabulary) isFrequentTerm(word int) bool {
	return v.isTerm(word) && v.docsOf(word) >= minTermDocs
}

// signed finds texts in which the sign that was typed stands before the word.
func (v *Vocabulary) signed(a *answer, t typed) {
	if sign := t.text[0]; sign < utf8.RuneSelf && !chars.IsWord(rune(sign)) {
		v.continued(a, t.key, sign)
	}
}

// continued adds the best texts in which a word begins with key and stands behind sign, unless that is 0. The best texts have
// the least numbers. The range of starts is in another order, so that all of it is looked at, one comparison for each start.
// Within a kind, texts that begin with the word come before others. If key ends with a digit, texts in which the number ends
// there come before all of these: 9 is not 90.
func (v *Vocabulary) continued(a *answer, key []byte, sign byte) {
	lo, hi := v.startsWith(key)
	var best [len(textKinds)][4][]int
	ends := [len(textKinds)]int{}
	for k := range ends {
		ends[k] = v.kindEnd(k) << ordinalBits
	}
	numeral := isDigit(key[len(key)-1])
	for i := lo; i < hi; i++ {
		n := v.starts.at(i)
		k := 0
		for n >= ends[k] {
			k++
		}
		group := min(ordinal(n), 1)
		if sign != 0 || numeral {
			text := v.text(n >> ordinalBits)
			at := wordStart(text, ordinal(n))
			end, _, _ := matchAt(text, at, key)
			if sign != 0 && (at == 0 || text[at-1] != sign) {
				continue
			}
			if numeral && end < len(text) && isDigit(text[end]) {
				group += 2
			}
		}
		best[k][group] = keepLeast(best[k][group], n, a.limit)
	}
	for k := range best {
		for _, n := range slices.Concat(best[k][:]...) {
			text := v.text(n >> ordinalBits)
			at := wordStart(text, ordinal(n))
			if end, _, ok := matchAt(text, at, key); ok {
				if sign != 0 {
					at--
				}
				a.addText(k, n>>ordinalBits, snippet.Span{Start: at, End: end})
			}
		}
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// keepLeast adds a start to a sorted list, which keeps the least starts that are added, one for each text.
func keepLeast(list []int, n, limit int) []int {
	if len(list) == limit && n >= list[limit-1] {
		return list
	}
	at, _ := slices.BinarySearch(list, n)
	switch {
	case at > 0 && list[at-1]>>ordinalBits == n>>ordinalBits:
		return list
	case at < len(list) && list[at]>>ordinalBits == n>>ordinalBits:
		list[at] = n
		return list
	}
	list = slices.Insert(list, at, n)
	return list[:min(len(list), limit)]
}

// alone returns the words with no other reading than themselves.
func alone(words []typed) [][]typed {
	readings := make([][]typed, len(words))
	for i := range words {
		readings[i] = words[i : i+1]
	}
	return readings
}

// together adds texts in which a word begins with each of the words, in any of its readings. Consonants may stand for words.
// At least one word must have no such consonants: these words tell which texts to look at.
func (v *Vocabulary) together(a *answer, words [][]typed) {
	var both []uint64
	for _, readings := range words {
		if slices.ContainsFunc(readings, func(word typed) bool { return word.isPattern() }) {
			continue
		}
		has := make([]uint64, v.texts.len()/64+1)
		for _, word := range readings {
			for lo, hi := v.startsWith(word.key); lo < hi; lo++ {
				text := v.starts.at(lo) >> ordinalBits
				has[text/64] |= 1 << (text % 64)
			}
		}
		for j := range both {
			has[j] &= both[j]
		}
		both = has
	}
	looked := 0
	for j, set := range both {
		for ; set != 0 && looked < maxLooked; set &= set - 1 {
			looked++
			text := j*64 + bits.TrailingZeros64(set)
			if kind := v.kindOf(text); len(a.found[kind]) < a.limit {
				if spans := v.places(text, words); spans != nil {
					a.addText(kind, text, spans...)
				}
			}
		}
	}
}

// places returns where each of the words begins a word of a text, and nil unless all of them do. All words but the last must
// be typed to the end of a syllable.
func (v *Vocabulary) places(n int, words [][]typed) []snippet.Span {
	text := v.text(n)
	spans := make([]snippet.Span, len(words))
	missing := len(words)
	w := walker{text: text}
	for u, ok := w.next(); ok && missing > 0; u, ok = w.next() {
		if !u.word {
			continue
		}
		for i, readings := range words {
			for _, word := range readings {
				if spans[i].End > 0 {
					break
				}
				if end, whole, ok := matchAt(text, u.start, word.pattern); ok && (whole || i == len(words)-1) {
					spans[i] = snippet.Span{Start: u.start, End: end, Term: i}
					missing--
				}
			}
		}
	}
	if missing > 0 {
		return nil
	}
	slices.SortFunc(spans, func(a, b snippet.Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	return spans
}

// literally adds the texts that begin with what was typed. It is for what has no letter or digit.
func (v *Vocabulary) literally(a *answer, q string) {
	for i := range v.texts.len() {
		if kind := v.kindOf(i); len(a.found[kind]) < a.limit && bytes.HasPrefix(v.texts.at(i), []byte(q)) {
			a.addText(kind, i, snippet.Span{Start: 0, End: len(q)})
		}
	}
}
