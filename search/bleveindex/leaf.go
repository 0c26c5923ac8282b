package bleveindex

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"chaja/search"
	"chaja/search/bleveindex/segment"
)

// leaf is a segment of one state of an index. Its documents are numbered in the index from base on.
type leaf struct {
	*segment.Segment
	base    uint64
	deleted *roaring.Bitmap // nil for none
}

// leavesOf returns those of a state. They are ours to walk: Bleve's own readers copy what they read, and start
// goroutines, where a fault of a file that is cut ends the program, as nobody can recover there.
func leavesOf(r index.IndexReader) ([]leaf, error) {
	snapshot, ok := r.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("read segments of %T", r)
	}
	var leaves []leaf
	base := uint64(0)
	for _, s := range snapshot.Segments() {
		own, err := segment.Of(s.Segment())
		if err != nil {
			return nil, err
		}
		leaves = append(leaves, leaf{own, base, s.Deleted()})
		base += own.Count()
	}
	return leaves, nil
}

// end returns the number behind its last document.
func (l *leaf) end() uint64 { return l.base + l.Count() }

// has reports whether a document of the segment is there still.
func (l *leaf) has(doc uint32) bool { return l.deleted == nil || !l.deleted.Contains(doc) }

// each calls f with every document, by its number in the segment, and a stored value of it that is its until the
// next call.
func (l *leaf) each(values *segment.StoredReader, f func(doc uint32, value []byte) error) error {
	for doc := range uint32(l.Count()) {
		if !l.has(doc) {
			continue
		}
		value, err := values.Value(doc)
		if err == nil {
			err = f(doc, value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// eachID calls f with the number in the index and the ID of every document, in the order of the numbers.
func eachID(leaves []leaf, f func(doc uint64, id string) error) error {
	for i := range leaves {
		l := &leaves[i]
		err := l.each(l.IDs(), func(doc uint32, id []byte) error { return f(l.base+uint64(doc), string(id)) })
		if err != nil {
			return fmt.Errorf("read IDs: %w", err)
		}
	}
	return nil
}

// find returns the number of the document with an ID.
func find(leaves []leaf, id string) (doc uint64, ok bool, err error) {
	for i := range leaves {
		l := &leaves[i]
		doc, ok, err := l.Number(id)
		if err != nil {
			return 0, false, fmt.Errorf("find document %s: %w", id, err)
		}
		if ok && l.has(doc) {
			return l.base + uint64(doc), true, nil
		}
	}
	return 0, false, nil
}

// store reads stored documents. It keeps what it decoded last, so documents in the order of their numbers cost
// least. It is not safe for concurrent use.
type store struct {
	leaves  []leaf
	readers [][1 + storedValues]*segment.StoredReader // by leaf; the first is that of the IDs
}

func newStore(leaves []leaf) *store {
	return &store{leaves, make([][1 + storedValues]*segment.StoredReader, len(leaves))}
}

// hit returns the document with a number, or its ID only.
func (s *store) hit(number uint64, onlyID bool) (search.Document, error) {
	if !onlyID {
		return s.document(number)
	}
	id, err := s.value(number, -1)
	return search.Document{ID: string(id)}, err
}

// document returns the document with a number.
func (s *store) document(number uint64) (doc search.Document, err error) {
	head, err := s.value(number, headValue)
	if err == nil {
		err = decodeHead(head, &doc)
	}
	if err != nil {
		return doc, err
	}
	body, err := s.value(number, bodyValue)
	doc.Body = string(body)
	return doc, err
}

// value returns a stored value of a document, -1 for its ID, until the next call.
func (s *store) value(number uint64, field int) ([]byte, error) {
	at := 0
	for number >= s.leaves[at].end() {
		at++
	}
	r := &s.readers[at][1+field]
	if *r == nil {
		*r = s.leaves[at].Stored(field)
	}
	value, err := (*r).Value(uint32(number - s.leaves[at].base))
	if err != nil {
		err = fmt.Errorf("read document %d: %w", number, err)
	}
	return value, err
}
