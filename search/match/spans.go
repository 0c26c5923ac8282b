package match

import (
	"chaja/search/analysis"
	"chaja/search/snippet"
)

// marker knows what to mark for the words of a query that are asked for, not those that are excluded.
type marker struct {
	ids       int            // given out so far, one for each morpheme and each literal
	morphemes map[string]int // term -> id
	literals  []literal
}

// literal is a word as the sequence of its bigrams: single bigrams of a word occur by chance, all in a row do not.
type literal struct {
	bigrams []string
	id      int
}

// add notes one word or phrase.
func (m *marker) add(tokens analysis.Tokens) {
	if m.morphemes == nil {
		m.morphemes = map[string]int{}
	}
	for _, t := range tokens[analysis.Morpheme] {
		if _, ok := m.morphemes[t.Term]; !ok {
			m.morphemes[t.Term] = m.ids
			m.ids++
		}
	}
	l := literal{id: m.ids}
	for _, t := range tokens[analysis.Bigram] {
		l.bigrams = append(l.bigrams, t.Term)
	}
	if len(l.bigrams) > 0 {
		m.literals = append(m.literals, l)
		m.ids++
	}
}

// Spans returns what in text answers the query: morphemes, and words as they stand. A different Term is a different
// morpheme or word. They may overlap.
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
	bigrams := tokens[analysis.Bigram]
	for _, l := range q.marks.literals {
		for i := range bigrams {
			if end, ok := l.at(bigrams[i:]); ok {
				spans = append(spans, snippet.Span{Start: bigrams[i].Start, End: end, Term: l.id})
			}
		}
	}
	return spans
}

// at reports whether tokens begin with the literal, and where it ends.
func (l literal) at(tokens []analysis.Token) (end int, ok bool) {
	if len(tokens) < len(l.bigrams) {
		return 0, false
	}
	for i, b := range l.bigrams {
		if tokens[i].Term != b {
			return 0, false
		}
	}
	return tokens[len(l.bigrams)-1].End, true
}
