package indexer

import (
	"fmt"

	"chaja/search"
)

// writing is a batch that is being written, while the next is read. The zero writing is none.
type writing struct {
	batch  []search.Document
	weight int // see run.weight
	done   chan error
}

// flush begins to write the batch once the one before is written, unless ctx ended: then nothing more is written.
func (r *run) flush() error {
	if err := r.settle(); err != nil {
		return err
	}
	if err := r.ctx.Err(); err != nil {
		return fmt.Errorf("index posts: %w", err)
	}
	if len(r.batch) == 0 {
		return nil
	}
	w := writing{r.batch, r.weight, make(chan error, 1)}
	go func() { w.done <- r.writer.Apply(r.ctx, search.Batch{Put: w.batch}) }()
	r.writing = w
	r.batch, r.weight = nil, 0
	return nil
}

// settle waits for the batch that is being written, if there is one, and counts its documents.
func (r *run) settle() error {
	w := r.writing
	if w.done == nil {
		return nil
	}
	r.writing = writing{}
	if err := <-w.done; err != nil {
		return fmt.Errorf("write to the index: %w", err)
	}
	for _, d := range w.batch {
		if _, ok := r.known[d.ID]; ok {
			r.report.Updated++
		} else {
			r.report.Added++
		}
	}
	return nil
}
