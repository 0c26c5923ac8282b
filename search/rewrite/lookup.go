package rewrite

import (
	"chaja/search/analysis"
	"chaja/search/lexicon"
)

// lookup is what is known of words in one request. It keeps the answers, as the same words are asked about for the variants of a
// query and for each of its drafts. It is not safe for concurrent use.
type lookup struct {
	*lexicon.Lexicon
	analyzer *analysis.Analyzer
	known    map[string]int
	cut      map[string][]analysis.Token
}

func newLookup(lexicon *lexicon.Lexicon, analyzer *analysis.Analyzer) *lookup {
	return &lookup{lexicon, analyzer, map[string]int{}, map[string][]analysis.Token{}}
}

// docs returns the number of posts that have a word, as the lexicon tells.
func (w *lookup) docs(word string) int {
	n, ok := w.known[word]
	if !ok {
		n = w.Words.Docs(word)
		w.known[word] = n
	}
	return n
}

// morphemes returns the morphemes of a text.
func (w *lookup) morphemes(text string) []analysis.Token {
	tokens, ok := w.cut[text]
	if !ok {
		tokens = w.analyzer.Analyze(text)[analysis.Morpheme]
		w.cut[text] = tokens
	}
	return tokens
}

// stem returns text without the particles at its end.
func (w *lookup) stem(text string) string {
	end := 0
	for _, t := range w.morphemes(text) {
		end = max(end, t.End)
	}
	if end == 0 {
		return text
	}
	return text[:end]
}
