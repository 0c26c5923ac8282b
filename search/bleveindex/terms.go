package bleveindex

import (
	"bytes"

	"chaja/search/bleveindex/segment"
)

// eachTerm calls f with the terms of a field in some segments, each once, in their order, until it returns an error,
// and with the number of documents that have the term in a part, without deleted ones. The term is f's until it
// returns.
func eachTerm(leaves []leaf, field, part int, f func(term []byte, docs int) error) error {
	cursors := make([]*segment.TermsIterator, len(leaves))
	for i := range leaves {
		cursors[i] = leaves[i].Terms(field).Iterate()
		if err := step(cursors, i); err != nil {
			return err
		}
	}
	var term []byte
	for {
		least := leastTerm(cursors)
		if least == nil {
			return nil
		}
		term = append(term[:0], least.Term...)
		docs := 0
		for i, c := range cursors {
			if c == nil || !bytes.Equal(c.Term, term) {
				continue
			}
			n, err := countIn(c, &leaves[i], part)
			if err == nil {
				err = step(cursors, i)
			}
			if err != nil {
				return err
			}
			docs += n
		}
		if err := f(term, docs); err != nil {
			return err
		}
	}
}

// countIn returns the number of documents that have the term at hand in a part.
func countIn(c *segment.TermsIterator, l *leaf, part int) (int, error) {
	p, err := c.Postings()
	if err != nil {
		return 0, err
	}
	counts, err := p.Counts(l.deleted)
	return counts[part], err
}

// step moves a cursor to its next term, nil behind the last.
func step(cursors []*segment.TermsIterator, i int) error {
	ok, err := cursors[i].Next()
	if !ok {
		cursors[i] = nil
	}
	return err
}

// leastTerm returns the first of the cursors that stand on the first term, nil when all are at their ends.
func leastTerm(cursors []*segment.TermsIterator) (least *segment.TermsIterator) {
	for _, c := range cursors {
		if c != nil && (least == nil || bytes.Compare(c.Term, least.Term) < 0) {
			least = c
		}
	}
	return least
}
