package analysis

import (
	"slices"
	"strings"
	"unicode"
)

// stopWords are English words that carry grammar and no subject: articles, pronouns, prepositions, conjunctions,
// auxiliary and question words. Those that are names in computing (go, it, will, do) are left out of the list.
var stopWords = strings.Fields(`a an the and or but nor of to in on at by for from with without into onto over under about
	between through during before after above below as than then that this these those there here i me my we us our you
	your he him his she her they them their its is are was were be been being am has have had having does did doing can
	could would should may might must shall what which who whom whose when where why how not no so if because while
	until also too very just only own same such each every both few more most other some any all`)

// sentenceWords are grammar where they are typed as in a sentence, and names where they are in capitals (IT). A will is a noun, too.
var sentenceWords = strings.Fields("do it")

// IsStopWord reports whether an English word, in lower case, says nothing of what a text is about.
func IsStopWord(word string) bool { return slices.Contains(stopWords, word) }

// IsGrammar reports whether a word only carries grammar and says nothing of a subject: a pronoun, an interrogative, a light verb
// with its endings, a particle, a stop word of English.
func (a *Analyzer) IsGrammar(word string) bool {
	letters := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
	if lower := strings.ToLower(letters); IsStopWord(lower) || letters != strings.ToUpper(letters) && slices.Contains(sentenceWords, lower) {
		return true
	}
	tokens := a.Analyze(word)[Morpheme]
	return len(tokens) > 0 && tokens[0].Start == 0 && !slices.ContainsFunc(tokens, func(t Token) bool { return !t.Whole && !t.Class.IsGrammar() })
}
