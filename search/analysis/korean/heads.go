package korean

import (
	"math"
	"slices"
	"strings"

	"chaja/search/analysis/korean/internal/dict"
)

// A noun must be cut in the same way whatever stands behind it, else a query does not find what a text says. But the cheapest
// way is that of the whole eojeol, in which a particle has a say how the noun before it is cut. So the head of an eojeol,
// which is nouns up to the particles, the copula or the suffix of a verb, is cut anew as if the eojeol ended with it. The lattice
// has all ways to that place, so nothing is read again.

// What it costs to split a noun of the dictionary.
const (
	splitCost = 300
	shardCost = 1500 // into two single syllables
)

// settleHead cuts the head anew.
func (w *worker) settleHead() {
	w.preferParticle()
	head := w.headWords()
	if head == 0 || head == 1 && w.words[0].source == fromLexicon && w.words[0].tag == nounTag {
		return // a common noun as a whole is best, mostly
	}
	l, steps, last := w.lattice, w.a.particle, w.words[head-1]
	cost := func(node int32) way { return l.ways[node].plus(steps[l.ways[node].right()]) }
	best := last.node
	if node, _ := w.cheaperNouns(last.runes, steps, cost(best)); node > 0 {
		best = node
	}
	if l.nodes[best].start > 0 {
		split := int16(splitCost)
		if last.end == 2*len("가") {
			split = shardCost
		}
		if node, _ := w.wholeNoun(last); node > 0 && w.tagOf(l.nodes[node]) == nounTag && cost(node) <= cost(best).plus(split) {
			best = node
		}
	}
	if best != last.node {
		w.replace(head, best)
	}
}

// headWords returns how many words are the head; 0 where a verb follows it, or anything else.
func (w *worker) headWords() int {
	head := 0
	for head < len(w.words) && isNominal(w.words[head].tag) {
		head++
	}
	if head == 0 || head == len(w.words) {
		return head
	}
	switch tag := w.words[head].tag; {
	case tag[0] == 'J', strings.HasPrefix(tag, "VCP"), strings.HasPrefix(tag, "XSV"), strings.HasPrefix(tag, "XSA"):
		return head
	}
	return 0
}

// isNominal reports whether a word of a tag can be part of a row of nouns.
func isNominal(tag string) bool {
	switch tag {
	case "NNG", "NNP", "NNB", "NNBC", "NR", "NP", "XSN", "XPN", "XR", "SL", "SN", "SH":
		return true
	}
	return false
}

// isStem reports whether a word of a tag is a stem, or begins with one.
func isStem(tag string) bool {
	return strings.HasPrefix(tag, "VV") || strings.HasPrefix(tag, "VA") || strings.HasPrefix(tag, "VX")
}

// cheaperNouns returns the last node of the cheapest way of nouns alone to a place, and what it costs with the step from
// there, given by right id. The node is 0 if none is cheaper than a limit.
func (w *worker) cheaperNouns(end int, steps []int16, limit way) (node int32, cost way) {
	l := w.lattice
	limit >>= costShift
	for b := l.ends[end]; b != none; b = l.batches[b].next {
		for i := l.batches[b].first; i < l.batches[b].last; i++ {
			if c := l.ways[i].plus(steps[l.ways[i].right()]); c>>costShift < limit && w.allNominal(i, end) {
				limit, node, cost = c>>costShift, i, c
			}
		}
	}
	return node, cost
}

// allNominal reports whether the way to a node has nothing but nouns, apart from loanwords, as these are offered where the
// eojeol needs one, and from rare names of three syllables, which nouns in a row spell by chance (이용중).
func (w *worker) allNominal(node int32, end int) bool {
	for node > 0 {
		n := w.lattice.nodes[node]
		tag := w.tagOf(n)
		if !isNominal(tag) || n.source() == fromSound || tag == "NNP" && end-int(n.start) == nameLength && w.isRare(n.number()) {
			return false
		}
		node, end = n.before, int(n.start)
	}
	return true
}

const (
	nameLength = 3    // syllables of the name of most Koreans
	rareName   = 2000 // what names cost at least that mecab-ko-dic has from lists, and hardly met
)

// isRare reports whether a name, given by its entry in the dictionary, is a rare one.
func (w *worker) isRare(entry uint32) bool { return w.a.dict.Lexicon.Entry(entry).Cost >= rareName }

// tagOf returns the tag of the word of a node.
func (w *worker) tagOf(n node) string {
	d := w.a.dict
	switch n.source() {
	case fromClass:
		return d.Classes[n.number()].Tag
	case fromLexicon:
		return d.Tag(d.Form(d.Lexicon.Entry(n.number())))
	}
	return nounTag
}

// replace puts the words of the way to a node, which ends where the first ones end, in the place of these.
func (w *worker) replace(words int, node int32) {
	tail := slices.Clone(w.words[words:])
	w.list(node, w.words[words-1].runes)
	w.words = append(w.words, tail...)
}

// What a noun and a particle may cost more than a way that hides them.
const (
	particleMargin = 1800
	nameMargin     = 500 // a name of a Korean
)

// preferParticle reads a noun and a particle where the cheapest way hides them: in a name that hardly anybody has (테스트로,
// not Mr 테스트로), in an adverb (인증서로, not 인증 and 서로), or in a verb (금융사는, not 금융 and 살다), which all want a
// blank before them.
func (w *worker) preferParticle() {
	margin := w.hidesParticle()
	if margin == 0 {
		return
	}
	l, d := w.lattice, w.a.dict
	best, noun, before, particle := l.best.plus(margin), int32(0), 0, word{}
	for _, m := range l.matches {
		if int(m.end) < len(l.runes) || m.start == 0 {
			continue
		}
		entries, first := d.Lexicon.Entries(m.node)
		for i, e := range entries {
			tag := d.Tag(d.Form(e))
			if tag[0] != 'J' {
				continue
			}
			beyond := e.Cost + d.After[e.Right]
			if node, cost := w.cheaperNouns(int(m.start), d.Row(e.Left)[:], best.plus(-beyond)); node > 0 {
				best, noun, before = cost.plus(beyond), node, int(m.start)
				particle = word{number: first + uint32(i), start: int(l.offs[m.start]), end: int(l.offs[m.end]), runes: int(m.end), tag: tag}
			}
		}
	}
	if noun > 0 {
		w.list(noun, before)
		w.words = append(w.words, particle)
	}
}

// hidesParticle returns what a noun and a particle may cost more than the cheapest way; 0 if that cannot hide them.
func (w *worker) hidesParticle() int16 {
	first, last := w.words[0], w.words[len(w.words)-1]
	switch size := (last.end - last.start) / len("가"); {
	case len(w.words) > 1 && last.tag == "MAG" && size > 1,
		len(w.words) > 1 && first.end > len("가") && isNominal(first.tag) && isStem(w.words[1].tag):
		return particleMargin
	case last.tag != "NNP" || last.source != fromLexicon || !w.isRare(last.number):
		return 0
	case size == nameLength:
		return nameMargin
	}
	return particleMargin
}

// particleSteps returns what the step from each right id to a particle costs: the logarithm of the average probability over
// those that nouns mostly have, each weighted by how often it is met.
func particleSteps(d *dict.Dict) []int16 {
	const factor = 800 // of mecab-ko-dic, before the logarithm of a probability
	sums, total := make([]float64, d.Rights), 0.0
	for _, form := range []string{"은", "는", "을", "를", "이", "가", "의", "에", "에서", "로", "으로"} {
		node := dict.Root
		for _, r := range form {
			node = d.Lexicon.Step(node, r)
		}
		entries, _ := d.Lexicon.Entries(node)
		for _, e := range entries {
			if d.Tag(d.Form(e))[0] != 'J' {
				continue
			}
			often := math.Exp(-float64(e.Cost) / factor)
			total += often
			for right := range sums {
				sums[right] += often * math.Exp(-float64(d.Row(e.Left)[right])/factor)
			}
		}
	}
	steps := make([]int16, d.Rights)
	for right, sum := range sums {
		steps[right] = int16(max(math.MinInt16, min(math.MaxInt16, -factor*math.Log(sum/total))))
	}
	return steps
}
