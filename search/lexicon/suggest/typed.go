package suggest

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chaja/search/chars"
	"chaja/search/hangul"
)

// typed is what a person has typed so far, prepared for the ways in which texts are found.
type typed struct {
	text    string
	key     []byte  // of all of it
	words   []typed // the different words, if there are several; they have no words themselves
	pattern []byte  // the key, with rest behind each consonant that stands for a syllable
	initial []byte  // the initials of the units, as texts store them
	units   int     // syllables and characters
	abbrev  bool    // consonants in it stand for syllables
}

// clean returns what of q is looked at.
func clean(q string) string {
	q = strings.TrimSpace(norm.NFC.String(strings.ToValidUTF8(q, "")))
	return q[:chars.Start(q, min(len(q), maxQuery))]
}

// keyOf returns the key of what was typed.
func keyOf(q string) []byte { return appendKey(nil, []byte(clean(q))) }

func readTyped(q string) typed {
	q = clean(q)
	t := typed{text: q, key: appendKey(nil, []byte(q))}
	if words := strings.Fields(q); len(words) > 1 {
		for _, word := range words {
			w := readTyped(word)
			known := slices.ContainsFunc(t.words, func(other typed) bool { return bytes.Equal(other.key, w.key) })
			if len(w.key) > 0 && !known && len(t.words) < maxWords {
				t.words = append(t.words, w)
			}
		}
	}
	t.abbrev = hangul.IsPattern(q)
	w := walker{text: []byte(q)}
	for u, ok := w.next(); ok; u, ok = w.next() {
		letters := u.appendKey(nil)
		t.units++
		if u.class == loneLetter {
			t.units += len(letters) - 1 // ㅄ stands for two syllables
		}
		t.initial = append(t.initial, letters[:u.initial()]...)
		for _, letter := range letters {
			t.pattern = append(t.pattern, letter)
			if t.abbrev && u.class == loneLetter {
				t.pattern = append(t.pattern, rest)
			}
		}
	}
	return t
}

// isPattern reports whether consonants stand for syllables, and not only one for the syllable that is being typed.
func (t *typed) isPattern() bool { return t.abbrev && t.units > 1 }

// hasPattern reports whether one of several words is a pattern.
func (t *typed) hasPattern() bool {
	return slices.ContainsFunc(t.words, func(word typed) bool { return word.isPattern() })
}

// phoneKeys are the consonants that share a key on a phone (천지인). There ㅋ is ㄱ pressed twice, so that 칵 comes before 카ㅋ.
var phoneKeys = [...]string{"ㄱㅋㄲ", "ㄴㄹ", "ㄷㅌㄸ", "ㅂㅍㅃ", "ㅅㅎㅆ", "ㅈㅊㅉ", "ㅇㅁ"}

// skippable are the finals that may be missing before the letter that was typed last.
const skippable = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎㅆ"

// loose returns the keys that may have been meant, if the last syllable has a single final: the key of a phone was not
// pressed often enough (칵 for 카ㅋ), or the final was forgotten and this letter is the initial of the next syllable (뱈 for
// 뱅ㅋ). They are at most 17.
func (t *typed) loose() [][]byte {
	last, _ := utf8.DecodeLastRuneInString(t.text)
	if !hangul.HasFinal(last) {
		return nil
	}
	letters := hangul.AppendLetters(nil, last)
	_, _, final := hangul.Split(last)
	if letters[len(letters)-1] != final {
		return nil // a compound final takes two keys, which nobody presses by mistake
	}
	head := t.key[:len(t.key)-1]
	var keys [][]byte
	for _, group := range phoneKeys {
		if before, after, ok := strings.Cut(group, string(final)); ok && before == "" {
			for _, r := range after {
				keys = append(keys, append(head[:len(head):len(head)], jamoByte(r)))
			}
		}
	}
	for _, r := range skippable {
		keys = append(keys, append(head[:len(head):len(head)], jamoByte(r), jamoByte(final)))
	}
	return keys
}
