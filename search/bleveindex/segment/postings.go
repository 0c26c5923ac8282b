package segment

import (
	"encoding/binary"
	"math"
	"math/bits"
	"sort"
	"sync"
)

// End is the number of a document after the last one.
const End = math.MaxUint32

// Postings walks the documents of a segment that have a term, deleted ones too. Whoever reads a segment knows which
// these are. How often and where the term is there is decoded when it is asked for.
type Postings struct {
	field  *TermField
	limit  uint32 // documents in the segment
	count  int    // documents with the term
	skips  []byte // of a term with several blocks
	blocks []byte // all blocks; of a term with one block the positions too
	places []byte // the positions of several blocks
	counts [MaxParts]int

	block   int // the block at hand
	n, i    int // documents in it, and the one at hand
	decoded int // the block that is decoded, at hand or not; negative for none
	docs    [blockSize]uint32
	after   input // behind the documents of the block
	plain   bool

	detailed bool // what follows is that of the block at hand
	parts    [blockSize]uint8
	first    [blockSize + 1]uint16 // by document, the first of its freqs
	freqs    []uint32
	positionsOfBlock
}

// released are postings that are not needed any more. One is some kilobytes, and a query may open a hundred.
var released = sync.Pool{New: func() any { return new(Postings) }}

// Release gives back postings, which must not be used afterwards. Those that are not given back cost no more than their memory.
func (p *Postings) Release() {
	p.skips, p.blocks, p.places, p.after, p.rest = nil, nil, nil, input{}, input{}
	released.Put(p)
}

// reset makes p what opened says, before the first document. Room for what is decoded is kept.
func (p *Postings) reset(opened Postings) {
	p.field, p.limit, p.count, p.counts = opened.field, opened.limit, opened.count, opened.counts
	p.skips, p.blocks, p.places = opened.skips, opened.blocks, opened.places
	p.plain, p.detailed, p.located, p.decoded = false, false, false, -1
	p.Restart()
}

// openPostings opens what a writer wrote for a term with count documents.
func openPostings(data []byte, count int, field *TermField, limit int) (*Postings, error) {
	p := released.Get().(*Postings)
	p.reset(Postings{field: field, limit: uint32(limit), count: count, blocks: data})
	if count <= blockSize {
		return p, nil
	}
	in := input{data: data}
	p.counts = in.counts(limit)
	length := in.count(len(data))
	p.skips = in.bytes((count + blockSize - 1) / blockSize * skipSize)
	p.blocks = in.bytes(length)
	p.places = in.bytes(len(data) - in.at)
	if in.bad {
		return nil, damaged("postings", 0)
	}
	return p, nil
}

// Again returns the same postings, which stand before the first document.
func (p *Postings) Again() *Postings {
	other := released.Get().(*Postings)
	other.reset(Postings{
		field: p.field, limit: p.limit, count: p.count, counts: p.counts, skips: p.skips, blocks: p.blocks, places: p.places,
	})
	return other
}

// Count returns the number of documents.
func (p *Postings) Count() int { return p.count }

// Next goes to the next document and returns its number, End after the last.
func (p *Postings) Next() (uint32, error) {
	if p.i++; p.i < p.n {
		return p.docs[p.i], nil
	}
	return p.enter(p.block + 1)
}

// Advance goes to the first document that is not before doc, which lies ahead, and returns its number.
func (p *Postings) Advance(doc uint32) (uint32, error) {
	for p.n == 0 || p.docs[p.n-1] < doc {
		if at, err := p.enter(p.find(doc)); err != nil || at == End {
			return at, err
		}
	}
	for p.docs[p.i] < doc {
		p.i++
	}
	return p.docs[p.i], nil
}

// find returns the first block behind the one at hand whose last document is not before doc.
func (p *Postings) find(doc uint32) int {
	from := p.block + 1
	if p.skips == nil {
		return from
	}
	return from + sort.Search(len(p.skips)/skipSize-from, func(i int) bool {
		return binary.LittleEndian.Uint32(p.skips[(from+i)*skipSize:]) >= doc
	})
}

// enter goes to the first document of a block.
func (p *Postings) enter(block int) (uint32, error) {
	if block*blockSize >= p.count {
		p.block, p.n, p.i = (p.count+blockSize-1)/blockSize, 0, 0
		return End, nil
	}
	p.block, p.n, p.i = block, min(blockSize, p.count-block*blockSize), 0
	if block != p.decoded {
		if err := p.decode(); err != nil {
			p.n, p.decoded = 0, -1
			return End, err
		}
	}
	return p.docs[0], nil
}

// decode decodes the documents of the block at hand.
func (p *Postings) decode() error {
	at, next, block := 0, uint64(0), p.block
	if p.skips != nil {
		at = int(binary.LittleEndian.Uint32(p.skips[block*skipSize+4:]))
		if block > 0 {
			next = uint64(binary.LittleEndian.Uint32(p.skips[(block-1)*skipSize:])) + 1
		}
	}
	p.decoded, p.detailed, p.located = block, false, false
	in := input{data: p.blocks[min(at, len(p.blocks)):]}
	p.plain = in.unpack(p.docs[:p.n])
	for i, gap := range p.docs[:p.n] {
		next += uint64(gap)
		p.docs[i] = uint32(next)
		next++
	}
	if in.bad || next > uint64(p.limit) {
		return damaged("postings in block", block)
	}
	p.after = in
	return nil
}

// detail decodes how often the documents of the block have the term.
func (p *Postings) detail() error {
	if p.detailed {
		return nil
	}
	usual := uint8(1) << p.field.Usual
	in, total := &p.after, 0
	var kind [blockSize]uint32
	kinds := []byte{usual}
	if !p.plain {
		kinds = in.bytes(int(in.byte()))
		if len(kinds) > 1 {
			in.unpack(kind[:p.n])
		}
	}
	for _, parts := range kinds {
		if parts>>p.field.Parts != 0 || parts == 0 {
			return damaged("parts in block", p.block)
		}
	}
	for i, k := range kind[:p.n] {
		if int(k) >= len(kinds) {
			return damaged("parts in block", p.block)
		}
		p.parts[i], p.first[i] = kinds[k], uint16(total)
		total += bits.OnesCount8(kinds[k])
	}
	p.first[p.n] = uint16(total)
	if cap(p.freqs) < total {
		p.freqs = make([]uint32, total)
	}
	p.freqs = p.freqs[:total]
	for from := 0; from < total; from += blockSize {
		part := p.freqs[from:min(from+blockSize, total)]
		if p.plain {
			clear(part)
		} else {
			in.unpack(part)
		}
		for i := range part {
			part[i]++
		}
	}
	if in.bad {
		return damaged("frequencies in block", p.block)
	}
	p.detailed = true
	return nil
}

// Freqs says how often the document at hand has the term, by part. Freq has the length that the field has parts, and
// is zero.
func (p *Postings) Freqs(freq []int) error {
	if p.plain {
		freq[p.field.Usual] = 1
		return nil
	}
	if err := p.detail(); err != nil {
		return err
	}
	at := p.first[p.i]
	for parts := p.parts[p.i]; parts != 0; parts &= parts - 1 {
		freq[bits.TrailingZeros8(parts)] = int(p.freqs[at])
		at++
	}
	return nil
}
