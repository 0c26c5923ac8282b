package korean

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/analysis/korean/internal/dict"
)

// word is a word of the cheapest way through an eojeol, before anything is left out.
type word struct {
	source
	number     uint32 // of its entry, as the source counts
	start, end int    // bytes of the eojeol
	runes      int    // of the eojeol up to its end
	tag        string // Sejong tags, joined by + where a word is several morphemes
	parts      []dict.Part
	node       int32 // of the lattice
}

// cut finds the words of an eojeol.
func (w *worker) cut(text string) {
	w.lattice.read(w.a.dict.Lexicon, text)
	w.search(offer{})
	w.rival, w.known = false, w.known[:0]
	if w.a.bare {
		return
	}
	o := w.loans()
	w.settleHead()
	if o.cost > 0 {
		o = w.loans() // cut as a noun it may be no shards
	}
	if o.cost > 0 {
		w.keepNouns(o)
		w.search(o)
		w.settleHead()
	}
	w.rival = w.preferNoun()
}

// search lists the words of the cheapest way.
func (w *worker) search(loans offer) {
	w.lattice.search(w.a, loans)
	w.list(w.lattice.best.node(), len(w.lattice.runes))
}

// list lists the words of the way to a node that ends at a rune.
func (w *worker) list(node int32, end int) {
	l, d := w.lattice, w.a.dict
	w.words = w.words[:0]
	for at := node; at > 0; at = l.nodes[at].before {
		n := l.nodes[at]
		found := word{source: n.source(), number: n.number(), start: int(l.offs[n.start]), end: int(l.offs[end]), runes: end, node: at}
		switch found.source {
		case fromClass:
			found.tag = d.Classes[found.number].Tag
		case fromLexicon:
			form := d.Form(d.Lexicon.Entry(found.number))
			found.tag, found.parts = d.Tag(form), d.Parts(form)
		default:
			found.tag = nounTag
		}
		w.words = append(w.words, found)
		end = int(n.start)
	}
	slices.Reverse(w.words)
}

// nounTag is what words of the user and loanwords are.
const nounTag = "NNG"

// atom is one morpheme: a word, or a part of one.
type atom struct {
	text       string // as the dictionary spells it
	tag        string
	role       role
	start, end int // bytes of the eojeol
	word       int // its number in words
}

// atomize lists the morphemes of the words.
func (w *worker) atomize(text string) {
	w.atoms = w.atoms[:0]
	for i, found := range w.words {
		start, end := found.start, found.end
		switch {
		case found.source == fromUser:
			for _, p := range w.a.user.parts(found.number) {
				w.atom(i, text[start:start+p], found.tag, start, start+p)
				start += p
			}
		case len(found.parts) == 0:
			w.atom(i, text[start:end], found.tag, start, end)
		default:
			w.unfold(i, found.parts, text, start, end)
		}
	}
}

// unfold lists the parts of a word.
func (w *worker) unfold(word int, parts []dict.Part, text string, start, end int) {
	for _, p := range parts {
		if start == end { // what is left has no surface of its own: 가 + 아 = 가
			_, size := utf8.DecodeLastRuneInString(text[:end])
			start = end - size
		}
		to := end
		if p.Span > 0 {
			to = start + runeBytes(text[start:end], int(p.Span))
		}
		term := text[start : start+runeBytes(text[start:to], int(p.Keep))]
		if more := w.a.dict.PartText(p); more != "" {
			term = strings.Clone(term) + more
		}
		w.atom(word, term, w.a.dict.PartTag(p), start, to)
		if p.Span > 0 {
			start = to
		}
	}
}

func (w *worker) atom(word int, text, tag string, start, end int) {
	w.atoms = append(w.atoms, atom{text, tag, roleOf(tag, text), start, end, word})
}

// runeBytes returns how many bytes the first n runes of s take.
func runeBytes(s string, n int) int {
	at := 0
	for range n {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}
