package segment

import (
	"encoding/binary"
	"math/bits"
)

// positionsOfBlock are the positions in the block at hand of Postings, decoded as far as they were asked for.
type positionsOfBlock struct {
	located bool // the rest is that of the block at hand
	rest    input
	total   int                  // in the block
	starts  [blockSize + 1]int32 // by document, the first of its gaps
	gaps    []uint32
}

// Positions appends to all the positions of the term in a part of the document at hand.
func (p *Postings) Positions(all []int, part int) ([]int, error) {
	if !p.field.Positions {
		return all, nil
	}
	if err := p.detail(); err != nil {
		return nil, err
	}
	parts, bit := p.parts[p.i], uint8(1)<<part
	if parts&bit == 0 {
		return all, nil
	}
	if err := p.openPositions(); err != nil {
		return nil, err
	}
	if err := p.decodeTo(int(p.starts[p.i+1])); err != nil {
		return nil, err
	}
	freq := int(p.first[p.i])
	at := int(p.starts[p.i])
	for range bits.OnesCount8(parts & (bit - 1)) {
		at += int(p.freqs[freq])
		freq++
	}
	position := 0
	for _, gap := range p.gaps[at : at+int(p.freqs[freq])] {
		position += int(gap)
		all = append(all, position)
	}
	return all, nil
}

// maxPositions is the most occurrences of a term in the documents of one block.
const maxPositions = 1 << 30

// openPositions finds the positions of the block.
func (p *Postings) openPositions() error {
	if p.located {
		return nil
	}
	total := uint64(0)
	for i := range p.n {
		p.starts[i] = int32(total)
		for _, freq := range p.freqs[p.first[i]:p.first[i+1]] {
			total += uint64(freq)
		}
		if total > maxPositions {
			return damaged("frequencies in block", p.block)
		}
	}
	p.starts[p.n], p.total, p.gaps = int32(total), int(total), p.gaps[:0]
	p.rest = p.after
	if p.skips != nil {
		at := binary.LittleEndian.Uint32(p.skips[p.block*skipSize+8:])
		p.rest = input{data: p.places[min(int64(at), int64(len(p.places))):]}
	}
	p.located = true
	return nil
}

// decodeTo decodes n gaps of the block at least.
func (p *Postings) decodeTo(n int) error {
	for len(p.gaps) < n {
		at := len(p.gaps)
		p.gaps = append(p.gaps, make([]uint32, min(blockSize, p.total-at))...)
		if p.rest.unpack(p.gaps[at:]); p.rest.bad {
			p.gaps = p.gaps[:at]
			return damaged("positions in block", p.block)
		}
	}
	return nil
}
