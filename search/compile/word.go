package compile

import (
	"slices"
	"strings"
	"unicode"

	"chaja/search/analysis"
	"chaja/search/chars"
	"chaja/search/highlight"
	"chaja/search/match"
)

// part is what a word, a phrase or a key compiles to by itself. Its conditions and lists name terms by their numbers in it.
type part struct {
	numbering                   // of its terms
	condition match.Condition   // for any field; nil when there is nothing in the part
	own       match.Condition   // of a word that scores: a document has the word and not only another one for it
	order     []int             // the morphemes as they follow each other, where nearness counts
	variants  []match.Variant   // that score, the first as typed; none for what does not score
	marks     []highlight.Marks // by variant
	wholes    []int
	endings   []int // bigrams that reach into the particles and endings of a word
	grammar   bool  // it is not asked for, and counts little
}

// numbering numbers the terms of a part or of a query in the order in which they are met.
type numbering struct {
	terms   []match.Term
	numbers map[match.Term]int
}

func (n *numbering) number(space match.Space, text string) int {
	t := match.Term{Space: space, Text: text}
	number, ok := n.numbers[t]
	if !ok {
		if n.numbers == nil {
			n.numbers = map[match.Term]int{}
		}
		number = len(n.terms)
		n.numbers[t], n.terms = number, append(n.terms, t)
	}
	return number
}

// word compiles a word that scores; tokens are those of text, some at least.
func word(analyzer *analysis.Analyzer, text string, tokens analysis.Tokens, variants []match.Variant) (p part) {
	literal := p.literally(analyzer, text, tokens)
	typed := match.Variant{Text: text}
	for number := range p.terms {
		typed.Terms = append(typed.Terms, number)
	}
	p.variants = []match.Variant{typed}
	p.marks = []highlight.Marks{highlight.OfWord(tokens)}
	for _, t := range tokens[analysis.Morpheme] {
		if t.Whole && t.Class == analysis.Noun {
			p.wholes = append(p.wholes, p.number(match.Morphemes, t.Term))
		}
	}
	p.order = p.inOrder(tokens[analysis.Morpheme])
	p.endings = p.beyond(tokens)
	either, own := match.Any{literal}, match.Any{p.exactly(text, literal, tokens)}
	for _, v := range variants {
		tokens := analyzer.Analyze(v.Text)
		v.Terms = p.inOrder(tokens[analysis.Morpheme])
		if len(v.Terms) == 0 {
			continue
		}
		c, marks := sequence(v.Terms), highlight.OfPhrase(tokens)
		if v.Kind == match.Pair && !strings.Contains(v.Text, " ") { // found where it is when it is typed
			c, marks = p.literally(analyzer, v.Text, tokens), highlight.OfWord(tokens)
		}
		if !isPart(v, typed) {
			p.variants, p.marks = append(p.variants, v), append(p.marks, marks)
		}
		either = append(either, c)
		if v.Kind.IsSameWord() {
			own = append(own, c)
		}
	}
	p.own, p.condition = own, either
	if len(either) == 1 {
		p.condition = literal
	}
	return p
}

// isPart reports whether a variant is the word in its parts, with blanks between them, or what was half typed with a particle behind
// it (롤백이 of 롤백). These score already: once more, and for the weight of the whole, parts would count as much apart. Nor are they
// marked, as the particle is not.
func isPart(v, typed match.Variant) bool {
	return (v.Kind == match.Spacing || v.Kind == match.Prefix) && !slices.ContainsFunc(v.Terms, func(t int) bool { return !slices.Contains(typed.Terms, t) })
}

// grammar compiles a word that only carries grammar: it scores a little where it is, and its nearness does not count.
func grammar(text string, tokens analysis.Tokens) (p part) {
	for _, lane := range tokens {
		for _, t := range lane {
			p.number(match.Space(t.Lane), t.Term)
		}
	}
	typed := match.Variant{Text: text}
	for number := range p.terms {
		typed.Terms = append(typed.Terms, number)
	}
	p.grammar, p.variants, p.marks = true, []match.Variant{typed}, []highlight.Marks{highlight.OfWord(tokens)}
	p.condition = match.All{}
	return p
}

// beyond numbers the bigrams that reach into the particles behind a noun.
func (p *part) beyond(tokens analysis.Tokens) (endings []int) {
	morphemes := tokens[analysis.Morpheme]
	if n := len(morphemes); n == 0 || !morphemes[n-1].Class.IsNominal() {
		return nil
	}
	covered := func(at int) bool {
		return slices.ContainsFunc(morphemes, func(m analysis.Token) bool { return m.Start <= at && at < m.End })
	}
	for _, b := range tokens[analysis.Bigram] {
		if !covered(b.End - 1) {
			endings = append(endings, p.number(match.Bigrams, b.Term))
		}
	}
	return endings
}

// phrase compiles a phrase: the morphemes of text at successive positions of one field, one for each position.
func phrase(analyzer *analysis.Analyzer, text string, score bool) (p part) {
	tokens := analyzer.Analyze(text)
	order := p.inOrder(tokens[analysis.Morpheme])
	if len(order) > 0 {
		p.condition = sequence(order)
	}
	if !score {
		return p
	}
	typed := match.Variant{Text: text}
	for _, lane := range tokens {
		for _, t := range lane {
			typed.Terms = append(typed.Terms, p.number(match.Space(t.Lane), t.Term))
		}
	}
	p.order, p.variants, p.marks = order, []match.Variant{typed}, []highlight.Marks{highlight.OfPhrase(tokens)}
	return p
}

// key compiles a tag or category.
func key(space match.Space, value string) (p part) {
	p.condition = p.has(space, chars.TagKey(value))
	return p
}

// literally asks for a word as typed, also as a part of a compound: by all its morphemes or, where these are not known, by its
// bigram. That is not for a word of several bigrams, which may stand apart (those of 오퍼레이션 are also in 오퍼레이터 and
// 애플리케이션), nor for one in a script whose words are not cut into bigrams.
func (p *part) literally(analyzer *analysis.Analyzer, text string, tokens analysis.Tokens) match.Condition {
	morphemes, bigrams := p.morphemes(tokens[analysis.Morpheme]), p.bigrams(tokens[analysis.Bigram])
	switch {
	case len(morphemes) == 0:
		return bigrams
	case len(bigrams) == 0 || len(bigrams) > 1 && analyzer.ReadsAll(text) || strings.ContainsFunc(text, isOtherLetter):
		return morphemes
	}
	return match.Any{morphemes, bigrams}
}

// morphemes asks for every token. In place of a compound, its parts will do if they make up all of it.
func (p *part) morphemes(tokens []analysis.Token) (all match.All) {
	for _, compound := range analysis.Compounds(tokens) {
		whole := p.has(match.Morphemes, compound.Term)
		var parts match.Condition = p.morphemes(compound.Parts)
		if compound.IsComplete() {
			if compound.InRow() {
				parts = sequence(p.inOrder(compound.Parts))
			}
			whole = match.Any{whole, parts}
		}
		all = append(all, whole)
	}
	return all
}

func (p *part) bigrams(tokens []analysis.Token) (all match.All) {
	for _, t := range tokens {
		all = append(all, p.has(match.Bigrams, t.Term))
	}
	return all
}

// exactly narrows the condition for a word that is written like a name in code: it means just that, not what has its stem.
func (p *part) exactly(text string, literal match.Condition, tokens analysis.Tokens) match.Condition {
	if !isCodeName(text) {
		return literal
	}
	exact := match.All{literal}
	for _, t := range tokens[analysis.Bigram] {
		if strings.ContainsFunc(t.Term, isOtherLetter) {
			exact = append(exact, p.has(match.Bigrams, t.Term))
		}
	}
	return exact
}

func (p *part) has(space match.Space, text string) match.Condition {
	return match.Has{Term: p.number(space, text), Field: match.AnyField}
}

// inOrder numbers the morphemes of tokens, one for each position.
func (p *part) inOrder(tokens []analysis.Token) (order []int) {
	for _, t := range analysis.Successive(tokens) {
		order = append(order, p.number(match.Morphemes, t.Term))
	}
	return order
}

// sequence asks for terms, one or more, at successive positions.
func sequence(terms []int) match.Condition {
	if len(terms) == 1 {
		return match.Has{Term: terms[0], Field: match.AnyField}
	}
	return match.Sequence{Terms: terms, Field: match.AnyField}
}

// isCodeName reports whether a word has a sign or a capital inside that names in code have: @Bean, user_id, HashMap.
func isCodeName(word string) bool {
	return strings.ContainsAny(word, "@._") || strings.ContainsFunc(strings.TrimLeftFunc(word, unicode.IsUpper), unicode.IsUpper)
}

// isOtherLetter reports whether r is a letter or digit of a script that is not cut into bigrams.
func isOtherLetter(r rune) bool {
	return unicode.IsDigit(r) || unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
}
