package bleveindex

import (
	"fmt"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// postings walks the documents that have a term in a field through the segments of an index. Bleve's own reader does that
// too, but copies every position with all that may be known of it, which takes a third of the walk.
type postings struct {
	segments []*scorch.SegmentSnapshot // those that are left
	parts    []segment.PostingsIterator
	base     uint64 // the number of the first document of the first segment that is left
	count    uint64 // of documents in all segments
}

func openPostings(r index.IndexReader, field, term string, positions bool) (*postings, error) {
	segments, err := segmentsOf(r)
	if err != nil {
		return nil, err
	}
	p := &postings{segments: segments, parts: make([]segment.PostingsIterator, len(segments))}
	for i, s := range p.segments {
		list, err := postingsIn(s, field, term)
		if err != nil {
			return nil, err
		}
		p.parts[i] = list.Iterator(true, true, positions, nil)
		p.count += list.Count()
	}
	return p, nil
}

func segmentsOf(r index.IndexReader) ([]*scorch.SegmentSnapshot, error) {
	snapshot, ok := r.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("read segments of %T", r)
	}
	return snapshot.Segments(), nil
}

// postingsIn returns the documents of a segment that have a term, without deleted ones.
func postingsIn(s *scorch.SegmentSnapshot, field, term string) (segment.PostingsList, error) {
	terms, err := s.Segment().Dictionary(field)
	if err != nil {
		return nil, err
	}
	return terms.PostingsList([]byte(term), s.Deleted(), nil)
}

// countDocs returns the number of documents that have a term.
func countDocs(segments []*scorch.SegmentSnapshot, field, term string) (n uint64, err error) {
	for _, s := range segments {
		list, err := postingsIn(s, field, term)
		if err != nil {
			return 0, err
		}
		n += list.Count()
	}
	return n, nil
}

// next returns what is known of the term in the next document, until the next call; nil after the last one.
func (p *postings) next() (segment.Posting, error) {
	for len(p.parts) > 0 {
		if at, err := p.parts[0].Next(); err != nil || at != nil {
			return at, err
		}
		p.leave()
	}
	return nil, nil
}

// advance is next for the first document that is not before doc, which lies ahead.
func (p *postings) advance(doc uint64) (segment.Posting, error) {
	for len(p.parts) > 0 && doc >= p.base+uint64(p.segments[0].FullSize()) {
		p.leave()
	}
	if len(p.parts) > 0 {
		if at, err := p.parts[0].Advance(doc - p.base); err != nil || at != nil {
			return at, err
		}
	}
	return p.next()
}

// leave goes on to the next segment.
func (p *postings) leave() {
	p.base += uint64(p.segments[0].FullSize())
	p.segments, p.parts = p.segments[1:], p.parts[1:]
}
