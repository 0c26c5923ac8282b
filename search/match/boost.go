package match

// Boost multiplies the score of the documents that have a term: those of a folder or of a category.
type Boost struct {
	Term   Term    // of no text
	Factor float64 // above 0; below 1 the documents count less
}

// Boosted returns the query by whose score documents with the terms count more, or less. All boosts of a document are multiplied. A
// query without words ranks nothing and stays as it is.
func (q *Query) Boosted(boosts []Boost) *Query {
	if !q.HasWords() || len(boosts) == 0 {
		return q
	}
	c := q.extended()
	for _, b := range boosts {
		c.Boosts, c.boosted = append(c.Boosts, b), append(c.boosted, c.number(b.Term))
	}
	return New(c)
}

// boost is what the score of a document is multiplied by.
func (s *Scorer) boost(d *Doc) float64 {
	product := 1.0
	for i, term := range s.Query.boosted {
		if d.has(term) {
			product *= s.Query.Boosts[i].Factor
		}
	}
	return product
}
