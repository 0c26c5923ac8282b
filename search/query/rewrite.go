package query

import (
	"slices"
	"strings"
)

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

// Without returns the query s without those of its units for which drop holds; dropped tells whether there were any. What
// stands in parentheses or behind a minus is a unit as a whole.
func Without(s string, drop func(Node) bool) (rest string, dropped bool) {
	node, _ := Parse(s)
	units := []Node{node}
	if and, ok := node.(And); ok {
		units = and.Nodes
	}
	left := slices.DeleteFunc(slices.Clone(units), func(n Node) bool { return n != nil && drop(n) })
	if len(left) == len(units) {
		return s, false
	}
	if len(left) == 0 {
		return "", true
	}
	return join(left, func(nodes []Node) Node { return And{nodes} }).String(), true
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
