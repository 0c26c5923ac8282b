package query

import (
	"slices"
	"strings"
)

// Replace returns s with f applied to the text of every word that is asked for, and all else as it stands: phrases, values,
// what is excluded, parentheses. What f makes two words of stands as a phrase where one word stood behind a key. What Parse
// has no room for is not looked at.
func Replace(s string, f func(word string) string) string {
	s, _ = cut(s)
	s = strings.TrimSpace(clean(s))
	p := parser{rest: s}
	p.either()
	var b strings.Builder
	done := 0
	for _, w := range p.asked {
		at := len(s) - w.left
		word := s[at : at+w.size]
		b.WriteString(s[done:at])
		done = at + w.size
		if word = f(word); w.keyed && strings.Contains(word, " ") {
			word = Phrase{word}.String()
		}
		b.WriteString(word)
	}
	return b.String() + s[done:]
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
