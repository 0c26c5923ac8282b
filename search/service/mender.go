package service

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search"
	"chaja/search/lexicon"

	"chaja/search/analysis"
	"chaja/search/chars"
	"chaja/search/hangul"
	"chaja/search/lexicon/pairs"
	"chaja/search/match"
	"chaja/search/query"
)

// mender mends the words of one query.
type mender struct {
	*Service
	lexicon    *lexicon.Lexicon
	ctx        context.Context
	words      []string          // that are to be mended if need be, each once, without the signs around them
	unfinished string            // as in forms
	respelled  map[string]repair // words compared with those of the site so far
	counted    map[string]int    // the posts that the index has for a word
	err        error             // of the index
}

// read collects the words of a request. When plenty is found, only what is found in pieces is mended.
func (m *mender) read(r search.Request, plenty bool) {
	if r.Prefix {
		last := query.LastWord(r.Query)
		if words := chars.Words(last, unicode.Mark); len(words) > 0 && strings.HasSuffix(last, words[len(words)-1]) {
			m.unfinished = words[len(words)-1]
		}
	}
	query.Replace(r.Query, func(text string) string {
		for _, word := range chars.Words(text, unicode.Mark) {
			if !slices.Contains(m.words, word) && (!plenty || word != m.unfinished && m.inPieces(word)) {
				m.words = append(m.words, word)
			}
		}
		return text
	})
}

// write returns the query with the words of a draft in place of those typed; the rest is as it was typed.
func (m *mender) write(text string, d draft) string {
	return query.Replace(text, func(text string) string {
		var b strings.Builder
		for _, word := range chars.Words(text, unicode.Mark) {
			before, after, _ := strings.Cut(text, word)
			b.WriteString(before + d.meant(word))
			text = after
		}
		return b.String() + text
	})
}

// known counts the posts that have a word, or the noun in front of its particle or ending, as far as the words of the site
// tell.
func (m *mender) known(word string) int {
	docs := max(m.lexicon.Words.Docs(word), m.lexicon.Words.Docs(pairs.WithoutParticle(word)))
	tokens := m.analyzer.Analyze(word)[analysis.Morpheme]
	if len(tokens) == 0 || !tokens[0].Class.IsNominal() || tokens[0].End < tokens[len(tokens)-1].End || m.inPieces(word) {
		return docs
	}
	return max(docs, m.lexicon.Words.Docs(word[:tokens[0].End]))
}

// posts counts the posts that have the words of text side by side. It does not ask the index for words that many have.
func (m *mender) posts(text string) int {
	docs := m.lexicon.Words.Docs(text)
	if n, ok := m.counted[text]; ok || docs >= enough || !m.mayCount() {
		return max(n, docs)
	}
	for word := range strings.FieldsSeq(text) {
		if m.inPieces(word) || !m.isWhole(word) {
			return docs
		}
	}
	phrase := match.Compile(query.Phrase{Text: text}, m.analyzer, nil)
	if phrase == nil {
		return 0
	}
	var found search.Matches
	found, m.err = m.index.Search(m.ctx, search.Query{Match: phrase})
	m.counted[text] = found.Total
	return found.Total
}

// mayCount reports whether the index may be asked for one more word.
func (m *mender) mayCount() bool { return m.err == nil && len(m.counted) < maxCounted }

// has counts the posts that have a word, in another script or spelling too.
func (m *mender) has(word string) int { return m.posts(word) + m.otherwise(word) }

// otherwise counts the posts that have a word in another script or spelling.
func (m *mender) otherwise(word string) (n int) {
	for _, other := range m.lexicon.Pairs.Of(word) {
		n = max(n, m.lexicon.Words.Docs(other))
	}
	return n
}

// isWhole reports whether the parts of a word make up all of it: a phrase asks for the parts, and would find too much.
func (m *mender) isWhole(word string) bool {
	end := 0
	for _, t := range m.analyzer.Analyze(word)[analysis.Morpheme] {
		if t.Start > end {
			return false
		}
		if !t.Whole {
			end = t.End
		}
	}
	return end == len(m.stem(word))
}

// inPieces reports whether the site has not the word, and analysis takes for a particle what is none, so that what is left
// of it is no word of the site: 부라우저 is taken for 부.
func (m *mender) inPieces(word string) bool {
	tokens := m.analyzer.Analyze(word)[analysis.Morpheme]
	stem := m.stem(word)
	if len(tokens) != 1 || !tokens[0].Class.IsNominal() || len(stem) >= len(pairs.WithoutParticle(word)) || !hangul.IsComposed(word) {
		return false
	}
	return m.lexicon.Words.Docs(word) == 0 && (utf8.RuneCountInString(stem) == 1 || m.lexicon.Words.Docs(stem) == 0)
}

// stem returns text without the particles at its end.
func (s *Service) stem(text string) string {
	end := 0
	for _, t := range s.analyzer.Analyze(text)[analysis.Morpheme] {
		end = max(end, t.End)
	}
	if end == 0 {
		return text
	}
	return text[:end]
}
