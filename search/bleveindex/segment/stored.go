package segment

import (
	"encoding/binary"
	"io"
	"math"
	"sort"
	"sync"

	"github.com/klauspost/compress/zstd"
)

const (
	storedIndex = 20  // bytes of the index for each block
	maxRatio    = 256 // of the length of a block to that of it compressed
	spare       = 16  // bytes behind a block, without which the decoder is slower
)

// The codec is made once for the process, and safe for concurrent use.
var (
	compressor = sync.OnceValues(func() (*zstd.Encoder, error) {
		return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderCRC(false),
			zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(1<<20))
	})
	decompressor = sync.OnceValues(func() (*zstd.Decoder, error) {
		return zstd.NewReader(nil, zstd.WithDecodeAllCapLimit(true), zstd.WithDecoderMaxMemory(math.MaxInt32))
	})
)

// storedWriter writes the stored values of one field.
type storedWriter struct {
	out            counter
	block          int // bytes of a block
	zstd           *zstd.Encoder
	lengths        []byte
	values         []byte
	first, next    uint32 // documents: of the block at hand, and after all
	index          []byte
	raw, compacted []byte // used again
}

func newStoredWriter(w io.Writer, f StoredField) (*storedWriter, error) {
	z, err := compressor()
	return &storedWriter{out: counter{w: w}, block: f.Block, zstd: z}, err
}

// add adds the value of the next document.
func (w *storedWriter) add(value []byte) error {
	w.lengths = binary.AppendUvarint(w.lengths, uint64(len(value)))
	w.values = append(w.values, value...)
	w.next++
	if len(w.lengths)+len(w.values) >= w.block {
		w.flush()
	}
	return w.out.err
}

func (w *storedWriter) flush() {
	w.raw = append(append(w.raw[:0], w.lengths...), w.values...)
	w.compacted = w.zstd.EncodeAll(w.raw, w.compacted[:0])
	block := w.compacted
	if n := len(block); n >= len(w.raw) || len(w.raw) > maxRatio*n {
		block = w.raw
	}
	w.indexed(w.first, len(block), len(w.raw))
	w.out.write(block)
	w.lengths, w.values, w.first = w.lengths[:0], w.values[:0], w.next
}

func (w *storedWriter) indexed(first uint32, length, raw int) {
	w.index = binary.LittleEndian.AppendUint32(w.index, first)
	w.index = binary.LittleEndian.AppendUint64(w.index, w.out.n)
	w.index = binary.LittleEndian.AppendUint32(w.index, uint32(length))
	w.index = binary.LittleEndian.AppendUint32(w.index, uint32(raw))
}

// close writes what is left and the index.
func (w *storedWriter) close() error {
	if len(w.lengths) > 0 {
		w.flush()
	}
	w.out.write(w.index)
	w.out.write(binary.LittleEndian.AppendUint32(nil, uint32(len(w.index)/storedIndex)))
	return w.out.err
}

// StoredReader reads the values of one field. It keeps the last block that it read, so documents in their order cost
// least. It is not safe for concurrent use.
type StoredReader struct {
	data   []byte
	index  []byte
	blocks int
	docs   uint32

	block       int // that is decoded; -1 for none
	first, next uint32
	raw         []byte
	ends        []int // in raw, by document of the block; the first is where values begin
}

func openStored(data []byte, docs int) (*StoredReader, error) {
	if len(data) < 4 {
		return nil, damaged("stored values", 0)
	}
	n := int64(binary.LittleEndian.Uint32(data[len(data)-4:]))
	at := int64(len(data)-4) - n*storedIndex
	if at < 0 || (n == 0) != (docs == 0) {
		return nil, damaged("index of stored values", 0)
	}
	index := data[at : len(data)-4]
	return &StoredReader{data: data[:at], index: index, blocks: int(n), docs: uint32(docs), block: -1}, nil
}

// Value returns the value of a document, until the next call.
func (r *StoredReader) Value(doc uint32) ([]byte, error) {
	if doc >= r.docs {
		return nil, damaged("number of a document", int(doc))
	}
	if r.block < 0 || doc < r.first || doc >= r.next {
		if err := r.read(r.find(doc)); err != nil {
			r.block = -1
			return nil, err
		}
		if doc < r.first || doc >= r.next {
			return nil, damaged("index of stored values", r.block)
		}
	}
	i := doc - r.first
	return r.raw[r.ends[i]:r.ends[i+1]], nil
}

// find returns the block with a document.
func (r *StoredReader) find(doc uint32) int {
	return max(0, sort.Search(r.blocks, func(i int) bool { return r.firstOf(i) > doc })-1)
}

// firstOf returns the first document of a block.
func (r *StoredReader) firstOf(block int) uint32 {
	if block == r.blocks {
		return r.docs
	}
	return binary.LittleEndian.Uint32(r.index[block*storedIndex:])
}

// compressed returns a block as it lies in the file, and its length when it is not compressed.
func (r *StoredReader) compressed(block int) (data []byte, raw int, err error) {
	entry := r.index[block*storedIndex:]
	at, length := binary.LittleEndian.Uint64(entry[4:]), binary.LittleEndian.Uint32(entry[12:])
	raw = int(binary.LittleEndian.Uint32(entry[16:]))
	if at > uint64(len(r.data)) || uint64(length) > uint64(len(r.data))-at || raw > maxRatio*int(length) {
		return nil, 0, damaged("index of stored values", block)
	}
	return r.data[at : at+uint64(length)], raw, nil
}

// read decodes a block.
func (r *StoredReader) read(block int) error {
	data, raw, err := r.compressed(block)
	if err != nil {
		return err
	}
	if r.raw = data; len(data) != raw {
		z, err := decompressor()
		if err != nil {
			return err
		}
		r.raw, err = z.DecodeAll(data, make([]byte, 0, raw+spare))
		if err != nil || len(r.raw) != raw {
			return damaged("stored values in block", block)
		}
	}
	r.block, r.first, r.next = block, r.firstOf(block), r.firstOf(block+1)
	in := input{data: r.raw}
	r.ends = append(r.ends[:0], 0)
	total := 0
	for doc := r.first; doc < r.next && !in.bad; doc++ {
		total += in.count(len(r.raw))
		r.ends = append(r.ends, total)
	}
	if in.bad || r.next < r.first || total > len(r.raw)-in.at {
		return damaged("stored values in block", block)
	}
	for i := range r.ends {
		r.ends[i] += in.at
	}
	return nil
}
