package bleveindex

import (
	"sort"

	"chaja/search/match"
)

// seeker looks at single documents of an index, best in the order of their numbers. It has a cursor for each term, which goes to the
// document at hand when it is asked about it.
type seeker struct {
	searcher *searcher
	cursors  []cursor // by term
	doc      match.Doc
	at       uint64                          // the document at hand
	leaf     *leaf                           // that it is in
	measured [match.Lanes][match.Fields]bool // the lengths of doc that are known
}

func newSeeker(s *searcher) seeker {
	return seeker{searcher: s, cursors: make([]cursor, len(s.query.Terms))}
}

func (s *seeker) close() {
	for i := range s.cursors {
		s.cursors[i].close()
	}
}

// to goes to a document.
func (s *seeker) to(number uint64) *match.Doc {
	s.doc.Freq, s.doc.Positions = s.freqs, s.positions
	if s.leaf != nil && number == s.at {
		return &s.doc
	}
	s.at, s.measured = number, [match.Lanes][match.Fields]bool{}
	if leaves := s.searcher.leaves; s.leaf == nil || number < s.leaf.base || number >= s.leaf.end() {
		s.leaf = &leaves[sort.Search(len(leaves)-1, func(i int) bool { return number < leaves[i].end() })]
	}
	return &s.doc
}

// noFreq is that of a term which the document at hand has not.
var noFreq [match.Fields]int

// freqs brings the cursor of a term to the document at hand and returns what it says of it. An error is left in the searcher.
func (s *seeker) freqs(term int) *[match.Fields]int {
	c := &s.cursors[term]
	if c.all.leaves == nil {
		c.open(s.searcher.leaves, s.searcher.of(term), s.searcher.query.Terms[term].Space)
	}
	err := c.seek(s.at)
	if err == nil && c.doc == s.at && !c.counted {
		err = c.count()
	}
	if err != nil {
		s.searcher.err = err
		return &noFreq
	}
	if c.doc != s.at {
		return &noFreq
	}
	s.measure(c)
	return &c.freq
}

// measure sets the lengths of the fields that have a term.
func (s *seeker) measure(c *cursor) {
	if !c.space.IsText() {
		return
	}
	for f, n := range &c.freq {
		if n > 0 && !s.measured[c.space][f] {
			length := s.leaf.Numbers(lengthColumn(int(c.space), f)).Of(uint32(s.at - s.leaf.base))
			s.doc.Length[c.space][f], s.measured[c.space][f] = int(length), true
		}
	}
}

func (s *seeker) positions(term int, f match.Field) []int {
	if s.freqs(term)[f] == 0 {
		return nil // the cursor stands on a later document
	}
	at, err := s.cursors[term].positionsIn(f)
	if err != nil {
		s.searcher.err = err
	}
	return at
}
