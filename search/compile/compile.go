// Package compile prepares a parsed query: it analyzes the words and says what an engine is asked for and what is marked in a
// text.
//
//	query.Node ── units ──► part of each word, phrase, tag ── assembler ──► match.Query, highlight.Highlighter
//	                          (word.go: pure)                  (numbers the terms)
//
// A unit is a node at the top of the tree, or several words there that have variants together.
package compile

import (
	"slices"
	"strings"

	"chaja/search/analysis"
	"chaja/search/chars"
	"chaja/search/highlight"
	"chaja/search/match"
	"chaja/search/query"
	"chaja/search/ranking"
)

// Query prepares a query. A word that analysis finds nothing in (a lone "!") is left out. The query is nil when nothing is
// left; a nil match.Query matches every document. Variants, if not nil, gives the variants of a word, or of up to
// ranking.MaxNameWords words with blanks between them: their Text and Kind.
func Query(node query.Node, analyzer *analysis.Analyzer, variants func(text string) []match.Variant) (*match.Query, *highlight.Highlighter) {
	a := assembler{analyzer: analyzer, variants: supply{lookUp: variants, known: map[string][]match.Variant{}}, scored: map[int]bool{}, content: map[int]bool{}}
	nodes := []query.Node{node}
	if and, ok := node.(query.And); ok {
		nodes = and.Nodes
	}
	a.several = len(nodes) > 1
	a.grammarCounts = !slices.ContainsFunc(nodes, a.isContent)
	for rest := nodes; len(rest) > 0; {
		a.variants.left = len(rest)
		rest = rest[a.unit(rest):]
	}
	a.finish(nodes)
	a.query.Terms = a.terms
	for _, t := range a.faint {
		if !a.content[t] && !slices.Contains(a.query.Grammar, t) {
			a.query.Grammar = append(a.query.Grammar, t)
		}
	}
	return match.New(a.query), highlight.New(analyzer, a.highlight)
}

// assembler puts the parts of a query together.
type assembler struct {
	numbering
	analyzer *analysis.Analyzer
	variants supply
	scored   map[int]bool // terms that score already: each does so for the first word that has it
	words    match.All    // that stand by themselves and are asked for
	own      []match.Condition

	several       bool         // there are several words: one by itself may be found by all of its letters only
	grammarCounts bool         // there are no words but those of grammar, so that they are what is asked for
	content       map[int]bool // terms of other words than those of grammar
	faint         []int        // terms of words of grammar
	query         match.Query
	highlight     []highlight.Word
}

// unit compiles the first of nodes, or several words that have variants together, and returns their number.
func (a *assembler) unit(nodes []query.Node) int {
	var words []string // that the nodes begin with
	for _, node := range nodes[:min(ranking.MaxNameWords, len(nodes))] {
		w, ok := node.(query.Word)
		if !ok {
			break
		}
		words = append(words, w.Text)
	}
	for n := len(words); n > 1; n-- {
		if variants := a.variants.of(strings.Join(words[:n], " ")); len(variants) > 0 {
			for _, word := range words[:n] {
				a.ask(word, variants)
			}
			return n
		}
	}
	switch n := nodes[0].(type) {
	case query.Word:
		a.ask(n.Text, nil)
	case query.Tag:
		a.filter(match.TagFilter, n)
	case query.Category:
		a.filter(match.CategoryFilter, n)
	default:
		if c := a.condition(n, match.AnyField, true); c != nil {
			a.query.Required = append(a.query.Required, c)
		}
	}
	return 1
}

func (a *assembler) filter(kind match.FilterKind, node query.Node) {
	a.query.Filters = append(a.query.Filters, match.Filter{Kind: kind, Condition: a.condition(node, match.AnyField, false)})
}

// ask adds a word that stands by itself. A document may also have it by one of the variants of the group it stands in.
func (a *assembler) ask(text string, ofGroup []match.Variant) {
	tokens := a.analyzer.Analyze(text)
	if len(tokens[analysis.Morpheme])+len(tokens[analysis.Bigram]) == 0 {
		return
	}
	if !a.grammarCounts && a.analyzer.IsGrammar(text) {
		a.add(grammar(text, tokens), match.AnyField)
		return
	}
	a.words = append(a.words, a.word(text, match.AnyField, ofGroup))
	a.highlight[len(a.highlight)-1].Required = true
}

// isContent reports whether a node is a word that says something of a subject.
func (a *assembler) isContent(node query.Node) bool {
	word, ok := node.(query.Word)
	return ok && !a.analyzer.IsGrammar(word.Text)
}

// finish completes the condition for the words: all of them, or all that was typed as the name of a post or section.
func (a *assembler) finish(nodes []query.Node) {
	if len(a.words) == 0 {
		return
	}
	var typed, content []string
	for _, node := range nodes {
		if w, ok := node.(query.Word); ok {
			typed = append(typed, w.Text)
			if a.grammarCounts || a.isContent(node) {
				content = append(content, w.Text)
			}
		}
	}
	q := &a.query
	q.Text = strings.Join(typed, " ")
	name := chars.NameKey(q.Text)
	title := a.number(match.TitleKey, name)
	heading := a.number(match.HeadingKey, name)
	q.Titles, q.Headings = []int{title}, []int{heading}
	q.AnyWord = match.Any(a.words)
	q.Full = match.Any{a.words, match.Has{Term: title, Field: match.AnyField}, match.Has{Term: heading, Field: match.AnyField}}
	if len(a.own) == 1 {
		q.Own = a.own[0]
	}
	if !slices.ContainsFunc(content, isCodeName) { // which mean just that, not what has their stems
		a.name(typed)
		if len(content) < len(typed) {
			a.name(content)
		}
	}
}

// name adds a name by its morphemes, unless it is longer than what positions are read of.
func (a *assembler) name(words []string) {
	tokens := a.analyzer.Analyze(strings.Join(words, " "))[analysis.Morpheme]
	name := match.Name{Tokens: len(tokens)}
	for _, t := range analysis.Successive(tokens) {
		name.Terms = append(name.Terms, a.number(match.Morphemes, t.Term))
	}
	if len(name.Terms) > 0 && len(name.Terms) <= ranking.MaxProximities {
		a.query.Names = append(a.query.Names, name)
	}
}

// condition compiles a node for a field; nil when there is nothing in it. Score tells whether a match adds to the score.
func (a *assembler) condition(node query.Node, f match.Field, score bool) match.Condition {
	switch n := node.(type) {
	case query.Word:
		if !score {
			return a.add(phrase(a.analyzer, n.Text, false), f) // excluded as it stands: its parts apart are other words
		}
		return a.word(n.Text, f, nil)
	case query.Phrase:
		return a.add(phrase(a.analyzer, n.Text, score), f)
	case query.Not:
		if c := a.condition(n.Node, f, false); c != nil {
			return match.Not{Condition: c}
		}
	case query.Tag:
		return a.add(key(match.TagKeys, n.Value), f)
	case query.Category:
		return a.add(key(match.CategoryKey, n.Value), f)
	case query.In:
		return a.condition(n.Node, map[string]match.Field{"title": match.Title, "heading": match.Heading}[n.Field], score)
	case query.And:
		if cs := a.conditions(n.Nodes, f, score); len(cs) > 0 {
			return match.All(cs)
		}
	case query.Or:
		if cs := a.conditions(n.Nodes, f, score); len(cs) > 0 {
			return match.Any(cs)
		}
	}
	return nil // also for dates, which are no matter of words
}

func (a *assembler) conditions(nodes []query.Node, f match.Field, score bool) (cs []match.Condition) {
	for _, node := range nodes {
		if c := a.condition(node, f, score); c != nil {
			cs = append(cs, c)
		}
	}
	return cs
}

// word adds a word that scores, with its variants and those of the group it stands in.
func (a *assembler) word(text string, f match.Field, ofGroup []match.Variant) match.Condition {
	tokens := a.analyzer.Analyze(text)
	if len(tokens[analysis.Morpheme])+len(tokens[analysis.Bigram]) == 0 {
		return nil
	}
	return a.add(word(a.analyzer, text, tokens, append(slices.Clip(a.variants.of(text)), ofGroup...)), f)
}

// add adds a part and returns its condition for a field, with the numbers that its terms have in the query.
func (a *assembler) add(p part, f match.Field) match.Condition {
	numbers := make([]int, len(p.terms))
	for i, t := range p.terms {
		numbers[i] = a.number(t.Space, t.Text)
	}
	order := p.order[:min(len(p.order), ranking.MaxProximities-len(a.query.Order))]
	a.query.Order = append(a.query.Order, renumbered(order, numbers)...)
	condition := inField(p.condition, f, numbers)
	for i, t := range numbers {
		if p.grammar || a.several && slices.Contains(p.endings, i) {
			a.faint = append(a.faint, t)
		} else {
			a.content[t] = true
		}
	}
	for _, w := range p.wholes {
		a.query.Wholes = append(a.query.Wholes, numbers[w])
	}
	if len(p.variants) > 0 {
		a.score(p, numbers, condition)
	}
	if p.own != nil {
		a.own = append(a.own, inField(p.own, match.AnyField, numbers))
	}
	return condition
}

// score lets a part score. The terms of the word as typed do so once in a query, and a phrase of words that all score already
// is only marked.
func (a *assembler) score(p part, numbers []int, present match.Condition) {
	w, marked := make(match.Word, len(p.variants)), highlight.Word{Grammar: p.grammar}
	for i, v := range p.variants {
		v.Terms = renumbered(v.Terms, numbers)
		if i == 0 {
			a.query.Repeated = append(a.query.Repeated, slices.DeleteFunc(slices.Clone(v.Terms), func(t int) bool { return !a.scored[t] })...)
			v.Terms = slices.DeleteFunc(v.Terms, a.scores)
		} else {
			slices.Sort(v.Terms)
			v.Terms = slices.Compact(v.Terms)
		}
		w[i] = v
		marked.Variants = append(marked.Variants, highlight.Variant{Text: v.Text, Kind: v.Kind, Marks: p.marks[i]})
	}
	marked.Silent = p.own == nil && !p.grammar && len(w[0].Terms) == 0
	a.highlight = append(a.highlight, marked)
	if !marked.Silent {
		a.query.Words, a.query.Present = append(a.query.Words, w), append(a.query.Present, present)
	}
}

// scores reports whether a term scores already, and lets it score from now on.
func (a *assembler) scores(term int) bool {
	scores := a.scored[term]
	a.scored[term] = true
	return scores
}

// inField returns the condition of a part with the numbers that its terms have in the query, for one field.
func inField(c match.Condition, f match.Field, numbers []int) match.Condition {
	if c == nil {
		return nil
	}
	return match.Replace(c, func(leaf match.Condition) match.Condition {
		switch c := leaf.(type) {
		case match.Has:
			return match.Has{Term: numbers[c.Term], Field: f}
		case match.Sequence:
			return match.Sequence{Terms: renumbered(c.Terms, numbers), Field: f}
		}
		return leaf
	})
}

func renumbered(terms, numbers []int) []int {
	out := make([]int, len(terms))
	for i, t := range terms {
		out[i] = numbers[t]
	}
	return out
}

// supply gives words their variants, within the bounds of a query.
type supply struct {
	lookUp func(text string) []match.Variant // nil for none
	known  map[string][]match.Variant
	taken  int
	left   int // units of the query that are not compiled yet
}

// of looks up the variants of a word or a group, at most its share of what is left of ranking.MaxAllVariants. A word that is
// repeated has its variants already.
func (s *supply) of(text string) []match.Variant {
	variants, ok := s.known[text]
	if ok || s.taken == ranking.MaxAllVariants || s.lookUp == nil {
		return variants
	}
	share := (ranking.MaxAllVariants - s.taken + s.left - 1) / s.left
	variants = s.lookUp(text)
	variants = variants[:min(ranking.MaxVariants, share, len(variants))]
	s.known[text], s.taken = variants, s.taken+len(variants)
	return variants
}
