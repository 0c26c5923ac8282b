// Package query is the query language as pure data: Parse reads what a person typed into a tree of nodes. It knows
// no analysis and no engine.
//
// A query is a list of units with blanks between them, and all of them must hold:
//
//	word               a word; what that means is up to the analysis
//	"two words"        a phrase; typographic quotes do as well
//	tag:x              posts that carry the tag; tag:"spring boot" when it has blanks
//	category:x         posts in the category
//	title:x            posts with the word, or title:"a phrase", in their title
//	heading:x          the same in a heading of a section
//	after:2019-08      posts from this year, month or day on
//	before:2020        posts before it
//	-unit              posts without what the unit asks for
//	(a b)              the same as without parentheses, but for OR and minus
//	a b OR c           posts with what stands on either side; blanks bind closer than OR
//
// There is no broken query. What does not fit these forms is a word, read as it stands: C++, .NET, net/http,
// http://x, key:value, --flag, a lone minus, tag: without a value, a parenthesis without its other half, OR with nothing
// on one side. A quote that is not closed reaches to the end. Bounds of dates hold for the whole query, so beside
// OR and after a minus they are words.
package query

import (
	"strings"
	"unicode"
)

// Node is one part of a parsed query: Word, Phrase, Tag, Category, In, After, Before, Not, And or Or. A nil Node asks for
// nothing.
type Node interface {
	// String writes the node in the query language. Parse reads it back to an equal node as long as the node came
	// from Parse and the string is not longer than MaxBytes.
	String() string
	node() // seals the interface: a switch over these types is complete
}

// Word asks for a word, or for whatever the analysis finds in its text. It has no blanks and is not empty, but it
// may hold nothing to search for ("-", "?").
type Word struct {
	Text   string
	number int // of its place in Parsed.places, from 1; 0 for what nobody typed as a word, such as a tag without its value
}

// Phrase asks for words that follow each other. Its text has single blanks, no double quotes, and is not empty.
type Phrase struct{ Text string }

// Tag asks for posts that carry a tag, by whatever rule tags are compared.
type Tag struct{ Value string }

// Category asks for posts in a category, compared like a tag.
type Category struct{ Value string }

// In asks for a Word or Phrase in one field: "title" or "heading".
type In struct {
	Field string
	Node  Node
}

// After asks for posts of a date, as ParseDate reads it, and later. It stands at the top of the tree only.
type After struct{ Date string }

// Before asks for posts before a date. It stands at the top of the tree only.
type Before struct{ Date string }

// Not excludes what its node asks for: any but After, Before and Not.
type Not struct{ Node Node }

// And asks for all of its nodes, which are two or more and never And themselves.
type And struct{ Nodes []Node }

// Or asks for any of its nodes, which are two or more and never Or themselves.
type Or struct{ Nodes []Node }

func (Word) node()     {}
func (Phrase) node()   {}
func (Tag) node()      {}
func (Category) node() {}
func (In) node()       {}
func (After) node()    {}
func (Before) node()   {}
func (Not) node()      {}
func (And) node()      {}
func (Or) node()       {}

// String returns the word as it stands.
func (n Word) String() string { return n.Text }

// String returns the phrase in plain double quotes.
func (n Phrase) String() string { return `"` + n.Text + `"` }

// String returns tag: and the value, quoted when it has blanks.
func (n Tag) String() string { return "tag:" + quoteBlanks(n.Value) }

// String returns category: and the value, quoted when it has blanks.
func (n Category) String() string { return "category:" + quoteBlanks(n.Value) }

// String returns the field, a colon and the node.
func (n In) String() string { return n.Field + ":" + n.Node.String() }

// String returns after: and the date.
func (n After) String() string { return "after:" + n.Date }

// String returns before: and the date.
func (n Before) String() string { return "before:" + n.Date }

// String returns the node after a minus, in parentheses where it is several or begins with a minus.
func (n Not) String() string {
	text := n.Node.String()
	_, all := n.Node.(And)
	if _, either := n.Node.(Or); all || either || !startsUnit(text) {
		return "-(" + text + ")"
	}
	return "-" + text
}

// String returns the nodes with blanks between them, alternatives in parentheses.
func (n And) String() string { return list(n.Nodes, " ") }

// String returns the nodes with OR between them.
func (n Or) String() string { return list(n.Nodes, " OR ") }

// list writes several nodes. Alternatives stand in parentheses, as does a word that is OR itself.
func list(nodes []Node, between string) string {
	parts := make([]string, len(nodes))
	for i, node := range nodes {
		parts[i] = node.String()
		if _, either := node.(Or); either || parts[i] == or {
			parts[i] = "(" + parts[i] + ")"
		}
	}
	return strings.Join(parts, between)
}

func quoteBlanks(value string) string {
	if strings.ContainsFunc(value, unicode.IsSpace) {
		return `"` + value + `"`
	}
	return value
}
