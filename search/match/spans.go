package match

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/snippet"
)

// marker knows what to mark for the words and phrases that are asked for, not for those that are excluded.
type marker struct {
	ids       int            // given out so far, one for each morpheme and each sequence
	morphemes map[string]int // term -> id
	sequences []sequence
}

// sequence is terms of a lane that count only in a row: the bigrams of a word, of which single ones occur by chance, and
// the words of a phrase.
type sequence struct {
	lane  analysis.Lane
	terms []string
	id    int
}

// marks are what a text must have to have a form of a word.
type marks struct {
	lane analysis.Lane
	ids  []int
	stem string // what the text has in place of the word, where that is not the word itself
}

// word notes a word: its morphemes, wherever they are, and the word as it stands. What is only stemmed comes last.
func (m *marker) word(tokens analysis.Tokens) []marks {
	asItStands := m.sequence(analysis.Bigram, tokens)
	morphemes := marks{lane: analysis.Morpheme, ids: m.morphemesOf(tokens[analysis.Morpheme])}
	var all []marks
	if morphemes.stem = stems(tokens); morphemes.stem == "" {
		all = append([]marks{morphemes}, asItStands...)
	} else {
		for i := range asItStands {
			asItStands[i].lane = analysis.Morpheme // the word itself
		}
		all = append(asItStands, morphemes)
	}
	if slices.ContainsFunc(tokens[analysis.Morpheme], isSyllable) || morphemes.stem != "" && haveGaps(parts(tokens[analysis.Morpheme])) {
		all = append(all, m.sequence(analysis.Morpheme, tokens)...)
	}
	return all
}

// stems returns the stems of words in other scripts than Hangul, if these are not the words themselves.
func stems(tokens analysis.Tokens) string {
	var stems []string
	for _, t := range parts(tokens[analysis.Morpheme]) {
		if !slices.ContainsFunc(tokens[analysis.Bigram], func(word analysis.Token) bool {
			return t.End > word.Start && (t.Term == word.Term || t.Class != analysis.Unknown)
		}) {
			stems = append(stems, t.Term)
		}
	}
	return strings.Join(stems, " ")
}

// morphemesOf notes morphemes that count each by itself, and returns those that make up all of the tokens: of a whole its
// parts, unless they must stand in a row (see compiler.morphemes) or leave something out.
func (m *marker) morphemesOf(tokens []analysis.Token) (ids []int) {
	for len(tokens) > 0 {
		first, n := tokens[0], wholeLen(tokens)
		id := m.morpheme(first.Term)
		inner := slices.DeleteFunc(slices.Clone(tokens[1:n]), isSyllable)
		parts := m.morphemesOf(inner)
		if n == 1 || len(inner) < n-1 || haveGaps(tokens[1:n]) || !makesUp(tokens[1:n], first) {
			parts = []int{id}
		}
		ids, tokens = append(ids, parts...), tokens[n:]
	}
	return ids
}

// wholeLen returns the number of tokens that the first is, with its parts.
func wholeLen(tokens []analysis.Token) int {
	n := 1
	for tokens[0].Whole && n < len(tokens) && tokens[n].End <= tokens[0].End {
		n++
	}
	return n
}

// makesUp reports whether parts reach from one end of whole to the other.
func makesUp(parts []analysis.Token, whole analysis.Token) bool {
	return len(parts) > 0 && parts[0].Start == whole.Start && parts[len(parts)-1].End == whole.End
}

func isSyllable(t analysis.Token) bool { return utf8.RuneCountInString(t.Term) == 1 }

// morpheme notes a morpheme that counts by itself and returns its id.
func (m *marker) morpheme(term string) int {
	if m.morphemes == nil {
		m.morphemes = map[string]int{}
	}
	id, ok := m.morphemes[term]
	if !ok {
		id = m.ids
		m.morphemes[term] = id
		m.ids++
	}
	return id
}

// phrase notes a phrase: its morphemes in a row, whatever particles are between them, and the phrase as it stands.
func (m *marker) phrase(tokens analysis.Tokens) []marks {
	return append(m.sequence(analysis.Morpheme, tokens), m.sequence(analysis.Bigram, tokens)...)
}

// sequence notes the tokens of a lane in a row; nothing when there are none.
func (m *marker) sequence(lane analysis.Lane, tokens analysis.Tokens) []marks {
	s := sequence{lane: lane, id: m.ids}
	for _, t := range parts(tokens[lane]) {
		s.terms = append(s.terms, t.Term)
	}
	switch {
	case len(s.terms) == 0:
		return nil
	case len(s.terms) == 1 && lane == analysis.Morpheme:
		return []marks{{lane: lane, ids: []int{m.morpheme(s.terms[0])}}}
	}
	m.sequences = append(m.sequences, s)
	m.ids++
	return []marks{{lane: lane, ids: []int{s.id}}}
}

// parts leaves one token for each position: of a whole its parts, which say the same at positions of their own. A whole
// whose parts share its position (GitHub, v2.6.1) or are only one, which leaves something out, stands for them.
func parts(tokens []analysis.Token) []analysis.Token {
	var out []analysis.Token
	for i, n := 0, 0; i < len(tokens); i += n {
		n = 1
		for i+n < len(tokens) && tokens[i+n].Position == tokens[i].Position {
			n++
		}
		for _, t := range tokens[i : i+n] {
			reaches := i+n < len(tokens) && t.End > tokens[i+n].Start
			if !t.Whole || !reaches {
				out = append(out, t)
				break
			}
		}
	}
	return out
}

// hintRunes is the length of a hint: the stem of a word may differ from the word behind that.
const hintRunes = 2

// Hints returns beginnings of the words that Spans finds, as they may stand in a text: nearly every text in which
// something is found has one.
func (q *Query) Hints() (hints []string) {
	add := func(term string) {
		runes := []rune(term)
		runes = runes[:min(hintRunes, len(runes))]
		hint, title := string(runes), string(unicode.ToTitle(runes[0]))+string(runes[1:])
		for _, form := range []string{hint, title, strings.ToUpper(hint)} {
			if !slices.Contains(hints, form) {
				hints = append(hints, form)
			}
		}
	}
	for _, term := range slices.Sorted(maps.Keys(q.marks.morphemes)) {
		add(term)
	}
	for _, s := range q.marks.sequences {
		add(s.terms[0])
	}
	return hints
}

// Spans returns what in text answers the query: morphemes, words as they stand, and phrases. A different Term is a
// different one of these. Spans may overlap.
func (q *Query) Spans(analyzer *analysis.Analyzer, text string) []snippet.Span {
	if !q.HasWords() {
		return nil
	}
	var spans []snippet.Span
	tokens := analyzer.Analyze(text)
	for _, t := range tokens[analysis.Morpheme] {
		if id, ok := q.marks.morphemes[t.Term]; ok {
			spans = append(spans, snippet.Span{Start: t.Start, End: t.End, Term: id})
		}
	}
	for _, s := range q.marks.sequences {
		in := tokens[s.lane]
		for i := range in {
			if end, ok := s.at(in[i:]); ok {
				spans = append(spans, snippet.Span{Start: in[i].Start, End: end, Term: s.id})
			}
		}
	}
	return spans
}

// at reports whether the sequence begins with the first of tokens, and where it ends: its terms stand at successive
// positions, of which each may have several tokens.
func (s sequence) at(tokens []analysis.Token) (end int, ok bool) {
	n := 0
	for _, t := range tokens {
		switch at := t.Position - tokens[0].Position; {
		case n == len(s.terms) || at > n:
			return end, n == len(s.terms)
		case at == n && t.Term == s.terms[n]:
			end = max(end, t.End)
			n++
		case n == 0:
			return 0, false
		}
	}
	return end, n == len(s.terms)
}
