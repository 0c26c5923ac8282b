// Package bleveindex is search.Index over Bleve: an inverted index on disk, read by memory mapping.
//
// Bleve keeps the state of the index: snapshots, batches, deletes, and which segments to merge. What is in a segment is ours,
// see package segment: postings of terms, and the stored documents. So its engine, scorch, is used as it is: the package above it
// would link analyzers, queries and geography for nothing. What matches and how well is decided by package match,
// which reads the postings through searcher. What is the same for every query, the order by date and what facets count, is
// read once for each state and held in memory as doc values.
package bleveindex

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	"golang.org/x/sync/errgroup"

	"chaja/search"
	"chaja/search/analysis"
)

// storedIndex is one index on disk.
type storedIndex struct {
	scorch   *scorch.Scorch
	dir      string
	analyzer *analysis.Analyzer
	readOnly bool

	write  sync.Mutex // held by Apply, for which Close waits
	closed bool
}

// errClosed says that an index is closed.
var errClosed = errors.New("the index is closed")

var _ search.Index = (*storedIndex)(nil)

// Close waits for what is being written and closes the index. In the folder of one that could be written only what is
// needed is left.
func (x *storedIndex) Close() error {
	x.write.Lock()
	defer x.write.Unlock()
	if x.closed {
		return errClosed
	}
	x.closed = true
	if err := x.scorch.Close(); err != nil || x.readOnly {
		return err
	}
	return tidy(x.dir)
}

// Apply implements search.Writer. Documents are analyzed in parallel.
func (x *storedIndex) Apply(ctx context.Context, batch search.Batch) error {
	if x.readOnly {
		return errors.New("write index: it is open for reading only") // Bleve would wait for ever
	}
	x.write.Lock()
	defer x.write.Unlock()
	if x.closed {
		return fmt.Errorf("write index: %w", errClosed)
	}
	b := index.NewBatch()
	docs := lastPuts(batch.Put)
	for _, id := range batch.Delete {
		b.Delete(id) // before the puts: of two operations on one ID Bleve keeps the later
	}
	if err := x.put(ctx, b, docs); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := x.scorch.Batch(b); err != nil {
		return fmt.Errorf("write batch of %d documents: %w", len(docs), err)
	}
	return nil
}

// lastPuts returns the documents without those that a later one with the same ID replaces.
func lastPuts(docs []search.Document) []*search.Document {
	last := make(map[string]int, len(docs))
	for i := range docs {
		last[docs[i].ID] = i
	}
	kept := make([]*search.Document, 0, len(last))
	for i := range docs {
		if last[docs[i].ID] == i {
			kept = append(kept, &docs[i])
		}
	}
	return kept
}

// put adds docs, no two of them with one ID, to b.
func (x *storedIndex) put(ctx context.Context, b *index.Batch, docs []*search.Document) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	var mu sync.Mutex
	for _, doc := range docs {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			prepared := prepare(doc, x.analyzer).AsBleve()
			mu.Lock()
			defer mu.Unlock()
			b.Update(prepared)
			return nil
		})
	}
	return group.Wait()
}

// Hashes implements search.Writer.
func (x *storedIndex) Hashes(ctx context.Context) (map[string]string, error) {
	hashes := map[string]string{}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err := x.read(func(leaves []leaf) error {
		for i := range leaves {
			ids := leaves[i].IDs()
			err := leaves[i].each(leaves[i].Stored(headValue), func(doc uint32, head []byte) error {
				id, err := ids.Value(doc)
				if err == nil {
					hashes[string(id)], err = decodeHash(head)
				}
				return cmp.Or(ctx.Err(), err)
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read stored hashes: %w", err)
	}
	return hashes, nil
}

// read calls f with the segments of the present state of the index.
func (x *storedIndex) read(f func([]leaf) error) (err error) {
	r, err := x.reader()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	leaves, err := leavesOf(r)
	if err != nil {
		return err
	}
	return f(leaves)
}

// reader returns the present state of the index, which the caller closes.
func (x *storedIndex) reader() (index.IndexReader, error) {
	r, err := x.scorch.Reader()
	if err != nil {
		return nil, fmt.Errorf("read index: %w", err)
	}
	if snapshot, ok := r.(*scorch.IndexSnapshot); ok && snapshot == nil {
		return nil, fmt.Errorf("read index: %w", errClosed) // Bleve does not look before it hands out nil
	}
	return r, nil
}
