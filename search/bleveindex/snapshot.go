package bleveindex

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	index "github.com/blevesearch/bleve_index_api"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/match"
)

// snapshot is one state of an index: a reader of Bleve's, its segments, and its doc values, which are read when they
// are first asked for.
type snapshot struct {
	reader    index.IndexReader
	leaves    []leaf
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
	leaves, err := leavesOf(r)
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	values := sync.OnceValues(func() (*docValues, error) { return readDocValues(leaves) })
	return &snapshot{reader: r, leaves: leaves, docValues: values}, nil
}

// Close implements search.Snapshot. A second call does nothing.
func (s *snapshot) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	return s.reader.Close()
}

// Get implements search.Snapshot.
func (s *snapshot) Get(ctx context.Context, ids ...string) (map[string]search.Document, error) {
	docs := map[string]search.Document{}
	stored := newStore(s.leaves)
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		number, ok, err := find(s.leaves, id)
		if ok && err == nil {
			docs[id], err = stored.document(number)
		}
		if err != nil {
			return nil, err
		}
	}
	return docs, nil
}

// Documents calls yield with every document, in the order of their IDs. Together with Terms it is what a lexicon is
// learned from.
func (s *snapshot) Documents(ctx context.Context, yield func(*search.Document) error) error {
	numbers := map[string]uint64{}
	err := eachID(s.leaves, func(doc uint64, id string) error {
		numbers[id] = doc
		return nil
	})
	if err != nil {
		return err
	}
	stored := newStore(s.leaves)
	for _, id := range slices.Sorted(maps.Keys(numbers)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		doc, err := stored.document(numbers[id])
		if err == nil {
			err = yield(&doc)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Terms calls yield with every term of the bodies and the number of documents that have it.
func (s *snapshot) Terms(ctx context.Context, yield func(term match.Term, docs int) error) error {
	for lane := range match.Space(analysis.Lanes) {
		err := eachTerm(s.leaves, int(lane), int(match.Body), func(term []byte, docs int) error {
			if err := ctx.Err(); docs == 0 || err != nil {
				return err
			}
			return yield(match.Term{Space: lane, Text: string(term)}, docs)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
