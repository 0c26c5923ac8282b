package match

import "slices"

// Query is a parsed query compiled to analyzed terms. It is immutable and safe for concurrent use.
type Query struct {
	Terms []Term // distinct; the other types name a term by its index here

	Filters []Filter // what narrows an answer beside what is asked for; all of them hold

	must       All       // phrases, tags and categories beside OR, and what is excluded
	full       Condition // the document has all the words, or a name that is the query
	words      Any       // each of them
	own        Condition // of a query of one word, that it is there and not only another word for it; else nil
	text       string    // the words as typed
	exact      [2][]int  // terms of that name as a title and as a heading
	scored     []word    // all that adds to the score: words and phrases
	partial    bool      // documents with some of the words are asked for in place of those with all
	positions  []bool    // whether the positions of a term are needed
	marks      marker
	neighbours []neighbours // of the morphemes of words and phrases as the query has them, wholes left out
	distinct   []int        // these morphemes, each once
}

// word is a word or phrase of the query, and how it may stand in a document: as typed, or as one of its other forms.
type word struct {
	text  string
	forms []form // the first is the word as typed
	must  bool   // documents with all the words have it; one of several with OR between them may be absent
}

// form is one way in which a word may stand in a document.
type form struct {
	text   string
	terms  []int   // that score
	factor float64 // what they count against those of the word as typed
	marks  []marks // by which it is seen in a text: any of them will do
}

// Named returns the query for which documents with one of these titles or headings have all the words, too: names that the
// words as typed stand for, such as those they are initial consonants of.
func (q *Query) Named(names []string) *Query {
	if len(names) == 0 {
		return q
	}
	c := q.extended()
	full := Any{q.full}
	for _, name := range names {
		key := NameKey(name)
		title, heading := c.term(Term{TitleKey, key}), c.term(Term{HeadingKey, key})
		full = append(full, Has{title, AnyField}, Has{heading, AnyField})
		if len([]rune(key)) == len([]rune(NameKey(q.text))) {
			c.exact(title, heading)
		}
	}
	c.q.full = full
	return c.finish()
}

// Text returns the words as they were typed, with blanks between them.
func (q *Query) Text() string {
	if q == nil {
		return ""
	}
	return q.text
}

// extended returns a compiler that goes on with a copy of q.
func (q *Query) extended() *compiler {
	c := &compiler{index: map[Term]int{}}
	if q == nil {
		return c
	}
	c.q = *q
	c.q.Filters, c.q.Terms, c.q.positions = slices.Clip(q.Filters), slices.Clip(q.Terms), slices.Clip(q.positions) // not to be written to by append
	for i := range c.q.exact {
		c.q.exact[i] = slices.Clip(q.exact[i])
	}
	for i, t := range q.Terms {
		c.index[t] = i
	}
	return c
}

// HasWords reports whether documents can be ranked by the query; tags and excluded words alone only filter.
func (q *Query) HasWords() bool { return q != nil && len(q.scored) > 0 }

// Partial returns the query for documents that have a good part of the words but not all of them, phrases and filters
// unchanged; nil when it has no words, or is such a query already.
func (q *Query) Partial() *Query {
	if q == nil || q.partial || len(q.words) == 0 {
		return nil
	}
	partial := *q
	partial.partial = true
	return &partial
}

// IsPartial reports whether the query came from Partial.
func (q *Query) IsPartial() bool { return q != nil && q.partial }

// NeedsPositions reports whether Doc.Positions is asked for the term.
func (q *Query) NeedsPositions(term int) bool { return q.positions[term] }
