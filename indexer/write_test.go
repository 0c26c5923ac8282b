package indexer

import (
	"context"
	"errors"
	"testing"

	"chaja/search"
)

// slowWriter takes a batch when it is told to.
type slowWriter struct {
	search.Writer
	took chan error
}

func (w slowWriter) Apply(context.Context, search.Batch) error { return <-w.took }

// TestWritesAside: a batch is written while the next is read, one at a time, and counted or failed when it is done.
func TestWritesAside(t *testing.T) {
	w := slowWriter{took: make(chan error, 2)}
	r := &run{ctx: t.Context(), writer: w, known: map[string]string{"b": "hash"}}
	r.batch = []search.Document{{ID: "a"}, {ID: "b"}}
	if err := r.flush(); err != nil { // it does not wait
		t.Fatal(err)
	}
	if r.batch != nil || r.report.Added+r.report.Updated > 0 {
		t.Errorf("after flush: %d in the batch, report %+v", len(r.batch), r.report)
	}
	w.took <- nil
	r.batch = []search.Document{{ID: "c"}}
	if err := r.flush(); err != nil {
		t.Fatal(err)
	}
	if r.report.Added != 1 || r.report.Updated != 1 {
		t.Errorf("after the first batch: %+v", r.report)
	}
	full := errors.New("the disk is full")
	w.took <- full
	if err := r.settle(); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	if err := r.settle(); err != nil || r.report.Added != 1 {
		t.Errorf("once more: %v, %+v", err, r.report)
	}
}
