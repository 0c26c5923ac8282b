package match

import (
	"slices"
	"strings"
	"unicode"

	"chaja/search/analysis"
	"chaja/search/query"
)

// Other is another form of a word, such as its spelling in another script: a document that has it has the word.
type Other struct {
	Text   string  // one word or several, which then stand in this order
	Factor float64 // what it counts against the word as typed, from 0 to 1
	Word   bool    // another word, not another way to write this one: documents with this one come first
}

// Bounds of the other forms of one word and of all, which words share: each is a list of documents more to walk.
const (
	maxOthers    = 16
	maxAllOthers = 24
)

// maxGroup is the number of successive words for which other forms are looked up together: 스프링 부트 is Spring Boot.
const maxGroup = 3

// Compile analyzes the words of node. A word that analysis finds nothing in (a lone "!") is left out. It returns
// nil when nothing is left; a nil Query matches every document. Others, if not nil, gives the other forms of a word, or
// of up to maxGroup words with blanks between them.
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
	words    all
	optional all                // stop words, which are asked for only where there is nothing else
	own      []condition        // of each word, that a document has it and not only another word
	order    []int              // the morphemes of words and phrases
	known    map[string][]Other // other forms, by what has them
	taken    int                // their number
	left     int                // units of the query that are not compiled yet
	index    map[Term]int
	counted  map[int]bool // terms that score already
}

// finish returns the query; nil when it asks for nothing.
func (c *compiler) finish() *Query {
	if len(c.q.must)+len(c.q.words) == 0 {
		return nil
	}
	if c.q.full == nil {
		c.q.full = all{}
	}
	return &c.q
}

// unit compiles the first of nodes, or several words that have other forms together, and returns their number.
func (c *compiler) unit(nodes []query.Node) int {
	for n := min(maxGroup, len(nodes)); n > 1; n-- {
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
	if w, ok := nodes[0].(query.Word); ok {
		c.ask(w.Text, nil)
	} else if cond := c.condition(nodes[0], true); cond != nil {
		c.q.must = append(c.q.must, cond)
	}
	return 1
}

// others looks up the other forms of a word or a group, at most its share of what is left of maxAllOthers; a word that is
// repeated has its forms already.
func (c *compiler) others(text string) []Other {
	others, ok := c.known[text]
	if ok || c.taken == maxAllOthers {
		return others
	}
	share := (maxAllOthers - c.taken + c.left - 1) / c.left
	others = c.formsOf(text)
	others = others[:min(maxOthers, share, len(others))]
	c.known[text], c.taken = others, c.taken+len(others)
	return others
}

// ask compiles a word, which a document has also by one of the other forms of a group that it stands in.
func (c *compiler) ask(text string, ofGroup []Other) {
	cond := c.scoredWord(text, ofGroup)
	if cond == nil {
		return
	}
	c.q.scored[len(c.q.scored)-1].must = true
	switch {
	case analysis.IsStopWord(strings.ToLower(text)):
		c.optional = append(c.optional, cond)
	default:
		c.words = append(c.words, cond)
	}
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

// name completes the condition for the words: all of them, or all that was typed as the name of a post or section.
func (c *compiler) name(nodes []query.Node) {
	if len(c.words) == 0 {
		c.words = c.optional
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
	c.q.words = oneOf(c.words)
	c.q.full = oneOf{c.words, has(title), has(heading)}
	if len(c.own) == 1 {
		c.q.own = c.own[0]
	}
}

// exact notes terms of a name that is what was typed.
func (c *compiler) exact(title, heading int) {
	c.q.exact[0], c.q.exact[1] = append(c.q.exact[0], title), append(c.q.exact[1], heading)
}

// condition compiles one node; nil when there is nothing in it. Score tells whether a match adds to the score.
func (c *compiler) condition(node query.Node, score bool) condition {
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
			return not{cond}
		}
	case query.Tag:
		return has(c.term(Term{TagKeys, Key(n.Value)}))
	case query.Category:
		return has(c.term(Term{CategoryKey, Key(n.Value)}))
	case query.In:
		if cond := c.condition(n.Node, score); cond != nil {
			return within(cond, map[string]Field{"title": Title, "heading": Heading}[n.Field])
		}
	case query.And:
		if conds := c.conditions(n.Nodes, score); len(conds) > 0 {
			return all(conds)
		}
	case query.Or:
		if conds := c.conditions(n.Nodes, score); len(conds) > 0 {
			return oneOf(conds)
		}
	}
	return nil // also for dates, which are no matter of words
}

func (c *compiler) conditions(nodes []query.Node, score bool) (conds []condition) {
	for _, node := range nodes {
		if cond := c.condition(node, score); cond != nil {
			conds = append(conds, cond)
		}
	}
	return conds
}

// scoredWord compiles a word that scores, with its other forms and those of the group that it stands in.
func (c *compiler) scoredWord(text string, ofGroup []Other) condition {
	w := asTyped(text)
	tokens := c.analyzer.Analyze(text)
	either := oneOf{c.literally(tokens, &w)}
	if either[0] == nil {
		return nil
	}
	w.forms[0].marks = c.q.marks.word(tokens)
	c.follow(tokens[analysis.Morpheme])
	own := oneOf{c.exactly(text, either[0], tokens)}
	for _, o := range append(slices.Clip(c.others(text)), ofGroup...) {
		if f, cond := c.other(o); cond != nil {
			w.forms, either = append(w.forms, f), append(either, cond)
			if !o.Word {
				own = append(own, cond)
			}
		}
	}
	c.own = append(c.own, own)
	c.q.scored = append(c.q.scored, w)
	if len(either) == 1 {
		return either[0]
	}
	return either
}

// asTyped begins a word.
func asTyped(text string) word { return word{text: text, forms: []form{{text: text, factor: 1}}} }

// literally matches a document that has all morphemes of the word or, of a word in Korean, all its bigrams, in whatever
// fields: the dictionary may cut an unknown word differently in another sentence, the bigrams stay. What scores is added
// to w. Nil without tokens.
func (c *compiler) literally(tokens analysis.Tokens, w *word) condition {
	morphemes, bigrams := c.morphemes(tokens[analysis.Morpheme], w), c.bigrams(tokens[analysis.Bigram], w)
	switch {
	case len(morphemes)+len(bigrams) == 0:
		return nil
	case len(morphemes) == 0:
		return bigrams
	case len(bigrams) == 0 || strings.ContainsFunc(w.text, isOtherLetter):
		return morphemes
	}
	return oneOf{morphemes, bigrams}
}

// exactly narrows the condition for a word that is written like a name in code: it means just that, not what has its stem.
func (c *compiler) exactly(text string, literally condition, tokens analysis.Tokens) condition {
	if !isCodeName(text) {
		return literally
	}
	exact := all{literally}
	for _, t := range tokens[analysis.Bigram] {
		if strings.ContainsFunc(t.Term, isOtherLetter) {
			exact = append(exact, has(c.term(Term{Bigrams, t.Term})))
		}
	}
	return exact
}

// isCodeName reports whether a word has a sign or a capital inside that names in code have: @Bean, user_id, HashMap.
func isCodeName(word string) bool {
	return strings.ContainsAny(word, "@._") || strings.ContainsFunc(strings.TrimLeftFunc(word, unicode.IsUpper), unicode.IsUpper)
}

// isOtherLetter reports whether r is a letter or digit of a script that is not cut into bigrams.
func isOtherLetter(r rune) bool {
	return unicode.IsDigit(r) || unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
}

// other compiles another form of a word; nil when there is nothing in it.
func (c *compiler) other(o Other) (form, condition) {
	tokens := c.analyzer.Analyze(o.Text)
	sequence := c.sequence(tokens[analysis.Morpheme])
	return form{
		text: o.Text, factor: o.Factor, marks: c.q.marks.phrase(tokens),
		terms: slices.Compact(slices.Sorted(slices.Values(sequence))),
	}, c.inOrder(sequence)
}

// follow notes the order of the morphemes: how near to each other they stand in a document counts.
func (c *compiler) follow(tokens []analysis.Token) {
	sequence := c.sequence(tokens)
	sequence = sequence[:min(len(sequence), maxNear-len(c.order))]
	c.needPositions(sequence)
	c.order = append(c.order, sequence...)
}

// sequence returns the terms of tokens, one for each position.
func (c *compiler) sequence(tokens []analysis.Token) inOrder {
	var s inOrder
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

func (c *compiler) bigrams(tokens []analysis.Token, w *word) all {
	var conds all
	for _, t := range tokens {
		conds = append(conds, has(c.scored(Term{Bigrams, t.Term}, w)))
	}
	return conds
}

// morphemes asks for every token; in place of a whole, its parts will do if they make up all of it, in a row where one is a
// single syllable.
func (c *compiler) morphemes(tokens []analysis.Token, w *word) all {
	var conds all
	for len(tokens) > 0 {
		first, n := tokens[0], wholeLen(tokens)
		cond := condition(has(c.scored(Term{Morphemes, first.Term}, w)))
		parts := condition(c.morphemes(tokens[1:n], w))
		if slices.ContainsFunc(tokens[1:n], isSyllable) {
			parts = c.inOrder(c.sequence(tokens[1:n])) // 실 of 회의실 is met everywhere
		}
		if makesUp(tokens[1:n], first) {
			cond = oneOf{cond, parts}
		}
		conds = append(conds, cond)
		tokens = tokens[n:]
	}
	return conds
}

// phrase matches the morphemes of text at successive positions of one field, one for each position.
func (c *compiler) phrase(text string, score bool) condition {
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
func (c *compiler) inOrder(sequence inOrder) condition {
	switch len(sequence) {
	case 0:
		return nil
	case 1:
		return has(sequence[0])
	}
	c.needPositions(sequence)
	return sequence
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
