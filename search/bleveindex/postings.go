package bleveindex

import (
	"math"

	"chaja/search/bleveindex/segment"
	"chaja/search/match"
)

// end is the number of a document after the last one.
const end uint64 = math.MaxUint64

// cursor walks the documents that have a term through the segments of an index, deleted ones too.
type cursor struct {
	term   int
	space  match.Space
	leaves []leaf              // those that are left
	parts  []*segment.Postings // of these; nil where no document has the term
	all    struct {            // the same of all segments
		leaves []leaf
		parts  []*segment.Postings
	}
	docFreq int // the documents that have the term, deleted ones left out, in the field where most have it

	started bool
	doc     uint64 // the document it stands on, or end

	positions [match.Fields][]int // there, of the fields
	known     [match.Fields]bool  // in which they have been asked for
}

// openCursor opens the postings of a term. The cursor stands before the first document.
func openCursor(leaves []leaf, term int, t match.Term) (*cursor, error) {
	c := &cursor{term: term, space: t.Space, leaves: leaves, parts: make([]*segment.Postings, len(leaves))}
	var total [segment.MaxParts]int
	for i := range leaves {
		p, err := leaves[i].Terms(int(t.Space)).Postings([]byte(t.Text))
		if err != nil {
			return nil, err
		}
		if p == nil {
			continue
		}
		counts, err := p.Counts(leaves[i].deleted)
		if err != nil {
			return nil, err
		}
		c.parts[i] = p
		for part, n := range counts {
			total[part] += n
			c.docFreq = max(c.docFreq, total[part])
		}
	}
	c.all.leaves, c.all.parts = c.leaves, c.parts
	return c, nil
}

// restart goes back before the first document.
func (c *cursor) restart() {
	if !c.started {
		return
	}
	c.leaves, c.parts, c.started = c.all.leaves, c.all.parts, false
	for _, p := range c.parts {
		if p != nil {
			p.Restart()
		}
	}
}

// next goes to the next document.
func (c *cursor) next() error {
	for len(c.parts) > 0 {
		if p := c.parts[0]; p != nil {
			if at, err := p.Next(); err != nil || at != segment.End {
				return c.stand(at, err)
			}
		}
		c.leave()
	}
	return c.stand(segment.End, nil)
}

// advance goes to doc, which lies ahead. If doc lacks the term, it goes to the next document that has it.
func (c *cursor) advance(doc uint64) error {
	for len(c.parts) > 0 && (doc >= c.leaves[0].end() || c.parts[0] == nil) {
		c.leave()
	}
	if len(c.parts) == 0 {
		return c.stand(segment.End, nil)
	}
	if doc < c.leaves[0].base {
		return c.next()
	}
	at, err := c.parts[0].Advance(uint32(doc - c.leaves[0].base))
	if err == nil && at == segment.End {
		c.leave()
		return c.next()
	}
	return c.stand(at, err)
}

// leave goes on to the next segment.
func (c *cursor) leave() { c.leaves, c.parts = c.leaves[1:], c.parts[1:] }

// stand sets the document at hand, by its number in the first segment that is left.
func (c *cursor) stand(at uint32, err error) error {
	c.started, c.doc, c.known = true, end, [match.Fields]bool{}
	if err == nil && at != segment.End {
		c.doc = c.leaves[0].base + uint64(at)
	}
	return err
}

// freqs says how often the document at hand has the term, by field, and sets its lengths in these fields. Freq is
// zero.
func (c *cursor) freqs(freq *[match.Fields]int, length *[match.Lanes][match.Fields]int) error {
	if err := c.parts[0].Freqs(freq[:]); err != nil || !c.space.IsText() {
		return err
	}
	doc := uint32(c.doc - c.leaves[0].base)
	for f, n := range freq {
		if n > 0 {
			length[c.space][f] = int(c.leaves[0].Numbers(lengthColumn(int(c.space), f)).Of(doc))
		}
	}
	return nil
}

// positionsIn returns the positions of the term in a field of the document at hand.
func (c *cursor) positionsIn(f match.Field) (at []int, err error) {
	if !c.known[f] {
		c.positions[f], err = c.parts[0].Positions(c.positions[f][:0], int(f))
		c.known[f] = err == nil
	}
	return c.positions[f], err
}
