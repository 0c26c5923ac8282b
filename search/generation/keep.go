package generation

import (
	"context"
	"errors"
	"fmt"

	"chaja/search"
	"chaja/search/analysis"
)

// keptBatch bounds the bytes of text that are written at once.
const keptBatch = 1 << 20

// withoutWords is an engine that opens indexes without their lexicon.
type withoutWords struct{ Engine }

func (withoutWords) Analyzer() *analysis.Analyzer { return nil }

// Keep writes the documents that are wanted of the generation in force, and returns their IDs. It is for an update that
// begins with nothing, because all was to be written anew or because the generation is of another version: its documents
// can be read all the same. Another update has them already. If the generation cannot be read, nothing is kept, and Poorer
// is true from then on.
func (u *Update) Keep(ctx context.Context, wanted func(id string) bool) (ids []string, err error) {
	if u.base != nil {
		return nil, nil
	}
	old, err := u.replaced()
	if errors.Is(err, search.ErrNoIndex) {
		return nil, nil
	}
	if err != nil {
		u.poorer = true
		return nil, nil
	}
	defer func() { err = errors.Join(err, old.Close()) }()
	var batch search.Batch
	bytes := 0
	flush := func() error {
		if len(batch.Put) == 0 {
			return nil
		}
		if err := u.Apply(ctx, batch); err != nil {
			return err
		}
		batch, bytes = search.Batch{}, 0
		return nil
	}
	err = old.Documents(ctx, func(doc *search.Document) error {
		if !wanted(doc.ID) || !whole(doc) {
			return nil
		}
		ids = append(ids, doc.ID)
		batch.Put, bytes = append(batch.Put, *doc), bytes+len(doc.Body)
		if bytes < keptBatch {
			return nil
		}
		return flush()
	})
	if err == nil {
		err = flush()
	}
	return ids, err
}

// whole reports whether the ranges of a document, which another version may have written, lie in its text.
func whole(doc *search.Document) bool {
	for _, s := range doc.Sections {
		if s.Start < 0 || s.Start > s.End || s.End > len(doc.Body) {
			return false
		}
	}
	for _, c := range doc.Code {
		if c.Start < 0 || c.Start > c.End || c.End > len(doc.Body) {
			return false
		}
	}
	return true
}

// replaced opens the generation in force for its documents alone, of whatever version it is. All its files are verified:
// nothing is kept of a damaged one.
func (u *Update) replaced() (*Generation, error) {
	m, err := readManifest(u.disk, u.dir)
	if err != nil {
		return nil, err
	}
	g, err := open(u.disk, u.dir, m, withoutWords{u.engine}, everything)
	if err != nil {
		return nil, fmt.Errorf("open what is replaced: %w", err)
	}
	return g, nil
}

// Poorer reports whether Keep was asked for documents that it could not read: then what is written lacks what the
// generation in force may have.
func (u *Update) Poorer() bool { return u.poorer }
