package column

import (
	"encoding/binary"
	"math"
)

// AppendUint appends a number that is mostly small, as a uvarint. It must not be negative or above the largest uint32.
func AppendUint(dst []byte, n int) []byte { return binary.AppendUvarint(dst, uint64(n)) }

// AppendNames appends n strings of which neighbours begin alike: their number, then for each how many bytes it shares with
// the one before, then how many follow, then these bytes, each kind together (front coding; Witten, Moffat and Bell, Managing
// Gigabytes, 1999).
func AppendNames[T string | []byte](dst []byte, n int, at func(i int) T) []byte {
	dst = AppendUint(dst, n)
	shared := make([]int, n)
	for i := range shared {
		if i > 0 {
			shared[i] = sharedStart(at(i-1), at(i))
		}
		dst = AppendUint(dst, shared[i])
	}
	for i, s := range shared {
		dst = AppendUint(dst, len(at(i))-s)
	}
	for i, s := range shared {
		dst = append(dst, at(i)[s:]...)
	}
	return dst
}

func sharedStart[T string | []byte](a, b T) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// Input reads a column. Beyond its end, and for what is no part of one, it gives zeros and is Bad.
type Input struct {
	data []byte
	Bad  bool
}

// Len returns how many bytes are left.
func (in *Input) Len() int { return len(in.data) }

// Uint reads a number.
func (in *Input) Uint() int {
	if len(in.data) > 0 && in.data[0] < 0x80 {
		n := in.data[0]
		in.data = in.data[1:]
		return int(n)
	}
	n, size := binary.Uvarint(in.data)
	if size <= 0 || n > math.MaxUint32 {
		in.fail()
		return 0
	}
	in.data = in.data[size:]
	return int(n)
}

// Count reads the number of things that take a byte at least, each.
func (in *Input) Count() int {
	n := in.Uint()
	if n > len(in.data) {
		in.fail()
		return 0
	}
	return n
}

// Below reads a number that must be below limit.
func (in *Input) Below(limit int) int {
	n := in.Uint()
	if n >= limit {
		in.fail()
		return 0
	}
	return n
}

// Bytes reads n bytes, which must not be changed.
func (in *Input) Bytes(n int) []byte {
	if n > len(in.data) {
		in.fail()
		return nil
	}
	bytes := in.data[:n:n]
	in.data = in.data[n:]
	return bytes
}

func (in *Input) fail() { in.data, in.Bad = nil, true }

// Names reads what AppendNames appended: the strings one behind the other, and where each ends.
func (in *Input) Names() (all []byte, ends []int) {
	n := in.Count()
	shared, own := make([]int, n), make([]int, n)
	size := 0
	for _, lengths := range [][]int{shared, own} {
		for i := range lengths {
			lengths[i] = in.Uint()
			if size += lengths[i]; size > Max {
				in.fail()
			}
		}
	}
	if in.Bad {
		return nil, nil
	}
	all = make([]byte, 0, size)
	start, end := 0, 0 // of the one before
	for i := range n {
		if shared[i] > end-start {
			in.fail()
			return nil, nil
		}
		all = append(append(all, all[start:start+shared[i]]...), in.Bytes(own[i])...)
		start, end = end, len(all)
		own[i] = end
	}
	if in.Bad {
		return nil, nil
	}
	return all, own
}

// Strings reads what AppendNames appended.
func (in *Input) Strings() []string {
	all, ends := in.Names()
	list, text, start := make([]string, len(ends)), string(all), 0
	for i, end := range ends {
		list[i], start = text[start:end], end
	}
	return list
}
