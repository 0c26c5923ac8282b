package match

import (
	"slices"

	"chaja/search/analysis"
	"chaja/search/query"
)

// Query is a parsed query compiled to analyzed terms. It is immutable and safe for concurrent use.
type Query struct {
	Terms []Term // distinct; the other types name a term by its index here

	must      all       // phrases, tags, categories and what is excluded
	words     all       // the words
	some      oneOf     // a part of a word
	loose     bool      // some is asked for in place of words
	root      all       // what a document must fulfil: must, and words or some
	weight    []float64 // of each term in the score; 0 for terms that only filter
	positions []bool    // whether the positions of a term are needed
	marks     marker
	order     []int // the morphemes of the words and phrases as the query has them, wholes left out
}

// Compile analyzes the words of node. A word that analysis finds nothing in (a lone "!") is left out. It returns
// nil when nothing is left; a nil Query matches every document.
func Compile(node query.Node, analyzer *analysis.Analyzer) *Query {
	c := compiler{analyzer: analyzer, index: map[Term]int{}}
	c.top(node)
	return c.finish()
}

// finish returns the query; nil when it asks for nothing.
func (c *compiler) finish() *Query {
	if len(c.q.must)+len(c.q.words) == 0 {
		return nil
	}
	c.q.decide()
	return &c.q
}

// decide sets root from the other conditions.
func (q *Query) decide() {
	words := condition(q.words)
	if q.loose {
		words = q.some
	}
	q.root = append(slices.Clip(q.must), words)
}

// Filter is what documents must carry beside what the query says; empty for anything.
type Filter struct {
	Tags, Categories []string // all of them, compared by Key
	Lang             string
}

// Where returns the query narrowed by f.
func (q *Query) Where(f Filter) *Query {
	c := compiler{index: map[Term]int{}}
	if q != nil {
		c.q = *q
		c.q.must, c.q.Terms = slices.Clip(q.must), slices.Clip(q.Terms) // not to be written to by append
		c.q.weight, c.q.positions = slices.Clip(q.weight), slices.Clip(q.positions)
		for i, t := range q.Terms {
			c.index[t] = i
		}
	}
	for _, tag := range f.Tags {
		c.require(Term{TagKeys, Key(tag)})
	}
	for _, category := range f.Categories {
		c.require(Term{CategoryKey, Key(category)})
	}
	if f.Lang != "" {
		c.require(Term{LangKey, LangOf(f.Lang)})
	}
	return c.finish()
}

func (c *compiler) require(t Term) {
	c.q.must = append(c.q.must, has(c.term(t, 0)))
}

// HasWords reports whether documents can be ranked by the query; tags and excluded words alone only filter.
func (q *Query) HasWords() bool { return q != nil && q.marks.ids > 0 }

// Loose returns the query that asks for a part of its words instead of all, phrases and filters unchanged; nil when
// that would not be another query.
func (q *Query) Loose() *Query {
	if q == nil || q.loose || len(q.some) < 2 {
		return nil
	}
	loose := *q
	loose.loose = true
	loose.decide()
	return &loose
}

// IsLoose reports whether the query came from Loose.
func (q *Query) IsLoose() bool { return q != nil && q.loose }

// NeedsPositions reports whether Doc.Positions is asked for the term.
func (q *Query) NeedsPositions(term int) bool { return q.positions[term] }

// compiler collects the terms of a query as it walks the tree.
type compiler struct {
	analyzer *analysis.Analyzer
	q        Query
	index    map[Term]int
}

func (c *compiler) top(node query.Node) {
	switch n := node.(type) {
	case nil:
	case query.And:
		for _, child := range n.Nodes {
			c.top(child)
		}
	case query.Word:
		if cond := c.word(n.Text, 1); cond != nil {
			c.q.words = append(c.q.words, cond)
		}
	default:
		if cond := c.condition(n, 1); cond != nil {
			c.q.must = append(c.q.must, cond)
		}
	}
}

// condition compiles one node; nil when there is nothing in it. Weight is 1 where a match adds to the score.
func (c *compiler) condition(node query.Node, weight float64) condition {
	switch n := node.(type) {
	case query.Word:
		return c.word(n.Text, weight)
	case query.Phrase:
		return c.phrase(n.Text, weight)
	case query.Not:
		if cond := c.excluded(n.Node); cond != nil {
			return not{cond}
		}
	case query.Tag:
		return has(c.term(Term{TagKeys, Key(n.Value)}, 0))
	case query.Category:
		return has(c.term(Term{CategoryKey, Key(n.Value)}, 0))
	}
	return nil
}

// excluded compiles what a document must not have. A word is excluded as it stands: its parts apart are other words.
func (c *compiler) excluded(node query.Node) condition {
	if word, ok := node.(query.Word); ok {
		node = query.Phrase(word)
	}
	return c.condition(node, 0)
}

// word matches a document that has all its morphemes or all its bigrams, in whatever fields: the dictionary may
// cut an unknown word differently in another sentence, the bigrams stay.
func (c *compiler) word(text string, weight float64) condition {
	tokens := c.analyzer.Analyze(text)
	if len(tokens[analysis.Morpheme]) == 0 && len(tokens[analysis.Bigram]) == 0 {
		return nil
	}
	if weight > 0 {
		c.q.marks.word(tokens)
	}
	lanes := []all{c.morphemes(tokens[analysis.Morpheme], weight), c.bigrams(tokens[analysis.Bigram], weight)}
	if weight > 0 {
		c.follow(tokens[analysis.Morpheme])
	}
	var either oneOf
	for _, lane := range lanes {
		if len(lane) > 0 {
			either = append(either, lane)
		}
		if weight > 0 {
			c.q.some = append(c.q.some, lane...)
		}
	}
	return either
}

// follow notes the order of the morphemes: how near to each other they stand in a document counts.
func (c *compiler) follow(tokens []analysis.Token) {
	for _, t := range parts(tokens) {
		id := c.term(Term{Morphemes, t.Term}, 1)
		c.q.positions[id] = true
		c.q.order = append(c.q.order, id)
	}
}

func (c *compiler) bigrams(tokens []analysis.Token, weight float64) all {
	var conds all
	for _, t := range tokens {
		conds = append(conds, has(c.term(Term{Bigrams, t.Term}, weight)))
	}
	return conds
}

// morphemes asks for every token; in place of a whole, its parts will do if they make up all of it.
func (c *compiler) morphemes(tokens []analysis.Token, weight float64) all {
	var conds all
	for len(tokens) > 0 {
		first := tokens[0]
		cond := condition(has(c.term(Term{Morphemes, first.Term}, weight)))
		n := 1
		for first.Whole && n < len(tokens) && tokens[n].End <= first.End {
			n++
		}
		parts := c.morphemes(tokens[1:n], weight)
		if n > 1 && tokens[1].Start == first.Start && tokens[n-1].End == first.End {
			cond = oneOf{cond, parts}
		}
		conds = append(conds, cond)
		tokens = tokens[n:]
	}
	return conds
}

// phrase matches the morphemes of text at successive positions of one field, one for each position.
func (c *compiler) phrase(text string, weight float64) condition {
	var p inOrder
	tokens := c.analyzer.Analyze(text)
	if weight > 0 {
		c.q.marks.phrase(tokens)
	}
	for _, t := range tokens[analysis.Morpheme] {
		c.term(Term{Morphemes, t.Term}, weight)
	}
	for _, t := range parts(tokens[analysis.Morpheme]) {
		id := c.term(Term{Morphemes, t.Term}, weight)
		p = append(p, id)
		c.q.positions[id] = true
	}
	for _, t := range tokens[analysis.Bigram] {
		c.term(Term{Bigrams, t.Term}, weight)
	}
	if weight > 0 {
		c.follow(tokens[analysis.Morpheme])
	}
	if len(p) == 0 {
		return nil
	}
	return p
}

// term returns the index of t, adding it when new. A term that scores anywhere scores.
func (c *compiler) term(t Term, weight float64) int {
	i, ok := c.index[t]
	if !ok {
		i = len(c.q.Terms)
		c.index[t] = i
		c.q.Terms = append(c.q.Terms, t)
		c.q.weight = append(c.q.weight, 0)
		c.q.positions = append(c.q.positions, false)
	}
	if weight > c.q.weight[i] { // never in Where, which shares the slice with another query
		c.q.weight[i] = weight
	}
	return i
}

// Matches reports whether the document has what the query asks for.
func (q *Query) Matches(d *Doc) bool { return q.root.holds(d) }

// Candidates returns terms such that every document that matches has at least one of them, chosen to be few by
// docFreq, the number of documents with each term; ok is false when only a walk over all documents will do.
func (q *Query) Candidates(docFreq []int) (terms []int, ok bool) { return q.root.candidates(docFreq) }
