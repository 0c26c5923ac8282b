package korean

import (
	"strings"
	"unicode/utf8"

	"chaja/search/analysis/korean/internal/dict"
)

// Morph is one word of a text as the dictionary has it, before anything is left out.
type Morph struct {
	Surface    string
	Tag        string // Sejong tags, joined by + where a word is several morphemes
	Start, End int    // byte range in the text
}

// Cut returns all words of text in order, with nothing left out but blanks: what the terms are made of, to be shown to
// people and compared with other analyzers.
func (a *Analyzer) Cut(text string) []Morph {
	w := a.workers.Get().(*worker)
	defer a.workers.Put(w)
	var out []Morph
	for at, word := range eojeols(text) {
		w.cut(word)
		for i := range w.lattice.path {
			start, end := w.lattice.span(i)
			out = append(out, Morph{word[start:end], w.tag(i), at + start, at + end})
		}
	}
	return out
}

// cut finds the words of an eojeol.
func (w *worker) cut(word string) {
	w.lattice.search(w.a, word, offer{})
	w.rival, w.known = false, w.known[:0]
	if w.a.bare {
		return
	}
	if o := w.loans(); o.cost > 0 {
		w.keepNouns(o)
		w.lattice.search(w.a, word, o)
	}
	w.rival = w.rivalNoun()
}

// span returns the bytes of a word of the path.
func (l *lattice) span(i int) (start, end int) {
	next := len(l.runes)
	if i+1 < len(l.path) {
		next = int(l.nodes[l.path[i+1]].start)
	}
	return int(l.offs[l.nodes[l.path[i]].start]), int(l.offs[next])
}

// form returns the form of a word of the path; false if it is of no lexicon.
func (w *worker) form(i int) (dict.Form, bool) {
	switch n := w.lattice.nodes[w.lattice.path[i]]; n.source() {
	case fromLexicon:
		return w.a.dict.Form(w.a.dict.Lexicon.Entry(n.number())), true
	case fromUser, fromSound:
		return w.a.dict.Form(w.a.dict.Nouns[0]), true
	}
	return dict.Form{}, false
}

// tag returns the tags of a word of the path.
func (w *worker) tag(i int) string {
	if f, ok := w.form(i); ok {
		return w.a.dict.Tag(f)
	}
	return w.a.dict.Classes[w.lattice.nodes[w.lattice.path[i]].number()].Tag
}

// atom is one morpheme: a word of the path, or a part of one.
type atom struct {
	text       string // as the dictionary spells it
	tag        string
	role       role
	start, end int // bytes of the eojeol
	word       int // of the path
}

// atomize lists the morphemes of the path.
func (w *worker) atomize(text string) {
	w.atoms = w.atoms[:0]
	for i := range w.lattice.path {
		start, end := w.lattice.span(i)
		n := w.lattice.nodes[w.lattice.path[i]]
		f, _ := w.form(i)
		switch parts := w.a.dict.Parts(f); {
		case n.source() == fromUser:
			for _, p := range w.a.user.parts(n.number()) {
				w.atom(i, text[start:start+p], "NNG", start, start+p)
				start += p
			}
		case n.source() != fromLexicon || len(parts) == 0:
			w.atom(i, text[start:end], w.tag(i), start, end)
		default:
			w.unfold(i, parts, text, start, end)
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
