package segment

import "github.com/RoaringBitmap/roaring/v2"

// Counts returns by part how many documents that are not deleted have the term there. Afterwards the postings stand
// before the first document.
func (p *Postings) Counts(deleted *roaring.Bitmap) (counts [MaxParts]int, err error) {
	p.Restart()
	defer p.Restart()
	if deleted == nil {
		deleted = new(roaring.Bitmap)
	}
	if p.skips == nil {
		for doc, err := p.Next(); doc != End; doc, err = p.Next() {
			if err != nil {
				return counts, err
			}
			if !deleted.Contains(doc) {
				if err := p.countIn(&counts, 1); err != nil {
					return counts, err
				}
			}
		}
		return counts, nil
	}
	counts = p.counts
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

// countIn adds n to the counts of the parts in which the document at hand has the term.
func (p *Postings) countIn(counts *[MaxParts]int, n int) error {
	if p.plain {
		counts[p.field.Usual] += n
		return nil
	}
	err := p.detail()
	for part := range counts {
		if err == nil && p.parts[p.i]&(1<<part) != 0 {
			counts[part] += n
		}
	}
	return err
}
