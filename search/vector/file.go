// Package vector keeps the vectors of the sections of posts in one file, and finds those nearest to another by looking at each
// (exact k-nearest-neighbour search). Vectors are of length 1, in bytes.
//
// The file, in little endian: a header of 8 numbers of 32 bits (magic twice, version, numbers of a vector, vectors, posts, bytes of
// the fingerprint, bytes of the names), the fingerprint, then from the next multiple of 64 the vectors, their scales, their
// keys, for each the number of its post and of its section, the ends of the names of posts, and the names: ID, NUL, hash.
package vector

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"unsafe"

	"github.com/blevesearch/mmap-go"
)

const (
	magic     = "chajavec"
	version   = 1
	header    = 32
	alignment = 64
)

// errFile says that a file is none of this package, or is cut.
var errFile = errors.New("the file of vectors is damaged or of another version")

// File is a file of vectors that is open. It is immutable and safe for concurrent use. It is mapped into memory, so reading it
// may fault where someone cuts it.
type File struct {
	Fingerprint string // what made the vectors: see embedding.Client.Fingerprint
	Dims        int    // numbers of a vector
	Len         int    // vectors

	mapped mmap.MMap
	width  int // bytes of a vector
	docs   int
	values []int8
	scales []byte
	keys   []byte
	refs   []byte
	ends   []byte
	names  []byte
}

// Open opens the file at path. The error is that of the system, or says that the file is damaged.
func Open(path string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() < header {
		return nil, errFile
	}
	mapped, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("map %s: %w", path, err)
	}
	v := &File{mapped: mapped}
	if err := v.parse(mapped); err != nil {
		return nil, errors.Join(err, mapped.Unmap())
	}
	return v, nil
}

// parse finds the parts of the file.
func (f *File) parse(data []byte) error {
	number := func(i int) int { return int(binary.LittleEndian.Uint32(data[4*i:])) }
	if string(data[:8]) != magic || number(2) != version {
		return errFile
	}
	f.Dims, f.Len, f.docs = number(3), number(4), number(5)
	fingerprint, names := number(6), number(7)
	if f.Dims == 0 || f.Dims > 1<<16 || fingerprint > 1<<16 {
		return errFile
	}
	f.width = padded(f.Dims)
	rest := data[header:]
	ok := true
	take := func(n int) (part []byte) {
		if ok = ok && n >= 0 && n <= len(rest); ok {
			part, rest = rest[:n:n], rest[n:]
		}
		return part
	}
	f.Fingerprint = string(take(fingerprint))
	take((header+fingerprint+alignment-1)/alignment*alignment - header - fingerprint)
	values := take(f.Len * f.width)
	f.scales, f.keys, f.refs, f.ends, f.names = take(4*f.Len), take(8*f.Len), take(8*f.Len), take(4*f.docs), take(names)
	if !ok || len(rest) > 0 {
		return errFile
	}
	if len(values) > 0 {
		f.values = unsafe.Slice((*int8)(unsafe.Pointer(&values[0])), len(values))
	}
	return f.check()
}

// check sees to it that no number leads out of the file.
func (f *File) check() error {
	before := uint32(0)
	for i := range f.docs {
		end := binary.LittleEndian.Uint32(f.ends[4*i:])
		if end < before || int(end) > len(f.names) {
			return errFile
		}
		before = end
	}
	for i := range f.Len {
		if f.doc(i) >= f.docs {
			return errFile
		}
	}
	return nil
}

// Close lets the file go. Nothing that it returned is used afterwards but strings.
func (f *File) Close() error { return f.mapped.Unmap() }

// Ref says which section a vector is of.
type Ref struct {
	ID      string // of the post
	Hash    string // Document.Hash of the post as it was embedded
	Section int
}

// ref returns that of vector i.
func (f *File) ref(i int) Ref {
	id, hash := f.name(f.doc(i))
	return Ref{id, hash, int(binary.LittleEndian.Uint32(f.refs[8*i+4:]))}
}

// doc returns the number of the post of vector i.
func (f *File) doc(i int) int { return int(binary.LittleEndian.Uint32(f.refs[8*i:])) }

// name returns the ID and the hash of a post.
func (f *File) name(doc int) (id, hash string) {
	start := uint32(0)
	if doc > 0 {
		start = binary.LittleEndian.Uint32(f.ends[4*doc-4:])
	}
	id, hash, _ = strings.Cut(string(f.names[start:binary.LittleEndian.Uint32(f.ends[4*doc:])]), "\x00")
	return id, hash
}

// at returns vector i, in the memory of the file.
func (f *File) at(i int) Quantized {
	return Quantized{
		Scale:  math.Float32frombits(binary.LittleEndian.Uint32(f.scales[4*i:])),
		Values: f.values[i*f.width : (i+1)*f.width : (i+1)*f.width],
	}
}

// Entry is a vector and what it is of.
type Entry struct {
	Ref
	Key    uint64 // of the text that was embedded, with all that shapes its vector: equal key, equal vector
	Vector Quantized
}

// Entries calls yield with every entry, in their order. Its vectors lie in the memory of the file.
func (f *File) Entries(yield func(Entry) bool) {
	for i := range f.Len {
		if !yield(Entry{f.ref(i), binary.LittleEndian.Uint64(f.keys[8*i:]), f.at(i)}) {
			return
		}
	}
}
