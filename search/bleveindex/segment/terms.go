package segment

import (
	"bytes"
	"encoding/binary"
	"math"
)

// TermsReader is the dictionary of one field of a segment.
type TermsReader struct {
	field  *TermField
	limit  int // documents in the segment
	data   []byte
	starts []byte // of the index
	heads  []byte
	terms  int
	blocks int
}

const termsTrailer = 16

// openTerms opens the section of a field.
func openTerms(data []byte, field *TermField, limit int) (*TermsReader, error) {
	if len(data) < termsTrailer {
		return nil, damaged("terms", 0)
	}
	trailer := data[len(data)-termsTrailer:]
	r := &TermsReader{field: field, limit: limit}
	r.terms, r.blocks = int(binary.LittleEndian.Uint32(trailer)), int(binary.LittleEndian.Uint32(trailer[4:]))
	index := binary.LittleEndian.Uint64(trailer[8:])
	end := uint64(len(data) - termsTrailer)
	if index > end || uint64(r.blocks)*4 > end-index || r.terms > r.blocks*termsPerBlock {
		return nil, damaged("index of terms", 0)
	}
	r.data = data[:index]
	r.starts = data[index : int(index)+4*r.blocks]
	r.heads = data[int(index)+4*r.blocks : len(data)-termsTrailer]
	return r, nil
}

// Terms returns the number of terms.
func (r *TermsReader) Terms() int { return r.terms }

// head returns the first term of a block and the offset of the block.
func (r *TermsReader) head(block int) (term []byte, at uint64, err error) {
	start := binary.LittleEndian.Uint32(r.starts[4*block:])
	in := input{data: r.heads, at: int(min(uint64(start), uint64(len(r.heads))))}
	offset := in.bytes(8)
	term = in.bytes(in.count(math.MaxInt32))
	if in.bad {
		return nil, 0, damaged("index of terms", block)
	}
	return term, binary.LittleEndian.Uint64(offset), nil
}

// Postings returns those of a term, nil for one that no document has.
func (r *TermsReader) Postings(term []byte) (*Postings, error) {
	var room [64]byte // for most terms
	it := TermsIterator{r: r, Term: room[:0]}
	if ok, err := it.find(term); !ok || err != nil {
		return nil, err
	}
	return it.Postings()
}

// find goes to a term; ok is false where it is not.
func (it *TermsIterator) find(term []byte) (ok bool, err error) {
	r := it.r
	low, high := 0, r.blocks // the first block whose first term is behind term
	for low < high {
		middle := int(uint(low+high) / 2)
		first, _, err := r.head(middle)
		if err != nil {
			return false, err
		}
		if bytes.Compare(first, term) > 0 {
			high = middle
		} else {
			low = middle + 1
		}
	}
	if low == 0 {
		return false, nil
	}
	it.block = low - 1
	for {
		if ok, err := it.Next(); !ok || err != nil || it.block != low {
			return false, err
		}
		switch bytes.Compare(it.Term, term) {
		case 0:
			return true, nil
		case 1:
			return false, nil
		}
	}
}

// Iterate returns an iterator that stands before the first term.
func (r *TermsReader) Iterate() *TermsIterator { return &TermsIterator{r: r} }

// TermsIterator walks the terms of a dictionary in their order.
type TermsIterator struct {
	Term  []byte // at hand, until the next call
	Count int    // the documents that have it, deleted ones too

	r      *TermsReader
	block  int // the next one
	in     input
	left   int // terms in the block at hand
	at     int // the offset of the postings at hand
	length int // of them
	end    int // of the postings of the block
}

// Next goes to the next term; ok is false after the last.
func (it *TermsIterator) Next() (ok bool, err error) {
	if it.left == 0 {
		if it.block == it.r.blocks {
			return false, nil
		}
		if err := it.open(); err != nil {
			return false, err
		}
	}
	it.left--
	shared, rest := it.in.shared()
	suffix := it.in.bytes(rest)
	it.at += it.length
	it.Count, it.length = it.in.count(it.r.limit), it.in.count(it.end-it.at)
	if it.in.bad || shared > len(it.Term) || it.Count == 0 {
		return false, damaged("terms in block", it.block-1)
	}
	it.Term = append(it.Term[:shared], suffix...)
	return true, nil
}

// open goes to the next block.
func (it *TermsIterator) open() error {
	_, at, err := it.r.head(it.block)
	if err != nil {
		return err
	}
	it.in = input{data: it.r.data, at: int(min(at, uint64(len(it.r.data))))}
	it.end = it.in.at
	back := it.in.count(it.end)
	it.left = int(it.in.byte())
	if it.in.bad || it.left == 0 || it.left > termsPerBlock {
		return damaged("terms in block", it.block)
	}
	it.at, it.length, it.Term = it.end-back, 0, it.Term[:0]
	it.block++
	return nil
}

// Postings returns those of the term at hand.
func (it *TermsIterator) Postings() (*Postings, error) {
	return openPostings(it.r.data[it.at:it.at+it.length], it.Count, it.r.field, it.r.limit)
}
