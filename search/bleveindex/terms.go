package bleveindex

import (
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// eachTerm calls f with the terms of a field in some segments, each once, in their order. Bleve's own dictionary of several
// segments opens each in a goroutine, where a fault of a file that is cut ends the program: nobody can recover there. What
// dictionaries say of the number of documents is no use: they count deleted ones, and in a merged segment say 1 of all terms
// behind one that a single document has.
func eachTerm(segments []*scorch.SegmentSnapshot, field string, f func(term string) error) error {
	var cursors []*termCursor
	for _, s := range segments {
		terms, err := s.Segment().Dictionary(field)
		if err != nil {
			return err
		}
		c := &termCursor{terms: terms.AutomatonIterator(nil, nil, nil)}
		if err := c.next(); err != nil {
			return err
		}
		cursors = append(cursors, c)
	}
	for {
		least := leastTerm(cursors)
		if least == nil {
			return nil
		}
		term := least.Term
		if err := f(term); err != nil {
			return err
		}
		for _, c := range cursors {
			if c.at != nil && c.at.Term == term {
				if err := c.next(); err != nil {
					return err
				}
			}
		}
	}
}

// termCursor stands on a term of one segment, nil behind the last.
type termCursor struct {
	terms segment.DictionaryIterator
	at    *index.DictEntry
}

func (c *termCursor) next() (err error) {
	c.at, err = c.terms.Next()
	return err
}

// leastTerm returns the first term that cursors stand on, nil when all are at their ends.
func leastTerm(cursors []*termCursor) (least *index.DictEntry) {
	for _, c := range cursors {
		if c.at != nil && (least == nil || c.at.Term < least.Term) {
			least = c.at
		}
	}
	return least
}
