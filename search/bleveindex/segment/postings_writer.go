package segment

import (
	"encoding/binary"
	"fmt"
	"math"
)

// skipSize is the number of bytes that are kept of each block of a term with several.
const skipSize = 16

// postingsWriter encodes postings of one field.
type postingsWriter struct {
	usual     uint8 // the bit of the usual part
	positions bool
	length    func(doc uint32) uint64 // of the usual part

	blocks, places, skips []byte // of the term at hand
}

func newPostingsWriter(f TermField, length func(doc uint32) uint64) *postingsWriter {
	if f.Length < 0 {
		length = func(uint32) uint64 { return 0 }
	}
	return &postingsWriter{usual: 1 << f.Usual, positions: f.Positions, length: length}
}

// append appends the postings of one term, which has some.
func (w *postingsWriter) append(out []byte, l *list) ([]byte, error) {
	w.blocks, w.places, w.skips = w.blocks[:0], w.places[:0], w.skips[:0]
	next := uint32(0)
	for rest := *l; len(rest.docs) > 0; {
		var block list
		block, rest = rest.cut()
		last := block.docs[len(block.docs)-1]
		if len(l.docs) > blockSize {
			w.skip(last, block.impactOf(w.usual, w.length))
		}
		w.blocks = block.appendBlock(w.blocks, next, w.usual)
		if w.positions {
			w.places = appendChunks(w.places, block.gaps)
		}
		next = last + 1
	}
	if len(w.blocks) > math.MaxInt32 || len(w.places) > math.MaxInt32 {
		return nil, fmt.Errorf("a term has more than %d bytes of postings", math.MaxInt32)
	}
	if len(l.docs) > blockSize {
		out = appendCounts(out, l.partCounts())
		out = binary.AppendUvarint(out, uint64(len(w.blocks)))
		out = append(out, w.skips...)
	}
	return append(append(out, w.blocks...), w.places...), nil
}

// skip adds what is kept of a block that is about to be appended.
func (w *postingsWriter) skip(last uint32, m impact) {
	w.skips = binary.LittleEndian.AppendUint32(w.skips, last)
	w.skips = binary.LittleEndian.AppendUint32(w.skips, uint32(len(w.blocks)))
	w.skips = binary.LittleEndian.AppendUint32(w.skips, uint32(len(w.places)))
	w.skips = binary.LittleEndian.AppendUint16(append(w.skips, m.parts, m.maxFreq), m.minLength)
}

// appendCounts appends the numbers of documents by part: which have some, and how many.
func appendCounts(out []byte, counts [MaxParts]int) []byte {
	at := len(out)
	out = append(out, 0)
	for part, n := range counts {
		if n > 0 {
			out[at] |= 1 << part
			out = binary.AppendUvarint(out, uint64(n))
		}
	}
	return out
}

func (in *input) counts(limit int) (counts [MaxParts]int) {
	parts := in.byte()
	for part := range counts {
		if parts&(1<<part) != 0 {
			counts[part] = in.count(limit)
		}
	}
	return counts
}
