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
	space  match.Space
	leaves []leaf              // those that are left
	parts  []*segment.Postings // of these; nil where no document has the term
	all    struct {            // leaves and parts of all segments
		leaves []leaf
		parts  []*segment.Postings
	}

	started bool
	asked   uint64 // the document that was looked for
	doc     uint64 // the first from there on, on which it stands, or end

	counted   bool // freq is that of the document
	freq      [match.Fields]int
	known     [match.Fields]bool // in which positions are those of the document
	positions [match.Fields][]int
}

// open opens postings once more, as they are walked by others too. The cursor stands before the first document.
func (c *cursor) open(leaves []leaf, opened []*segment.Postings, space match.Space) {
	c.space = space
	c.all.leaves, c.all.parts = leaves, make([]*segment.Postings, len(opened))
	for i, p := range opened {
		if p != nil {
			c.all.parts[i] = p.Again()
		}
	}
	c.leaves, c.parts = c.all.leaves, c.all.parts
}

// close gives back what open has taken. The cursor must not be used afterwards.
func (c *cursor) close() {
	for i, p := range c.all.parts {
		if p != nil {
			p.Release()
			c.all.parts[i] = nil
		}
	}
}

// seek goes to doc or, if that lacks the term, to the next document that has it.
func (c *cursor) seek(doc uint64) error {
	if c.started && doc < c.asked {
		c.restart()
	}
	c.asked = doc
	if c.started && c.doc >= doc {
		return nil
	}
	return c.advance(doc)
}

// restart goes back before the first document.
func (c *cursor) restart() {
	c.leaves, c.parts, c.started, c.counted = c.all.leaves, c.all.parts, false, false
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

// advance is seek to a document that lies ahead.
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
	c.started, c.counted, c.doc, c.known = true, false, end, [match.Fields]bool{}
	if err == nil && at != segment.End {
		c.doc = c.leaves[0].base + uint64(at)
	}
	return err
}

// count sets freq for the document at hand.
func (c *cursor) count() error {
	c.freq = [match.Fields]int{}
	err := c.parts[0].Freqs(c.freq[:])
	c.counted = err == nil
	return err
}

// positionsIn returns the positions of the term in a field of the document at hand.
func (c *cursor) positionsIn(f match.Field) (at []int, err error) {
	if !c.known[f] {
		c.positions[f], err = c.parts[0].Positions(c.positions[f][:0], int(f))
		c.known[f] = err == nil
	}
	return c.positions[f], err
}
