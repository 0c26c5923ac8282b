package vector

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
)

// maxNames bounds what the names of posts take: they are counted in 32 bits.
const maxNames = math.MaxUint32

// Write makes a file at path, where there is none, of vectors of dims numbers. Entries of one post follow each other; its
// name is written once.
func Write(path, fingerprint string, dims int, entries []Entry) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write vectors: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := bufio.NewWriterSize(file, 1<<20)
	if err := write(w, fingerprint, dims, entries); err != nil {
		return fmt.Errorf("write vectors: %w", err)
	}
	return w.Flush()
}

func write(w io.Writer, fingerprint string, dims int, entries []Entry) error {
	var names, ends, refs []byte
	docs := 0
	for i, e := range entries {
		if i == 0 || entries[i-1].ID != e.ID {
			names = append(append(append(names, e.ID...), 0), e.Hash...)
			ends = binary.LittleEndian.AppendUint32(ends, uint32(len(names)))
			docs++
		}
		refs = binary.LittleEndian.AppendUint32(refs, uint32(docs-1))
		refs = binary.LittleEndian.AppendUint32(refs, uint32(e.Section))
		if len(e.Vector.Values) != padded(dims) {
			return fmt.Errorf("a vector of %s has %d bytes, want %d", e.ID, len(e.Vector.Values), padded(dims))
		}
	}
	if len(names) > maxNames {
		return errors.New("the names of the posts take more than 4 GB")
	}
	start := []byte(magic)
	for _, n := range []int{version, dims, len(entries), docs, len(fingerprint), len(names)} {
		start = binary.LittleEndian.AppendUint32(start, uint32(n))
	}
	start = append(start, fingerprint...)
	start = append(start, make([]byte, (alignment-len(start)%alignment)%alignment)...)
	if _, err := w.Write(start); err != nil {
		return err
	}
	return errors.Join(writeVectors(w, entries), writeAll(w, refs, ends, names))
}

// writeVectors writes the values, then the scales, then the keys.
func writeVectors(w io.Writer, entries []Entry) error {
	bytes := make([]byte, 0, 1<<10)
	for _, e := range entries {
		bytes = bytes[:0]
		for _, v := range e.Vector.Values {
			bytes = append(bytes, byte(v))
		}
		if _, err := w.Write(bytes); err != nil {
			return err
		}
	}
	var scales, keys []byte
	for _, e := range entries {
		scales = binary.LittleEndian.AppendUint32(scales, math.Float32bits(e.Vector.Scale))
		keys = binary.LittleEndian.AppendUint64(keys, e.Key)
	}
	return writeAll(w, scales, keys)
}

func writeAll(w io.Writer, parts ...[]byte) error {
	for _, part := range parts {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}
