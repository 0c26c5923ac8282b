package pairs

import (
	"encoding/json"
	"slices"

	"chaja/search/chars"
)

const (
	// MaxWords is the most words of one name that pairs are learned for (amazon web services), and so the most words
	// of a query worth asking for together.
	MaxWords = maxRange

	// MaxSpellings is the most other spellings a word has, so that a query cannot grow without bound.
	MaxSpellings = 8
)

// Set answers how else a word is written. It encodes as JSON, the form in which an index keeps it. A Set does not
// change, and is safe for concurrent use; the zero value and nil know nothing.
type Set struct {
	others map[string][]string // by chars.Key
}

// NewSet makes a set of learned pairs and, unless it is nil, of the file of the site, which adds groups and takes
// forbidden pairs out. What the file says comes first, then the pairs in their order.
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
	for _, p := range learned { // a group passes on what its words are learned to be
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

// Of returns the other spellings of a word, or of a name of several, the best first, at most MaxSpellings; blanks,
// hyphens, case and width do not matter. The slice belongs to the set and must not be changed.
func (s *Set) Of(word string) []string {
	if s == nil {
		return nil
	}
	return s.others[chars.Key(word)]
}

// MarshalJSON encodes the set as an object from keys to spellings.
func (s *Set) MarshalJSON() ([]byte, error) { return json.Marshal(s.others) }

// UnmarshalJSON decodes what MarshalJSON gave.
func (s *Set) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &s.others) }
