package match

// Doc is what an engine found of the query's terms in one document.
type Doc struct {
	// Freq returns the number of occurrences of a term by field; a key of the document counts as one in field 0. It is asked
	// only for the terms that decide, so an engine need not look for the others.
	Freq func(term int) *[Fields]int

	// Length is the number of tokens by lane and field. It is used once Freq has told of an occurrence there.
	Length [Lanes][Fields]int

	// Positions returns the positions of a term in a field, ascending; none where the term is not there. It is asked only for
	// terms for which Query.NeedsPositions holds.
	Positions func(term int, f Field) []int
}

func (d *Doc) has(term int) bool { return isThere(d.Freq(term)) }

// isThere reports whether a term with these frequencies is in the document. No candidate is asked anything as often.
func isThere(freq *[Fields]int) bool {
	return freq[Title]|freq[Heading]|freq[Tag]|freq[Body]|freq[Code] != 0
}

func (c Has) holds(d *Doc) bool {
	if c.Field == AnyField {
		return d.has(c.Term)
	}
	return d.Freq(c.Term)[c.Field] > 0
}

func (c Sequence) holds(d *Doc) bool {
	if c.Field != AnyField {
		return c.in(d, c.Field)
	}
	for f := range AnyField {
		if c.in(d, f) {
			return true
		}
	}
	return false
}

// in reports whether the terms stand at successive positions of a field. It asks for no more terms than it must: of many words that
// all documents have, few follow each other.
func (c Sequence) in(d *Doc, f Field) bool {
	starts := d.Positions(c.Terms[0], f)
	for i, term := range c.Terms[1:] {
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

func (c All) holds(d *Doc) bool {
	for _, part := range c {
		if !part.holds(d) {
			return false
		}
	}
	return true
}

func (c Any) holds(d *Doc) bool {
	for _, part := range c {
		if part.holds(d) {
			return true
		}
	}
	return false
}

func (c Not) holds(d *Doc) bool { return !c.Condition.holds(d) }
