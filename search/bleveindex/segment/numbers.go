package segment

import (
	"encoding/binary"
	"io"
	"math/bits"
	"slices"
)

// Numbers is a column: a number for each document.
type Numbers struct {
	sum, least uint64
	width      int
	packed     []byte
}

const numbersHead = 17

// writeNumbers writes a column.
func writeNumbers(w io.Writer, values []uint64) error {
	var least, widest, sum uint64
	if len(values) > 0 {
		least = slices.Min(values)
	}
	for _, v := range values {
		widest = max(widest, v-least)
		sum += v
	}
	width := bits.Len64(widest)
	if width > 56 {
		width = 64 // so that each number lies within eight bytes
	}
	out := binary.LittleEndian.AppendUint64(nil, sum)
	out = binary.LittleEndian.AppendUint64(out, least)
	out = append(out, byte(width))
	var pending uint64
	n := 0
	for _, v := range values {
		if width == 64 {
			out = binary.LittleEndian.AppendUint64(out, v-least)
			continue
		}
		pending |= (v - least) << n
		for n += width; n >= 8; n -= 8 {
			out = append(out, byte(pending))
			pending >>= 8
		}
	}
	if n > 0 {
		out = append(out, byte(pending))
	}
	_, err := w.Write(out)
	return err
}

func openNumbers(data []byte, docs int) (n Numbers, err error) {
	if len(data) < numbersHead {
		return n, damaged("numbers", 0)
	}
	n.sum, n.least = binary.LittleEndian.Uint64(data), binary.LittleEndian.Uint64(data[8:])
	n.width, n.packed = int(data[16]), data[numbersHead:]
	if n.width > 64 || (uint64(docs)*uint64(n.width)+7)/8 != uint64(len(n.packed)) {
		return n, damaged("numbers", numbersHead)
	}
	return n, nil
}

// Sum returns the sum of all, deleted documents included.
func (n *Numbers) Sum() uint64 { return n.sum }

// Of returns the number of a document.
func (n *Numbers) Of(doc uint32) uint64 {
	if n.width == 0 {
		return n.least
	}
	bit := uint64(doc) * uint64(n.width)
	word := partWord(n.packed, int(bit>>3)) >> (bit & 7)
	return n.least + word&(1<<n.width-1)
}
