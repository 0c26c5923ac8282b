package match

import "chaja/search/ranking"

// Word is a word or phrase of the query that scores, in all its variants. The first is the word as typed. The score is that
// of the variant that counts most in a document.
type Word []Variant

// Variant is one way in which a word may stand in a document.
type Variant struct {
	Text  string // one word or several, which then stand in this order
	Kind  VariantKind
	Terms []int // those that score. Of the word as typed they are those that score for no other word
}

// VariantKind says where a variant comes from.
type VariantKind uint8

// The kinds.
const (
	AsTyped         VariantKind = iota
	Pair                        // the word in another script or spelling
	Spacing                     // with blanks, or without
	Prefix                      // what a half-typed word may become
	Initials                    // what initial consonants may stand for: as many words as were typed
	InitialsAcross              // the same: more words
	InitialsInside              // the same: not from the beginning of a word on
	Transliteration             // a word of the site in the other script that sounds alike
)

// Factor is what a variant counts against the word as typed, from 0 to 1.
func (k VariantKind) Factor() float64 {
	return [...]float64{
		AsTyped: 1, Pair: ranking.Pair, Spacing: ranking.Spacing, Prefix: ranking.Prefix, Initials: ranking.Initials,
		InitialsAcross: ranking.InitialsAcross, InitialsInside: ranking.InitialsInside,
		Transliteration: ranking.Transliteration,
	}[k]
}

// IsSameWord reports whether a variant is another way to write the word as typed. A pair and a transliteration
// are other words: documents with the word as typed come first.
func (k VariantKind) IsSameWord() bool { return k != Pair && k != Transliteration }
