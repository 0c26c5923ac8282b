package highlight

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/hangul"
)

// Marks are what to mark in a text for one variant of a word. OfWord and OfPhrase make them.
type Marks struct {
	list []*mark
	ways []way // any of them will do; the surest first
}

// mark is terms of a lane at successive positions: the words of a phrase, or the bigrams of a word, of which single ones
// occur by chance. A single morpheme is a mark wherever it is.
type mark struct {
	lane   analysis.Lane
	terms  []string
	number int // of a mark in a query; New gives it

	inflected bool     // a term may stand in a text in another form
	typed     []string // the beginnings of such terms in the query: a dictionary may call a word otherwise (막다: 박)
}

func (m *mark) isMorpheme() bool { return m.lane == analysis.Morpheme && len(m.terms) == 1 }

// way is marks that show together that a text has the variant.
type way struct {
	lane  analysis.Lane // by which the text is said to have it
	marks []*mark
	stem  string // what the text has instead of the word; empty for the word itself
}

// OfWord returns the marks of a word: its morphemes, wherever they are, and the word as it stands. What is only stemmed is
// the last way.
func OfWord(tokens analysis.Tokens) (m Marks) {
	morphemes := tokens[analysis.Morpheme]
	m.addRow(analysis.Bigram, tokens)
	parts := way{lane: analysis.Morpheme, marks: m.addMorphemes(morphemes, tokens), stem: stems(tokens)}
	if parts.stem == "" {
		m.ways = slices.Insert(m.ways, 0, parts)
	} else {
		for i := range m.ways {
			m.ways[i].lane = analysis.Morpheme // the word itself
		}
		m.ways = append(m.ways, parts)
	}
	if slices.ContainsFunc(morphemes, analysis.Token.IsSyllable) || parts.stem != "" && analysis.HaveGaps(analysis.Successive(morphemes)) {
		m.addRow(analysis.Morpheme, tokens)
	}
	return m
}

// OfPhrase returns the marks of a phrase: its morphemes in a row, whatever particles are between them, and the phrase as it
// stands.
func OfPhrase(tokens analysis.Tokens) (m Marks) {
	m.addRow(analysis.Morpheme, tokens)
	m.addRow(analysis.Bigram, tokens)
	return m
}

// addRow adds the tokens of a lane in a row, if there are any, as a way.
func (m *Marks) addRow(lane analysis.Lane, tokens analysis.Tokens) {
	row := &mark{lane: lane}
	for _, t := range analysis.Successive(tokens[lane]) {
		row.terms = append(row.terms, t.Term)
		row.inflect(t, tokens)
	}
	if len(row.terms) > 0 {
		m.ways = append(m.ways, way{lane: lane, marks: []*mark{m.add(row)}})
	}
}

// addMorphemes adds morphemes that count each by itself, and returns those that make up all of the tokens. For a compound
// these are its parts, unless the parts must stand in a row or leave something out.
func (m *Marks) addMorphemes(morphemes []analysis.Token, of analysis.Tokens) (all []*mark) {
	for _, c := range analysis.Compounds(morphemes) {
		single := &mark{lane: analysis.Morpheme, terms: []string{c.Term}}
		single.inflect(c.Token, of)
		these := []*mark{m.add(single)}
		parts := m.addMorphemes(slices.DeleteFunc(slices.Clone(c.Parts), analysis.Token.IsSyllable), of)
		if c.IsComplete() && !c.InRow() {
			these = parts
		}
		all = append(all, these...)
	}
	return all
}

// inflect notes how a term of the mark, one of the tokens of a text, may stand in another one.
func (m *mark) inflect(term analysis.Token, tokens analysis.Tokens) {
	if !isInflected(term) {
		return
	}
	m.inflected = true
	for _, t := range tokens[analysis.Bigram] {
		if first, _ := utf8.DecodeRuneInString(t.Term); t.Start == term.Start && hangul.IsSyllable(first) {
			m.typed = append(m.typed, t.Term[:min(len(t.Term), term.End-term.Start)])
		}
	}
}

// isInflected reports whether a term may stand in a text in another form. Only nouns and words without a dictionary do not; a
// pronoun may (내가 of 나).
func isInflected(t analysis.Token) bool {
	return t.Lane == analysis.Morpheme && t.Class != analysis.Noun && t.Class != analysis.Unknown
}

func (m *Marks) add(mark *mark) *mark {
	m.list = append(m.list, mark)
	return mark
}

// stems returns the stems of words in other scripts than Hangul, if these are not the words themselves.
func stems(tokens analysis.Tokens) string {
	var stems []string
	for _, t := range analysis.Successive(tokens[analysis.Morpheme]) {
		isWord := func(word analysis.Token) bool {
			return t.End > word.Start && (t.Term == word.Term || t.Class != analysis.Unknown)
		}
		if !slices.ContainsFunc(tokens[analysis.Bigram], isWord) {
			stems = append(stems, t.Term)
		}
	}
	return strings.Join(stems, " ")
}
