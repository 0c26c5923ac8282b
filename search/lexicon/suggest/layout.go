package suggest

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/chars"
	"chaja/search/hangul"
)

// maxReadings is the most readings of a word: as typed, and on the other layout with and without caps lock.
const maxReadings = 3

// maxSplit is the most characters of a word that may be typed on two layouts, such as a name and the particles behind it. It
// bounds how often the vocabulary is asked.
const maxSplit = 40

// otherLayout finds texts and terms by step 4: all that was typed on the other layout, then word by word. A word stays as it
// was typed if a word of the site begins with it. If one begins with it on the other layout too, the other words decide.
// Several words, and vowels that stand alone, are not looked for inside of words, as another pass over all texts takes
// longer than all the rest.
func (v *Vocabulary) otherLayout(t typed, limit int) []Suggestion {
	asTyped := keyWords(t.text)
	if !t.abbrev {
		for _, other := range hangul.OtherLayout(t.text) {
			t := readTyped(other)
			steps := v.steps()
			if len(asTyped) > 1 && !isInitials(t) || strings.ContainsFunc(other, hangul.IsVowel) {
				steps = []step{v.begins, v.loosely}
			}
			if found := v.complete(t, limit, steps); len(found) > 0 {
				return found
			}
		}
	}
	words, changed := v.readings(asTyped)
	if !changed {
		return nil
	}
	first := make([]string, len(words))
	for i, readings := range words {
		first[i] = readings[0].text
	}
	found := v.complete(readTyped(strings.Join(first, " ")), limit, []step{v.begins, v.loosely})
	if len(found) > 0 || len(words) < 2 {
		return found
	}
	a := newAnswer(v, limit)
	v.together(a, words)
	a.take()
	return a.list
}

// keyWords returns the words of what was typed, at most maxWords.
func keyWords(text string) []string {
	words := slices.DeleteFunc(chars.Words(text), func(word string) bool { return len(appendKey(nil, []byte(word))) == 0 })
	return words[:min(len(words), maxWords)]
}

// readings returns the readings of each word, at least one, and whether a word has another reading than as it was typed. If
// all words are consonants, they stand for syllables and not for Latin letters: ㅁㅅ is not at.
func (v *Vocabulary) readings(words []string) (all [][]typed, changed bool) {
	initials := true
	for _, word := range words {
		t := readTyped(word)
		initials = initials && isInitials(t)
		readings := v.readingsOf(word, t)
		all, changed = append(all, readings), changed || len(readings) > 1 || readings[0].text != word
	}
	return all, changed && !initials
}

func isInitials(t typed) bool { return t.abbrev && len(t.initial) == len(t.key) }

// readingsOf returns the readings of a word with which a word of the site begins: as typed, then on the other layout, then as
// a pattern. If there is none, it is the word with one part on the other layout (JWTdml for JWT의). A word that the site has
// in no way is read on the other layout.
func (v *Vocabulary) readingsOf(word string, asTyped typed) []typed {
	var readings []typed
	if v.begun(asTyped) {
		readings = append(readings, asTyped)
	}
	others := hangul.OtherLayout(word)
	for _, other := range others {
		if t := readTyped(other); v.begun(t) {
			readings = append(readings, t)
		}
	}
	if asTyped.isPattern() && !v.begun(asTyped) {
		readings = append(readings, asTyped)
	}
	switch {
	case len(readings) > 0:
		return readings[:min(len(readings), maxReadings)]
	case len(others) == 0:
		return []typed{asTyped}
	}
	if t, ok := v.split(word); ok {
		return []typed{t}
	}
	return []typed{readTyped(others[len(others)-1])}
}

// split reads a word of which the name, or what follows the name, was typed on the other layout. The longest name comes first.
func (v *Vocabulary) split(word string) (typed, bool) {
	runes := []rune(word)
	if len(runes) > maxSplit {
		return typed{}, false
	}
	toLatin := strings.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf })
	head := func(n int) string {
		if toLatin {
			return hangul.ToLatin(string(runes[:n]))
		}
		return string(runes[:n])
	}
	n := 1
	for n < len(runes) && v.knows(appendKey(nil, []byte(head(n)))) {
		n++
	}
	for n--; n > 0; n-- {
		tails := []string{string(runes[n:])}
		if !toLatin {
			tails = hangul.OtherLayout(tails[0])
		}
		for _, tail := range tails {
			if t := readTyped(head(n) + tail); v.begun(t) {
				return t, true
			}
		}
	}
	return typed{}, false
}

// begun reports whether a word of the site begins with what was typed. Only its last letter may stand alone.
func (v *Vocabulary) begun(t typed) bool {
	alone := bytes.IndexByte(t.pattern, rest)
	return (alone < 0 || alone == len(t.pattern)-1) && v.knows(t.key)
}

// knows reports whether a word of the site begins with key.
func (v *Vocabulary) knows(key []byte) bool {
	lo, hi := v.startsWith(key)
	if lo == hi {
		lo, hi = v.wordsWith(key)
	}
	return lo < hi
}
