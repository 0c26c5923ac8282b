package segment

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
)

// merger writes the documents of some segments, but for the deleted ones, into one.
type merger struct {
	schema  *Schema
	parts   []*Segment
	renamed [][]uint32 // by segment, the new numbers of its documents; End for deleted ones
	docs    int
	out     *fileWriter
	closed  <-chan struct{} // ends the work
}

// merge writes the file at path. Renamed are the new numbers of the documents.
func merge(
	schema *Schema, parts []*Segment, drops []*roaring.Bitmap, path string, closed <-chan struct{},
) (renamed [][]uint32, size uint64, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, 0, failed(err, path, closed)
	}
	buffered := bufio.NewWriterSize(f, 1<<20)
	m := &merger{schema: schema, parts: parts, out: newFileWriter(buffered), closed: closed}
	m.rename(drops)
	err = m.write()
	if err == nil {
		err = buffered.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(path)
		return nil, 0, failed(err, path, closed)
	}
	return m.renamed, m.out.n, nil
}

// retry is how long scorch waits after a failed merge: it tries again at once.
const retry = 100 * time.Millisecond

// failed returns the error of a merge. Scorch compares it: ErrClosed ends the work, as what is damaged stays so; after any other it
// tries again, unless it is told meanwhile that nobody waits for that.
func failed(err error, path string, closed <-chan struct{}) error {
	if errors.Is(err, scorch.ErrClosed) || errors.Is(err, ErrDamaged) {
		return scorch.ErrClosed
	}
	select {
	case <-closed:
		return scorch.ErrClosed
	case <-time.After(retry):
		return fmt.Errorf("merge segments into %s: %w", path, err)
	}
}

// rename numbers the documents that are left.
func (m *merger) rename(drops []*roaring.Bitmap) {
	for i, s := range m.parts {
		numbers := make([]uint32, s.docs)
		for doc := range numbers {
			if drops[i] != nil && drops[i].Contains(uint32(doc)) {
				numbers[doc] = End
				continue
			}
			numbers[doc] = uint32(m.docs)
			m.docs++
		}
		m.renamed = append(m.renamed, numbers)
	}
}

func (m *merger) write() error {
	columns := make([][]uint64, m.schema.Numbers)
	for i := range columns {
		columns[i] = m.column(i)
	}
	for i, f := range m.schema.fields() {
		length := func(doc uint32) uint64 { return columns[f.Length][doc] }
		if err := m.terms(i, f, length); err != nil {
			return err
		}
		m.out.end()
	}
	for i := -1; i < len(m.schema.Stored); i++ {
		if err := m.stored(i); err != nil {
			return err
		}
		m.out.end()
	}
	for _, column := range columns {
		if err := writeNumbers(m.out, column); err != nil {
			return err
		}
		m.out.end()
	}
	return m.out.close(m.docs)
}

// live reports whether the work is to go on.
func (m *merger) live() error {
	select {
	case <-m.closed:
		return scorch.ErrClosed
	default:
		return nil
	}
}

func (m *merger) column(i int) []uint64 {
	column := make([]uint64, 0, m.docs)
	for n, s := range m.parts {
		for doc, to := range m.renamed[n] {
			if to != End {
				column = append(column, s.numbers[i].Of(uint32(doc)))
			}
		}
	}
	return column
}

// terms merges the dictionaries of a field.
func (m *merger) terms(field int, f TermField, length func(doc uint32) uint64) error {
	out := newTermsWriter(m.out, f, length)
	cursors := make([]*TermsIterator, len(m.parts))
	for i, s := range m.parts {
		cursors[i] = s.terms[field].Iterate()
		if err := step(cursors, i); err != nil {
			return err
		}
	}
	var l list
	var term []byte
	for n := 0; ; n++ {
		least := leastOf(cursors)
		if least == nil {
			return out.close()
		}
		if n%1024 == 0 {
			if err := m.live(); err != nil {
				return err
			}
		}
		term = append(term[:0], least.Term...)
		l.reset()
		for i, c := range cursors {
			if c == nil || !bytes.Equal(c.Term, term) {
				continue
			}
			if err := m.postings(&l, c, m.renamed[i]); err != nil {
				return err
			}
			if err := step(cursors, i); err != nil {
				return err
			}
		}
		if len(l.docs) == 0 {
			continue // all of its documents are deleted
		}
		if err := out.add(term, &l); err != nil {
			return err
		}
	}
}

// step moves a cursor to its next term; nil behind the last.
func step(cursors []*TermsIterator, i int) error {
	ok, err := cursors[i].Next()
	if !ok {
		cursors[i] = nil
	}
	return err
}

// leastOf returns the first of the cursors that stand on the first term, nil when all are at their ends.
func leastOf(cursors []*TermsIterator) (least *TermsIterator) {
	for _, c := range cursors {
		if c != nil && (least == nil || bytes.Compare(c.Term, least.Term) < 0) {
			least = c
		}
	}
	return least
}

// postings appends those of the term at hand to l, under their new numbers.
func (m *merger) postings(l *list, c *TermsIterator, renamed []uint32) error {
	p, err := c.Postings()
	if err != nil {
		return err
	}
	for block := 0; block*blockSize < p.count; block++ {
		if _, err = p.enter(block); err == nil {
			err = p.detail()
		}
		if err == nil && p.field.Positions {
			if err = p.openPositions(); err == nil {
				err = p.decodeTo(p.total)
			}
		}
		if err != nil {
			return err
		}
		p.appendTo(l, renamed)
	}
	return nil
}

// appendTo appends the block at hand, which is decoded.
func (p *Postings) appendTo(l *list, renamed []uint32) {
	for i, doc := range p.docs[:p.n] {
		if renamed[doc] == End {
			continue
		}
		l.docs, l.parts = append(l.docs, renamed[doc]), append(l.parts, p.parts[i])
		l.freqs = append(l.freqs, p.freqs[p.first[i]:p.first[i+1]]...)
		if p.field.Positions {
			l.gaps = append(l.gaps, p.gaps[p.starts[i]:p.starts[i+1]]...)
		}
	}
}

// stored merges the stored values of a field. A good block of which no document is deleted is copied as it is.
func (m *merger) stored(field int) error {
	out, err := newStoredWriter(m.out, m.schema.stored()[1+field])
	if err != nil {
		return err
	}
	for i, s := range m.parts {
		if err := m.live(); err != nil {
			return err
		}
		r := s.Stored(field)
		for doc := uint32(0); doc < r.docs; {
			if block := r.find(doc); r.firstOf(block) == doc && m.isWhole(i, doc, r.firstOf(block+1)) {
				copied, err := out.copyBlock(r, block)
				if err != nil {
					return err
				}
				if copied {
					doc = r.firstOf(block + 1)
					continue
				}
			}
			if m.renamed[i][doc] != End {
				value, err := r.Value(doc)
				if err == nil {
					err = out.add(value)
				}
				if err != nil {
					return err
				}
			}
			doc++
		}
	}
	return out.close()
}

// isWhole reports whether no document from first to next is deleted.
func (m *merger) isWhole(part int, first, next uint32) bool {
	if next <= first || int(next) > len(m.renamed[part]) {
		return false
	}
	for _, to := range m.renamed[part][first:next] {
		if to == End {
			return false
		}
	}
	return true
}

// copyBlock adds the documents of a block without decoding them, unless that leaves small blocks.
func (w *storedWriter) copyBlock(r *StoredReader, block int) (ok bool, err error) {
	small := w.block / 2
	data, raw, err := r.compressed(block)
	pending := len(w.lengths) + len(w.values)
	if err != nil || raw < small || 0 < pending && pending < small {
		return false, err
	}
	if pending > 0 {
		w.flush()
	}
	w.indexed(w.first, len(data), raw)
	w.out.write(data)
	w.next += r.firstOf(block+1) - r.firstOf(block)
	w.first = w.next
	return true, w.out.err
}
