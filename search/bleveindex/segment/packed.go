package segment

import (
	"encoding/binary"
	"math/bits"
)

// blockSize is the number of documents in a block of postings, and the most numbers that are packed together.
const blockSize = 128

// What the first byte of packed numbers says beside their width.
const (
	widthMask  = 0x3f
	flagged    = 0x40 // whatever the caller means by it
	exceptions = 0x80 // numbers that are wider follow
)

// appendPacked appends up to blockSize numbers.
func appendPacked(out []byte, values []uint32, flag byte) []byte {
	width, wider := cheapestWidth(values)
	head := byte(width) | flag
	if wider > 0 {
		head |= exceptions
	}
	out = append(out, head)
	out = appendBits(out, values, width)
	if wider > 0 {
		out = append(out, byte(wider))
		for i, v := range values {
			if high := v >> width; high != 0 {
				out = binary.AppendUvarint(append(out, byte(i)), uint64(high))
			}
		}
	}
	return out
}

// cheapestWidth returns the width with which the numbers take fewest bytes, and how many are wider.
func cheapestWidth(values []uint32) (width, wider int) {
	var count [33]int // by width
	for _, v := range values {
		count[bits.Len32(v)]++
	}
	best := -1
	for w, above := 32, 0; w >= 0; w-- {
		cost := (len(values)*w + 7) / 8
		if above > 0 {
			cost++
			for l := w + 1; l <= 32; l++ {
				cost += count[l] * (1 + (l-w+6)/7)
			}
		}
		if best < 0 || cost <= best {
			best, width, wider = cost, w, above
		}
		above += count[w]
	}
	return width, wider
}

// appendBits appends the low bits of each number, one after the other, filled up to a byte.
func appendBits(out []byte, values []uint32, width int) []byte {
	var pending uint64
	n, mask := 0, uint64(1)<<width-1
	for _, v := range values {
		pending |= uint64(v) & mask << n
		for n += width; n >= 8; n -= 8 {
			out = append(out, byte(pending))
			pending >>= 8
		}
	}
	if n > 0 {
		out = append(out, byte(pending))
	}
	return out
}

// unpack reads len(dst) packed numbers, at most blockSize, and the flag they were written with.
func (in *input) unpack(dst []uint32) (flag bool) {
	head := in.byte()
	width, from := int(head&widthMask), in.at
	in.bytes((len(dst)*width + 7) / 8)
	if width > 32 {
		in.fail()
	}
	if in.bad {
		clear(dst)
		return false
	}
	unpackBits(dst, in.data[from:], width)
	if head&exceptions != 0 {
		for range in.count(len(dst)) {
			i, high := int(in.byte()), in.uvarint()
			if i >= len(dst) || high >= 1<<(32-width) {
				in.fail()
				return false
			}
			dst[i] |= uint32(high << width)
		}
	}
	return head&flagged != 0
}

// unpackBits is the reverse of appendBits. Whatever follows in packed is ignored, and makes it faster.
func unpackBits(dst []uint32, packed []byte, width int) {
	if width == 0 {
		clear(dst)
		return
	}
	if width <= 8 {
		dst, packed = unpackBytes(dst, packed, width)
	}
	mask := uint64(1)<<width - 1
	i, bit := 0, 0
	for ; i < len(dst) && bit>>3+8 <= len(packed); i++ { // whole words
		dst[i] = uint32(binary.LittleEndian.Uint64(packed[bit>>3:]) >> (bit & 7) & mask)
		bit += width
	}
	for ; i < len(dst); i++ {
		dst[i] = uint32(partWord(packed, bit>>3) >> (bit & 7) & mask)
		bit += width
	}
}

// unpackBytes reads numbers of up to 8 bits as long as eight of them are within the next eight bytes. It returns what is left.
func unpackBytes(dst []uint32, packed []byte, width int) ([]uint32, []byte) {
	w, mask := uint(width), uint64(1)<<width-1
	for len(dst) >= 8 && len(packed) >= 8 {
		word, eight := binary.LittleEndian.Uint64(packed), dst[:8]
		eight[0] = uint32(word & mask)
		eight[1] = uint32(word >> (w & 63) & mask)
		eight[2] = uint32(word >> (2 * w & 63) & mask)
		eight[3] = uint32(word >> (3 * w & 63) & mask)
		eight[4] = uint32(word >> (4 * w & 63) & mask)
		eight[5] = uint32(word >> (5 * w & 63) & mask)
		eight[6] = uint32(word >> (6 * w & 63) & mask)
		eight[7] = uint32(word >> (7 * w & 63) & mask)
		dst, packed = dst[8:], packed[width:]
	}
	return dst, packed
}

// partWord reads the eight bytes at offset, zeros behind the end.
func partWord(data []byte, at int) uint64 {
	if at+8 <= len(data) {
		return binary.LittleEndian.Uint64(data[at:])
	}
	var word [8]byte
	copy(word[:], data[min(at, len(data)):])
	return binary.LittleEndian.Uint64(word[:])
}
