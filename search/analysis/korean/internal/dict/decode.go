package dict

import (
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

//go:generate go run ../dictgen -out korean.dict

//go:embed korean.dict
var packed []byte

// Open returns the dictionary that is part of the program. It is unpacked by the first call.
var Open = sync.OnceValues(func() (*Dict, error) {
	d, err := Decode(packed)
	if err != nil {
		return nil, fmt.Errorf("open korean dictionary: %w", err)
	}
	return d, nil
})

var errShort = errors.New("section ends early")

// Decode unpacks what Encode wrote. It guards against a file of another version or cut short, not against one made to
// mislead: the dictionary is part of the program.
func Decode(file []byte) (*Dict, error) {
	frames, sum, err := split(file)
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, fmt.Errorf("start unpacking: %w", err)
	}
	unpack := func(section int) ([]byte, error) {
		f := frames[section]
		raw, err := dec.DecodeAll(f.packed, make([]byte, 0, f.size))
		if err == nil && len(raw) != f.size {
			err = errShort
		}
		if err != nil {
			return nil, fmt.Errorf("unpack section %d: %w", section, err)
		}
		return raw, nil
	}
	d := &Dict{Lexicon: &Lexicon{}, sum: sum}
	d.readings = sync.OnceValue(func() readingTable {
		raw, err := unpack(readings)
		if err != nil {
			return readingTable{}
		}
		return decodeReadings(raw)
	})
	jobs := []struct {
		decode   func(raw [][]byte) error
		sections []int
	}{
		{d.decodeTrie, []int{labels, children, counts}}, {d.decodeMatrix, []int{matrix}}, {d.decodeEntries, []int{tripleTable, triples, entryForms}},
		{d.decodeForms, []int{forms}}, {d.decodeChars, []int{chars}}, {d.decodeSounds, []int{sounds}},
	}
	errs := make([]error, len(jobs))
	var wg sync.WaitGroup
	for i, job := range jobs {
		wg.Go(func() {
			raw := make([][]byte, len(job.sections))
			for j, section := range job.sections {
				if raw[j], errs[i] = unpack(section); errs[i] != nil {
					return
				}
			}
			errs[i] = job.decode(raw)
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return d, nil
}

type frame struct {
	size   int
	packed []byte
}

func split(file []byte) (parts []frame, sum string, err error) {
	if len(file) < len(magic)+sumSize || string(file[:len(magic)]) != magic {
		return nil, "", errors.New("not a dictionary of this version")
	}
	sum = hex.EncodeToString(file[len(magic) : len(magic)+sumSize])
	rest := file[len(magic)+sumSize:]
	for range sections {
		size, n := binary.Uvarint(rest)
		packed, m := binary.Uvarint(rest[max(n, 0):])
		if n <= 0 || m <= 0 || packed > uint64(len(rest)-n-m) || size > maxSection {
			return nil, "", errShort
		}
		rest = rest[n+m:]
		parts = append(parts, frame{int(size), rest[:packed]})
		rest = rest[packed:]
	}
	return parts, sum, nil
}

func (d *Dict) decodeTrie(raw [][]byte) (err error) {
	l, names := d.Lexicon, unplane[uint16](raw[0], 0)
	if l.nodes, err = nodes(names, raw[1], raw[2]); err != nil {
		return err
	}
	if n := len(names); int(l.nodes[n].child()) != n {
		return errors.New("the trie does not add up")
	}
	l.index()
	return nil
}

func (d *Dict) decodeEntries(raw [][]byte) error {
	table := unplane[uint16](raw[0], 0)
	n := len(table) / 3
	left, right, cost := table[:n], table[n:2*n], table[2*n:]
	count := len(raw[1]) / 2
	if len(raw[2]) != len(raw[1]) {
		return errShort
	}
	refLow, refHigh, formLow, formHigh := raw[1][:count], raw[1][count:], raw[2][:count], raw[2][count:]
	d.Lexicon.entries = make([]Entry, count)
	for i := range d.Lexicon.entries {
		t := int(refLow[i]) | int(refHigh[i])<<8
		d.Lexicon.entries[i] = Entry{left[t], right[t], int16(cost[t]), uint16(formLow[i]) | uint16(formHigh[i])<<8}
	}
	return nil
}

func (d *Dict) decodeMatrix(raw [][]byte) error {
	flat := unplane[int16](raw[0], MaxRights) // for the last row, see Row
	if len(flat) < 2 {
		return errShort
	}
	d.Lefts, d.Rights = int(uint16(flat[0])), int(uint16(flat[1]))
	if flat = flat[2:]; d.Rights > MaxRights || len(flat) != 2*d.Lefts+3*d.Rights+d.Lefts*d.Rights {
		return errShort
	}
	for _, part := range []struct {
		list *[]int16
		size int
	}{{&d.Before, d.Lefts}, {&d.After, d.Rights}, {&d.LeastRow, d.Lefts}, {&d.Least, d.Rights}, {&d.Most, d.Rights}} {
		*part.list, flat = flat[:part.size], flat[part.size:]
	}
	d.matrix = flat
	return nil
}

func (d *Dict) decodeForms(raw [][]byte) error {
	r := reader{rest: raw[0]}
	tags := make([]string, r.uvarint())
	for i := range tags {
		tags[i] = r.string(r.uvarint())
	}
	d.tags = tags
	d.forms = make([]Form, r.uvarint())
	d.parts = make([]Part, r.uvarint())
	next := uint32(0)
	for i := range d.forms {
		f := Form{tag: uint16(r.uvarint()), first: next, last: next + uint32(r.byte())}
		if int(f.last) > len(d.parts) || int(f.tag) >= len(tags) {
			return errShort
		}
		d.forms[i], next = f, f.last
	}
	at := uint32(0)
	for i := range d.parts {
		p := Part{tag: uint16(r.uvarint()), Span: r.byte(), Keep: r.byte(), text: at, size: r.byte()}
		if int(p.tag) >= len(tags) {
			return errShort
		}
		d.parts[i] = p
		at += uint32(p.size)
	}
	d.texts = r.string(int(at))
	return r.err
}

func (d *Dict) decodeChars(raw [][]byte) error {
	r := reader{rest: raw[0]}
	d.Classes = make([]Class, r.uvarint())
	for i := range d.Classes {
		c := Class{Tag: r.string(r.uvarint()), Always: r.byte() == 1, Group: r.byte() == 1}
		c.Entry = Entry{Left: r.uint16(), Right: r.uint16(), Cost: int16(r.uint16())}
		d.Classes[i] = c
	}
	d.class = make([]uint8, 0, 1<<16)
	for len(d.class) < cap(d.class) && r.err == nil {
		n, class := r.uvarint(), r.byte()
		for range min(n, cap(d.class)-len(d.class)) {
			d.class = append(d.class, class)
		}
	}
	return r.err
}

func (d *Dict) decodeSounds(raw [][]byte) error {
	r := reader{rest: raw[0]}
	for i := range d.Nouns {
		d.Nouns[i] = Entry{r.uint16(), r.uint16(), int16(r.uint16()), r.uint16()}
	}
	d.sounds = string(r.rest)
	return r.err
}

// decodeReadings unpacks the readings, which most programs never ask for.
func decodeReadings(raw []byte) readingTable {
	r := reader{rest: raw}
	t := readingTable{index: make([]reading, r.uvarint())}
	entry, start := uint32(0), uint32(0)
	for i := range t.index {
		entry += uint32(r.uvarint())
		t.index[i] = reading{entry, start}
		start += uint32(r.byte())
	}
	t.syllables = make([]rune, start)
	for i := range t.syllables {
		t.syllables[i] = syllable + rune(r.uvarint())
	}
	return t
}

// nodes makes nodes of their labels and how many children and how many entries each has, two lists of uvarints.
func nodes(names []uint16, kids, words []byte) ([]node, error) {
	out := make([]node, len(names)+1)
	child, entry := uint32(1), uint32(0) // the root is the first node and nobody's child
	k := 0
	for i, name := range names {
		out[i] = newNode(name, child, entry)
		if k >= len(kids) || i >= len(words) {
			return nil, errShort
		}
		c, size := uint64(kids[k]), 1
		if c >= 0x80 {
			c, size = binary.Uvarint(kids[k:])
		}
		child += uint32(c)
		k += max(size, 1)
		entry += uint32(words[i]) // no word has 128 entries
	}
	out[len(names)] = newNode(0, child, entry)
	return out, nil
}

// unplane reads what planes wrote, into a slice with room for some more.
func unplane[T int16 | uint16](raw []byte, spare int) []T {
	n := len(raw) / 2
	low, high := raw[:n], raw[n:2*n]
	out := make([]T, n, n+spare)
	low, high = low[:len(out)], high[:len(out)]
	for i := range out {
		out[i] = T(low[i]) | T(high[i])<<8
	}
	return out
}

// reader reads numbers and strings off a section; after the first failure it gives zeros.
type reader struct {
	rest []byte
	err  error
}

func (r *reader) string(n int) string {
	if n < 0 || n > len(r.rest) {
		r.err, r.rest = errShort, nil
		return ""
	}
	out := string(r.rest[:n])
	r.rest = r.rest[n:]
	return out
}

func (r *reader) byte() byte {
	if len(r.rest) == 0 {
		r.err = errShort
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

func (r *reader) uint16() uint16 { return uint16(r.byte()) | uint16(r.byte())<<8 }

func (r *reader) uvarint() int {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > maxSection {
		r.err, r.rest = errShort, nil
		return 0
	}
	r.rest = r.rest[n:]
	return int(v)
}
