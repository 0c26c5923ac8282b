package segment

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync/atomic"

	"github.com/blevesearch/mmap-go"
)

const (
	magic      = "chajaseg"
	footerSize = 16
)

// idField is the field of the IDs, which every document has.
var idField = TermField{Name: "_id", Parts: 1, Length: -1}

// fields returns the fields of terms in the order of the file.
func (s *Schema) fields() []TermField { return append([]TermField{idField}, s.Terms...) }

// stored returns the stored fields in the order of the file. IDs are small, and are mostly read all.
func (s *Schema) stored() []StoredField {
	return append([]StoredField{{Name: idField.Name, Block: 4 << 10}}, s.Stored...)
}

// Segment is an open segment. It is safe for concurrent use.
type Segment struct {
	counted
	schema  *Schema
	data    []byte
	docs    int
	terms   []*TermsReader
	stored  [][]byte
	numbers []Numbers

	mapped mmap.MMap // where data is a file
	refs   atomic.Int64
}

// fileWriter writes the sections of a file one after the other.
type fileWriter struct {
	counter
	start   uint64   // of the section at hand
	lengths []uint64 // of the sections
}

func newFileWriter(w io.Writer) *fileWriter {
	f := &fileWriter{counter: counter{w: w}}
	f.write([]byte(magic))
	f.start = f.n
	return f
}

// Write implements io.Writer for the section at hand.
func (f *fileWriter) Write(data []byte) (int, error) {
	f.write(data)
	return len(data), f.err
}

// end ends a section.
func (f *fileWriter) end() {
	f.lengths = append(f.lengths, f.n-f.start)
	f.start = f.n
}

// close writes the directory and the footer.
func (f *fileWriter) close(docs int) error {
	at := f.n
	directory := binary.AppendUvarint(nil, uint64(docs))
	directory = binary.AppendUvarint(directory, uint64(len(f.lengths)))
	for _, n := range f.lengths {
		directory = binary.AppendUvarint(directory, n)
	}
	f.write(directory)
	f.write(append(binary.LittleEndian.AppendUint64(nil, at), magic...))
	return f.err
}

// parse opens what a fileWriter wrote.
func parse(data []byte, schema *Schema) (*Segment, error) {
	sections, docs, err := sectionsOf(data)
	if err != nil {
		return nil, err
	}
	fields := schema.fields()
	s := &Segment{schema: schema, data: data, docs: docs}
	if want := len(fields) + 1 + len(schema.Stored) + schema.Numbers; len(sections) != want {
		return nil, fmt.Errorf("%w: it has %d sections, not %d", ErrDamaged, len(sections), want)
	}
	for i := range fields {
		r, err := openTerms(sections[i], &fields[i], docs)
		if err != nil {
			return nil, err
		}
		s.terms = append(s.terms, r)
	}
	sections = sections[len(fields):]
	s.stored, sections = sections[:1+len(schema.Stored)], sections[1+len(schema.Stored):]
	for _, section := range s.stored {
		if _, err := openStored(section, docs); err != nil {
			return nil, err
		}
	}
	for _, section := range sections {
		n, err := openNumbers(section, docs)
		if err != nil {
			return nil, err
		}
		s.numbers = append(s.numbers, n)
	}
	s.refs.Store(1)
	return s, nil
}

// sectionsOf reads the directory.
func sectionsOf(data []byte) (sections [][]byte, docs int, err error) {
	if len(data) < len(magic)+footerSize || !bytes.HasPrefix(data, []byte(magic)) || !bytes.HasSuffix(data, []byte(magic)) {
		return nil, 0, fmt.Errorf("%w: it does not begin and end as one", ErrDamaged)
	}
	end := len(data) - footerSize
	at := binary.LittleEndian.Uint64(data[end:])
	if at < uint64(len(magic)) || at > uint64(end) {
		return nil, 0, damaged("directory", end)
	}
	in := input{data: data[:end], at: int(at)}
	body := input{data: data[:at], at: len(magic)}
	docs = in.count(end * 8) // a document takes more than a bit
	for range in.count(end) {
		sections = append(sections, body.bytes(in.count(end)))
	}
	if in.bad || body.bad || body.at != int(at) {
		return nil, 0, damaged("directory", int(at))
	}
	return sections, docs, nil
}

// Terms returns the dictionary of a field, by its index in the schema.
func (s *Segment) Terms(field int) *TermsReader { return s.terms[1+field] }

// Numbers returns a column, by its index in the schema.
func (s *Segment) Numbers(column int) *Numbers { return &s.numbers[column] }

// Stored returns a reader of stored values, by their index in the schema; of the IDs for -1.
func (s *Segment) Stored(field int) *StoredReader {
	r, _ := openStored(s.stored[1+field], s.docs) // parse has opened it
	return r
}

// IDs returns a reader of the IDs.
func (s *Segment) IDs() *StoredReader { return s.Stored(-1) }

// Number returns the number of the document with an ID.
func (s *Segment) Number(id string) (doc uint32, ok bool, err error) {
	p, err := s.terms[0].Postings([]byte(id))
	if p == nil || err != nil {
		return 0, false, err
	}
	doc, err = p.Next()
	return doc, err == nil, err
}

// guarded calls f, which reads a mapped file. A fault, which ends the program where a file was cut, is an error.
func guarded(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		p := recover()
		fault, ok := p.(interface {
			error
			Addr() uintptr
		})
		switch {
		case ok:
			err = fmt.Errorf("%w: %w", ErrDamaged, fault)
		case p != nil:
			panic(p)
		}
	}()
	return f()
}

// openFile maps a file into memory.
func openFile(path string, schema *Schema) (s *Segment, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // the mapping stays
	if info, err := f.Stat(); err != nil {
		return nil, err
	} else if info.Size() < int64(len(magic)+footerSize) {
		return nil, fmt.Errorf("%w: %s has %d bytes", ErrDamaged, path, info.Size())
	}
	mapped, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("map %s into memory: %w", path, err)
	}
	err = guarded(func() error {
		s, err = parse(mapped, schema)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, closing(mapped, err))
	}
	s.mapped = mapped
	return s, nil
}

func closing(mapped mmap.MMap, err error) error {
	_ = mapped.Unmap()
	return err
}
