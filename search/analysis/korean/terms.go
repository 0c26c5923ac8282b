package korean

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/analysis/korean/internal/dict"
	"chaja/search/hangul"
)

// makeTerms appends the terms of the eojeol that has just been cut. An eojeol always gives one: where all is
// function, its stem if it has one (않았다: 않), else the whole of it (은).
func (w *worker) makeTerms(dst []analysis.Morph, text string) []analysis.Morph {
	w.atomize(text)
	w.mendGrammar(text)
	before, content := len(dst), false
	if w.rival {
		dst = append(dst, analysis.Morph{Term: text, POS: "NNG", End: len(text), Whole: true})
		before++
	}
	for i := 0; i < len(w.atoms); {
		if end := w.nominal(i); end > i {
			dst = w.nouns(dst, text, i, end)
			content = content || w.atoms[i].role != unit
			i = end
			continue
		}
		switch a := w.atoms[i]; {
		case a.role == predicate && !w.carrier(i):
			dst, content = append(dst, term(w.root(a))), true
		case a.role == adverb && !w.ending(i):
			dst, content = append(dst, term(a)), true
		}
		i++
	}
	if content {
		return dst
	}
	for _, a := range w.atoms {
		if a.role == light || a.role == predicate {
			at := before // among the terms made since, in the order of the text
			for at < len(dst) && dst[at].Start < a.start {
				at++
			}
			return slices.Insert(dst, at, term(a))
		}
	}
	if len(dst) > before {
		return dst
	}
	return append(dst, analysis.Morph{Term: text, POS: w.atoms[0].tag, End: len(text)})
}

func term(a atom) analysis.Morph {
	return analysis.Morph{Term: a.text, POS: a.tag, Start: a.start, End: a.end}
}

// nominal returns where the nouns in a row that begin at atom i end, with their affixes; i if there are none.
func (w *worker) nominal(i int) int {
	found := false
	for at := i; ; at++ {
		if at == len(w.atoms) || !w.joins(i, at) {
			if !found {
				return i
			}
			return at
		}
		switch w.atoms[at].role {
		case noun, number, unit:
			found = true
		}
	}
}

// joins reports whether an atom belongs to the nouns in a row that begin at atom first.
func (w *worker) joins(first, at int) bool {
	switch w.atoms[at].role {
	case noun, number, affix:
		return true
	case unit:
		return at == first || w.atoms[at-1].role == number || w.atoms[at-1].role == pointer
	case adverb, pointer:
		// A misreading (주문상세내역 has 세, 기획안 has 안) or a modifier grown to its noun (온세상).
		return w.beforeNoun(at) || at > first && at == len(w.atoms)-1 && !w.ending(at)
	case function:
		// Before the first noun no eojeol has particles and endings, and between nouns it hardly has a particle of one
		// syllable: these are pieces of a word that nobody knows (교육과학기술부 has 과 and 학기).
		if a := w.atoms[at]; at > first && a.tag[0] == 'J' && a.end-a.start == len("가") {
			return w.beforeNoun(at)
		}
		return first == 0 && w.leads(at)
	}
	return false
}

// leads reports whether the eojeol begins with function words and nothing else up to an atom, and a noun follows.
func (w *worker) leads(at int) bool {
	for at+1 < len(w.atoms) && w.atoms[at].role == function {
		at++
	}
	isContent := func(a atom) bool { return a.role != function }
	return w.atoms[at].role == noun && !slices.ContainsFunc(w.atoms[:at], isContent)
}

func (w *worker) beforeNoun(at int) bool {
	if at+1 == len(w.atoms) {
		return false
	}
	r := w.atoms[at+1].role
	return r == noun || r == number || r == affix || r == unit
}

// nouns appends nouns in a row: if they are several, all as one, then each.
func (w *worker) nouns(dst []analysis.Morph, text string, i, end int) []analysis.Morph {
	atoms := w.atoms[i:end]
	first, last := atoms[0], atoms[len(atoms)-1]
	if first.word != last.word {
		dst = append(dst, analysis.Morph{Term: text[first.start:last.end], POS: last.tag, Start: first.start, End: last.end, Whole: true})
	}
	for len(atoms) > 0 {
		n := 1
		for n < len(atoms) && atoms[n].word == atoms[0].word {
			n++
		}
		if n == 1 && n < len(atoms) && isOrdinal(atoms[0], atoms[1]) {
			dst = append(dst, term(atoms[0]))
		} else {
			dst = w.noun(dst, text, atoms[:n])
		}
		atoms = atoms[n:]
	}
	return dst
}

// isOrdinal reports whether an affix or determiner counts with the number behind it (제1부). It is a part, as people write it
// apart, too (제 1 부), where it is a word.
func isOrdinal(a, next atom) bool {
	return (a.role == affix || a.role == pointer) && next.role == number
}

// noun appends one word among nouns in a row: if it is a compound, all of it, then its parts.
func (w *worker) noun(dst []analysis.Morph, text string, atoms []atom) []analysis.Morph {
	a := atoms[0]
	if found := w.words[a.word]; len(atoms) == 1 {
		switch found.source {
		case fromSound:
			return w.loan(dst, a)
		case fromLexicon:
			if sound := w.reading(found.number, text[a.start:a.end]); sound != "" {
				whole := term(a)
				whole.Whole = true
				a.text = sound
				return append(dst, whole, term(a))
			}
		}
	}
	whole := len(dst)
	for _, a := range atoms {
		switch a.role {
		case noun, number, unit, adverb:
			dst = append(dst, term(a))
		}
	}
	if last := atoms[len(atoms)-1]; len(atoms) > 1 && len(dst) > whole {
		dst = slices.Insert(dst, whole, analysis.Morph{Term: text[a.start:last.end], POS: last.tag, Start: a.start, End: last.end, Whole: true})
	}
	return dst
}

// reading returns how Hanja sound; most programs never ask the dictionary, which unpacks the readings on demand.
func (w *worker) reading(entry uint32, surface string) string {
	if strings.ContainsFunc(surface, func(r rune) bool { return !hangul.IsSyllable(r) && unicode.Is(unicode.Han, r) }) {
		return w.a.dict.Reading(entry, surface)
	}
	return ""
}

// loan appends a loanword and, if nouns of the dictionary make it up (카카오+뱅크), these as its parts.
func (w *worker) loan(dst []analysis.Morph, a atom) []analysis.Morph {
	whole := len(dst)
	dst = append(dst, term(a))
	for rest := a; rest.start < rest.end; {
		n := w.longestNoun(rest.text)
		if n == 0 || n == len(a.text) {
			return w.knownParts(dst[:whole+1], a)
		}
		part := rest
		part.text, part.end = rest.text[:n], rest.start+n
		dst = append(dst, term(part))
		rest.text, rest.start = rest.text[n:], rest.start+n
	}
	dst[whole].Whole = true
	return dst
}

// knownParts appends the nouns of the first reading that a loanword has in it (업스트림: 스트림).
func (w *worker) knownParts(dst []analysis.Morph, a atom) []analysis.Morph {
	if !w.doubt && w.soundsForeign(a.text) {
		return dst
	}
	loan := len(dst) - 1
	for _, k := range w.known {
		if k.start >= a.start && k.end <= a.end && k.end-k.start < a.end-a.start {
			part := a
			part.text, part.start, part.end = a.text[k.start-a.start:k.end-a.start], k.start, k.end
			dst[loan].Whole = true
			dst = append(dst, term(part))
		}
	}
	return dst
}

// longestNoun returns the bytes of the longest noun of two syllables or more that begins s.
func (w *worker) longestNoun(s string) int {
	node, longest := dict.Root, 0
	for i, r := range s {
		if node = w.a.dict.Lexicon.Step(node, r); node == dict.Root {
			break
		}
		if i > 0 && w.isNoun(node) {
			longest = i + utf8.RuneLen(r)
		}
	}
	return longest
}

func (w *worker) isNoun(node uint32) bool {
	entries, _ := w.a.dict.Lexicon.Entries(node)
	return slices.ContainsFunc(entries, func(e dict.Entry) bool {
		tag := w.a.dict.Tag(w.a.dict.Form(e))
		return tag == "NNG" || tag == "NNP" || tag == "XR"
	})
}

// carriers are the verbs that make verbs of nouns.
var carriers = []string{"하", "되", "시키", "당하"}

// carrier reports whether a predicate only makes a verb of the noun (공부+하) or stem (좋+아+하) before it, which is
// what counts.
func (w *worker) carrier(i int) bool {
	return i > 0 && (w.atoms[i-1].role == noun || w.atoms[i-1].tag == "EC") && slices.Contains(carriers, w.atoms[i].text)
}

// sentenceEnd makes a sentence of the noun that it touches (개다); it is also an adverb, with a blank before it.
const sentenceEnd = "다"

// ending reports whether an atom is no adverb but the ending of a sentence.
func (w *worker) ending(i int) bool {
	return i > 0 && i == len(w.atoms)-1 && w.atoms[i].text == sentenceEnd
}

// root reduces a verb made of a noun of two syllables or more (기억하) to the noun.
func (w *worker) root(a atom) atom {
	for _, c := range carriers {
		if root, ok := strings.CutSuffix(a.text, c); ok && utf8.RuneCountInString(root) > 1 && w.longestNoun(root) == len(root) {
			a.text, a.tag = root, "NNG"
		}
	}
	return a
}
