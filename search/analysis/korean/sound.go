package korean

import (
	"slices"
	"strings"

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
	soundLength   = 2    // syllables of the shortest loanword taken
	soundMean     = 10   // mean weight of its syllables, in sixteenths of a factor of e
	soundSum      = 32   // and their sum: seven times as often met abroad
	soundCost     = 2639 // what mecab-ko-dic makes a noun cost of which it knows nothing
	soundRune     = 300  // and what each syllable adds
	soundLongest  = 16   // syllables
	nativeCost    = 5000 // what a shattered way must cost more to hide a word that does not sound foreign
	nativeLongest = 4    // syllables of a head that is looked at so: longer ones are many nouns without blanks
	soundDoubt    = 2000 // what a way with an unbroken head must cost more
	soundTail     = 1500 // what a loanword costs more that is all of the eojeol, but ends like a particle
)

// offer is at what cost loanwords join the lattice, how many syllables the shortest has, and whether it may sound
// native. No cost is no offer.
type offer struct {
	cost, shortest int
	native         bool
}

// loans judges the cheapest way by its head, which is what stands before particles and endings. If that is shattered,
// loanwords are offered. If it is one word, they are offered at a cost so high that only a way as dear as this one is
// left for them (노션: 노, a stem, and 션, an ending nobody has heard).
func (w *worker) loans() offer {
	head := len(w.words)
	for head > 0 && dict.Bound(w.words[head-1].tag) {
		head--
	}
	single := false
	for _, part := range w.words[:head] {
		if part.source == fromUser {
			return offer{}
		}
		single = single || part.end-part.start == len("가")
	}
	switch {
	case head >= 2 && single:
		if native := w.words[head-1].end <= nativeLongest*len("가"); native || w.beginsForeign(soundLength) {
			return offer{soundCost, soundLength, native}
		}
	case head == 1 && head < len(w.words) && w.words[1].tag != "XSN":
		if shortest := w.words[1].start/len("가") + 1; w.beginsForeign(shortest) {
			return offer{soundCost + soundDoubt, shortest, false}
		}
	}
	return offer{}
}

// keepNouns notes the common nouns of two syllables or more on the path, and the name that begins it. They are parts of
// the loanword that takes their place, unless that is one by its sound and they were shards (리액트 has 액트).
func (w *worker) keepNouns(o offer) {
	for i, found := range w.words {
		if found.end-found.start > len("가") && (found.tag == "NNG" || i == 0 && found.tag == "NNP") {
			w.known = append(w.known, known{found.start, found.end})
		}
	}
	w.doubt = o.cost > soundCost
}

// beginsForeign reports whether anything of some syllables or more that begins the eojeol sounds foreign: most eojeols
// do not, and need not be read again.
func (w *worker) beginsForeign(shortest int) bool {
	sum := 0
	for i, r := range w.lattice.runes {
		if i == soundLongest || !hangul.IsSyllable(r) {
			return false
		}
		if sum += w.a.dict.Sound(r); i+1 >= shortest && foreign(sum, i+1) {
			return true
		}
	}
	return false
}

// soundsForeign judges a whole word.
func (w *worker) soundsForeign(word string) bool {
	sum, n := 0, 0
	for _, r := range word {
		sum, n = sum+w.a.dict.Sound(r), n+1
	}
	return foreign(sum, n)
}

// offer adds what sounds like a loanword at the start of the text. What does not, but is shattered, is offered as a
// word that nobody knows (구현체), if it is dearer still and no verb.
func (l *lattice) offer(a *Analyzer, o offer) {
	sum := 0
	for i, r := range l.runes {
		if i == soundLongest || !hangul.IsSyllable(r) {
			return
		}
		sum += a.dict.Sound(r)
		n := i + 1
		cost := o.cost + soundRune*n
		if n < o.shortest {
			continue
		}
		if !foreign(sum, n) {
			if !o.native || r == '다' {
				continue
			}
			cost += nativeCost
		}
		name := a.dict.Noun(r)
		name.Cost = int16(cost)
		if n == len(l.runes) && l.endsLikeParticle(a.dict) {
			name.Cost += soundTail
		}
		l.add(a, []dict.Entry{name}, uint32(fromSound)<<sourceShift, 0, n)
	}
}

// endsLikeParticle reports whether the text ends with a particle or a form of the copula (란, 라는, 이다), and something
// stands before it. Of a single syllable only a form of the copula with its ending counts: many a loanword ends in 로 or 나.
func (l *lattice) endsLikeParticle(d *dict.Dict) bool {
	return slices.ContainsFunc(l.matches, func(m match) bool {
		if int(m.end) < len(l.runes) || m.start == 0 {
			return false
		}
		entries, _ := d.Lexicon.Entries(m.node)
		return slices.ContainsFunc(entries, func(e dict.Entry) bool {
			tag := d.Tag(d.Form(e))
			return tag == "VCP+ETM" || m.end-m.start > 1 && (tag[0] == 'J' || strings.HasPrefix(tag, "VCP+"))
		})
	})
}

// foreign reports whether the weights of n syllables sum up to a word from abroad.
func foreign(sum, n int) bool { return sum >= soundSum && sum >= soundMean*n }
