// Package korean cuts Korean text into morphemes and makes of them the terms that a search needs.
//
// Each eojeol (what stands between blanks) is cut on its own, so that a word comes out alike wherever it stands and so
// that the result can be kept. The words it may consist of form a lattice, whose cheapest way is taken (lattice.go),
// with the words and costs of mecab-ko-dic (internal/dict), the user's words (user.go) and, where the dictionary
// only offers shards, words that sound like loans (sound.go). Terms are made of it in terms.go.
package korean

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/analysis/korean/internal/dict"
	"chaja/search/chars"
	"chaja/search/hangul"
)

var _ analysis.MorphologicalAnalyzer = (*Analyzer)(nil)

// Analyzer cuts Korean text. It is safe for concurrent use.
type Analyzer struct {
	dict     *dict.Dict
	bare     bool // no loanwords
	particle []int16
	user     *userWords
	cache    *cache
	workers  sync.Pool
}

// Open returns an analyzer that knows the user's words besides the dictionary; nil is fine. The dictionary is unpacked
// on the first call, in a few hundredths of a second, and shared by all analyzers.
func Open(words *UserWords) (*Analyzer, error) {
	d, err := dict.Open()
	if err != nil {
		return nil, err
	}
	a := &Analyzer{dict: d, particle: particleSteps(d), cache: newCache()}
	if a.user, err = words.compile(d); err != nil {
		return nil, err
	}
	a.workers.New = func() any { return &worker{a: a, lattice: &lattice{}} }
	return a, nil
}

// rules is raised whenever the same dictionary and user words give other terms than before.
const rules = "6"

// Version changes whenever the terms of a text may have changed: with the rules of this package, the dictionary or the
// user's words. An index made by another version must be made anew.
func (a *Analyzer) Version() string {
	return "korean-" + rules + "-" + a.dict.Sum() + "-" + a.user.sum()
}

// Scripts implements analysis.MorphologicalAnalyzer: Korean is written in Hangul, with Hanja among it.
func (a *Analyzer) Scripts() []analysis.Script {
	return []analysis.Script{analysis.Hangul, analysis.Han}
}

// Morphemes implements analysis.MorphologicalAnalyzer. Time and memory are linear in the length of text, whatever it is.
func (a *Analyzer) Morphemes(dst []analysis.Morph, text string) []analysis.Morph {
	w := a.workers.Get().(*worker)
	defer a.workers.Put(w)
	for at, word := range eojeols(text) {
		dst = w.morphemes(dst, at, word)
	}
	return dst
}

// worker is what one call needs of its own.
type worker struct {
	a       *Analyzer
	lattice *lattice
	words   []word
	atoms   []atom
	terms   []analysis.Morph
	known   []known // nouns of the first reading of an eojeol that is read again
	doubt   bool    // whether its head was one word
	rival   bool    // whether the eojeol may be a noun as well as the stem and ending it was cut into
}

// known is a noun by its bytes in the eojeol.
type known struct{ start, end int }

// morphemes appends the terms of an eojeol that begins at a byte of the text.
func (w *worker) morphemes(dst []analysis.Morph, at int, word string) []analysis.Morph {
	terms, ok := w.a.cache.get(word)
	if !ok {
		w.terms = w.analyze(w.terms[:0], word)
		for i, t := range w.terms {
			w.terms[i].Class = classOf(t.Term, t.POS, t.Whole)
		}
		terms = w.terms
		w.a.cache.put(word, terms)
	}
	for _, t := range terms {
		t.Start += at
		t.End += at
		dst = append(dst, t)
	}
	return dst
}

// analyze appends the terms of an eojeol. Behind a word of letters it is first read as what such a word has behind it,
// which is mostly a particle or the copula (JPA란, Redis이다). If it is more than that, it is read as elsewhere.
func (w *worker) analyze(dst []analysis.Morph, word string) []analysis.Morph {
	rest, behind := strings.CutPrefix(word, string(analysis.Letter))
	if first, _ := utf8.DecodeRuneInString(rest); !behind || !hangul.IsSyllable(first) {
		w.cut(word)
		return w.makeTerms(dst, word)
	}
	letter := len(word) - len(rest)
	dst = append(dst, analysis.Morph{Term: word[:letter], POS: "SL", End: letter})
	if w.cut(word); w.isGrammar(word) {
		return dst
	}
	w.cut(rest)
	n := len(dst)
	dst = w.makeTerms(dst, rest)
	for i := range dst[n:] {
		dst[n+i].Start += letter
		dst[n+i].End += letter
	}
	return dst
}

// isGrammar reports whether all morphemes but the first are particles, endings, the copula or a verb that only carries
// endings (build하다).
func (w *worker) isGrammar(text string) bool {
	w.atomize(text)
	for i := 1; i < len(w.atoms); i++ {
		switch a := w.atoms[i]; {
		case a.tag[0] == 'J', a.tag == "VCP", a.tag[0] == 'E' && a.tag != "ETN" && i > 1, w.ending(i):
		case strings.HasPrefix(a.tag, "XS") && slices.Contains(carriers, a.text):
		default:
			return false
		}
	}
	return true
}

// pieceBytes bounds what is analyzed at a time, and with it time and memory: no word is as long, so an eojeol that is
// gets cut anywhere on a rune border.
const pieceBytes = 4 << 10

// eojeols yields the eojeols of text and where they begin, in pieces of at most pieceBytes. ASCII punctuation and
// control characters part them as blanks do, so that a word comes out the same with a bracket after it.
func eojeols(text string) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		for at := 0; at < len(text); at++ {
			end := at
			for end < len(text) && !parts(text[end]) {
				end++
			}
			if end-at > pieceBytes {
				end = chars.Start(text, at+pieceBytes)
			}
			if end > at {
				if !yield(at, text[at:end]) {
					return
				}
				at = end - 1
			}
		}
	}
}

// parts reports whether a byte stands between eojeols.
func parts(b byte) bool {
	return b < utf8.RuneSelf && !('a' <= b|0x20 && b|0x20 <= 'z' || '0' <= b && b <= '9')
}
