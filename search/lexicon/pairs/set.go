package pairs

import (
	"encoding/json"
	"slices"
	"strings"

	"chaja/search/chars"
)

// MaxSpellings is the most other spellings of a word, so that a query cannot grow without bound.
const MaxSpellings = 8

// Set tells how else a word is written. An index keeps it as JSON. It is immutable and safe for concurrent use. The zero Set
// and nil know no word.
type Set struct {
	others map[string][]string // by chars.Key
}

// NewSet makes a set of learned pairs and of the file of the site, which may be nil. The file adds groups and takes forbidden
// pairs out. Its words come first, then those of the pairs in their order.
func NewSet(learned []Pair, user *File) *Set {
	if user == nil {
		user = &File{}
	}
	s := &Set{others: map[string][]string{}}
	forbidden := user.forbidden()
	groupOf := map[string][]string{}
	for _, group := range user.Groups {
		s.addAll(group, forbidden)
		for _, word := range group {
			groupOf[chars.Key(word)] = group
		}
	}
	for _, p := range learned { // what is learned of one word holds for all words of its group
		s.addAll(slices.Concat([]string{p.A, p.B}, groupOf[chars.Key(p.A)], groupOf[chars.Key(p.B)]), forbidden)
	}
	return s
}

func contains(group []string, word string) bool {
	return slices.ContainsFunc(group, func(w string) bool { return chars.Key(w) == chars.Key(word) })
}

func (s *Set) addAll(group []string, forbidden map[pairKey]bool) {
	for _, a := range group {
		for _, b := range group {
			key := pairKey{chars.Key(a), chars.Key(b)}
			if key.a == key.b || forbidden[key] || len(s.others[key.a]) >= MaxSpellings || contains(s.others[key.a], b) {
				continue
			}
			s.others[key.a] = append(s.others[key.a], b)
		}
	}
}

// Of returns the other spellings of a word or of a name of several words, the best first, at most MaxSpellings. Blanks,
// hyphens, case and width do not matter. The caller must not change the slice.
func (s *Set) Of(word string) []string {
	if s == nil {
		return nil
	}
	return s.others[chars.Key(word)]
}

// OfWords returns how a name of several words is written when each of them is in another spelling, its first one: 스프링 부트
// for spring boot, where only its words are in pairs. It is nil where one of the words has none.
func (s *Set) OfWords(name string) []string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return nil
	}
	for i, word := range words {
		others := s.Of(word)
		if len(others) == 0 || strings.Contains(others[0], " ") {
			return nil
		}
		words[i] = others[0]
	}
	return []string{strings.Join(words, " ")}
}

// MarshalJSON encodes the set as an object from keys to spellings.
func (s *Set) MarshalJSON() ([]byte, error) { return json.Marshal(s.others) }

// UnmarshalJSON decodes what MarshalJSON gave.
func (s *Set) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &s.others) }
