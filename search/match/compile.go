package match

import (
	"slices"
	"strings"

	"chaja/search/analysis"
	"chaja/search/query"
	"chaja/search/ranking"
)

// Compile analyzes the words of node. A word that analysis finds nothing in (a lone "!") is left out. It returns
// nil when nothing is left; a nil Query matches every document. Others, if not nil, gives the other forms of a word, or
// of up to ranking.MaxNameWords words with blanks between them.
func Compile(node query.Node, analyzer *analysis.Analyzer, others func(text string) []Other) *Query {
	if others == nil {
		others = func(string) []Other { return nil }
	}
	c := compiler{analyzer: analyzer, formsOf: others, known: map[string][]Other{}, index: map[Term]int{}}
	nodes := []query.Node{node}
	if and, ok := node.(query.And); ok {
		nodes = and.Nodes
	}
	for rest := nodes; len(rest) > 0; rest = rest[c.unit(rest):] {
		c.left = len(rest)
	}
	c.name(nodes)
	c.q.neighbours = neighboursIn(c.order)
	c.q.distinct = slices.Compact(slices.Sorted(slices.Values(c.order)))
	return c.finish()
}

// compiler collects the terms of a query as it walks the tree.
type compiler struct {
	analyzer *analysis.Analyzer
	formsOf  func(text string) []Other
	q        Query
	words    All
	optional All                // stop words, which are asked for only where there is nothing else
	own      []Condition        // of each word, that a document has it and not only another word
	order    []int              // the morphemes of words and phrases
	known    map[string][]Other // other forms, by what has them
	taken    int                // their number
	left     int                // units of the query that are not compiled yet
	index    map[Term]int
	counted  map[int]bool // terms that score already
}

// finish returns the query; nil when it asks for nothing.
func (c *compiler) finish() *Query {
	if len(c.q.Filters)+len(c.q.must)+len(c.q.words) == 0 {
		return nil
	}
	if c.q.full == nil {
		c.q.full = All{}
	}
	return &c.q
}

// ask compiles a word, which a document has also by one of the other forms of a group that it stands in.
func (c *compiler) ask(text string, ofGroup []Other) {
	cond := c.scoredWord(text, ofGroup)
	if cond == nil {
		return
	}
	if analysis.IsStopWord(strings.ToLower(text)) {
		c.optional = append(c.optional, cond)
		return
	}
	c.words = append(c.words, cond)
	c.q.scored[len(c.q.scored)-1].must = true
}

// name completes the condition for the words: all of them, or all that was typed as the name of a post or section.
func (c *compiler) name(nodes []query.Node) {
	if len(c.words) == 0 {
		c.words = c.optional
		for i := range c.q.scored {
			c.q.scored[i].must = true
		}
	}
	if len(c.words) == 0 {
		return
	}
	var texts []string
	for _, node := range nodes {
		if w, ok := node.(query.Word); ok {
			texts = append(texts, w.Text)
		}
	}
	c.q.text = strings.Join(texts, " ")
	key := NameKey(c.q.text)
	title, heading := c.term(Term{TitleKey, key}), c.term(Term{HeadingKey, key})
	c.exact(title, heading)
	c.q.words = Any(c.words)
	c.q.full = Any{c.words, Has{title, AnyField}, Has{heading, AnyField}}
	if len(c.own) == 1 {
		c.q.own = c.own[0]
	}
}

// exact notes terms of a name that is what was typed.
func (c *compiler) exact(title, heading int) {
	c.q.exact[0], c.q.exact[1] = append(c.q.exact[0], title), append(c.q.exact[1], heading)
}

// condition compiles one node; nil when there is nothing in it. Score tells whether a match adds to the score.
func (c *compiler) condition(node query.Node, score bool) Condition {
	switch n := node.(type) {
	case query.Word:
		if !score {
			return c.phrase(n.Text, false) // a word is excluded as it stands: its parts apart are other words
		}
		return c.scoredWord(n.Text, nil)
	case query.Phrase:
		return c.phrase(n.Text, score)
	case query.Not:
		if cond := c.condition(n.Node, false); cond != nil {
			return Not{cond}
		}
	case query.Tag:
		return c.has(Term{TagKeys, Key(n.Value)})
	case query.Category:
		return c.has(Term{CategoryKey, Key(n.Value)})
	case query.In:
		if cond := c.condition(n.Node, score); cond != nil {
			return within(cond, map[string]Field{"title": Title, "heading": Heading}[n.Field])
		}
	case query.And:
		if conds := c.conditions(n.Nodes, score); len(conds) > 0 {
			return All(conds)
		}
	case query.Or:
		if conds := c.conditions(n.Nodes, score); len(conds) > 0 {
			return Any(conds)
		}
	}
	return nil // also for dates, which are no matter of words
}

func (c *compiler) conditions(nodes []query.Node, score bool) (conds []Condition) {
	for _, node := range nodes {
		if cond := c.condition(node, score); cond != nil {
			conds = append(conds, cond)
		}
	}
	return conds
}

// follow notes the order of the morphemes: how near to each other they stand in a document counts.
func (c *compiler) follow(tokens []analysis.Token) {
	sequence := c.sequence(tokens)
	sequence = sequence[:min(len(sequence), ranking.MaxProximities-len(c.order))]
	c.needPositions(sequence)
	c.order = append(c.order, sequence...)
}

// sequence returns the terms of tokens, one for each position.
func (c *compiler) sequence(tokens []analysis.Token) (s []int) {
	for _, t := range parts(tokens) {
		s = append(s, c.term(Term{Morphemes, t.Term}))
	}
	return s
}

func (c *compiler) needPositions(terms []int) {
	for _, t := range terms {
		c.q.positions[t] = true
	}
}

// phrase matches the morphemes of text at successive positions of one field, one for each position.
func (c *compiler) phrase(text string, score bool) Condition {
	tokens := c.analyzer.Analyze(text)
	sequence := c.sequence(tokens[analysis.Morpheme])
	if score {
		w := asTyped(text)
		for _, lane := range tokens {
			for _, t := range lane {
				c.scored(Term{Space(t.Lane), t.Term}, &w)
			}
		}
		w.forms[0].marks = c.q.marks.phrase(tokens)
		if len(w.forms[0].terms) > 0 {
			c.q.scored = append(c.q.scored, w)
		}
		c.follow(tokens[analysis.Morpheme])
	}
	return c.inOrder(sequence)
}

// inOrder asks for terms at successive positions; nil without terms.
func (c *compiler) inOrder(sequence []int) Condition {
	switch len(sequence) {
	case 0:
		return nil
	case 1:
		return Has{sequence[0], AnyField}
	}
	c.needPositions(sequence)
	return Sequence{sequence, AnyField}
}

// has asks for a term anywhere.
func (c *compiler) has(t Term) Condition { return Has{c.term(t), AnyField} }

// within returns the condition for one field of what holds for any.
func within(cond Condition, f Field) Condition {
	return Replace(cond, func(leaf Condition) Condition {
		switch c := leaf.(type) {
		case Has:
			return Has{c.Term, f}
		case Sequence:
			return Sequence{c.Terms, f}
		}
		return leaf
	})
}

// scored returns the index of t and lets it score for w, as typed, unless it scores for another word already.
func (c *compiler) scored(t Term, w *word) int {
	i := c.term(t)
	if w != nil && !c.counted[i] {
		if c.counted == nil {
			c.counted = map[int]bool{}
		}
		c.counted[i] = true
		w.forms[0].terms = append(w.forms[0].terms, i)
	}
	return i
}

// term returns the index of t, adding it when new.
func (c *compiler) term(t Term) int {
	i, ok := c.index[t]
	if !ok {
		i = len(c.q.Terms)
		c.index[t] = i
		c.q.Terms = append(c.q.Terms, t)
		c.q.positions = append(c.q.positions, false)
	}
	return i
}
