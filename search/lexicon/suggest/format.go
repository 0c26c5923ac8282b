package suggest

// The file of a vocabulary is its form in memory too. Nothing is decoded when it is opened: every list is read in place.
//
//	magic    8 bytes, "chajasg" and the version of the format
//	sections 15 times: length in bytes, 8 bytes; the bytes, in the order of Vocabulary.sections
//	checksum 4 bytes, CRC-32 (Castagnoli) of all before
//
// Numbers are little-endian. A table of strings is two sections: where each string ends, 4 bytes each, and the
// strings one after the other.
//
// Texts (titles, headings, tags) are numbered in the order in which they are shown: by kind, by the number of posts, by
// length. So the least numbers of a set of texts are its best ones. A start is a place where a word begins: the number of the
// text shifted left by ordinalBits, and the ordinal of the word in the text. Starts are sorted by the key of the text from
// there to its end, so that all places that begin with what was typed are one range. The key and the initials of a text end
// with a zero byte. Words are sorted by key, and no two words have the same key.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
)

const magic = "chajasg\x01"

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

// masks is a list of 8-byte bit sets, read in place.
type masks []byte

func (m masks) len() int        { return len(m) / 8 }
func (m masks) at(i int) uint64 { return binary.LittleEndian.Uint64(m[8*i:]) }

func (m *masks) add(set uint64) { *m = binary.LittleEndian.AppendUint64(*m, set) }

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

// sound reports whether every string lies in the table.
func (t *table) sound() bool {
	last, ok := t.ends.ascend()
	return ok && last == len(t.blob)
}

// sections lists the parts of the file in their order.
func (v *Vocabulary) sections() [15]*[]byte {
	return [...]*[]byte{
		(*[]byte)(&v.kindEnds),
		(*[]byte)(&v.texts.ends), &v.texts.blob,
		(*[]byte)(&v.urls.ends), &v.urls.blob,
		(*[]byte)(&v.keys.ends), &v.keys.blob,
		(*[]byte)(&v.initials.ends), &v.initials.blob,
		(*[]byte)(&v.textDocs),
		(*[]byte)(&v.starts),
		(*[]byte)(&v.words.ends), &v.words.blob,
		(*[]byte)(&v.wordDocs),
		(*[]byte)(&v.wordMasks),
	}
}

// MarshalBinary returns the file of the vocabulary. It never fails.
func (v *Vocabulary) MarshalBinary() ([]byte, error) {
	data := []byte(magic)
	for _, section := range v.sections() {
		data = binary.LittleEndian.AppendUint64(data, uint64(len(*section)))
		data = append(data, *section...)
	}
	return binary.LittleEndian.AppendUint32(data, checksum(data)), nil
}

func checksum(data []byte) uint32 { return crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)) }

// ErrDamaged is wrapped by every error of Read.
var ErrDamaged = errors.New("the vocabulary is damaged or of another version: index the site again")

// Read opens a vocabulary written by MarshalBinary. It keeps data, which must not change afterwards. Data that was cut or
// altered, or is of another version, is an error.
func Read(data []byte) (*Vocabulary, error) {
	body := len(data) - 4
	if body < len(magic) || !bytes.HasPrefix(data, []byte(magic)) {
		return nil, fmt.Errorf("open vocabulary: not the beginning of one: %w", ErrDamaged)
	}
	if checksum(data[:body]) != binary.LittleEndian.Uint32(data[body:]) {
		return nil, fmt.Errorf("open vocabulary: wrong checksum: %w", ErrDamaged)
	}
	v := new(Vocabulary)
	left := data[len(magic):body]
	for i, section := range v.sections() {
		if len(left) < 8 || binary.LittleEndian.Uint64(left) > uint64(len(left)-8) {
			return nil, fmt.Errorf("open vocabulary: section %d is cut: %w", i, ErrDamaged)
		}
		end := 8 + int(binary.LittleEndian.Uint64(left))
		*section, left = left[8:end:end], left[end:]
	}
	if len(left) > 0 || !v.sound() {
		return nil, fmt.Errorf("open vocabulary: its parts do not agree: %w", ErrDamaged)
	}
	return v, nil
}

// sound reports whether all that a lookup reads lies in the vocabulary.
func (v *Vocabulary) sound() bool {
	texts, words := v.texts.len(), v.words.len()
	if v.kindEnds.len() != len(textKinds) || v.urls.len() != texts || v.keys.len() != texts || v.initials.len() != texts ||
		v.textDocs.len() != texts || v.wordDocs.len() != words || v.wordMasks.len() != words {
		return false
	}
	for i := range v.starts.len() {
		if v.starts.at(i)>>ordinalBits >= texts {
			return false
		}
	}
	last, ok := v.kindEnds.ascend()
	return ok && last == texts && v.texts.sound() && v.urls.sound() && v.keys.sound() && v.initials.sound() && v.words.sound()
}
