package korean

import (
	"chaja/search/analysis/korean/internal/dict"
	"chaja/search/hangul"
)

// A loanword the dictionary lacks falls to pieces: nearly every syllable is some word, so 에어팟 becomes 에 (well),
// 어 (oh) and 팟 (a noun). Two signs together tell such a word. The cheapest way is shattered: the head of the eojeol,
// which is what stands before particles and endings, is several words, one of them a single syllable. And it sounds
// foreign: its syllables are met more often in words from abroad than at home (dict.Sound). Then the lattice is searched
// again, with whatever begins the eojeol and sounds foreign offered as a noun, at a cost a bit above that of a
// rare one and growing with length, so that particles (에어팟+을) and well-known words still win where they should.
const (
	soundLength  = 2    // syllables of the shortest loanword taken
	soundMean    = 10   // mean weight of its syllables, in sixteenths of a factor of e
	soundSum     = 32   // and their sum: seven times as often met abroad
	soundCost    = 2639 // what mecab-ko-dic makes a noun cost of which it knows nothing
	soundRune    = 300  // and what each syllable adds
	soundLongest = 16   // syllables
)

// shattered reports whether the head of the path is several words with a single syllable among them.
func (w *worker) shattered() bool {
	l := w.lattice
	head := len(l.path)
	for head > 0 && dict.Bound(w.tag(head-1)) {
		head--
	}
	if head < 2 {
		return false
	}
	single := false
	for i := range head {
		start, end := l.span(i)
		n := l.nodes[l.path[i]]
		if n.source() == fromUser {
			return false
		}
		single = single || end-start == len("가")
	}
	return single
}

// loans adds what sounds like a loanword at the start of the text.
func (l *lattice) loans(a *Analyzer) {
	sum := 0
	for i, r := range l.runes {
		if i == soundLongest || !hangul.IsSyllable(r) {
			return
		}
		sum += a.dict.Sound(r)
		n := i + 1
		if n < soundLength || sum < soundSum || sum < soundMean*n {
			continue
		}
		name := a.dict.Nouns[0]
		if hangul.HasFinal(r) {
			name = a.dict.Nouns[1]
		}
		name.Cost = int16(soundCost + soundRune*n)
		l.add(a, []dict.Entry{name}, uint32(fromSound)<<sourceShift, 0, n)
	}
}
