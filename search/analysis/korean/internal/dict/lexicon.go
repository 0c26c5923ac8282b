package dict

import (
	"errors"
	"fmt"
	"slices"
)

// Word is a surface and its readings, the input of NewLexicon.
type Word struct {
	Surface string
	Entries []Entry
}

// Lexicon finds the words that begin at a place of a text. Walk it rune by rune from Root.
type Lexicon struct {
	labels  []uint16 // by node
	nodes   []place  // where children and entries of a node begin; they end where those of the next node begin
	entries []Entry
	first   []uint32 // child of the root by label, 0 where there is none
}

// place is the number of the first child and of the first entry of a node, side by side because both are looked at.
type place struct{ child, entry uint32 }

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
	lo, hi := l.nodes[node].child, l.nodes[node+1].child
	for lo < hi {
		mid := (lo + hi) / 2
		switch at := l.labels[mid]; {
		case at == label:
			return mid
		case at < label:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return Root
}

// Entries returns the readings of the word that ends at a node, and the number of the first of them.
func (l *Lexicon) Entries(node uint32) (entries []Entry, first uint32) {
	first = l.nodes[node].entry
	return l.entries[first:l.nodes[node+1].entry], first
}

// Entry returns the entry of a number.
func (l *Lexicon) Entry(n uint32) Entry { return l.entries[n] }

// index builds the table of the root's children.
func (l *Lexicon) index() {
	l.first = make([]uint32, 1<<16)
	for n := l.nodes[0].child; n < l.nodes[1].child; n++ {
		l.first[l.labels[n]] = n
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
	type span struct{ lo, hi, depth int }
	l := &Lexicon{labels: []uint16{0}}
	spans := []span{{0, len(keys), 0}}
	for n := 0; n < len(spans); n++ {
		s := spans[n]
		here := place{entry: uint32(len(l.entries))}
		if s.lo < s.hi && len(keys[s.lo].key) == s.depth {
			l.entries = append(l.entries, keys[s.lo].entries...)
			s.lo++
		}
		here.child = uint32(len(spans))
		l.nodes = append(l.nodes, here)
		for lo := s.lo; lo < s.hi; {
			hi, label := lo+1, keys[lo].key[s.depth]
			for hi < s.hi && keys[hi].key[s.depth] == label {
				hi++
			}
			spans = append(spans, span{lo, hi, s.depth + 1})
			l.labels = append(l.labels, label)
			lo = hi
		}
	}
	l.nodes = append(l.nodes, place{uint32(len(spans)), uint32(len(l.entries))})
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
			return nil, fmt.Errorf("word %q: twice", string(runes(keys[i].key)))
		}
	}
	return keys, nil
}

func runes(key []uint16) []rune {
	out := make([]rune, len(key))
	for i, u := range key {
		out[i] = rune(u)
	}
	return out
}
