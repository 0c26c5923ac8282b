// Package bleveindex is search.Index over Bleve: an inverted index on disk, read by memory mapping.
//
// Bleve keeps the terms, with where they stand, and the stored documents. What matches and how well is decided by package
// match, which reads Bleve's postings through searcher: Bleve's own scores take the number of distinct terms for the length
// of a field and the root of the frequency for the frequency. What is the same for every query, the order by date and what
// facets count, is read once for each state and held in memory as doc values: Bleve looks it up for each hit.
package bleveindex

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	"golang.org/x/sync/errgroup"

	"chaja/search"
	"chaja/search/analysis"
)

// storedIndex is one index on disk.
type storedIndex struct {
	bleve    bleve.Index
	dir      string
	analyzer *analysis.Analyzer
	readOnly bool

	write sync.Mutex // held by Apply: totals are read, changed and written
}

var _ search.Index = (*storedIndex)(nil)

// totalsKey is where the sums over all documents are kept, written in the same batch as the documents.
var totalsKey = []byte("chaja.totals")

// Close waits for what is being written and closes the index. In the folder of one that could be written only what is
// needed is left.
func (x *storedIndex) Close() error {
	x.write.Lock()
	defer x.write.Unlock()
	if err := x.bleve.Close(); err != nil || x.readOnly {
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
	sums, err := x.totals()
	if err != nil {
		return err
	}
	b := x.bleve.NewBatch()
	docs := lastPuts(batch.Put)
	replaced := slices.Clone(batch.Delete)
	for _, id := range batch.Delete {
		b.Delete(id) // before the puts: of two operations on one ID Bleve keeps the later
	}
	for _, doc := range docs {
		replaced = append(replaced, doc.ID)
	}
	if err := x.put(ctx, b, &sums, docs); err != nil {
		return err
	}
	if err := x.forget(&sums, replaced); err != nil {
		return err
	}
	encoded, err := json.Marshal(sums)
	if err != nil {
		return fmt.Errorf("encode index totals: %w", err)
	}
	b.SetInternal(totalsKey, encoded)
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := x.bleve.Batch(b); err != nil {
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

// put adds docs, no two of them with one ID, to b and their lengths to totals.
func (x *storedIndex) put(ctx context.Context, b *bleve.Batch, sums *totals, docs []*search.Document) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	var mu sync.Mutex
	for _, doc := range docs {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			prepared, length, err := prepare(doc, x.analyzer)
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			sums.add(length, 1)
			return b.IndexAdvanced(prepared)
		})
	}
	return group.Wait()
}

// forget takes the lengths of the stored documents with these ids out of totals.
func (x *storedIndex) forget(sums *totals, ids []string) error {
	return x.read(func(r index.IndexReader) error {
		seen := map[string]bool{}
		for _, id := range ids {
			rec, ok, err := load(r, id)
			if err != nil {
				return err
			}
			if ok && !seen[id] {
				sums.add(rec.Lengths, -1)
			}
			seen[id] = true
		}
		return nil
	})
}

// Hashes implements search.Writer.
func (x *storedIndex) Hashes(ctx context.Context) (map[string]string, error) {
	hashes := map[string]string{}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err := x.read(func(r index.IndexReader) error {
		values, err := r.DocValueReader([]string{hashField})
		if err != nil {
			return err
		}
		return eachID(r, func(number index.IndexInternalID, id string) error {
			err := values.VisitDocValues(number, func(_ string, hash []byte) { hashes[id] = string(hash) })
			return cmp.Or(ctx.Err(), err)
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read stored hashes: %w", err)
	}
	return hashes, nil
}

// totals returns the sums over all documents.
func (x *storedIndex) totals() (sums totals, err error) {
	err = x.read(func(r index.IndexReader) error {
		sums, err = readTotals(r)
		return err
	})
	return sums, err
}

func readTotals(r index.IndexReader) (sums totals, err error) {
	encoded, err := r.GetInternal(totalsKey)
	if err != nil || encoded == nil {
		return sums, err
	}
	if err := json.Unmarshal(encoded, &sums); err != nil {
		return sums, fmt.Errorf("decode index totals: %w", err)
	}
	return sums, nil
}

// read calls f with the present state of the index.
func (x *storedIndex) read(f func(index.IndexReader) error) (err error) {
	r, err := x.reader()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return f(r)
}

// reader returns the present state of the index, which the caller closes.
func (x *storedIndex) reader() (index.IndexReader, error) {
	low, err := x.bleve.Advanced()
	if err != nil {
		return nil, fmt.Errorf("read index: %w", err)
	}
	r, err := low.Reader()
	if err != nil {
		return nil, fmt.Errorf("read index: %w", err)
	}
	if snapshot, ok := r.(*scorch.IndexSnapshot); ok && snapshot == nil {
		return nil, fmt.Errorf("read index: %w", bleve.ErrorIndexClosed) // Bleve does not look before it hands out nil
	}
	return r, nil
}

// eachID calls f with the number and the ID of every document, in the order of the numbers.
func eachID(r index.IndexReader, f func(number index.IndexInternalID, id string) error) (err error) {
	all, err := r.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, all.Close()) }()
	for {
		number, err := all.Next()
		if err != nil || number == nil {
			return err
		}
		id, err := r.ExternalID(number)
		if err == nil {
			err = f(number, id)
		}
		if err != nil {
			return err
		}
	}
}

// load returns the stored record of a document.
func load(r index.IndexReader, id string) (rec record, ok bool, err error) {
	doc, err := r.Document(id)
	if err != nil || doc == nil {
		return rec, false, err
	}
	doc.VisitFields(func(f index.Field) {
		if f.Name() == sourceField {
			err = json.Unmarshal(f.Value(), &rec)
		}
	})
	if err != nil {
		return rec, false, fmt.Errorf("decode document %s: %w", id, err)
	}
	return rec, true, nil
}
