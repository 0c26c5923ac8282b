// Package highlight finds in a text what answers a query: what to mark, and which word was found where.
package highlight

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"chaja/search/analysis"
	"chaja/search/match"
)

// Word is a word or phrase that is asked for. What is excluded is none.
type Word struct {
	Required bool      // documents with all the words have it; one of several with OR between them may be absent
	Grammar  bool      // it only carries grammar: it counts little, and documents need not have it
	Silent   bool      // it is marked and not explained: a phrase of words that are explained themselves
	Variants []Variant // the first is the word as typed
}

// Variant is a way in which a word may stand in a text.
type Variant struct {
	Text  string
	Kind  match.VariantKind
	Marks Marks
}

// Highlighter finds the words of one query. It is immutable and safe for concurrent use; nil finds nothing.
type Highlighter struct {
	analyzer  *analysis.Analyzer
	words     []Word         // without the silent ones
	morphemes map[string]int // their numbers
	rows      []*mark        // the others

	beginnings beginnings
}

// New returns a highlighter for texts that analyzer cuts. The marks of the words belong to it from now on.
func New(analyzer *analysis.Analyzer, words []Word) *Highlighter {
	h := &Highlighter{analyzer: analyzer, morphemes: map[string]int{}, beginnings: beginnings{words: map[[2]rune]bool{}, inflected: map[[2]rune]bool{}}}
	for _, w := range words {
		for _, v := range w.Variants {
			for _, m := range v.Marks.list {
				m.number = h.number(m)
				h.beginnings.add(m)
			}
		}
		if !w.Silent {
			h.words = append(h.words, w)
		}
	}
	return h
}

// number returns the number of a mark. A morpheme has one number in the whole query, a row one wherever it is asked for.
func (h *Highlighter) number(m *mark) int {
	number := len(h.morphemes) + len(h.rows)
	if !m.isMorpheme() {
		h.rows = append(h.rows, m)
	} else if known, ok := h.morphemes[m.terms[0]]; ok {
		return known
	} else {
		h.morphemes[m.terms[0]] = number
	}
	return number
}

// hintRunes is the length of the shorter hint: the stem of a word may differ from the word behind that.
const hintRunes = 2

// Hints returns the words that Spans finds and their beginnings, as they may stand in a text: nearly every text in which
// something is found has one, and a text with more of them has more to find.
func (h *Highlighter) Hints() (hints []string) {
	if h == nil {
		return nil
	}
	terms := slices.Sorted(maps.Keys(h.morphemes))
	for _, r := range h.rows {
		terms = append(terms, r.terms[0])
	}
	for _, term := range terms {
		runes := []rune(term)
		for _, hint := range []string{string(runes[:min(hintRunes, len(runes))]), term} {
			title := string(unicode.ToTitle(runes[0])) + strings.TrimPrefix(hint, string(runes[0]))
			for _, spelled := range []string{hint, title, strings.ToUpper(hint)} {
				if !slices.Contains(hints, spelled) {
					hints = append(hints, spelled)
				}
			}
		}
	}
	return hints
}

// at reports whether the row begins with the first of tokens, and where it ends. A position may have several tokens.
func (m *mark) at(tokens []analysis.Token) (end int, ok bool) {
	n := 0
	for _, t := range tokens {
		switch at := t.Position - tokens[0].Position; {
		case n == len(m.terms) || at > n:
			return end, n == len(m.terms)
		case at == n && t.Term == m.terms[n]:
			end = max(end, t.End)
			n++
		case n == 0:
			return 0, false
		}
	}
	return end, n == len(m.terms)
}
