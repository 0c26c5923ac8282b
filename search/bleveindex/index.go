// Package bleveindex is search.Index over Bleve: an inverted index on disk, read by memory mapping.
//
// Bleve keeps the terms, with where they stand, and the stored documents. What matches and how well is decided by package
// match, which reads Bleve's postings through searcher: Bleve's own scores take the number of distinct terms for the length
// of a field and the root of the frequency for the frequency. What is the same for every query, the order by date and what
// facets count, is read once and kept in columns: Bleve looks it up for each hit.
package bleveindex

import (
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
	"chaja/search/lexicon"
)

// Index is one index on disk.
type Index struct {
	bleve    bleve.Index
	dir      string
	analyzer *analysis.Analyzer
	readOnly bool

	write   sync.Mutex // held by Apply: totals are read, changed and written
	columns columnCache
	lexicon func() (*lexicon.Lexicon, error) // read once
}

func newIndex(b bleve.Index, dir string, analyzer *analysis.Analyzer, readOnly bool) *Index {
	lexicon := sync.OnceValues(func() (*lexicon.Lexicon, error) { return readLexicon(dir) })
	return &Index{bleve: b, dir: dir, analyzer: analyzer, readOnly: readOnly, lexicon: lexicon}
}

var _ search.Index = (*Index)(nil)

// totalsKey is where the sums over all documents are kept, written in the same batch as the documents.
var totalsKey = []byte("chaja.lengths")

// Create makes an empty index in the folder dir, which must not exist.
func Create(dir string, analyzer *analysis.Analyzer) (*Index, error) {
	b, err := bleve.NewUsing(dir, bleve.NewIndexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("create index in %s: %w", dir, err)
	}
	return newIndex(b, dir, analyzer, false), nil
}

// Open opens the index in the folder dir, for searches only or for writing too. Any number of processes may read;
// one that writes shuts out all others.
func Open(dir string, analyzer *analysis.Analyzer, readOnly bool) (*Index, error) {
	b, err := bleve.OpenUsing(dir, map[string]any{"read_only": readOnly})
	if err != nil {
		return nil, fmt.Errorf("open index in %s: %w", dir, err)
	}
	return newIndex(b, dir, analyzer, readOnly), nil
}

// Close waits for what is being written and closes the index.
func (x *Index) Close() error {
	x.write.Lock()
	defer x.write.Unlock()
	return x.bleve.Close()
}

// Apply implements search.Writer. Documents are analyzed in parallel.
func (x *Index) Apply(ctx context.Context, batch search.Batch) error {
	if x.readOnly {
		return errors.New("write index: it is open for reading only") // Bleve would wait for ever
	}
	x.write.Lock()
	defer x.write.Unlock()
	totals, err := x.totals()
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
	if err := x.put(ctx, b, &totals, docs); err != nil {
		return err
	}
	if err := x.forget(&totals, replaced); err != nil {
		return err
	}
	encoded, err := json.Marshal(totals)
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
func (x *Index) put(ctx context.Context, b *bleve.Batch, totals *lengths, docs []*search.Document) error {
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
			totals.add(length, 1)
			return b.IndexAdvanced(prepared)
		})
	}
	return group.Wait()
}

// forget takes the lengths of the stored documents with these ids out of totals.
func (x *Index) forget(totals *lengths, ids []string) error {
	return x.read(func(r index.IndexReader) error {
		seen := map[string]bool{}
		for _, id := range ids {
			rec, ok, err := load(r, id)
			if err != nil {
				return err
			}
			if ok && !seen[id] {
				totals.add(rec.Lengths, -1)
			}
			seen[id] = true
		}
		return nil
	})
}

// Hashes implements search.Writer.
func (x *Index) Hashes(ctx context.Context) (map[string]string, error) {
	hashes := map[string]string{}
	err := x.read(func(r index.IndexReader) error {
		ids, err := r.DocIDReaderAll()
		if err != nil {
			return err
		}
		defer ids.Close()
		values, err := r.DocValueReader([]string{hashField})
		if err != nil {
			return err
		}
		for {
			id, err := ids.Next()
			if err != nil || id == nil {
				return errors.Join(err, ctx.Err())
			}
			external, err := r.ExternalID(id)
			if err != nil {
				return err
			}
			if err := values.VisitDocValues(id, func(_ string, hash []byte) { hashes[external] = string(hash) }); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("read stored hashes: %w", err)
	}
	return hashes, nil
}

// totals returns the sums over all documents.
func (x *Index) totals() (totals lengths, err error) {
	err = x.read(func(r index.IndexReader) error {
		totals, err = readTotals(r)
		return err
	})
	return totals, err
}

func readTotals(r index.IndexReader) (totals lengths, err error) {
	encoded, err := r.GetInternal(totalsKey)
	if err != nil || encoded == nil {
		return totals, err
	}
	if err := json.Unmarshal(encoded, &totals); err != nil {
		return totals, fmt.Errorf("decode index totals: %w", err)
	}
	return totals, nil
}

// read calls f with the present state of the index.
func (x *Index) read(f func(index.IndexReader) error) (err error) {
	low, err := x.bleve.Advanced()
	if err != nil {
		return fmt.Errorf("read index: %w", err)
	}
	r, err := low.Reader()
	if err != nil {
		return fmt.Errorf("read index: %w", err)
	}
	if snapshot, ok := r.(*scorch.IndexSnapshot); ok && snapshot == nil {
		return fmt.Errorf("read index: %w", bleve.ErrorIndexClosed) // Bleve does not look before it hands out nil
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return f(r)
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
