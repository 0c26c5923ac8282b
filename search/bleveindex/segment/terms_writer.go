package segment

import (
	"encoding/binary"
	"io"
	"math"
)

// termsPerBlock is the number of terms that are searched one after the other.
const termsPerBlock = 32

// counter counts what is written, and remembers the first error: nothing is written behind it.
type counter struct {
	w   io.Writer
	n   uint64
	err error
}

func (c *counter) write(data []byte) {
	if c.err == nil {
		_, c.err = c.w.Write(data)
		c.n += uint64(len(data))
	}
}

// termsWriter writes a dictionary with its postings. Nothing but the block at hand and the index is held in memory.
type termsWriter struct {
	out      counter
	postings *postingsWriter

	data    []byte // the postings of the block at hand
	entries []byte // its terms
	n       int
	last    []byte // the term before

	terms, blocks int
	starts, heads []byte // the index: by block, where its head is; the offset of the block and its first term
}

func newTermsWriter(w io.Writer, f TermField, length func(doc uint32) uint64) *termsWriter {
	return &termsWriter{out: counter{w: w}, postings: newPostingsWriter(f, length)}
}

// add adds a term, behind all terms before, and its postings, of which there are some.
func (w *termsWriter) add(term []byte, l *list) error {
	before := len(w.data)
	data, err := w.postings.append(w.data, l)
	if err != nil {
		return err
	}
	w.data = data
	shared := 0
	if w.n == 0 {
		w.starts = binary.LittleEndian.AppendUint32(w.starts, uint32(len(w.heads)))
	} else {
		for shared < len(term) && shared < len(w.last) && term[shared] == w.last[shared] {
			shared++
		}
	}
	w.entries = appendShared(w.entries, shared, len(term)-shared)
	w.entries = append(w.entries, term[shared:]...)
	w.entries = binary.AppendUvarint(w.entries, uint64(len(l.docs)))
	w.entries = binary.AppendUvarint(w.entries, uint64(len(w.data)-before))
	if w.n == 0 {
		w.heads = append(w.heads, 0, 0, 0, 0, 0, 0, 0, 0) // the offset, once it is known
		w.heads = binary.AppendUvarint(w.heads, uint64(len(term)))
		w.heads = append(w.heads, term...)
	}
	w.last = append(w.last[:0], term...)
	w.terms++
	if w.n++; w.n == termsPerBlock {
		w.flush()
	}
	return w.out.err
}

// appendShared appends two numbers, which are mostly small.
func appendShared(out []byte, shared, rest int) []byte {
	const small = 15
	out = append(out, byte(min(shared, small)<<4|min(rest, small)))
	if shared >= small {
		out = binary.AppendUvarint(out, uint64(shared-small))
	}
	if rest >= small {
		out = binary.AppendUvarint(out, uint64(rest-small))
	}
	return out
}

// shared is the reverse of appendShared.
func (in *input) shared() (shared, rest int) {
	const small = 15
	head := in.byte()
	if shared = int(head >> 4); shared == small {
		shared += in.count(math.MaxInt32)
	}
	if rest = int(head & small); rest == small {
		rest += in.count(math.MaxInt32)
	}
	return shared, rest
}

// flush writes the block at hand.
func (w *termsWriter) flush() {
	w.out.write(w.data)
	head := binary.LittleEndian.Uint32(w.starts[4*w.blocks:])
	binary.LittleEndian.PutUint64(w.heads[head:], w.out.n)
	w.out.write(append(binary.AppendUvarint(nil, uint64(len(w.data))), byte(w.n)))
	w.out.write(w.entries)
	w.data, w.entries, w.n = w.data[:0], w.entries[:0], 0
	w.blocks++
}

// close writes what is left and the index.
func (w *termsWriter) close() error {
	if w.n > 0 {
		w.flush()
	}
	index := w.out.n
	w.out.write(w.starts)
	w.out.write(w.heads)
	trailer := binary.LittleEndian.AppendUint32(nil, uint32(w.terms))
	trailer = binary.LittleEndian.AppendUint32(trailer, uint32(w.blocks))
	w.out.write(binary.LittleEndian.AppendUint64(trailer, index))
	return w.out.err
}
