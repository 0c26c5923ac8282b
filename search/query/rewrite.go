package query

import "strings"

// Map returns node with f applied to the text of every word in it, phrases, values and what is excluded left alone.
func Map(node Node, f func(word string) string) Node {
	switch n := node.(type) {
	case Word:
		return Word{Text: f(n.Text)}
	case And:
		nodes := make([]Node, len(n.Nodes))
		for i, child := range n.Nodes {
			nodes[i] = Map(child, f)
		}
		return And{Nodes: nodes}
	}
	return node
}

// LastWord returns the word that a person typing s is at: what ends it, if Parse reads that as a word; else "".
func LastWord(s string) string {
	node, truncated := Parse(s)
	if and, ok := node.(And); ok {
		node = and.Nodes[len(and.Nodes)-1]
	}
	word, ok := node.(Word)
	if !ok || truncated || strings.TrimRight(clean(s), " ") != clean(s) {
		return ""
	}
	return word.Text
}
