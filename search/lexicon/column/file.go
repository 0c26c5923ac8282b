// Package column is the form of the files of a lexicon: lists, each in a way that suits it, compressed one by one.
//
//	magic    of the file, and the version of its format
//	lengths  for each column: of its bytes, and of them compressed, uvarints
//	columns  each compressed by zstd
//	checksum 4 bytes, CRC-32 (Castagnoli) of all before, little-endian
package column

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// Max bounds the bytes of a column and of what is made of it, so that a file that says otherwise takes no more memory.
const Max = 1 << 28

// The codec is made once for the process, and safe for concurrent use.
var (
	compressor = sync.OnceValues(func() (*zstd.Encoder, error) {
		return zstd.NewWriter(nil, zstd.WithEncoderCRC(false), zstd.WithLowerEncoderMem(true), zstd.WithEncoderConcurrency(1))
	})
	decompressor = sync.OnceValues(func() (*zstd.Decoder, error) {
		return zstd.NewReader(nil, zstd.WithDecodeAllCapLimit(true), zstd.WithDecoderMaxMemory(math.MaxInt32), zstd.WithDecoderConcurrency(1))
	})
)

// Write returns the file of some columns. Equal ones give equal bytes. A column above Max is an error.
func Write(magic string, columns ...[]byte) ([]byte, error) {
	z, err := compressor()
	if err != nil {
		return nil, err
	}
	data := []byte(magic)
	var body []byte
	for _, c := range columns {
		if len(c) > Max {
			return nil, fmt.Errorf("write %s: a column of %d bytes is too large", name(magic), len(c))
		}
		before := len(body)
		body = z.EncodeAll(c, body)
		data = binary.AppendUvarint(binary.AppendUvarint(data, uint64(len(c))), uint64(len(body)-before))
	}
	data = append(data, body...)
	return binary.LittleEndian.AppendUint32(data, checksum(data)), nil
}

func checksum(data []byte) uint32 { return crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)) }

// name is what the magic of a file says of it to people.
func name(magic string) string {
	return strings.TrimRight(magic, "\x00\x01\x02\x03\x04\x05\x06\x07\x08")
}

// ErrDamaged is wrapped by every error of Read and of File.
var ErrDamaged = errors.New("it is damaged or of another version")

// File is a file that Write made. The zero File has no columns. It is safe for concurrent use.
type File struct {
	name    string
	raw     []int // lengths by column
	columns [][]byte
}

// Read reads a file with n columns and no others. It keeps data, which must not change afterwards, and decodes nothing. Data
// that was cut or altered, or is of another version, is an error.
func Read(magic string, data []byte, n int) (File, error) {
	f := File{name: name(magic)}
	body := len(data) - 4
	if body < len(magic) || string(data[:len(magic)]) != magic {
		return File{}, fmt.Errorf("read %s: not the beginning of it: %w", f.name, ErrDamaged)
	}
	if checksum(data[:body]) != binary.LittleEndian.Uint32(data[body:]) {
		return File{}, fmt.Errorf("read %s: wrong checksum: %w", f.name, ErrDamaged)
	}
	in := Input{data: data[len(magic):body]}
	lengths := make([]int, n)
	for i := range n {
		f.raw, lengths[i] = append(f.raw, in.Uint()), in.Uint()
		if f.raw[i] > Max {
			in.Bad = true
		}
	}
	for _, length := range lengths {
		f.columns = append(f.columns, in.Bytes(length))
	}
	if in.Bad || len(in.data) > 0 {
		return File{}, fmt.Errorf("read %s: its lengths are wrong: %w", f.name, ErrDamaged)
	}
	return f, nil
}

// Column decodes column i.
func (f *File) Column(i int) (Input, error) {
	z, err := decompressor()
	if err != nil {
		return Input{}, err
	}
	raw, err := z.DecodeAll(f.columns[i], make([]byte, 0, f.raw[i]))
	if err != nil || len(raw) != f.raw[i] {
		return Input{}, fmt.Errorf("read %s: column %d: %w", f.name, i, ErrDamaged)
	}
	return Input{data: raw}, nil
}
