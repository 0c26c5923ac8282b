package bleveindex

import (
	"context"
	"fmt"

	"chaja/search"
	"chaja/search/lexicon"
	"chaja/search/lexicon/pairs"
)

// Acquire returns the present state and what is known of its words. The caller closes the snapshot.
func (x *Index) Acquire(ctx context.Context) (search.Snapshot, *lexicon.Lexicon, error) {
	words, err := x.lexicon()
	if err != nil {
		return nil, nil, &damaged{x.dir, err}
	}
	s, err := x.Snapshot(ctx)
	return s, words, err
}

// writeLexicon makes the lexicon of the documents that are stored, with what the site says about its words. It returns
// the number of pairs that were learned.
func (x *Index) writeLexicon(file *pairs.File) (learned int, err error) {
	s, err := x.Snapshot(context.Background())
	if err != nil {
		return 0, err
	}
	defer s.Close()
	l, err := lexicon.Learn(context.Background(), s, x.analyzer, file)
	if err != nil {
		return 0, fmt.Errorf("collect words: %w", err)
	}
	return len(l.Learned), l.Write(x.dir)
}
