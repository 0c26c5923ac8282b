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

// word notes a word: each of its morphemes, and the word as it stands. It returns the ids of either, by lane.
func (m *marker) word(tokens analysis.Tokens) (ids [analysis.Lanes][]int) {
	for i, t := range tokens[analysis.Morpheme] {
		if isSyllableOf(t, tokens[analysis.Morpheme][:i]) {
			continue // 초 of 초당 is met everywhere
		}
		if id := m.morpheme(t.Term); !t.Whole {
			ids[analysis.Morpheme] = append(ids[analysis.Morpheme], id)
		}
	}
	ids[analysis.Bigram] = m.sequence(analysis.Bigram, tokens)
	return ids
}

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

// isSyllableOf reports whether t is a single character and part of one of the tokens before it.
func isSyllableOf(t analysis.Token, before []analysis.Token) bool {
	return utf8.RuneCountInString(t.Term) == 1 && slices.ContainsFunc(before, func(whole analysis.Token) bool {
		return whole.Whole && t.End <= whole.End
	})
}

// phrase notes a phrase: its morphemes in a row, whatever particles are between them, and the phrase as it stands. It
// returns the ids of either.
func (m *marker) phrase(tokens analysis.Tokens) (ids [analysis.Lanes][]int) {
	for lane := range ids {
		ids[lane] = m.sequence(analysis.Lane(lane), tokens)
	}
	return ids
}

// sequence notes the tokens of a lane in a row and returns the id; none when there are none.
func (m *marker) sequence(lane analysis.Lane, tokens analysis.Tokens) []int {
	s := sequence{lane: lane, id: m.ids}
	for _, t := range parts(tokens[lane]) {
		s.terms = append(s.terms, t.Term)
	}
	switch {
	case len(s.terms) == 0:
		return nil
	case len(s.terms) == 1 && lane == analysis.Morpheme:
		return []int{m.morpheme(s.terms[0])} // also inside of a name
	}
	m.sequences = append(m.sequences, s)
	m.ids++
	return []int{s.id}
}

// parts leaves one token for each position: of a whole its parts, which say the same at positions of their own. A name
// whose parts share its position (GitHub, v2.6.1) is one word, and stands for them.
func parts(tokens []analysis.Token) []analysis.Token {
	var out []analysis.Token
	for i, n := 0, 0; i < len(tokens); i += n {
		n = 1
		for i+n < len(tokens) && tokens[i+n].Position == tokens[i].Position {
			n++
		}
		for _, t := range tokens[i : i+n] {
			reaches := i+n < len(tokens) && t.End > tokens[i+n].Start
			if !t.Whole || t.POS == "" && !reaches {
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
	tokens[analysis.Morpheme] = parts(tokens[analysis.Morpheme])
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

// at reports whether tokens begin with the sequence, and where it ends.
func (s sequence) at(tokens []analysis.Token) (end int, ok bool) {
	if len(tokens) < len(s.terms) {
		return 0, false
	}
	for i, term := range s.terms {
		if tokens[i].Term != term {
			return 0, false
		}
	}
	return tokens[len(s.terms)-1].End, true
}
