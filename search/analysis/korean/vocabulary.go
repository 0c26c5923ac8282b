package korean

import (
	"slices"

	"chaja/search/analysis/korean/internal/dict"
)

// IsWord implements analysis.MorphologicalAnalyzer: nouns and roots of the dictionary, and the user's words.
func (a *Analyzer) IsWord(word string) bool {
	return a.hasTag(word, "NNG", "XR") || a.user != nil && len(entriesOf(a.user.lexicon, word)) > 0
}

// IsName implements analysis.MorphologicalAnalyzer. The dictionary has the names of 115,000 foreign persons, too.
func (a *Analyzer) IsName(word string) bool { return a.hasTag(word, "NNP") }

// hasTag reports whether the dictionary has a word with one of some tags.
func (a *Analyzer) hasTag(word string, tags ...string) bool {
	return slices.ContainsFunc(entriesOf(a.dict.Lexicon, word), func(e dict.Entry) bool {
		return slices.Contains(tags, a.dict.Tag(a.dict.Form(e)))
	})
}

// entriesOf returns the readings of all of a word.
func entriesOf(lexicon *dict.Lexicon, word string) []dict.Entry {
	node := dict.Root
	for _, r := range word {
		if node = lexicon.Step(node, r); node == dict.Root {
			return nil
		}
	}
	if node == dict.Root {
		return nil
	}
	entries, _ := lexicon.Entries(node)
	return entries
}
