package pairs

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/chars"
	"chaja/search/hangul"
)

// Only long words that differ in few vowels are taken for spellings of one word.
const (
	minDriftSounds = 6
	maxDriftVowels = 2
)

// driftingVowels are the pairs of vowels that stand for each other in spellings of a loanword.
const driftingVowels = "ㅐㅔ ㅏㅓ ㅏㅐ ㅏㅔ ㅓㅗ ㅓㅐ ㅓㅔ ㅏㅗ ㅔㅣ ㅐㅣ ㅕㅓ ㅑㅏ ㅛㅗ ㅠㅜ ㅖㅔ ㅞㅔ ㅟㅣ ㅚㅔ ㅙㅐ"

// drifted reports whether two Hangul words sound the same but for few vowels, each a pair of driftingVowels: 어너테이션 and
// 애너테이션, 아키텍쳐 and 아키텍처.
func drifted(a, b string) bool {
	left, right := []rune(a), []rune(b)
	if len(left) != len(right) {
		return false
	}
	changes := 0
	for i := range left {
		initialA, vowelA, finalA := hangul.Split(left[i])
		initialB, vowelB, finalB := hangul.Split(right[i])
		if initialSounds.of(initialA) != initialSounds.of(initialB) || finalSounds.of(finalA) != finalSounds.of(finalB) {
			return false
		}
		if vowelA == vowelB {
			continue
		}
		if changes++; !wavers(vowelA, vowelB) || changes > maxDriftVowels {
			return false
		}
	}
	return true
}

// minDriftSyllables is the fewest syllables of a word that may be a loanword though it sounds Korean: 메세지.
const minDriftSyllables = 3

// Confusable reports whether two Hangul words, long ones or loanwords, are heard alike or differ by wavering vowels, so that
// one is often written for the other: 도매인 for 도메인.
func Confusable(a, b string) bool {
	if utf8.RuneCountInString(a) < minDriftSyllables && !soundsForeign(a) {
		return false
	}
	return sound(a) == sound(b) || drifted(a, b)
}

func wavers(a, b rune) bool {
	return strings.Contains(driftingVowels, string(a)+string(b)) || strings.Contains(driftingVowels, string(b)+string(a))
}

// spellings pairs the Korean spellings of each Latin word that the site uses.
func spellings(found map[pairKey]*learned) []Pair {
	byLatin := map[string][]*learned{}
	byKey := func(x, y pairKey) int { return cmp.Or(strings.Compare(x.a, y.a), strings.Compare(x.b, y.b)) }
	for _, key := range slices.SortedFunc(maps.Keys(found), byKey) {
		byLatin[key.b] = append(byLatin[key.b], found[key])
	}
	seen := map[pairKey]bool{}
	var result []Pair
	for _, latin := range slices.Sorted(maps.Keys(byLatin)) {
		group := byLatin[latin]
		for i, a := range group {
			for _, b := range group[i+1:] {
				key := pairKey{chars.Key(a.A), chars.Key(b.A)}
				if key.a == key.b || seen[key] || !alike(a.A, b.A) {
					continue
				}
				seen[key] = true
				p := Pair{A: a.A, B: b.A, Count: min(a.Count, b.Count)}
				for _, e := range slices.Concat(a.Evidence[:1], b.Evidence[:1]) {
					p.Evidence = append(p.Evidence, Evidence{e.Path, Spelling})
				}
				result = append(result, p)
			}
		}
	}
	return result
}

// alike reports whether two words with the same Latin word are spellings of it: then they have the same consonants. The
// singular and the plural have not, nor have two parts of a name.
func alike(a, b string) bool { return consonants(sound(a)) == consonants(sound(b)) }
