package meaning

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/cespare/xxhash/v2"

	"chaja/search"
	"chaja/search/embedding"
	"chaja/search/vector"
)

// Held is an index as it is.
type Held interface {
	// Documents calls yield with every document, until it returns an error.
	Documents(ctx context.Context, yield func(*search.Document) error) error

	// Vectors returns those that the index has, nil for none.
	Vectors() *vector.File
}

// Index is what is filled: the next generation of an index, which begins as the present one.
type Index interface {
	Held

	// PutVectors replaces the vectors.
	PutVectors(fingerprint string, dims int, entries []vector.Entry) error
}

// Fingerprinter names what makes vectors.
type Fingerprinter interface{ Fingerprint() string }

// Model makes vectors of length 1. *embedding.Client is one.
type Model interface {
	Fingerprinter
	Passages(ctx context.Context, texts []string) ([][]float32, error)
}

// Report is what is known of the vectors of an index.
type Report struct {
	Passages int     `json:"passages"`          // that can have a vector: sections, and pieces of long ones
	Embedded int     `json:"embedded"`          // by this run
	Missing  int     `json:"missing"`           // passages without a vector: they are found by their words
	Problem  string  `json:"problem,omitempty"` // why the run ended before it was done
	Changed  bool    `json:"-"`                 // Problem is that the model is another one, which the next run mends
	Refused  int     `json:"refused,omitempty"` // texts that the server does not take by themselves
	Seconds  float64 `json:"seconds,omitempty"` // that the server took
}

// Count says how many passages lack a vector of the model. It asks no server.
func Count(ctx context.Context, index Held, model Fingerprinter) (Report, error) {
	f := newFiller(index, model)
	err := index.Documents(ctx, f.take)
	return f.report, err
}

// Fill embeds the passages of index that lack a vector, until the time end, and puts all vectors into it. What has been embedded
// is put also where the server fails, which Report.Problem says, or ctx ends. Nothing is put where nothing changed. An error is
// that of index.
func Fill(ctx context.Context, index Index, model Model, end time.Time, progress func(done, total int)) (Report, error) {
	counted, err := Count(ctx, index, model)
	if err != nil {
		return counted, err
	}
	f := newFiller(index, model)
	f.model, f.end, f.total, f.progress = model, end, counted.Missing, progress
	whole := context.WithoutCancel(ctx) // what is embedded is kept
	err = index.Documents(whole, func(doc *search.Document) error { return f.add(ctx, doc) })
	if err == nil {
		f.flush(ctx)
		err = f.put(index)
	}
	return f.report, err
}

// filler goes through the documents of an index.
type filler struct {
	index    Held
	shape    string // the fingerprint
	model    Model
	end      time.Time
	progress func(done, total int)
	total    int

	old     map[uint64]vector.Quantized // by key
	dims    int                         // 0 while unknown
	entries []vector.Entry              // those without a vector are left out in the end
	waiting []int                       // entries that are to be embedded
	texts   []string                    // of them
	stopped bool
	report  Report
}

func newFiller(index Held, model Fingerprinter) *filler {
	f := &filler{index: index, shape: model.Fingerprint(), old: map[uint64]vector.Quantized{}}
	if file := index.Vectors(); file != nil && file.Fingerprint == f.shape {
		f.dims = file.Dims
		for e := range file.Entries {
			f.old[e.Key] = e.Vector
		}
	}
	return f
}

// key is that of a text and all that shapes its vector.
func (f *filler) key(text string) uint64 {
	return xxhash.Sum64String(f.shape + "\x00" + text)
}

// take enters the passages of a document, with the vectors that are known.
func (f *filler) take(doc *search.Document) error {
	for _, p := range Passages(doc) {
		key := f.key(p.Text)
		f.report.Passages++
		entry := vector.Entry{Ref: vector.Ref{ID: doc.ID, Hash: doc.Hash, Section: p.Section}, Key: key, Vector: f.old[key]}
		if f.entries = append(f.entries, entry); entry.Vector.Values == nil {
			f.report.Missing++
			f.waiting, f.texts = append(f.waiting, len(f.entries)-1), append(f.texts, p.Text)
		}
	}
	return nil
}

// add takes a document and embeds what waits, in batches.
func (f *filler) add(ctx context.Context, doc *search.Document) error {
	_ = f.take(doc)
	for len(f.waiting) >= embedding.MaxBatch {
		f.batch(ctx, embedding.MaxBatch)
	}
	return nil
}

// flush embeds what still waits.
func (f *filler) flush(ctx context.Context) {
	for len(f.waiting) > 0 {
		f.batch(ctx, min(len(f.waiting), embedding.MaxBatch))
	}
}

// batch embeds the first n that wait, or lets them be when it is over.
func (f *filler) batch(ctx context.Context, n int) {
	waiting, texts := f.waiting[:n], f.texts[:n]
	f.waiting, f.texts = f.waiting[n:], f.texts[n:]
	if f.stopped = f.stopped || ctx.Err() != nil || time.Now().After(f.end); !f.stopped {
		start := time.Now()
		f.embed(ctx, waiting, texts)
		f.report.Seconds += time.Since(start).Seconds()
	}
	if f.progress != nil {
		f.progress(f.report.Embedded, f.total)
	}
}

// embed embeds texts. Where the server does not take them together, it takes them one by one.
func (f *filler) embed(ctx context.Context, entries []int, texts []string) {
	vectors, err := f.model.Passages(ctx, texts)
	if err == nil {
		f.enter(entries, vectors)
		return
	}
	failure, ok := errors.AsType[*embedding.Error](err)
	if f.report.Problem == "" && ctx.Err() == nil {
		f.report.Problem = err.Error()
	}
	switch single := len(texts) == 1; {
	case !ok, failure.Reason != embedding.Refused && failure.Reason != embedding.Answer:
		f.stopped = true
	case single:
		f.report.Refused++
		f.stopped = f.report.Refused > f.report.Embedded // it is not the text
	default:
		for i := 0; i < len(texts) && !f.stopped; i++ {
			f.embed(ctx, entries[i:i+1], texts[i:i+1])
		}
	}
}

// enter gives entries their vectors.
func (f *filler) enter(entries []int, vectors [][]float32) {
	for i, at := range entries {
		if f.dims == 0 {
			f.dims = len(vectors[i])
		}
		if len(vectors[i]) != f.dims {
			f.changed(len(vectors[i]))
			return
		}
		f.entries[at].Vector = vector.Quantize(vectors[i])
		f.report.Embedded++
		f.report.Missing--
	}
}

// changed is for a model that answers vectors of other dimensions than before, under the same name: the ones that are kept are
// of no use. All is embedded by the next run.
func (f *filler) changed(dims int) {
	f.report.Problem = fmt.Sprintf("the model answers vectors of %d numbers, and answered %d before: it is another one; all vectors are made anew", dims, f.dims)
	f.report.Changed = true
	f.stopped, f.dims, f.old = true, dims, map[uint64]vector.Quantized{}
	for i := range f.entries {
		f.entries[i].Vector = vector.Quantized{}
	}
	f.report.Missing, f.report.Embedded = f.report.Passages, 0
}

// put writes the vectors, if they are others than before.
func (f *filler) put(index Index) error {
	var entries []vector.Entry
	for _, e := range f.entries {
		if e.Vector.Values != nil {
			entries = append(entries, e)
		}
	}
	if f.same(entries) || f.dims == 0 {
		return nil
	}
	return index.PutVectors(f.shape, f.dims, entries)
}

// same reports whether the index has these entries.
func (f *filler) same(entries []vector.Entry) bool {
	file := f.index.Vectors()
	if file == nil || file.Fingerprint != f.shape || file.Dims != f.dims || file.Len != len(entries) {
		return false
	}
	i := 0
	for e := range file.Entries {
		if e.Ref != entries[i].Ref || e.Key != entries[i].Key {
			return false
		}
		i++
	}
	return true
}
