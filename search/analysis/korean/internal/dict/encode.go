package dict

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
)

// Source is what a dictionary is made of, the input of Encode.
type Source struct {
	Words    []Word
	Readings []Reading
	Forms    []SourceForm // entries refer to them by index
	Lefts    int
	Rights   int
	Matrix   []int16
	Before   []int16 // see Dict
	After    []int16
	Classes  []Class
	ClassOf  []uint8  // by rune of the basic plane
	Nouns    [2]Entry // see Dict
	Sounds   []int8   // by syllable
}

// Reading is how the Hanja of one entry of a word sounds.
type Reading struct {
	Surface string
	Entry   int // index into the word's entries
	Sound   string
}

// SourceForm is a form and its parts.
type SourceForm struct {
	Tag   string
	Parts []SourcePart
}

// SourcePart is a part of a form; see Part.
type SourcePart struct {
	Span, Keep uint8
	Tag, Text  string
}

const (
	magic      = "chaja korean dictionary 2\n"
	sumSize    = 8
	syllable   = '가'     // readings are counted from the first syllable
	maxSection = 1 << 26 // bytes; the largest is an eighth of that
)

// The sections in the order of the file.
const (
	labels = iota
	children
	counts
	triples
	entryForms
	tripleTable
	matrix
	forms
	readings
	chars
	sounds
	sections
)

// Encode packs a dictionary into the form that Decode reads. The same source gives the same bytes.
func Encode(src Source) ([]byte, error) {
	lex, err := NewLexicon(src.Words)
	if err != nil {
		return nil, fmt.Errorf("build lexicon: %w", err)
	}
	if len(src.Forms) > 1<<16 || len(src.ClassOf) != 1<<16 || len(src.Matrix) != src.Lefts*src.Rights || len(src.Before) != src.Lefts || len(src.After) != src.Rights || src.Rights > MaxRights {
		return nil, errors.New("source does not fit the format: forms, characters or matrix")
	}
	var raw [sections][]byte
	var names []uint16
	for n, node := range lex.nodes[:len(lex.nodes)-1] {
		next := lex.nodes[n+1]
		names = append(names, node.label())
		raw[children] = binary.AppendUvarint(raw[children], uint64(next.child()-node.child()))
		count := next.entry() - node.entry()
		if count > math.MaxInt8 {
			return nil, fmt.Errorf("a word with %d entries", count)
		}
		raw[counts] = append(raw[counts], byte(count))
	}
	raw[labels] = planes(names)
	if err := encodeEntries(&raw, lex.entries); err != nil {
		return nil, err
	}
	raw[matrix] = encodeMatrix(src)
	raw[forms] = encodeForms(src.Forms)
	if raw[readings], err = encodeReadings(lex, src.Readings); err != nil {
		return nil, err
	}
	raw[chars] = encodeChars(src)
	raw[sounds] = encodeSounds(src)
	return pack(raw)
}

func pack(raw [sections][]byte) ([]byte, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false))
	if err != nil {
		return nil, fmt.Errorf("start packing: %w", err)
	}
	hash := sha256.New()
	var out []byte
	for _, section := range raw {
		hash.Write(section)
		packed := enc.EncodeAll(section, nil)
		out = binary.AppendUvarint(out, uint64(len(section)))
		out = binary.AppendUvarint(out, uint64(len(packed)))
		out = append(out, packed...)
	}
	return slices.Concat([]byte(magic), hash.Sum(nil)[:sumSize], out), nil
}

func encodeEntries(raw *[sections][]byte, entries []Entry) error {
	type triple struct {
		left, right uint16
		cost        int16
	}
	of := func(e Entry) triple { return triple{e.Left, e.Right, e.Cost} }
	count := map[triple]int{}
	for _, e := range entries {
		count[of(e)]++
	}
	if len(count) > 1<<16 {
		return fmt.Errorf("%d distinct costs do not fit 16 bits", len(count))
	}
	table := slices.SortedFunc(maps.Keys(count), func(a, b triple) int {
		return cmp.Or(-cmp.Compare(count[a], count[b]), cmp.Compare(a.left, b.left), cmp.Compare(a.right, b.right), cmp.Compare(a.cost, b.cost))
	})
	number := map[triple]uint16{}
	var flat [3][]uint16
	for i, t := range table {
		number[t] = uint16(i)
		flat[0], flat[1], flat[2] = append(flat[0], t.left), append(flat[1], t.right), append(flat[2], uint16(t.cost))
	}
	raw[tripleTable] = planes(slices.Concat(flat[0], flat[1], flat[2]))
	var refs, shapes []uint16
	for _, e := range entries {
		refs, shapes = append(refs, number[of(e)]), append(shapes, e.Form)
	}
	raw[triples], raw[entryForms] = planes(refs), planes(shapes)
	return nil
}

func encodeMatrix(src Source) []byte {
	flat := []uint16{uint16(src.Lefts), uint16(src.Rights)}
	leastRow, least, most := bounds(src)
	for _, c := range slices.Concat(src.Before, src.After, leastRow, least, most, src.Matrix) {
		flat = append(flat, uint16(c))
	}
	return planes(flat)
}

// bounds returns the least cost in each row, and the least and greatest in each column, edges of a text aside.
func bounds(src Source) (leastRow, least, most []int16) {
	leastRow, least = slices.Repeat([]int16{math.MaxInt16}, src.Lefts), slices.Repeat([]int16{math.MaxInt16}, src.Rights)
	most = slices.Repeat([]int16{math.MinInt16}, src.Rights)
	for left := 1; left < src.Lefts; left++ {
		for right := 1; right < src.Rights; right++ {
			c := src.Matrix[left*src.Rights+right]
			leastRow[left], least[right], most[right] = min(leastRow[left], c), min(least[right], c), max(most[right], c)
		}
	}
	return leastRow, least, most
}

func encodeForms(all []SourceForm) []byte {
	number := map[string]int{}
	var names, heads, parts, texts []byte
	count := 0
	tag := func(b []byte, name string) []byte {
		n, ok := number[name]
		if !ok {
			n = len(number)
			number[name] = n
			names = append(binary.AppendUvarint(names, uint64(len(name))), name...)
		}
		return binary.AppendUvarint(b, uint64(n))
	}
	for _, f := range all {
		heads = append(tag(heads, f.Tag), byte(len(f.Parts)))
		for _, p := range f.Parts {
			parts = append(tag(parts, p.Tag), p.Span, p.Keep, byte(len(p.Text)))
			texts = append(texts, p.Text...)
		}
		count += len(f.Parts)
	}
	out := append(binary.AppendUvarint(nil, uint64(len(number))), names...)
	out = binary.AppendUvarint(binary.AppendUvarint(out, uint64(len(all))), uint64(count))
	return slices.Concat(out, heads, parts, texts)
}

func encodeReadings(lex *Lexicon, all []Reading) ([]byte, error) {
	sounding := map[uint32]string{} // by number of the entry
	for _, r := range all {
		if utf8.RuneCountInString(r.Sound) != utf8.RuneCountInString(r.Surface) {
			return nil, fmt.Errorf("reading %q of %q: not as long", r.Sound, r.Surface)
		}
		node := Root
		for _, c := range r.Surface {
			node = lex.Step(node, c)
		}
		_, first := lex.Entries(node)
		sounding[first+uint32(r.Entry)] = r.Sound
	}
	out := binary.AppendUvarint(nil, uint64(len(sounding)))
	var sounds []byte
	last := uint32(0)
	for _, entry := range slices.Sorted(maps.Keys(sounding)) {
		out = binary.AppendUvarint(out, uint64(entry-last))
		out = append(out, byte(utf8.RuneCountInString(sounding[entry])))
		last = entry
		for _, c := range sounding[entry] {
			sounds = binary.AppendUvarint(sounds, uint64(c-syllable))
		}
	}
	return append(out, sounds...), nil
}

func encodeChars(src Source) []byte {
	out := binary.AppendUvarint(nil, uint64(len(src.Classes)))
	for _, c := range src.Classes {
		out = append(binary.AppendUvarint(out, uint64(len(c.Tag))), c.Tag...)
		out = append(out, flag(c.Always), flag(c.Group))
		out, _ = binary.Append(out, binary.LittleEndian, []uint16{c.Entry.Left, c.Entry.Right, uint16(c.Entry.Cost)})
	}
	for lo := 0; lo < len(src.ClassOf); {
		hi := lo
		for hi < len(src.ClassOf) && src.ClassOf[hi] == src.ClassOf[lo] {
			hi++
		}
		out = append(binary.AppendUvarint(out, uint64(hi-lo)), src.ClassOf[lo])
		lo = hi
	}
	return out
}

func encodeSounds(src Source) []byte {
	out, _ := binary.Append(nil, binary.LittleEndian, src.Nouns) // never fails for numbers of a fixed size
	out, _ = binary.Append(out, binary.LittleEndian, src.Sounds)
	return out
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// planes writes the low bytes of all numbers, then the high bytes.
func planes(v []uint16) []byte {
	out := make([]byte, 2*len(v))
	for i, n := range v {
		out[i], out[len(v)+i] = byte(n), byte(n>>8)
	}
	return out
}
