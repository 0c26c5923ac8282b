package suggest

import (
	"bytes"
	"slices"
	"sort"
	"strings"
)

// Docs returns the number of posts that have a word. Spacing, hyphens and case do not matter. For a word that was not given to
// Builder.Term only titles, headings and tags are counted.
func (v *Vocabulary) Docs(word string) int {
	v.open()
	if i, ok := v.find(keyOf(word)); ok {
		return v.docsOf(i)
	}
	return 0
}

// Spelling returns the commonest spelling of a word of the site, which may have blanks. It is empty for other words.
func (v *Vocabulary) Spelling(word string) string {
	v.open()
	if i, ok := v.find(keyOf(word)); ok {
		return string(v.words.at(i))
	}
	return ""
}

// find returns the word that has a key.
func (v *Vocabulary) find(key []byte) (int, bool) {
	n := v.words.len()
	i := sort.Search(n, func(i int) bool { return compare(v.words.at(i), 0, key) >= 0 })
	var buffer [64]byte
	if len(key) == 0 || i == n || !bytes.Equal(appendKey(buffer[:0], v.words.at(i)), key) {
		return 0, false
	}
	return i, true
}

// Prefix returns the words of the site that a half-typed word may become, at most limit. First come those that begin with its
// letters, the most frequent first. If there is room, those follow that begin with what may have been meant by it (뱈 for
// 뱅ㅋ). Two successive words of texts are one result, with a blank between them, if word has letters of both: 스프링부 may
// become 스프링 부트.
func (v *Vocabulary) Prefix(word string, limit int) []string {
	v.open()
	limit = min(limit, maxLimit)
	t := readTyped(word)
	if len(t.key) == 0 || limit <= 0 {
		return nil
	}
	found := v.frequent(t.key, limit, anyWord)
	if len(found) < limit {
		for _, i := range v.slips(t, limit-len(found)) {
			if !slices.Contains(found, i) {
				found = append(found, i)
			}
		}
	}
	words := make([]string, len(found))
	for i, n := range found {
		words[i] = string(v.words.at(n))
	}
	return words
}

func anyWord(int) bool { return true }

// Names returns titles and headings by what was typed, best first, at most limit: a word of the name begins with each word
// that was typed, or consonants stand for words.
func (v *Vocabulary) Names(typed string, limit int) (names []string) {
	v.open()
	for _, s := range v.complete(readTyped(typed), min(limit, maxLimit), []step{v.begins, v.abbreviated}) {
		if s.Kind == KindTitle || s.Kind == KindHeading {
			names = append(names, s.Text)
		}
	}
	return names
}

// slips returns the most frequent words that go on with one of the loose keys of t.
func (v *Vocabulary) slips(t typed, limit int) (found []int) {
	for _, key := range t.loose() {
		found = append(found, v.frequent(key, limit, anyWord)...)
	}
	slices.SortStableFunc(found, func(a, b int) int { return v.docsOf(b) - v.docsOf(a) })
	return found[:min(len(found), limit)]
}

// frequent returns the most frequent words that begin with key, at most limit of those that keep accepts.
func (v *Vocabulary) frequent(key []byte, limit int, keep func(word int) bool) []int {
	lo, hi := v.wordsWith(key)
	best := make([]int, 0, limit+1)
	for i := lo; i < hi; i++ {
		docs := v.docsOf(i)
		if len(best) == limit && docs <= v.docsOf(best[limit-1]) || !keep(i) || !v.beyondFirst(i, len(key)) {
			continue
		}
		at := len(best)
		for at > 0 && v.docsOf(best[at-1]) < docs {
			at--
		}
		best = slices.Insert(best, at, i)
		best = best[:min(len(best), limit)]
	}
	return best
}

// beyondFirst reports whether a key of n letters, with which word begins, is longer than the first word of a pair. It is true
// for what is no pair.
func (v *Vocabulary) beyondFirst(word, n int) bool {
	first, _, pair := strings.Cut(string(v.words.at(word)), " ")
	return !pair || n > len(appendKey(nil, []byte(first)))
}

// Each yields the words of the site in the order of their letters, as it writes them, with blanks in names of several words.
func (v *Vocabulary) Each(yield func(word string) bool) {
	v.open()
	for i := range v.words.len() {
		if !yield(string(v.words.at(i))) {
			return
		}
	}
}
