package pairs

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/chars"
)

// The shortest rest of a compound that is a word.
const (
	minRestSyllables = 2
	minRestLetters   = 3
)

// addRests adds what is left of compounds whose first or last words are a pair, too: where 스프링부트 is springboot and 스프링
// is spring, 부트 is boot, if it sounds so.
func addRests(found map[pairKey]*learned) {
	byHangul := map[string][]string{} // keys in Latin letters
	for key := range found {
		byHangul[key.a] = append(byHangul[key.a], key.b)
	}
	byKey := func(x, y pairKey) int { return cmp.Or(strings.Compare(x.a, y.a), strings.Compare(x.b, y.b)) }
	for _, key := range slices.SortedFunc(maps.Keys(found), byKey) {
		compound := found[key]
		for at := range key.a {
			head, tail := key.a[:at], key.a[at:]
			for _, latin := range byHangul[head] {
				if rest, ok := strings.CutPrefix(key.b, latin); ok {
					addRest(found, compound, tail, rest)
				}
			}
			for _, latin := range byHangul[tail] {
				if rest, ok := strings.CutSuffix(key.b, latin); ok {
					addRest(found, compound, head, rest)
				}
			}
		}
	}
}

// addRest adds a pair that a compound has in it, unless it is known or does not sound alike.
func addRest(found map[pairKey]*learned, compound *learned, korean, latin string) {
	if utf8.RuneCountInString(korean) < minRestSyllables || len(latin) < minRestLetters {
		return
	}
	key := pairKey{chars.Key(korean), chars.Key(latin)}
	far := newLatin(latin).farness(sound(korean), maxFarStated)
	if found[key] != nil || far > maxFarStated {
		return
	}
	found[key] = &learned{Pair: Pair{A: korean, B: latin, Count: compound.Count, Evidence: compound.Evidence}, far: far}
}
