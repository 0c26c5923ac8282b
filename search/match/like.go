package match

// Like returns the query for documents that have some of terms, those first that have most and the rarest of them; nil
// without terms. Terms may be keys of tags.
func Like(terms []Term) *Query {
	c := compiler{index: map[Term]int{}}
	for _, t := range terms {
		w := asTyped(t.Text)
		c.scored(t, &w)
		c.q.scored = append(c.q.scored, w)
	}
	if len(terms) == 0 {
		return nil
	}
	c.q.full, c.q.partial = Any{}, true // no document has all
	return &c.q
}
