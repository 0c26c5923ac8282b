package main

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"

	"chaja/indexer"
	"chaja/search"
	"chaja/search/eval"
)

// batchWriter writes batches of a collection. While one is written the next is read, as when a site is indexed.
type batchWriter struct {
	ctx    context.Context
	writer search.Writer
	done   chan error // of the batch that is being written; nil for none
}

// write makes documents of a batch and begins to write them, once the batch before is written.
func (w *batchWriter) write(batch []eval.Doc) error {
	posts := make([]search.Document, len(batch))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range batch {
		group.Go(func() error {
			posts[i], _ = indexer.Parse(d.ID, []byte(d.Text))
			if d.Title != "" {
				posts[i].Title = d.Title
			}
			return w.ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if err := w.settle(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- w.writer.Apply(w.ctx, search.Batch{Put: posts}) }()
	w.done = done
	return nil
}

// settle waits for the batch that is being written.
func (w *batchWriter) settle() error {
	if w.done == nil {
		return nil
	}
	err := <-w.done
	w.done = nil
	return err
}
