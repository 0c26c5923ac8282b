package segment

import (
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"
)

// Counts returns by part how many documents that are not deleted have the term there. Afterwards the postings stand
// before the first document.
func (p *Postings) Counts(deleted *roaring.Bitmap) (counts [MaxParts]int, err error) {
	p.Restart()
	defer p.Restart()
	if p.skips == nil {
		if _, err := p.enter(0); err != nil {
			return counts, err
		}
		return counts, p.countBlock(&counts, deleted)
	}
	if counts = p.counts; deleted == nil {
		return counts, nil
	}
	for gone := deleted.Iterator(); gone.HasNext(); {
		doc := gone.Next()
		if p.n > 0 && p.docs[p.i] > doc {
			continue
		}
		at, err := doc, error(nil)
		if p.n == 0 || p.docs[p.i] < doc {
			at, err = p.Advance(doc)
		}
		if err != nil || at == End {
			return counts, err
		}
		if at == doc {
			if err := p.countIn(&counts, -1); err != nil {
				return counts, err
			}
		}
	}
	return counts, nil
}

// Restart goes back before the first document.
func (p *Postings) Restart() { p.block, p.n, p.i = -1, 0, 0 }

// countBlock adds the counts of the block at hand.
func (p *Postings) countBlock(counts *[MaxParts]int, deleted *roaring.Bitmap) error {
	if p.plain && deleted == nil {
		counts[p.field.Usual] += p.n
		return nil
	}
	for p.i = range p.n {
		if deleted == nil || !deleted.Contains(p.docs[p.i]) {
			if err := p.countIn(counts, 1); err != nil {
				return err
			}
		}
	}
	return nil
}

// countIn adds n to the counts of the parts in which the document at hand has the term.
func (p *Postings) countIn(counts *[MaxParts]int, n int) error {
	if p.plain {
		counts[p.field.Usual] += n
		return nil
	}
	if err := p.detail(); err != nil {
		return err
	}
	for parts := p.parts[p.i]; parts != 0; parts &= parts - 1 {
		counts[bits.TrailingZeros8(parts)] += n
	}
	return nil
}
