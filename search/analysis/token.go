// Package analysis cuts text into the tokens that are indexed and searched. One Analyzer serves the index, the
// query and the excerpts, so that the same text gives the same terms everywhere.
package analysis

// Token is one term of a text and where it came from.
type Token struct {
	Term     string `json:"term"`
	Start    int    `json:"start"` // byte range of the surface in the text given to the analyzer
	End      int    `json:"end"`
	Position int    `json:"position"`      // ordinal in its lane; tokens of one position are alternatives, and a phrase needs successive positions
	POS      string `json:"pos,omitempty"` // part of speech (Sejong tag set) where known
	Lane     Lane   `json:"lane"`
	Whole    bool   `json:"whole,omitempty"` // its parts follow it, inside its byte range: a compound, an identifier, a number with its unit
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
func (l Lane) String() string {
	if l == Bigram {
		return "bigram"
	}
	return "morpheme"
}

// MarshalText makes a lane a word in JSON.
func (l Lane) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// KoreanAnalyzer cuts Korean text into morphemes.
type KoreanAnalyzer interface {
	// Morphemes appends the content morphemes of text to dst in order: particles, endings and other function
	// words are left out, predicates are stems. Text is NFC: words of Hangul and
	// Hanja, single blanks between them.
	// Safe for concurrent use.
	Morphemes(dst []KoreanMorpheme, text string) []KoreanMorpheme

	// Version identifies the rules and the dictionary; it changes when the same text may give other morphemes.
	Version() string
}

// KoreanMorpheme is one content morpheme of a text.
type KoreanMorpheme struct {
	Term       string // dictionary form
	POS        string // Sejong part-of-speech tag, such as NNG
	Start, End int    // byte range in the text given
	Whole      bool   // a compound whose parts follow it in the list; it shares the position of its first part
}
