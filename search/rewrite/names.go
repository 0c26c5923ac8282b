package rewrite

import (
	"strings"

	"chaja/search/query"
)

// InWords returns a query with the words of a name in place of each word that is a name without its blanks, so that
// springboot, 스프링부트, spring boot and 스프링 부트 find the same posts. Such a name is one that the site writes with blanks, or
// parts of it, and in another script. So is a question without blanks cut before its question word. Unfinished, the word that is
// being typed, stays.
func (f *Variants) InWords(tree query.Node, unfinished string) query.Node {
	switch n := tree.(type) {
	case query.Word:
		if words := f.wordsOf(n.Text); n.Text != unfinished && len(words) > 1 {
			nodes := make([]query.Node, len(words))
			for i, word := range words {
				nodes[i] = query.Word{Text: word}
			}
			return query.And{Nodes: nodes}
		}
	case query.And:
		var nodes []query.Node
		for _, node := range n.Nodes {
			if and, ok := f.InWords(node, unfinished).(query.And); ok {
				nodes = append(nodes, and.Nodes...)
			} else {
				nodes = append(nodes, node)
			}
		}
		return query.And{Nodes: nodes}
	}
	return tree
}

// wordsOf returns the words of a name or question that is written without blanks; nil for another word.
func (f *Variants) wordsOf(joined string) []string {
	if words := f.question(joined); words != nil {
		return words
	}
	base := f.stem(joined)
	name := f.respaced(base)
	if name == "" && !f.analyzer.IsWord(base) { // JavaScript is no script in Java
		name = f.apart(base)
	}
	for _, other := range f.Pairs.Of(base) {
		if name == "" {
			name = f.likewise(base, other)
		}
	}
	if name == "" || len(f.Pairs.Of(name)) == 0 && len(f.Pairs.OfWords(name)) == 0 {
		return nil
	}
	return strings.Fields(name)
}

// likewise cuts a word in two as the name is that it is paired with: 스프링부트 as spring boot, by its words or, 핫딜 as hot deal,
// as a whole. It returns "" where no cut gives words that are paired so.
func (f *Variants) likewise(joined, name string) string {
	for _, other := range f.Pairs.Of(name) {
		if other != joined && strings.ReplaceAll(other, " ", "") == joined {
			return other
		}
	}
	words := strings.Fields(name)
	if len(words) != 2 {
		return ""
	}
	for _, both := range cuts(joined) {
		if f.isPair(both[0], words[0]) && f.isPair(both[1], words[1]) {
			return both[0] + " " + both[1]
		}
	}
	return ""
}

func (f *Variants) isPair(a, b string) bool {
	for _, other := range f.Pairs.Of(a) {
		if other == b {
			return true
		}
	}
	return false
}

// questionWords are what a question without blanks is cut before, where more than that follows: the interrogatives.
var questionWords = strings.Fields("무엇 뭐 뭘 뭔 무슨 어떻게 어떤 왜 언제 어디 누구 얼마 어느")

// question cuts a question that is typed without blanks before its question word, so that 여권이뭐예요 asks for what 여권이 뭐예요
// does; nil for another word. The rest must be grammar as a whole: 임진왜란 is none.
func (f *Variants) question(word string) []string {
	for i := range word {
		for _, asks := range questionWords {
			if end, ok := strings.CutPrefix(word[i:], asks); ok && i > 0 && end != "" && f.analyzer.IsGrammar(word[i:]) {
				return []string{word[:i], word[i:]}
			}
		}
	}
	return nil
}
