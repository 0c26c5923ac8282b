package korean

import (
	"math"
	"slices"

	"chaja/search/analysis/korean/internal/dict"
)

// source tells where a node of the lattice comes from, and so what its entry number counts.
type source uint8

const (
	fromLexicon source = iota // entries of the dictionary
	fromUser                  // entries of the user words
	fromClass                 // character classes: a run of characters no word begins with
	fromSound                 // forms of loanwords
)

// sourceShift leaves 30 bits to the number of an entry.
const sourceShift = 30

// way is the cost of the best way from the start of the text to the end of a word (the high half) and the number of a
// node (the low half): the least of some ways is the cheapest, and of equal ones the one met first, without a branch.
type way int64

const unreached way = math.MaxInt64

func (w way) plus(cost int16) way  { return w + way(cost)<<32 }
func (w way) node() int32          { return int32(uint32(w)) }
func (w way) through(node int) way { return w&^math.MaxUint32 | way(node) }

// node is one word at one place. There are a dozen for each syllable, so it is small.
type node struct {
	way   way    // through this word; its node is the one before
	entry uint32 // source and number
	start uint16 // rune
	right uint16
}

func (n node) source() source { return source(n.entry >> sourceShift) }
func (n node) number() uint32 { return n.entry & (1<<sourceShift - 1) }

// batch is nodes in a row that end at one place, and the batch before it at that place.
type batch struct{ first, last, next int32 }

const none = -1

// lattice finds the cheapest way through all words that a text may be cut into (Viterbi). It is working storage,
// reused from call to call; its slices grow to the longest text seen, which pieceBytes bounds.
//
// Of the nodes that end at one place only the cheapest of each right id matters to what follows, and a word that
// begins there only asks which of these is best for its left id, which is the same for all words of that left id.
// Hence the tables by id; an item is valid if its stamp is the current one, so that nothing is ever cleared.
type lattice struct {
	runes   []rune
	offs    []int32 // byte offset of each rune, and the end
	nodes   []node
	batches []batch
	ends    []int32 // by rune offset: the batch added last

	stamp uint32
	edge  []neighbour // cheapest of each right id that end here
	right []stamped   // by right id: index into edge
	left  []bestLeft  // by left id

	path []int32 // nodes of the cheapest way, first to last
}

type neighbour struct {
	way   way // to this place; its node is the last on it
	right uint16
}

type stamped struct {
	stamp uint32
	at    int32
}

type bestLeft struct {
	way   way
	stamp uint32
}

func newLattice(d *dict.Dict) *lattice {
	return &lattice{right: make([]stamped, d.Rights), left: make([]bestLeft, d.Lefts)}
}

// reset prepares the lattice for a text of at most pieceBytes bytes.
func (l *lattice) reset(text string) {
	l.runes, l.offs = l.runes[:0], l.offs[:0]
	for i, r := range text { // an invalid byte is a rune of its own
		l.runes = append(l.runes, r)
		l.offs = append(l.offs, int32(i))
	}
	l.offs = append(l.offs, int32(len(text)))
	l.ends = l.ends[:0]
	for range l.offs {
		l.ends = append(l.ends, none)
	}
	l.nodes = append(l.nodes[:0], node{})
	l.batches = append(l.batches[:0], batch{0, 1, none})
	l.ends[0] = 0
}

// search fills path with the cheapest way through text; loans says at what cost to offer loanwords, if at all.
func (l *lattice) search(a *Analyzer, text string, loans offer) {
	l.reset(text)
	for at := range l.runes {
		if l.ends[at] == none {
			continue // no way leads here
		}
		l.arrive(at)
		l.extend(a, at)
		if at == 0 && loans.cost > 0 {
			l.offer(a, loans)
		}
	}
	l.arrive(len(l.runes))
	best := unreached
	for _, e := range l.edge {
		best = min(best, e.way.plus(a.after[e.right]))
	}
	l.path = l.path[:0]
	for n := best.node(); n > 0; n = l.nodes[n].way.node() {
		l.path = append(l.path, n)
	}
	slices.Reverse(l.path)
}

// arrive collects the neighbours for words that begin at a place.
func (l *lattice) arrive(at int) {
	if l.stamp++; l.stamp == 0 { // wrapped around: old stamps would look current
		clear(l.right)
		clear(l.left)
		l.stamp = 1
	}
	l.edge = l.edge[:0]
	for b := l.ends[at]; b != none; b = l.batches[b].next {
		batch := l.batches[b]
		for i, n := range l.nodes[batch.first:batch.last] {
			here := n.way.through(int(batch.first) + i)
			if seen := &l.right[n.right]; seen.stamp != l.stamp {
				*seen = stamped{l.stamp, int32(len(l.edge))}
				l.edge = append(l.edge, neighbour{here, n.right})
			} else {
				l.edge[seen.at].way = min(l.edge[seen.at].way, here)
			}
		}
	}
}

// follow returns the best way to a word of a left id that begins here.
func (l *lattice) follow(a *Analyzer, left uint16) way {
	best := unreached
	if l.edge[0].way.node() == 0 { // the start of the text
		best = way(0).plus(a.before[left])
	} else {
		row := a.dict.Matrix[int(left)*a.dict.Rights:][:a.dict.Rights]
		for _, e := range l.edge {
			best = min(best, e.way.plus(row[e.right]))
		}
	}
	l.left[left] = bestLeft{best, l.stamp}
	return best
}

// extend adds the words that begin at a place.
func (l *lattice) extend(a *Analyzer, at int) {
	known := l.words(a, a.dict.Lexicon, fromLexicon, at)
	if a.user != nil {
		known = l.words(a, a.user.lexicon, fromUser, at) || known
	}
	if class := a.dict.ClassOf(l.runes[at]); !known || a.dict.Classes[class].Always {
		l.unknown(a, class, at)
	}
}

func (l *lattice) words(a *Analyzer, lex *dict.Lexicon, from source, at int) (known bool) {
	n := dict.Root
	for end := at; end < len(l.runes); {
		if n = lex.Step(n, l.runes[end]); n == dict.Root {
			break
		}
		end++
		if entries, first := lex.Entries(n); len(entries) > 0 {
			l.add(a, entries, uint32(from)<<sourceShift|first, at, end)
			known = true
		}
	}
	return known
}

// unknown adds what mecab-ko-dic makes of characters without a word: the run of a class. (kagome also offers the run
// without its last character, which takes the last letter off every Latin word.)
func (l *lattice) unknown(a *Analyzer, class uint8, at int) {
	c := a.dict.Classes[class]
	end := at + 1
	for c.Group && end < len(l.runes) && a.dict.ClassOf(l.runes[end]) == class {
		end++
	}
	l.add(a, []dict.Entry{c.Entry}, uint32(fromClass)<<sourceShift|uint32(class), at, end)
}

// add adds a word with all its readings, which are numbered from first.
func (l *lattice) add(a *Analyzer, entries []dict.Entry, first uint32, start, end int) {
	from := len(l.nodes)
	l.nodes = slices.Grow(l.nodes, len(entries))[:from+len(entries)]
	added := l.nodes[from:]
	for i, e := range entries {
		best := l.left[e.Left]
		if best.stamp != l.stamp {
			best.way = l.follow(a, e.Left)
		}
		added[i] = node{best.way.plus(e.Cost), first + uint32(i), uint16(start), e.Right}
	}
	l.batches = append(l.batches, batch{int32(from), int32(len(l.nodes)), l.ends[end]})
	l.ends[end] = int32(len(l.batches) - 1)
}
