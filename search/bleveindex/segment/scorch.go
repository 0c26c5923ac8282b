package segment

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
)

// This file is what scorch's interface asks for, in terms of the rest. Our searches use the rest directly.

var _ scorch.Segment = (*Segment)(nil)

// Count returns the number of documents, deleted ones included.
func (s *Segment) Count() uint64 { return uint64(s.docs) }

// DocID returns the ID of a document.
func (s *Segment) DocID(num uint64) ([]byte, error) {
	if num >= uint64(s.docs) {
		return nil, damaged("number of a document", int(num))
	}
	return s.IDs().Value(uint32(num))
}

// DocNumbers returns the numbers of the documents with these IDs. Scorch asks from goroutines of its own, so a fault
// in the file is an error here.
func (s *Segment) DocNumbers(ids []string) (numbers *roaring.Bitmap, err error) {
	numbers = roaring.New()
	err = guarded(func() error {
		for _, id := range ids {
			doc, ok, err := s.Number(id)
			if err != nil {
				return err
			}
			if ok {
				numbers.Add(doc)
			}
		}
		return nil
	})
	return numbers, err
}

// VisitStoredFields calls visitor with the ID and the stored values of a document, until it returns false.
func (s *Segment) VisitStoredFields(num uint64, visitor scorch.StoredFieldValueVisitor) error {
	if num >= uint64(s.docs) {
		return nil
	}
	for i, f := range s.schema.stored() {
		value, err := s.Stored(i - 1).Value(uint32(num))
		if err != nil {
			return err
		}
		if !visitor(f.Name, 't', value, nil) {
			return nil
		}
	}
	return nil
}

// Fields returns the names of the fields with terms.
func (s *Segment) Fields() (names []string) {
	for _, f := range s.schema.fields() {
		names = append(names, f.Name)
	}
	return names
}

// Dictionary returns the terms of a field; one that is not in the schema has none.
func (s *Segment) Dictionary(field string) (scorch.TermDictionary, error) {
	at := slices.Index(s.Fields(), field)
	if at < 0 {
		return dictionary{&TermsReader{field: &TermField{Name: field}}}, nil
	}
	return dictionary{s.terms[at]}, nil
}

// AddRef counts one more user.
func (s *Segment) AddRef() { s.refs.Add(1) }

// DecRef counts one user less. After the last one the file is closed.
func (s *Segment) DecRef() error {
	if s.refs.Add(-1) == 0 && s.mapped != nil {
		return s.mapped.Unmap()
	}
	return nil
}

// Close is DecRef, for whoever opened the segment.
func (s *Segment) Close() error { return s.DecRef() }

// Size returns the bytes of memory that are held; a mapped file is not.
func (s *Segment) Size() int {
	if s.mapped != nil {
		return 0
	}
	return len(s.data)
}

// counted is what scorch would like to know of reading and writing; nobody asks it.
type counted struct{}

func (counted) BytesRead() uint64     { return 0 }
func (counted) ResetBytesRead(uint64) {}
func (counted) BytesWritten() uint64  { return 0 }

// dictionary is scorch.TermDictionary.
type dictionary struct{ terms *TermsReader }

func (d dictionary) Cardinality() int { return d.terms.terms }

func (d dictionary) Contains(term []byte) (bool, error) {
	p, err := d.terms.Postings(term)
	return p != nil, err
}

func (d dictionary) PostingsList(
	term []byte, except *roaring.Bitmap, _ scorch.PostingsList,
) (scorch.PostingsList, error) {
	p, err := d.terms.Postings(term)
	return &postingsList{postings: p, except: except}, err
}

func (d dictionary) AutomatonIterator(a scorch.Automaton, start, end []byte) scorch.DictionaryIterator {
	return &dictionaryIterator{d.terms.Iterate(), a, string(start), string(end)}
}

// dictionaryIterator is scorch.DictionaryIterator: the terms from start to end, end excluded, that an automaton
// accepts.
type dictionaryIterator struct {
	terms      *TermsIterator
	automaton  scorch.Automaton
	start, end string
}

func (it *dictionaryIterator) Next() (*index.DictEntry, error) {
	for {
		ok, err := it.terms.Next()
		if !ok || err != nil {
			return nil, err
		}
		term := string(it.terms.Term)
		if it.end != "" && term >= it.end {
			return nil, nil
		}
		if term >= it.start && accepts(it.automaton, term) {
			return &index.DictEntry{Term: term, Count: uint64(it.terms.Count)}, nil
		}
	}
}

func accepts(a scorch.Automaton, term string) bool {
	if a == nil {
		return true
	}
	state := a.Start()
	for i := range len(term) {
		if state = a.Accept(state, term[i]); !a.CanMatch(state) {
			return false
		}
	}
	return a.IsMatch(state)
}

// postingsList is scorch.PostingsList, without the documents in except. It is walked once.
type postingsList struct {
	counted
	postings *Postings // nil for none
	except   *roaring.Bitmap
}

func (l *postingsList) Size() int { return 0 }

func (l *postingsList) Count() uint64 {
	if l.postings == nil {
		return 0
	}
	n := uint64(l.postings.count)
	if l.except == nil || l.except.IsEmpty() {
		return n
	}
	p := l.postings.Again()
	for doc, err := p.Next(); err == nil && doc != End; doc, err = p.Next() {
		if l.except.Contains(doc) {
			n--
		}
	}
	return n
}

func (l *postingsList) Iterator(_, _, locations bool, _ scorch.PostingsIterator) scorch.PostingsIterator {
	it := &postingsIterator{except: l.except, locations: locations}
	if l.postings != nil {
		it.postings = l.postings.Again()
	}
	return it
}

// postingsIterator is scorch.PostingsIterator, and the posting at hand.
type postingsIterator struct {
	counted
	postings  *Postings
	except    *roaring.Bitmap
	locations bool
	doc       uint32
	freq      int
	where     []scorch.Location
}

func (it *postingsIterator) Next() (scorch.Posting, error) {
	if it.postings == nil {
		return nil, nil
	}
	doc, err := it.postings.Next()
	return it.stand(doc, err)
}

func (it *postingsIterator) Advance(doc uint64) (scorch.Posting, error) {
	if it.postings == nil {
		return nil, nil
	}
	at, err := it.postings.Advance(uint32(min(doc, End)))
	return it.stand(at, err)
}

// stand reads the posting of a document, or of the next one that is not deleted.
func (it *postingsIterator) stand(doc uint32, err error) (scorch.Posting, error) {
	for err == nil && doc != End && it.except != nil && it.except.Contains(doc) {
		doc, err = it.postings.Next()
	}
	if err != nil || doc == End {
		return nil, err
	}
	it.doc, it.freq, it.where = doc, 0, it.where[:0]
	freqs := make([]int, it.postings.field.Parts)
	if err := it.postings.Freqs(freqs); err != nil {
		return nil, err
	}
	for part, n := range freqs {
		it.freq += n
		if !it.locations || n == 0 {
			continue
		}
		positions, err := it.postings.Positions(nil, part)
		if err != nil {
			return nil, err
		}
		for _, p := range positions {
			it.where = append(it.where, location{it.postings.field.Name, uint64(p)})
		}
	}
	return it, nil
}

func (it *postingsIterator) Number() uint64               { return uint64(it.doc) }
func (it *postingsIterator) Frequency() uint64            { return uint64(it.freq) }
func (it *postingsIterator) Norm() float64                { return 0 }
func (it *postingsIterator) Locations() []scorch.Location { return it.where }
func (it *postingsIterator) Size() int                    { return 0 }

// location is scorch.Location: a position, counted from 0.
type location struct {
	field    string
	position uint64
}

func (l location) Field() string            { return l.field }
func (l location) Start() uint64            { return 0 }
func (l location) End() uint64              { return 0 }
func (l location) Pos() uint64              { return l.position }
func (l location) ArrayPositions() []uint64 { return nil }
func (l location) Size() int                { return 0 }
