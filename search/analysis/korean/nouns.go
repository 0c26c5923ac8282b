package korean

import (
	"slices"
	"strings"
)

// What a noun of the dictionary may cost more than the words whose place it takes.
const (
	plainMargin = 600  // if these end with a particle
	stemMargin  = 1000 // if they end with what makes a noun of a verb (움직임)
	wholeMargin = 1200 // if they end with something else, or particles stand behind them
	partMargin  = 3000 // if they end with what wants a blank before it, or leave a part of the noun: 장애인 has 장애
	wholeLength = 3    // syllables of a noun that takes the place of a stem and its ending
	nounMargin  = 2000 // no place, but to be a term besides a noun of one syllable
)

// preferNoun judges an eojeol that is a noun of the dictionary, maybe with particles, where the cheapest way reads
// something else in it. A long noun wins, as the rest is mostly part of it (완성도 is 완성 and no particle 도), and so does one
// before a particle, which needs a noun. A short one is a rival: 가게 is a shop as well as a form of 가다, 길이 a length as
// well as 길 with a particle. The context alone tells, and both become terms.
func (w *worker) preferNoun() (rival bool) {
	all, size, head := len(w.words), len(w.lattice.runes), w.headWords()
	if size < 2 || head == all {
		return false
	}
	whole := w.lattice.hasWhole(size)
	if head > 0 && !whole && w.words[all-1].tag[0] == 'J' {
		return false // nouns and particles
	}
	if head == 0 && w.takeNoun(w.beforeParticles()) || whole && w.takeNoun(all) {
		return false
	}
	first, last := w.words[0], w.words[all-1]
	if size >= wholeLength || isNominal(last.tag) {
		w.takeLongNouns()
		return false
	}
	node, more := w.wholeNoun(last)
	switch {
	case node == 0:
		return false
	case isStem(first.tag):
		return more <= stemMargin
	}
	return last.tag[0] == 'J' && all == 2 && more <= nounMargin && w.tagOf(w.lattice.nodes[node]) == nounTag
}

// beforeParticles returns how many words stand before the particles that end the eojeol, at least one.
func (w *worker) beforeParticles() int {
	n := len(w.words)
	for n > 1 && w.words[n-1].tag[0] == 'J' {
		n--
	}
	return n
}

// takeNoun puts a common noun of the dictionary in the place of some words that begin the eojeol, if they are not nouns
// already and it costs little more.
func (w *worker) takeNoun(words int) bool {
	if w.words[words-1].end < 2*len("가") || !slices.ContainsFunc(w.words[:words], func(found word) bool { return !isNominal(found.tag) }) {
		return false
	}
	node, more := w.wholeNoun(w.words[words-1])
	if node == 0 || w.tagOf(w.lattice.nodes[node]) != nounTag || more > w.margin(words, node) {
		return false
	}
	w.replace(words, node)
	return true
}

// takeLongNouns puts a row of nouns, none of a single syllable, in the place of all words, if these begin with a noun and end
// with an ending that looks like the last syllable of a noun, and it costs little more.
func (w *worker) takeLongNouns() {
	last := w.words[len(w.words)-1]
	if !isNominal(w.words[0].tag) || isNominal(last.tag) || w.headWords() > 0 && !strings.HasPrefix(last.tag, "VCP") || last.tag[0] == 'J' {
		return
	}
	l := w.lattice
	node, _ := w.cheaperNouns(len(l.runes), w.a.dict.After, l.best.plus(endSlack))
	end := len(l.runes)
	for at := node; at > 0; at = l.nodes[at].before {
		if n := l.nodes[at]; end-int(n.start) < 2 || w.tagOf(n) != nounTag {
			return
		}
		end = int(l.nodes[at].start)
	}
	if node > 0 {
		w.replace(len(w.words), node)
	}
}

// margin returns what the noun of a node may cost more than words in whose place it may stand.
func (w *worker) margin(words int, node int32) int {
	first, last := w.words[0], w.words[words-1]
	long, alone := last.runes >= wholeLength, words == len(w.words)
	switch {
	case strings.HasSuffix(last.tag, "ETN") && !strings.HasPrefix(first.tag, "VX"):
		return stemMargin
	case words > 1 && last.tag == "MAG":
		return partMargin
	case last.tag[0] == 'J', words == 1 && !long:
		return plainMargin
	case long && alone && w.beginsWith(node, first):
		return partMargin
	case long, !alone, isNominal(last.tag):
		return wholeMargin
	}
	return -1
}

// wholeNoun returns the node of the cheapest noun or name of the dictionary that reaches from the start of the eojeol to
// the end of a word, and what it costs more than the cheapest way there; 0 for none.
func (w *worker) wholeNoun(last word) (node int32, more int) {
	l, after, end := w.lattice, w.a.dict.After, last.runes
	if !l.hasWhole(end) {
		return 0, 0
	}
	cost := func(node int32) way { return l.ways[node].plus(after[l.ways[node].right()]) >> costShift }
	for b := l.ends[end]; b != none; b = l.batches[b].next {
		for i := l.batches[b].first; i < l.batches[b].last; i++ {
			n := l.nodes[i]
			if n.start > 0 || n.source() != fromLexicon || node > 0 && cost(i) >= cost(node) {
				continue
			}
			if tag := w.tagOf(n); tag == nounTag || tag == "NNP" {
				node = i
			}
		}
	}
	if node == 0 {
		return 0, 0
	}
	return node, int(cost(node) - cost(last.node))
}

// hasWhole reports whether a word of the dictionary reaches from the start of the text to a place.
func (l *lattice) hasWhole(end int) bool {
	for _, m := range l.matches {
		if m.start > 0 || int(m.end) >= end {
			return m.start == 0 && int(m.end) == end
		}
	}
	return false
}

// beginsWith reports whether the noun of a node is a compound whose first part is a word.
func (w *worker) beginsWith(node int32, first word) bool {
	d := w.a.dict
	parts := d.Parts(d.Form(d.Lexicon.Entry(w.lattice.nodes[node].number())))
	return len(parts) > 0 && int(w.lattice.offs[parts[0].Span]) == first.end
}
