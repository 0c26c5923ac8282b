package match

import (
	"strings"

	"chaja/search/query"
	"chaja/search/ranking"
)

// Other is another form of a word, such as its spelling in another script: a document that has it has the word.
type Other struct {
	Text   string  // one word or several, which then stand in this order
	Factor float64 // what it counts against the word as typed, from 0 to 1
	Word   bool    // another word, not another way to write this one: documents with this one come first
}

// unit compiles the first of nodes, or several words that have other forms together, and returns their number.
func (c *compiler) unit(nodes []query.Node) int {
	for n := min(ranking.MaxNameWords, len(nodes)); n > 1; n-- {
		text, ok := wordsOf(nodes[:n])
		if !ok {
			continue
		}
		if others := c.others(text); len(others) > 0 {
			for _, node := range nodes[:n] {
				c.ask(node.(query.Word).Text, others)
			}
			return n
		}
	}
	switch n := nodes[0].(type) {
	case query.Word:
		c.ask(n.Text, nil)
	case query.Tag:
		c.filter(TagFilter, Term{TagKeys, Key(n.Value)})
	case query.Category:
		c.filter(CategoryFilter, Term{CategoryKey, Key(n.Value)})
	default:
		if cond := c.condition(n, true); cond != nil {
			c.q.must = append(c.q.must, cond)
		}
	}
	return 1
}

// others looks up the other forms of a word or a group, at most its share of what is left of ranking.MaxAllVariants; a word that is
// repeated has its forms already.
func (c *compiler) others(text string) []Other {
	others, ok := c.known[text]
	if ok || c.taken == ranking.MaxAllVariants {
		return others
	}
	share := (ranking.MaxAllVariants - c.taken + c.left - 1) / c.left
	others = c.formsOf(text)
	others = others[:min(ranking.MaxVariants, share, len(others))]
	c.known[text], c.taken = others, c.taken+len(others)
	return others
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
