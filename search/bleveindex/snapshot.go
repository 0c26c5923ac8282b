package bleveindex

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	index "github.com/blevesearch/bleve_index_api"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/match"
)

// snapshot is one state of an index: a reader of Bleve's and its doc values, which are read when they are first asked for.
type snapshot struct {
	reader    index.IndexReader
	docValues func() (*docValues, error)
	closed    atomic.Bool
}

// Snapshot implements search.Index.
func (x *storedIndex) Snapshot(ctx context.Context) (search.Snapshot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := x.reader()
	if err != nil {
		return nil, err
	}
	return &snapshot{reader: r, docValues: sync.OnceValues(func() (*docValues, error) { return readDocValues(r) })}, nil
}

// Close implements search.Snapshot. A second call does nothing.
func (s *snapshot) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	return s.reader.Close()
}

// Get implements search.Snapshot.
func (s *snapshot) Get(ctx context.Context, id string) (search.Document, bool, error) {
	if err := ctx.Err(); err != nil {
		return search.Document{}, false, err
	}
	rec, ok, err := load(s.reader, id)
	return rec.Document, ok, err
}

// Documents calls yield with every document, in the order of their IDs. Together with Terms it is what a lexicon is learned
// from.
func (s *snapshot) Documents(ctx context.Context, yield func(*search.Document) error) error {
	var ids []string
	err := eachID(s.reader, func(_ index.IndexInternalID, id string) error {
		ids = append(ids, id)
		return nil
	})
	if err != nil {
		return err
	}
	slices.Sort(ids)
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return err
		}
		rec, _, err := load(s.reader, id)
		if err == nil {
			err = yield(&rec.Document)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Terms calls yield with every term of the bodies and the number of documents that have it.
func (s *snapshot) Terms(ctx context.Context, yield func(term match.Term, docs int) error) error {
	segments, err := segmentsOf(s.reader)
	if err != nil {
		return err
	}
	for lane := range match.Space(analysis.Lanes) {
		field := textField(match.Body, lane)
		err = eachTerm(segments, field, func(term string) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			docs, err := countDocs(segments, field, term)
			if docs == 0 || err != nil {
				return err
			}
			return yield(match.Term{Space: lane, Text: term}, int(docs))
		})
		if err != nil {
			return err
		}
	}
	return nil
}
