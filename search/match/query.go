// Package match decides which documents a query matches and how well. A Query is a prepared query as data, with its terms, its
// conditions and what they count. A Scorer judges documents by it; every engine asks it, so that all of them answer alike. It
// knows nothing of analysis, of the query language and of what is shown.
package match

import (
	"slices"

	"chaja/search/chars"
)

// Query is a prepared query. It must not be changed, and is safe for concurrent use. A nil Query matches every document.
//
// A document matches when Filters, Required and Full hold. For the query from Loose, a good part of the weight of the words
// (see Weighted) will do in place of Full.
type Query struct {
	Terms    []Term    // distinct; all else names a term by its index here
	Filters  []Filter  // what narrows an answer and asks for nothing
	Required All       // phrases, words in a field, alternatives, and what is excluded
	Full     Condition // the document has all the words, or is called what was typed
	AnyWord  Any       // the document has one of the words at least
	Own      Condition // the document has the one word of the query, not only another word for it; nil for several words
	Titles   []int     // terms: what was typed, as a title
	Headings []int     // the same as a heading
	Begun    []int     // terms: names that what was typed stands for, or begins
	Words    []Word    // all that adds to the score: words and phrases
	Present  All       // by word of Words: the document has it, in whatever variant; holds for words of grammar
	Order    []int     // the morphemes of words and phrases as they follow each other in the query; their proximity counts
	Grammar  []int     // terms that belong to no word of content: they count ranking.Grammar
	Wholes   []int     // terms that are compounds as a whole, whose parts are terms too: they count ranking.Whole
	Repeated []int     // terms that the query has once more, as often as it has
	Names    []Name    // what was typed, by its morphemes, also without its words of grammar
	Text     string    // the words as typed, with blanks between them
	Boosts   []Boost   // what the owner of the site wants to count more, or less

	boosted   []int // terms of Boosts
	loose     bool
	positions []bool // by term: whether its positions are needed
}

// Name is a name by its morphemes, so that a plural, a particle and words of grammar do not matter.
type Name struct {
	Terms  []int // one for each position, in order
	Tokens int   // the number of morphemes, of compounds also the whole
}

// New completes a query that was put together; nil when it asks for nothing.
func New(q Query) *Query {
	if len(q.Filters)+len(q.Required)+len(q.Words) == 0 {
		return nil
	}
	if q.Full == nil {
		q.Full = All{}
	}
	inOrder := slices.Clone(q.Order)
	for _, name := range q.Names {
		inOrder = append(inOrder, name.Terms...)
	}
	Replace(All{q.Required, q.Full}, func(leaf Condition) Condition {
		if sequence, ok := leaf.(Sequence); ok {
			inOrder = append(inOrder, sequence.Terms...)
		}
		return leaf
	})
	q.positions = make([]bool, len(q.Terms))
	for _, t := range inOrder {
		q.positions[t] = true
	}
	return &q
}

// Like returns the query for documents that have some of terms, which are distinct; nil without terms. Documents with most of
// them and with the rarest come first. Terms may be keys of tags.
func Like(terms []Term) *Query {
	q := Query{Full: Any{}, loose: true} // no document has all
	for _, t := range terms {
		q.Words = append(q.Words, Word{{Text: t.Text, Terms: []int{q.number(t)}}})
	}
	return New(q)
}

// number returns the index of a term, adding it when new.
func (q *Query) number(t Term) int {
	i := slices.Index(q.Terms, t)
	if i < 0 {
		i = len(q.Terms)
		q.Terms = append(q.Terms, t)
	}
	return i
}

// extended returns a copy of q to add to.
func (q *Query) extended() Query {
	if q == nil {
		return Query{}
	}
	c := *q
	c.Terms, c.Filters = slices.Clip(q.Terms), slices.Clip(q.Filters) // not to be written to by append
	c.Boosts, c.boosted = slices.Clip(q.Boosts), slices.Clip(q.boosted)
	c.Titles, c.Headings, c.Begun = slices.Clip(q.Titles), slices.Clip(q.Headings), slices.Clip(q.Begun)
	return c
}

// Named returns the query that also matches documents with one of these titles or headings. These are names that the words as
// typed stand for, such as those they are initial consonants of. Nil stays nil.
func (q *Query) Named(names []string) *Query {
	if q == nil || len(names) == 0 {
		return q
	}
	c := q.extended()
	full := Any{c.Full}
	for _, name := range names {
		key := chars.NameKey(name)
		title, heading := c.number(Term{TitleKey, key}), c.number(Term{HeadingKey, key})
		full = append(full, Has{title, AnyField}, Has{heading, AnyField})
		c.Begun = append(c.Begun, title, heading)
		if len([]rune(key)) == len([]rune(chars.NameKey(c.Text))) {
			c.Titles, c.Headings = append(c.Titles, title), append(c.Headings, heading)
		}
	}
	c.Full = full
	return New(c)
}

// IsName reports whether a title or heading is what was typed or a name given to Named. Blanks and signs do not matter.
func (q *Query) IsName(text string) bool {
	return q != nil && slices.Contains(q.Terms, Term{TitleKey, chars.NameKey(text)})
}

// IsOneWord reports whether one word is asked for, beside words of grammar, phrases and filters.
func (q *Query) IsOneWord() bool { return q != nil && len(q.AnyWord) == 1 }

// HasWords reports whether documents can be ranked by the query; tags and excluded words alone only filter.
func (q *Query) HasWords() bool { return q != nil && len(q.Words) > 0 }

// Loose returns the query for documents that have all of the words or a good part of them. Phrases and filters hold as before.
// It is nil when the query has no words, or is such a query already.
func (q *Query) Loose() *Query {
	if q == nil || q.loose || len(q.AnyWord) == 0 {
		return nil
	}
	loose := *q
	loose.loose = true
	return &loose
}

// IsLoose reports whether the query came from Loose, or from Like.
func (q *Query) IsLoose() bool { return q != nil && q.loose }

// NeedsPositions reports whether Doc.Positions may be asked for the term.
func (q *Query) NeedsPositions(term int) bool { return q.positions[term] }
