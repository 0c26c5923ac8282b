package query

import (
	"slices"
	"strings"
)

// Map returns node with f applied to the text of every word that is asked for: not to phrases, values and what is
// excluded. What f makes two words of stands as a phrase where one word stood behind a key.
func Map(node Node, f func(word string) string) Node {
	switch n := node.(type) {
	case Word:
		return Word{Text: f(n.Text)}
	case In:
		mapped := Map(n.Node, f)
		if w, ok := mapped.(Word); ok && strings.Contains(w.Text, " ") {
			mapped = Phrase(w)
		}
		return In{Field: n.Field, Node: mapped}
	case And:
		return And{Nodes: mapAll(n.Nodes, f)}
	case Or:
		return Or{Nodes: mapAll(n.Nodes, f)}
	}
	return node
}

func mapAll(nodes []Node, f func(word string) string) []Node {
	mapped := make([]Node, len(nodes))
	for i, node := range nodes {
		mapped[i] = Map(node, f)
	}
	return mapped
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
