// Package analysis cuts text into the tokens that are indexed and searched. One Analyzer serves the index, the
// query and the excerpts, so that the same text gives the same terms everywhere.
package analysis

// Token is one term of a text and where it came from.
type Token struct {
	Term     string `json:"term"`
	Start    int    `json:"start"` // byte range of the surface in the text given to the analyzer
	End      int    `json:"end"`
	Position int    `json:"position"`      // ordinal in its lane; tokens of one position are alternatives, and a phrase needs successive positions
	POS      string `json:"pos,omitempty"` // part of speech as the dictionary names it, for people to read; programs ask Class
	Lane     Lane   `json:"lane"`
	Whole    bool   `json:"whole,omitempty"` // its parts follow it, inside its byte range: a compound, an identifier, a number with its unit
	Class    Class  `json:"-"`
}

// Class says what a word is to a search, in whatever language.
type Class uint8

// The classes.
const (
	Unknown     Class = iota // no dictionary was asked: a word of a script without one, or of several scripts
	Noun                     // also a name, a root, and a numeral in letters
	Pronoun                  // stands for any noun, and says nothing of a subject
	Number                   // in digits
	Predicate                // the stem of a verb or an adjective
	Copula                   // the verb that only makes a sentence of a noun (이다)
	Conjunction              // joins sentences (그리고)
	Function                 // a particle or an ending
	BoundNoun                // stands behind another word only (것, 개)
	Grammatical              // a light verb, an interrogative, a determiner or another word that carries no subject
	Other                    // adverbs, affixes, signs
)

// IsNominal reports whether a word of this class can stand for a thing: it is a noun or a pronoun, or nothing is known of it.
func (c Class) IsNominal() bool {
	return c == Noun || c == Pronoun || c == BoundNoun || c == Unknown
}

// IsGrammar reports whether a word of this class only carries grammar.
func (c Class) IsGrammar() bool {
	switch c {
	case Pronoun, Copula, Conjunction, Function, BoundNoun, Grammatical:
		return true
	}
	return false
}

// Lanes is the number of lanes.
const Lanes = 2

// Lane is one of the two ways in which a text is cut. Each is a field of its own in the index: morphemes are
// precise, bigrams still find what the dictionary does not know, and together they beat either alone.
type Lane uint8

// The lanes.
const (
	Morpheme Lane = iota // words in their dictionary form, compounds also in parts
	Bigram               // pairs of Hangul syllables; words of other scripts as they stand, lower-cased
)

// String returns the name of the lane as it appears in output and in field names.
func (l Lane) String() string { return [Lanes]string{"morpheme", "bigram"}[l] }

// MarshalText makes a lane a word in JSON.
func (l Lane) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// Letter stands for a word of letters in front of a text that a morphological analyzer reads.
const Letter = 'x'

// MorphologicalAnalyzer cuts the words of one language into morphemes. It is safe for concurrent use.
type MorphologicalAnalyzer interface {
	// Scripts returns the scripts of the language: first its own, then those that its words share with other languages.
	Scripts() []Script

	// Morphemes appends the content morphemes of text to dst in order: particles, endings and other function
	// words are left out, predicates are stems. Text is in NFC: words of these scripts and the digits in them,
	// single blanks between them. A text that touches a word of letters (the 란 of JPA란) has Letter in place of
	// that word: it is a noun, and what follows it is mostly a particle.
	Morphemes(dst []Morph, text string) []Morph

	// IsInflected reports whether a word that Morphemes takes for a noun is the form of another word all the same.
	IsInflected(word string) bool

	// IsPredicate reports whether a word is the stem of a verb or adjective; it may be a noun as well.
	IsPredicate(word string) bool

	// IsWord reports whether the dictionary has a common noun that is written so.
	IsWord(word string) bool

	// IsName reports whether the dictionary has a name that is written so.
	IsName(word string) bool

	// IsSuffix reports whether text is a suffix of nouns, which is no word there.
	IsSuffix(text string) bool

	// IsPlural reports whether what follows a noun begins with a plural.
	IsPlural(ending string) bool

	// Version identifies the rules and the dictionary; it changes when the same text may give other morphemes.
	Version() string
}

// Morph is one content morpheme of a text.
type Morph struct {
	Term       string // dictionary form
	POS        string // as the dictionary names it
	Start, End int    // byte range in the text given
	Whole      bool   // a compound whose parts follow it in the list; it shares the position of its first part
	Class      Class  // never Unknown
}
