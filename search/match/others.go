package match

import (
	"cmp"
	"slices"
	"strings"

	"chaja/search/query"
)

// Other is another form of a word, such as its spelling in another script: a document that has it has the word.
type Other struct {
	Text   string  // one word or several, which then stand in this order
	Factor float64 // what it counts against the word as typed, from 0 to 1
	Word   bool    // another word, not another way to write this one: documents with this one come first
}

// maxOthers bounds the other forms of all words of a query: each is a list of documents more to walk. It is what one
// half-typed word may become; people type one at a time, or a few as initial consonants, which share it.
const maxOthers = 16

// maxGroup is the number of successive words for which other forms are looked up together: 스프링 부트 is Spring Boot.
const maxGroup = 3

// lookUp finds the other forms of all words and groups of words before any is compiled, and lets them share maxOthers:
// what has few forms keeps them, and the rest have equally many, so that none of several words of initial consonants
// goes without.
func (c *compiler) lookUp(node query.Node, nodes []query.Node) {
	for rest := nodes; len(rest) > 0; {
		n, _ := c.group(rest)
		rest = rest[n:]
	}
	query.Map(node, func(word string) string {
		c.others(word)
		return word
	})
	few := slices.SortedStableFunc(slices.Values(c.shared), func(a, b string) int {
		return cmp.Compare(len(c.known[a]), len(c.known[b]))
	})
	left := maxOthers
	for i, text := range few {
		share := min(left/(len(few)-i), len(c.known[text]))
		c.known[text] = c.known[text][:share]
		left -= share
	}
}

// others returns the other forms of a word or a group.
func (c *compiler) others(text string) []Other {
	others, ok := c.known[text]
	if !ok {
		others = c.formsOf(text)
		c.known[text] = others
		c.shared = append(c.shared, text)
	}
	return others
}

// group returns the number of the first of nodes that have other forms together, and these; 1 when they have none. All words
// of a query are one group too: they may be the beginning of a title.
func (c *compiler) group(nodes []query.Node) (n int, others []Other) {
	for n := len(nodes); n > 1; n-- {
		if n > maxGroup && n < c.whole {
			n = maxGroup
		}
		if text, ok := wordsOf(nodes[:n]); ok {
			if others := c.others(text); len(others) > 0 {
				return n, others
			}
		}
	}
	return 1, nil
}

// unit compiles the first of nodes, or several words that have other forms together, and returns their number.
func (c *compiler) unit(nodes []query.Node) int {
	n, others := c.group(nodes)
	for _, node := range nodes[:n] {
		if w, ok := node.(query.Word); ok {
			c.ask(w.Text, others)
		} else if cond := c.condition(node, true); cond != nil {
			c.q.must = append(c.q.must, cond)
		}
	}
	return n
}

// wordsOf returns the words of nodes with blanks between them, if they are nothing but words.
func wordsOf(nodes []query.Node) (text string, ok bool) {
	words := make([]string, 0, len(nodes))
	for _, node := range nodes {
		w, ok := node.(query.Word)
		if !ok {
			return "", false
		}
		words = append(words, w.Text)
	}
	return strings.Join(words, " "), true
}
