// Package query is the query language as pure data: Parse reads what a person typed into a tree of nodes. It knows
// no analysis and no engine.
//
// A query is a list of units with blanks between them, and all of them must hold:
//
//	word            a word; what that means is up to the analysis
//	"two words"     a phrase; typographic quotes do as well
//	tag:x           posts that carry the tag; tag:"spring boot" when it has blanks
//	category:x      posts in the category
//	-unit           posts without what the unit asks for
//
// There is no broken query. What does not fit these forms is a word, read as it stands: C++, .NET, net/http,
// http://x, key:value, --flag, a lone minus, tag: without a value. A quote that is not closed reaches to the end.
package query

import (
	"strings"
	"unicode"
)

// Node is one part of a parsed query: Word, Phrase, Tag, Category, Not or And. A nil Node asks for nothing.
type Node interface {
	// String writes the node in the query language. Parse reads it back to an equal node as long as the node came
	// from Parse and the string is not longer than MaxBytes.
	String() string
	node() // seals the interface: a switch over the six types is complete
}

// Word asks for a word, or for whatever the analysis finds in its text. It has no blanks and is not empty, but it
// may hold nothing to search for ("-", "?").
type Word struct{ Text string }

// Phrase asks for words that follow each other. Its text has single blanks, no double quotes, and is not empty.
type Phrase struct{ Text string }

// Tag asks for posts that carry a tag, by whatever rule tags are compared.
type Tag struct{ Value string }

// Category asks for posts in a category, compared like a tag.
type Category struct{ Value string }

// Not excludes what its node asks for: a Word, Phrase, Tag or Category.
type Not struct{ Node Node }

// And asks for all of its nodes, which are two or more and never And themselves.
type And struct{ Nodes []Node }

func (Word) node()     {}
func (Phrase) node()   {}
func (Tag) node()      {}
func (Category) node() {}
func (Not) node()      {}
func (And) node()      {}

// String returns the word as it stands.
func (n Word) String() string { return n.Text }

// String returns the phrase in plain double quotes.
func (n Phrase) String() string { return `"` + n.Text + `"` }

// String returns tag: and the value, quoted when it has blanks.
func (n Tag) String() string { return tagPrefix + quoteBlanks(n.Value) }

// String returns category: and the value, quoted when it has blanks.
func (n Category) String() string { return categoryPrefix + quoteBlanks(n.Value) }

// String returns the node after a minus.
func (n Not) String() string { return "-" + n.Node.String() }

// String returns the nodes with blanks between them.
func (n And) String() string {
	parts := make([]string, len(n.Nodes))
	for i, node := range n.Nodes {
		parts[i] = node.String()
	}
	return strings.Join(parts, " ")
}

func quoteBlanks(value string) string {
	if strings.ContainsFunc(value, unicode.IsSpace) {
		return `"` + value + `"`
	}
	return value
}
