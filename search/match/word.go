package match

import (
	"slices"
	"strings"
	"unicode"

	"chaja/search/analysis"
)

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

// literally matches a document that has all morphemes of the word, in whatever fields. The one bigram of a word of two
// syllables is the word as well, which the dictionary may cut differently in another sentence. Several bigrams are it only
// where there is no dictionary, for Han and Kana: those of 오퍼레이션 are also in 오퍼레이터 and 애플리케이션. What scores is added
// to w. Nil without tokens.
func (c *compiler) literally(tokens analysis.Tokens, w *word) condition {
	morphemes, bigrams := c.morphemes(tokens[analysis.Morpheme], w), c.bigrams(tokens[analysis.Bigram], w)
	switch {
	case len(morphemes)+len(bigrams) == 0:
		return nil
	case len(morphemes) == 0:
		return bigrams
	case len(bigrams) == 0 || len(bigrams) > 1 && c.analyzer.ReadsAll(w.text) || strings.ContainsFunc(w.text, isOtherLetter):
		return morphemes
	}
	return oneOf{morphemes, bigrams}
}

// haveGaps reports whether something stands between parts.
func haveGaps(parts []analysis.Token) bool {
	for i := 1; i < len(parts); i++ {
		if parts[i].Start > parts[i-1].End {
			return true
		}
	}
	return false
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

func (c *compiler) bigrams(tokens []analysis.Token, w *word) all {
	var conds all
	for _, t := range tokens {
		conds = append(conds, has(c.scored(Term{Bigrams, t.Term}, w)))
	}
	return conds
}

// morphemes asks for every token; in place of a whole, its parts will do if they make up all of it, in a row where one is a
// single syllable or a sign stands between them.
func (c *compiler) morphemes(tokens []analysis.Token, w *word) all {
	var conds all
	for len(tokens) > 0 {
		first, n := tokens[0], wholeLen(tokens)
		cond := condition(has(c.scored(Term{Morphemes, first.Term}, w)))
		parts := condition(c.morphemes(tokens[1:n], w))
		if slices.ContainsFunc(tokens[1:n], isSyllable) || haveGaps(tokens[1:n]) {
			parts = c.inOrder(c.sequence(tokens[1:n])) // 실 of 회의실 is met everywhere, and so is js of Next.js
		}
		if makesUp(tokens[1:n], first) {
			cond = oneOf{cond, parts}
		}
		conds = append(conds, cond)
		tokens = tokens[n:]
	}
	return conds
}
