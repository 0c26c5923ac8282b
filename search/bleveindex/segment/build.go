package segment

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// build makes a segment of documents with different IDs. It sorts them, so that similar ones lie together.
func build(schema *Schema, docs []*Document) ([]byte, error) {
	slices.SortFunc(docs, func(a, b *Document) int { return cmp.Compare(a.ID, b.ID) })
	for _, d := range docs {
		if len(d.Terms) != len(schema.Terms) || len(d.Numbers) != schema.Numbers ||
			len(d.Stored) != len(schema.Stored) {
			return nil, fmt.Errorf("write segment: document %s does not have what the schema says", d.ID)
		}
	}
	writers := sectionWriters(schema, docs)
	sections := make([]bytes.Buffer, len(writers))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, write := range writers {
		group.Go(func() error { return write(&sections[i]) })
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("write segment: %w", err)
	}
	var out bytes.Buffer
	f := newFileWriter(&out)
	for i := range sections {
		f.write(sections[i].Bytes())
		sections[i] = bytes.Buffer{} // not to have it twice
		f.end()
	}
	err := f.close(len(docs))
	return out.Bytes(), err
}

// sectionWriters returns what writes each section.
func sectionWriters(schema *Schema, docs []*Document) (writers []func(io.Writer) error) {
	ids := func(d *Document) Terms { return Terms{{d.ID: {0}}} }
	writers = append(writers, func(w io.Writer) error { return buildTerms(w, idField, docs, ids) })
	for i, f := range schema.Terms {
		terms := func(d *Document) Terms { return d.Terms[i] }
		writers = append(writers, func(w io.Writer) error { return buildTerms(w, f, docs, terms) })
	}
	for i := -1; i < len(schema.Stored); i++ {
		writers = append(writers, func(w io.Writer) error { return buildStored(w, schema.stored()[1+i], docs, i) })
	}
	for i := range schema.Numbers {
		writers = append(writers, func(w io.Writer) error {
			column := make([]uint64, len(docs))
			for n, d := range docs {
				column[n] = d.Numbers[i]
			}
			return writeNumbers(w, column)
		})
	}
	return writers
}

// buildStored writes the values of a field of the schema, the IDs for -1.
func buildStored(w io.Writer, f StoredField, docs []*Document, field int) error {
	out, err := newStoredWriter(w, f)
	if err != nil {
		return err
	}
	for _, d := range docs {
		value := []byte(d.ID)
		if field >= 0 {
			value = d.Stored[field]
		}
		if err := out.add(value); err != nil {
			return err
		}
	}
	return out.close()
}

// buildTerms inverts the documents: from terms by document to documents by term.
func buildTerms(w io.Writer, f TermField, docs []*Document, terms func(*Document) Terms) error {
	v := inverter{numbers: map[string]uint32{}, positions: f.Positions}
	for n, d := range docs {
		if err := v.add(uint32(n), terms(d), f.Parts); err != nil {
			return fmt.Errorf("document %s: %w", d.ID, err)
		}
	}
	out := newTermsWriter(w, f, func(doc uint32) uint64 { return docs[doc].Numbers[f.Length] })
	order := v.order()
	var l list
	for _, term := range v.sorted() {
		l.reset()
		for _, at := range order[v.starts[term]:v.starts[term+1]] {
			v.collect(&l, v.uses[at])
		}
		if err := out.add([]byte(v.terms[term]), &l); err != nil {
			return err
		}
	}
	return out.close()
}

// inverter collects the uses of terms.
type inverter struct {
	numbers   map[string]uint32 // of the terms
	terms     []string
	uses      []use    // by document and part
	starts    []uint32 // by term, where its uses begin in the order
	gaps      []uint32
	positions bool
}

// use is a term in a part of a document.
type use struct {
	term, doc, freq uint32
	gaps            uint32 // where they begin
	part            uint8
}

// add adds the terms of a document behind the others.
func (v *inverter) add(doc uint32, terms Terms, parts int) error {
	if len(terms) > parts {
		return fmt.Errorf("it has %d parts, not %d", len(terms), parts)
	}
	for part, positions := range terms {
		for term, at := range positions {
			number, ok := v.numbers[term]
			if !ok {
				number = uint32(len(v.terms))
				v.numbers[term], v.terms = number, append(v.terms, term)
			}
			if len(v.gaps) > math.MaxInt32 || len(v.uses) > math.MaxInt32 {
				return fmt.Errorf("too many words for one segment")
			}
			v.uses = append(v.uses, use{number, doc, uint32(len(at)), uint32(len(v.gaps)), uint8(part)})
			last := 0
			for i := 0; v.positions && i < len(at); i++ {
				v.gaps = append(v.gaps, uint32(at[i]-last))
				last = at[i]
			}
		}
	}
	return nil
}

// order returns the indexes of the uses term by term, those of one term in their order.
func (v *inverter) order() []uint32 {
	v.starts = make([]uint32, len(v.terms)+1)
	for _, u := range v.uses {
		v.starts[u.term+1]++
	}
	for i := range v.terms {
		v.starts[i+1] += v.starts[i]
	}
	order, next := make([]uint32, len(v.uses)), slices.Clone(v.starts)
	for i, u := range v.uses {
		order[next[u.term]] = uint32(i)
		next[u.term]++
	}
	return order
}

// sorted returns the numbers of the terms in the order of these.
func (v *inverter) sorted() []uint32 {
	numbers := make([]uint32, len(v.terms))
	for i := range numbers {
		numbers[i] = uint32(i)
	}
	slices.SortFunc(numbers, func(a, b uint32) int { return cmp.Compare(v.terms[a], v.terms[b]) })
	return numbers
}

// collect adds a use to the postings of its term.
func (v *inverter) collect(l *list, u use) {
	if n := len(l.docs); n == 0 || l.docs[n-1] != u.doc {
		l.docs, l.parts = append(l.docs, u.doc), append(l.parts, 0)
	}
	l.parts[len(l.parts)-1] |= 1 << u.part
	l.freqs = append(l.freqs, u.freq)
	if v.positions {
		l.gaps = append(l.gaps, v.gaps[u.gaps:u.gaps+u.freq]...)
	}
}
