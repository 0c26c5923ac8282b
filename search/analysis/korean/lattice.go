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

// way is what a way from the start of the text costs (32 bits), the number of the last node on it (21 bits, five hundred
// for each byte of a text) and its right id (11 bits): the least of some ways is the cheapest, and of equal ones the one
// met first, without a branch.
type way int64

const (
	unreached way = math.MaxInt64
	rightBits     = 11
	costShift     = 32
)

func (w way) plus(cost int16) way { return w + way(cost)<<costShift }
func (w way) node() int32         { return int32(uint32(w) >> rightBits) }
func (w way) right() uint16       { return uint16(w & (dict.MaxRights - 1)) }

// through returns a way as dear that ends with another node.
func (w way) through(node int, right uint16) way {
	return w>>costShift<<costShift | way(node)<<rightBits | way(right)
}

// node is one word at one place.
type node struct {
	before int32  // the node before it on the cheapest way
	entry  uint32 // source and number
	start  uint16 // rune
}

func (n node) source() source { return source(n.entry >> sourceShift) }
func (n node) number() uint32 { return n.entry & (1<<sourceShift - 1) }

// match is a word of the dictionary in the text, by runes.
type match struct {
	node       uint32
	start, end uint16
}

// batch is nodes in a row that end at one place, and the batch before it at that place.
type batch struct{ first, last, next int32 }

const none = -1

// endSlack is what a way to the end may cost more than the cheapest and still be kept, to be compared as a noun (heads.go).
const endSlack = 1000

// lattice finds the cheapest way through all words that a text may be cut into (Viterbi). It is working storage,
// reused from call to call; its slices grow to the longest text seen, which pieceBytes bounds.
//
// There are a dozen nodes for each syllable, and each looks for the best of all that end where it begins. Two bounds
// spare most of that without changing the outcome: a way to a place is dropped if the dearest step from another costs less than
// its cheapest one, and a word that ends the text if it would lose against the best found so far even after the cheapest step.
type lattice struct {
	runes   []rune
	offs    []int32 // byte offset of each rune, and the end
	matches []match // in the order of their starts
	nodes   []node
	ways    []way // to the end of each node
	batches []batch
	ends    []int32 // by rune offset: the batch added last
	bounds  []way   // by rune offset: what the cheapest way there costs after its dearest step

	here  []way // those that may lead on from a place
	least way   // the cheapest of them
	best  way   // to the end of the text, with what it costs to end there
	bound way   // what a way there may cost to be kept
}

// read takes a text of at most pieceBytes bytes and finds the words of the dictionary in it. That is done for all
// places at once because what is looked at lies far apart in memory: the processor waits for several places at a time.
func (l *lattice) read(lex *dict.Lexicon, text string) {
	l.runes, l.offs = l.runes[:0], l.offs[:0]
	for i, r := range text { // an invalid byte is a rune of its own
		l.runes = append(l.runes, r)
		l.offs = append(l.offs, int32(i))
	}
	l.offs = append(l.offs, int32(len(text)))
	l.matches = l.matches[:0]
	for at := range l.runes {
		n := dict.Root
		for end := at; end < len(l.runes); {
			if n = lex.Step(n, l.runes[end]); n == dict.Root {
				break
			}
			end++
			if lex.Count(n) > 0 {
				l.matches = append(l.matches, match{n, uint16(at), uint16(end)})
			}
		}
	}
}

// reset forgets all nodes.
func (l *lattice) reset() {
	places := len(l.offs)
	l.ends, l.bounds = slices.Grow(l.ends[:0], places)[:places], slices.Grow(l.bounds[:0], places)[:places]
	for i := range places {
		l.ends[i], l.bounds[i] = none, unreached
	}
	l.nodes, l.ways = append(l.nodes[:0], node{}), append(l.ways[:0], 0)
	l.batches = append(l.batches[:0], batch{0, 1, none})
	l.ends[0] = 0
	l.best, l.bound = unreached, unreached
}

// search finds the best way through the text that was read; loans says at what cost to offer loanwords, if at all.
func (l *lattice) search(a *Analyzer, loans offer) {
	l.reset()
	matches := l.matches
	for at := range l.runes {
		n := 0
		for n < len(matches) && int(matches[n].start) == at {
			n++
		}
		if l.ends[at] != none { // else no way leads here
			l.arrive(a.dict, at)
			l.extend(a, at, matches[:n])
			if at == 0 && loans.cost > 0 {
				l.offer(a, loans)
			}
		}
		matches = matches[n:]
	}
}

// arrive collects the ways to a place.
func (l *lattice) arrive(d *dict.Dict, at int) {
	bound := l.bounds[at] | (1<<costShift - 1)
	here, least := l.here[:0], unreached
	for b := l.ends[at]; b != none; b = l.batches[b].next {
		for _, w := range l.ways[l.batches[b].first:l.batches[b].last] {
			if w.plus(d.Least[w.right()]) <= bound {
				here = append(here, w)
				least = min(least, w)
			}
		}
	}
	l.here, l.least = here, least
}

// extend adds the words that begin at a place.
func (l *lattice) extend(a *Analyzer, at int, matches []match) {
	known := len(matches) > 0
	for _, m := range matches {
		entries, first := a.dict.Lexicon.Entries(m.node)
		l.add(a, entries, uint32(fromLexicon)<<sourceShift|first, at, int(m.end))
	}
	if a.user != nil {
		known = l.userWords(a, at) || known
	}
	if class := a.dict.ClassOf(l.runes[at]); !known || a.dict.Classes[class].Always {
		l.unknown(a, class, at)
	}
}

// userWords adds the user's words that begin at a place and reports whether there are any.
func (l *lattice) userWords(a *Analyzer, at int) (found bool) {
	n, lex := dict.Root, a.user.lexicon
	for end := at; end < len(l.runes); {
		if n = lex.Step(n, l.runes[end]); n == dict.Root {
			break
		}
		end++
		if entries, first := lex.Entries(n); len(entries) > 0 {
			l.add(a, entries, uint32(fromUser)<<sourceShift|first, at, end)
			found = true
		}
	}
	return found
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
	from, n, last := len(l.nodes), len(entries), end == len(l.runes)
	l.nodes, l.ways = slices.Grow(l.nodes, n), slices.Grow(l.ways, n)
	nodes, ways := l.nodes[from:from+n], l.ways[from:from+n]
	switch {
	case start == 0:
		l.addFirst(a.dict, entries, nodes, ways, first, last)
	case last:
		n = l.addLast(a.dict, entries, nodes, ways, first, start)
	default:
		l.addInner(a.dict, entries, nodes, ways, first, start)
	}
	if n == 0 {
		return
	}
	l.nodes, l.ways = l.nodes[:from+n], l.ways[:from+n]
	l.batches = append(l.batches, batch{int32(from), int32(from + n), l.ends[end]})
	l.ends[end] = int32(len(l.batches) - 1)
	if !last {
		bound := l.bounds[end]
		for _, w := range ways {
			bound = min(bound, w.plus(a.dict.Most[w.right()]))
		}
		l.bounds[end] = bound
	}
}

// addFirst adds a word that begins the text.
func (l *lattice) addFirst(d *dict.Dict, entries []dict.Entry, nodes []node, ways []way, first uint32, last bool) {
	from := len(l.nodes)
	nodes, ways = nodes[:len(entries)], ways[:len(entries)]
	for i, e := range entries {
		nodes[i] = node{entry: first + uint32(i)}
		ways[i] = way(0).plus(d.Before[e.Left]).plus(e.Cost).through(from+i, e.Right)
	}
	if last {
		for _, w := range ways {
			l.finish(w.plus(d.After[w.right()]))
		}
	}
}

// addInner adds a word with others around it.
func (l *lattice) addInner(d *dict.Dict, entries []dict.Entry, nodes []node, ways []way, first uint32, start int) {
	from := len(l.nodes)
	nodes, ways = nodes[:len(entries)], ways[:len(entries)]
	for i := range entries {
		e := &entries[i]
		w := cheapest(l.here, d.Row(e.Left))
		nodes[i] = node{w.node(), first + uint32(i), uint16(start)}
		ways[i] = w.plus(e.Cost).through(from+i, e.Right)
	}
}

// addLast adds a word that ends the text, except for readings that are too dear, and returns how many are left.
func (l *lattice) addLast(d *dict.Dict, entries []dict.Entry, nodes []node, ways []way, first uint32, start int) (n int) {
	from := len(l.nodes)
	for i := range entries {
		e := &entries[i]
		if l.least.plus(d.LeastRow[e.Left]).plus(e.Cost).plus(d.After[e.Right]) > l.bound {
			continue
		}
		w := cheapest(l.here, d.Row(e.Left))
		nodes[n] = node{w.node(), first + uint32(i), uint16(start)}
		ways[n] = w.plus(e.Cost).through(from+n, e.Right)
		l.finish(ways[n].plus(d.After[e.Right]))
		n++
	}
	return n
}

// finish takes a way to the end of the text, with what it costs to end there.
func (l *lattice) finish(w way) {
	if w < l.best {
		l.best, l.bound = w, w.plus(endSlack)
	}
}

// cheapest returns the best way to a word with what the step to it costs. Most time is spent here, so it is a function that
// has all registers for its loop, and a row as long as any right id needs no check.
//
//go:noinline
func cheapest(here []way, row *[dict.MaxRights]int16) way {
	best := unreached
	for _, w := range here {
		best = min(best, w.plus(row[w.right()]))
	}
	return best
}
