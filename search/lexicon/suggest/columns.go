package suggest

import (
	"encoding/binary"

	"chaja/search/lexicon/column"
)

// numbers is a list of 4-byte integers, read in place.
type numbers []byte

func (n numbers) len() int     { return len(n) / 4 }
func (n numbers) at(i int) int { return int(binary.LittleEndian.Uint32(n[4*i:])) }

func (n *numbers) add(i int) { *n = binary.LittleEndian.AppendUint32(*n, uint32(i)) }

// ascend reports whether no number is less than the one before, and returns the last, 0 if there is none.
func (n numbers) ascend() (last int, ok bool) {
	for i := range n.len() {
		if n.at(i) < last {
			return 0, false
		}
		last = n.at(i)
	}
	return last, true
}

// table is a list of strings, read in place.
type table struct {
	ends numbers
	blob []byte
}

func (t *table) len() int { return t.ends.len() }

func (t *table) at(i int) []byte { return t.blob[t.start(i):t.ends.at(i)] }

// start returns where string i begins; for i = len where the last ends.
func (t *table) start(i int) int {
	if i == 0 {
		return 0
	}
	return t.ends.at(i - 1)
}

func (t *table) add(s string) {
	t.blob = append(t.blob, s...)
	t.ends.add(len(t.blob))
}

// list is what a column of a file holds.
type list interface {
	appendTo(dst []byte) []byte
	read(in column.Input) bool // what appendTo appended; false for anything else
}

// names are strings of which neighbours begin alike, see column.AppendNames.
type names table

func (n *names) appendTo(dst []byte) []byte {
	t := (*table)(n)
	return column.AppendNames(dst, t.len(), t.at)
}

func (n *names) read(in column.Input) bool {
	all, ends := in.Names()
	t := table{make(numbers, 0, 4*len(ends)), all}
	for _, end := range ends {
		t.ends.add(end)
	}
	*n = names(t)
	return !in.Bad && in.Len() == 0
}

// counts are numbers that are mostly small.
type counts numbers

func (c *counts) appendTo(dst []byte) []byte {
	n := numbers(*c)
	for i := range n.len() {
		dst = column.AppendUint(dst, n.at(i))
	}
	return dst
}

func (c *counts) read(in column.Input) bool {
	list := make(numbers, 0, 4*in.Len())
	for in.Len() > 0 {
		list.add(in.Uint())
	}
	*c = counts(list)
	return !in.Bad
}

// places are starts: their texts, three bytes each of which equal ones come together, then the ordinals of their words.
type places numbers

const placeBytes = 4

func (p *places) appendTo(dst []byte) []byte {
	n := numbers(*p)
	for shift := ordinalBits; shift < ordinalBits+8*(placeBytes-1); shift += 8 {
		for i := range n.len() {
			dst = append(dst, byte(n.at(i)>>shift))
		}
	}
	for i := range n.len() {
		dst = append(dst, byte(ordinal(n.at(i))))
	}
	return dst
}

func (p *places) read(in column.Input) bool {
	n := in.Len() / placeBytes
	data := in.Bytes(placeBytes * n)
	list := make(numbers, 0, 4*n)
	for i := range n {
		text := int(data[i]) | int(data[n+i])<<8 | int(data[2*n+i])<<16
		list.add(text<<ordinalBits | ordinal(int(data[3*n+i])))
	}
	*p = places(list)
	return in.Len() == 0
}
