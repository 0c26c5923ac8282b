package pairs

import (
	"iter"
	"strings"

	"chaja/search/hangul"
)

// Alike finds the word of a site that is heard like a word of the other script which the site lacks: Tip for 팁. Nobody has stated
// such a pair, so it must be heard nearly without a doubt (strict.go). It is immutable and safe for concurrent use.
//
// The words are looked up by their skeleton, and only those are compared that have the consonants: of 20,000 words a dozen.
type Alike struct {
	hangul, latin map[string][]bony // by skeleton
}

// bony is a word and its consonants.
type bony struct {
	name       string // as the site writes it, in lower case: a blank may be between two words
	word       string // without that
	consonants string // of Hangul: their classes in order
	has, needs uint8  // of Hangul the set of these; of letters those that they may be heard as, and that they surely are
	vowels     uint8  // in a row count as one
}

// The words that are compared.
const (
	minAlike       = 3   // letters of a Latin word, and sounds of one of Hangul
	maxAlikeLatin  = 20  // letters
	maxAlikeHangul = 10  // syllables
	maxCompared    = 250 // words of the site for one word, which takes a millisecond or two
)

// The greatest distance by sound, see farness, and how much farther the next word must be.
const (
	maxFarAlike = 1
	maxFarLong  = 3 // of a word of many consonants
	alikeMargin = 2

	manyConsonants = 5 // of any word; one less, of a word of manyLetters
	manyLetters    = 8
)

// NewAlike makes an index of the words of a site. It takes a few microseconds for each.
func NewAlike(words iter.Seq[string]) *Alike {
	a := &Alike{map[string][]bony{}, map[string][]bony{}}
	for name := range words {
		name = strings.ToLower(name)
		word := strings.Replace(name, " ", "", 1)
		switch {
		case isAlikeHangul(word):
			sounds := sound(word)
			key, b := skeleton(sounds), newBony(word, sounds)
			b.name = name
			a.hangul[key] = append(a.hangul[key], b)
		case isAlikeLatin(word):
			key, b := latinSkeleton(word), newBonyLatin(word)
			b.name = name
			a.latin[key] = append(a.latin[key], b)
			if other := latinSkeleton(singular(word)); other != key {
				a.latin[other] = append(a.latin[other], b)
			}
		}
	}
	return a
}

// isAlikeHangul reports whether a word of Hangul is to be compared: it can be a loanword by its syllables, and has a sound that is
// rare in Korean words, or begins as none does, or is long.
func isAlikeHangul(word string) bool {
	if len(word) > maxAlikeHangul*len("가") || !hangul.IsComposed(word) || !isForeign(word) {
		return false
	}
	s := sound(word)
	return len(s) >= minAlike && (strings.ContainsAny(s, "ktpx") || s[0] == 'r' || len(s) >= foreignSounds || strings.Contains(s, "sy"))
}

func isAlikeLatin(word string) bool {
	return len(word) >= minAlike && len(word) <= maxAlikeLatin && isName(word) && strings.ContainsAny(word, "aeiouy")
}

// Of returns the word of the site in the other script that is heard like a word without blanks, lower-cased; "" where none or several
// are.
func (a *Alike) Of(word string) string {
	word = strings.ToLower(word)
	switch {
	case isAlikeHangul(word):
		sounds := sound(word)
		typed := newBony(word, sounds)
		return nearest(a.latin[skeleton(sounds)],
			func(other bony) bool {
				return typed.mayBe(other) && plausible(word, other.word) && agreeOnE(word, other.word)
			},
			func(other string) int { return farAlike(other, sounds) })
	case isAlikeLatin(word):
		typed := newBonyLatin(word)
		return nearest(a.hangul[latinSkeleton(word)],
			func(other bony) bool {
				return other.mayBe(typed) && plausible(other.word, word) && agreeOnE(other.word, word)
			},
			func(other string) int { return farAlike(word, sound(other)) })
	}
	return ""
}

// nearest returns the word that is least far, if no other one is nearly as near, but for its plural. Of words that are no
// candidates far is not asked; of the others it is for maxCompared.
func nearest(words []bony, candidate func(other bony) bool, far func(other string) int) string {
	best, named, least, next, compared := "", "", tooFar, tooFar, 0
	for _, other := range words {
		if !candidate(other) {
			continue
		}
		if compared++; compared > maxCompared {
			break
		}
		f := far(other.word)
		same := singular(other.word) == singular(best) || best != "" && hangul.IsComposed(best) && Confusable(other.word, best)
		switch {
		case f < least:
			if !same {
				next = least
			}
			best, named, least = other.word, other.name, f
		case !same:
			next = min(next, f)
		}
	}
	if least > maxFarAlike || next-least < alikeMargin {
		return ""
	}
	return named
}

// farAlike is the distance of letters and sounds, tooFar where these are too few to tell or end otherwise.
func farAlike(word, sounds string) int {
	if strings.HasSuffix(word, "ies") && strings.HasSuffix(sounds, "sx") {
		return tooFar // 크리스 is no queries
	}
	n := countConsonants(sounds)
	brief := n < 3 || n == 3 && len(word) < 6 || len(word) < 5
	if n < 2 || n < 4 && len(word) == 5 || !endAlike(singular(word), sounds) || brief && !stopsAlike(word, sounds) {
		return tooFar
	}
	l := newLatin(word)
	l.readStrictly(brief)
	switch {
	case brief:
		return l.farness(sounds, 0)
	case n >= manyConsonants || len(word) >= manyLetters && n+1 >= manyConsonants:
		return max(0, l.farness(sounds, maxFarLong+alikeMargin)-maxFarLong+maxFarAlike)
	}
	return l.farness(sounds, maxFarAlike+alikeMargin)
}
