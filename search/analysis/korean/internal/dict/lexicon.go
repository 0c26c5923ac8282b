package dict

import (
	"errors"
	"fmt"
	"slices"
	"unicode/utf16"
)

// Word is a surface and its readings, the input of NewLexicon.
type Word struct {
	Surface string
	Entries []Entry
}

// Lexicon finds the words that begin at a place of a text. Walk it rune by rune from Root.
type Lexicon struct {
	nodes   []node // and one more, at which children and entries of the last one end
	entries []Entry
	first   []uint32 // child of the root by label, 0 where there is none
}

// node packs what is looked at together: the label of a node (16 bits) and the numbers of its first child and of its
// first entry (24 bits each). Both end where those of the next node begin.
type node uint64

const nodeBits = 24

func newNode(label uint16, child, entry uint32) node {
	return node(label) | node(child)<<16 | node(entry)<<(16+nodeBits)
}

func (n node) label() uint16 { return uint16(n) }
func (n node) child() uint32 { return uint32(n>>16) & (1<<nodeBits - 1) }
func (n node) entry() uint32 { return uint32(n >> (16 + nodeBits)) }

// Root is the node at which every walk begins. No step leads to it.
const Root uint32 = 0

// Step returns the child of a node by r, or Root where no word goes on like that.
func (l *Lexicon) Step(node uint32, r rune) uint32 {
	if uint32(r) > 0xffff {
		return Root
	}
	label := uint16(r)
	if node == Root {
		return l.first[label]
	}
	lo, hi := l.nodes[node].child(), l.nodes[node+1].child()
	if lo == hi {
		return Root
	}
	brothers := l.nodes[lo:hi]
	at := 0
	for n := len(brothers); n > 1; { // a binary search without a branch to mispredict
		half := n / 2
		if brothers[at+half].label() <= label {
			at += half
		}
		n -= half
	}
	if brothers[at].label() != label {
		return Root
	}
	return lo + uint32(at)
}

// Entries returns the readings of the word that ends at a node, and the number of the first of them.
func (l *Lexicon) Entries(node uint32) (entries []Entry, first uint32) {
	first = l.nodes[node].entry()
	return l.entries[first:l.nodes[node+1].entry()], first
}

// Count returns how many readings the word that ends at a node has.
func (l *Lexicon) Count(node uint32) int { return int(l.nodes[node+1].entry() - l.nodes[node].entry()) }

// Entry returns the entry of a number.
func (l *Lexicon) Entry(n uint32) Entry { return l.entries[n] }

// index builds the table of the root's children.
func (l *Lexicon) index() {
	l.first = make([]uint32, 1<<16)
	for n := l.nodes[0].child(); n < l.nodes[1].child(); n++ {
		l.first[l.nodes[n].label()] = n
	}
}

type word struct {
	key     []uint16
	entries []Entry
}

// NewLexicon builds a lexicon of words. It fails on empty and repeated surfaces, and on runes outside of the basic
// plane.
func NewLexicon(words []Word) (*Lexicon, error) {
	keys, err := sortedWords(words)
	if err != nil {
		return nil, err
	}
	type span struct {
		lo, hi, depth int
		label         uint16
	}
	l := &Lexicon{}
	spans := []span{{hi: len(keys)}}
	for n := 0; n < len(spans); n++ {
		s := spans[n]
		entry := uint32(len(l.entries))
		if s.lo < s.hi && len(keys[s.lo].key) == s.depth {
			l.entries = append(l.entries, keys[s.lo].entries...)
			s.lo++
		}
		l.nodes = append(l.nodes, newNode(s.label, uint32(len(spans)), entry))
		for lo := s.lo; lo < s.hi; {
			hi, label := lo+1, keys[lo].key[s.depth]
			for hi < s.hi && keys[hi].key[s.depth] == label {
				hi++
			}
			spans = append(spans, span{lo, hi, s.depth + 1, label})
			lo = hi
		}
	}
	if max(len(spans), len(l.entries)) >= 1<<nodeBits {
		return nil, fmt.Errorf("%d nodes and %d entries: too many", len(spans), len(l.entries))
	}
	l.nodes = append(l.nodes, newNode(0, uint32(len(spans)), uint32(len(l.entries))))
	l.index()
	return l, nil
}

func sortedWords(words []Word) ([]word, error) {
	keys := make([]word, 0, len(words))
	for _, w := range words {
		var key []uint16
		for _, r := range w.Surface {
			if r > 0xffff {
				return nil, fmt.Errorf("word %q: %U is outside of the basic plane", w.Surface, r)
			}
			key = append(key, uint16(r))
		}
		if len(key) == 0 {
			return nil, errors.New("empty word")
		}
		keys = append(keys, word{key, w.Entries})
	}
	slices.SortFunc(keys, func(a, b word) int { return slices.Compare(a.key, b.key) })
	for i := 1; i < len(keys); i++ {
		if slices.Compare(keys[i-1].key, keys[i].key) == 0 {
			return nil, fmt.Errorf("word %q: twice", string(utf16.Decode(keys[i].key)))
		}
	}
	return keys, nil
}
