// Package dict is the dictionary of the Korean analyzer: the words of mecab-ko-dic, what they may stand next to and
// what it costs, packed so that a process has it at hand in a few hundredths of a second.
//
// # The file
//
// korean.dict begins with the line "chaja korean dictionary 2\n" and 8 bytes of SHA-256 over its unpacked content,
// followed by sections. Each section is its length when unpacked, its length when packed (both as uvarints) and one zstd frame. Their order is fixed, see the section
// constants. Numbers inside a section are either
//
//   - uvarints, as of encoding/binary, where most are below 128, or
//   - planes of 16-bit numbers: the low bytes of all of them, then the high bytes of all of them, which packs a fifth
//     smaller than pairs of bytes and unpacks three times as fast, because the high bytes repeat so much.
//
// Nothing in the file needs a structure per word: opening it is to unpack a section and to sum or to interleave it
// into one flat array.
//
// # The lexicon
//
// Sections labels, children, counts, triples and forms. The surfaces are a trie over UTF-16 code units (the dictionary
// has nothing outside of the basic plane). Nodes are numbered breadth first, brothers by their label, so that
// the children of a node are one range of numbers, beginning where those of the node before it end: a node needs no
// more than its label and how many children it has. The same goes for entries, the readings a surface has, which are
// stored in the order of their nodes. Finding a child is a look into a table at the root and a binary search below.
//
// An entry is a row and a column of the connection matrix, a cost, and a form. Row, column and cost come as one of
// some 42,000 distinct triples (section tripleTable).
//
// # The matrix
//
// Section matrix, row after row: the cost of a right neighbour (row, its left id) after a left neighbour (column, its
// right id). Of 2,693 x 3,822 ids in mecab-ko-dic a great many behave alike; equal rows and equal columns are merged,
// and entries carry the merged numbers. Number 0 of both is the edge of a text. Before the rows stand the number of rows
// and of columns, and two more lists of costs: of each row at the start of an eojeol and of each column at its end, if
// nothing is known of the eojeols around it but what usually ends and begins one.
//
// # Forms
//
// What a word is made of, shared by all words made alike: tag ("VV+EP") and parts, each with its own tag. A part
// covers the next Span runes of the surface (0: all that is left, as in contractions such as 됐 = 되 + 었, where
// no border lies inside the syllable). Its text is the first Keep of them and then Text. So 정진해 is the form
// {NNG+XSV+EC: 정진 span 2 keep 2; span 0 text 하; span 0 text 아}, the same as of 준비해. The section holds all tags,
// all forms (tag, number of parts), all parts (tag, span, keep, length of text), then all texts in one string.
//
// # Readings
//
// Section readings: for each entry with Hanja whose sound is known, the distance from the entry before (uvarint), and
// as many Hangul syllables as the surface has runes (uvarints counted from 가).
//
// # Characters
//
// Section chars: what to do with text of which no word is known: classes of characters, each with a tag, row, column
// and cost, and the ranges of the basic plane that belong to them.
//
// # Sounds
//
// Section sounds: two entries for common nouns, ending in a vowel and in a consonant, then a signed byte for each
// syllable: the logarithm, in sixteenths, of how much more often it is met in words from abroad than in others. The
// analyzer recognizes loanwords by it that no dictionary knows yet.
package dict

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/hangul"
)

// Entry is one reading of a surface, as the lattice sees it.
type Entry struct {
	Left  uint16 // row of the matrix: what it is to the word before it
	Right uint16 // column of the matrix: what it is to the word after it
	Cost  int16
	Form  uint16
}

// Form is what a word is made of.
type Form struct {
	tag         uint16
	first, last uint32 // its parts
}

// Part is one morpheme of a form.
type Part struct {
	Span uint8 // runes of the surface it covers; 0 for all that is left
	Keep uint8 // runes of these that begin its text
	size uint8 // bytes of what follows them
	tag  uint16
	text uint32
}

// Class says how characters unknown to the lexicon become words.
type Class struct {
	Tag    string
	Always bool // also where the lexicon knows a word
	Group  bool // a run of the class is one word
	Entry  Entry
}

// Dict is an open dictionary. It is never written to and may be shared.
type Dict struct {
	Lexicon  *Lexicon
	Lefts    int     // rows of the matrix
	Rights   int     // columns of the matrix, at most MaxRights
	Before   []int16 // by row: the cost of beginning an eojeol
	After    []int16 // by column: the cost of ending an eojeol
	LeastRow []int16 // by row: the least cost in it, edges of a text aside
	Least    []int16 // by column: the same
	Most     []int16 // by column: the greatest cost in it, edges aside
	matrix   []int16 // row after row
	Classes  []Class
	Nouns    [2]Entry // how a common noun stands to its neighbours: after a vowel, after a final consonant
	forms    []Form
	parts    []Part
	tags     []string
	texts    string
	class    []uint8
	sounds   string
	readings func() readingTable
	sum      string
}

// readingTable holds how Hanja sound: a slice of syllables for each entry in index, which is ordered by entry.
type readingTable struct {
	index     []reading
	syllables []rune
}

type reading struct{ entry, start uint32 }

// MaxRights bounds the columns of the matrix.
const MaxRights = 1 << 11

// Row returns the row of the matrix of a left id, a cost for each right id. It is as long as any matrix may be wide, so
// that an index cut to that many bits needs no check; what lies beyond Rights means nothing.
func (d *Dict) Row(left uint16) *[MaxRights]int16 {
	at := int(left) * d.Rights
	return (*[MaxRights]int16)(d.matrix[at : at+MaxRights])
}

// Form returns the form of an entry.
func (d *Dict) Form(e Entry) Form { return d.forms[e.Form] }

// Tag returns the Sejong tags of the morphemes of a form, joined by +.
func (d *Dict) Tag(f Form) string { return d.tags[f.tag] }

// Parts returns the morphemes of a form; a plain form has none.
func (d *Dict) Parts(f Form) []Part { return d.parts[f.first:f.last] }

// PartTag returns the tag of a part.
func (d *Dict) PartTag(p Part) string { return d.tags[p.tag] }

// PartText returns what follows the kept runes in a part.
func (d *Dict) PartText(p Part) string { return d.texts[p.text : p.text+uint32(p.size)] }

// Noun returns how a common noun that ends with last stands to its neighbours.
func (d *Dict) Noun(last rune) Entry {
	if hangul.HasFinal(last) {
		return d.Nouns[1]
	}
	return d.Nouns[0]
}

// ClassOf returns the class of r, an index into Classes.
func (d *Dict) ClassOf(r rune) uint8 {
	if r < 0 || int(r) >= len(d.class) {
		return d.class[0]
	}
	return d.class[r]
}

// Sound returns how much more often a syllable is met in words from abroad than in others, as a logarithm in
// sixteenths, and a value below any of these for what is no syllable.
func (d *Dict) Sound(r rune) int {
	if i := int(r - syllable); i >= 0 && i < len(d.sounds) {
		return int(int8(d.sounds[i]))
	}
	return math.MinInt16
}

// Bound reports whether a word whose first tag is this one cannot begin an eojeol: particles, endings, suffixes and
// the copula.
func Bound(tag string) bool {
	return strings.HasPrefix(tag, "J") || strings.HasPrefix(tag, "E") || strings.HasPrefix(tag, "XS") || strings.HasPrefix(tag, "VCP")
}

// Sum identifies the content of the dictionary.
func (d *Dict) Sum() string { return d.sum }

// Reading returns how the surface of an entry of the lexicon sounds, and "" where that is not declared.
func (d *Dict) Reading(entry uint32, surface string) string {
	t := d.readings()
	at, ok := slices.BinarySearchFunc(t.index, entry, func(r reading, entry uint32) int { return cmp.Compare(r.entry, entry) })
	if !ok {
		return ""
	}
	start := int(t.index[at].start)
	return string(t.syllables[start : start+utf8.RuneCountInString(surface)])
}
