package match

import (
	"cmp"
	"math"
	"slices"

	"chaja/search/analysis"
)

// Doc is what an engine found of the query's terms in one document.
type Doc struct {
	// Freq returns the number of occurrences of a term by field; a key of the document counts as one in field 0. It is asked
	// only for the terms that decide, so an engine need not look for the others.
	Freq func(term int) *[Fields]int

	// Length is the number of tokens by lane and field. It is used once Freq has told of an occurrence there.
	Length [analysis.Lanes][Fields]int

	// Positions returns the positions of a term in a field, ascending. It is asked only for terms for which
	// Query.NeedsPositions holds.
	Positions func(term int, f Field) []int
}

func (d *Doc) has(term int) bool { return *d.Freq(term) != [Fields]int{} }

// condition is what must hold for a document to match.
type condition interface {
	holds(d *Doc) bool
	// candidates returns terms of which every matching document has at least one; see Query.Candidates.
	candidates(docFreq []int) (terms []int, ok bool)
}

type (
	has     int         // the term with this index occurs
	all     []condition // every one holds
	oneOf   []condition // at least one holds
	not     struct{ cond condition }
	inOrder []int // the terms stand at successive positions of one field
)

func (t has) holds(d *Doc) bool { return d.has(int(t)) }
func (n not) holds(d *Doc) bool { return !n.cond.holds(d) }

func (a all) holds(d *Doc) bool {
	for _, c := range a {
		if !c.holds(d) {
			return false
		}
	}
	return true
}

func (o oneOf) holds(d *Doc) bool {
	for _, c := range o {
		if c.holds(d) {
			return true
		}
	}
	return false
}

func (p inOrder) holds(d *Doc) bool {
	for f := range Field(Fields) {
		if p.inField(d, f) {
			return true
		}
	}
	return false
}

func (p inOrder) inField(d *Doc, f Field) bool {
	starts := d.Positions(p[0], f)
	for i, term := range p[1:] {
		if len(starts) == 0 {
			return false
		}
		starts = ahead(starts, d.Positions(term, f), i+1)
	}
	return len(starts) > 0
}

// ahead returns those of a for which b has the position n further on. Both are ascending.
func ahead(a, b []int, n int) (both []int) {
	for _, p := range a {
		for len(b) > 0 && b[0] < p+n {
			b = b[1:]
		}
		if len(b) > 0 && b[0] == p+n {
			both = append(both, p)
		}
	}
	return both
}

func (t has) candidates([]int) ([]int, bool) { return []int{int(t)}, true }
func (not) candidates([]int) ([]int, bool)   { return nil, false }

func (a all) candidates(docFreq []int) ([]int, bool) {
	var best []int
	found := false
	for _, c := range a {
		if terms, ok := c.candidates(docFreq); ok && (!found || sum(docFreq, terms) < sum(docFreq, best)) {
			best, found = terms, true
		}
	}
	return best, found
}

func (o oneOf) candidates(docFreq []int) ([]int, bool) {
	var union []int
	for _, c := range o {
		terms, ok := c.candidates(docFreq)
		if !ok {
			return nil, false
		}
		union = append(union, terms...)
	}
	return union, true
}

func (p inOrder) candidates(docFreq []int) ([]int, bool) {
	rarest := slices.MinFunc(p, func(a, b int) int { return docFreq[a] - docFreq[b] })
	return []int{rarest}, true
}

// rarestFirst returns cond with what fewest documents have to be asked for first: mostly that decides.
func rarestFirst(cond condition, docFreq []int) condition {
	docs := func(c condition) int {
		if terms, ok := c.candidates(docFreq); ok {
			return sum(docFreq, terms)
		}
		return math.MaxInt
	}
	switch c := cond.(type) {
	case all:
		return all(slices.SortedStableFunc(slices.Values(c), func(a, b condition) int { return cmp.Compare(docs(a), docs(b)) }))
	case oneOf:
		return each(c, func(c condition) condition { return rarestFirst(c, docFreq) })
	}
	return cond
}

// hasIn holds when a term occurs in a field; inOrderIn when terms stand at successive positions of it.
type (
	hasIn struct {
		term int
		in   Field
	}
	inOrderIn struct {
		inOrder
		in Field
	}
)

func (h hasIn) holds(d *Doc) bool              { return d.Freq(h.term)[h.in] > 0 }
func (h hasIn) candidates([]int) ([]int, bool) { return []int{h.term}, true }
func (p inOrderIn) holds(d *Doc) bool          { return p.inField(d, p.in) }

// within returns the condition for one field of what holds for any. It is asked for words and phrases.
func within(cond condition, f Field) condition {
	inField := func(c condition) condition { return within(c, f) }
	switch c := cond.(type) {
	case has:
		return hasIn{int(c), f}
	case inOrder:
		return inOrderIn{c, f}
	case all:
		return each(c, inField)
	case oneOf:
		return each(c, inField)
	}
	return cond
}

// each returns what change makes of every one of some conditions.
func each[C ~[]condition](conds C, change func(condition) condition) C {
	changed := make(C, len(conds))
	for i, c := range conds {
		changed[i] = change(c)
	}
	return changed
}

// anyOf matches what has at least one of terms.
func anyOf(terms []int) condition {
	var any oneOf
	for _, t := range terms {
		any = append(any, has(t))
	}
	return any
}

func sum(docFreq, terms []int) (n int) {
	for _, t := range terms {
		n += docFreq[t]
	}
	return n
}
