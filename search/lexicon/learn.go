package lexicon

import (
	"context"
	"errors"
	"fmt"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/lexicon/pairs"
	"chaja/search/match"
)

// Source is what a snapshot must be to learn a lexicon from it. It is no part of search.Snapshot, as only an index that has
// one lexicon for all its documents needs it.
type Source interface {
	// Documents calls yield with every document, in the order of their IDs, until it returns an error.
	Documents(ctx context.Context, yield func(*search.Document) error) error

	// Terms calls yield with every term of the bodies, in any order, and the number of documents that have it, until it
	// returns an error.
	Terms(ctx context.Context, yield func(term match.Term, docs int) error) error
}

// Learn makes the lexicon of the documents of a snapshot, which must be a Source. File is what the site says about its words
// itself; nil when it says nothing.
func Learn(ctx context.Context, snapshot search.Snapshot, analyzer *analysis.Analyzer, file *pairs.File) (*Lexicon, error) {
	from, ok := snapshot.(Source)
	if !ok {
		return nil, fmt.Errorf("learn words: %T does not give its documents", snapshot)
	}
	b := NewBuilder(analyzer)
	err := from.Documents(ctx, func(doc *search.Document) error {
		b.Add(doc)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = from.Terms(ctx, func(term match.Term, docs int) error {
		b.Term(term, docs)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return b.Build(file), nil
}

// Learning gives each request the present state of an index and the lexicon of it, which it learns anew each time: for
// tests and for a few documents in memory.
type Learning struct {
	Index    search.Index
	Analyzer *analysis.Analyzer
}

// Acquire returns a snapshot, which the caller closes, and the lexicon of its documents.
func (l Learning) Acquire(ctx context.Context) (search.Snapshot, *Lexicon, error) {
	snapshot, err := l.Index.Snapshot(ctx)
	if err != nil {
		return nil, nil, err
	}
	lexicon, err := Learn(ctx, snapshot, l.Analyzer, nil)
	if err != nil {
		return nil, nil, errors.Join(err, snapshot.Close())
	}
	return snapshot, lexicon, nil
}
