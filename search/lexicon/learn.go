package lexicon

import (
	"context"
	"errors"
	"fmt"
	"slices"

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
	b, err := Collect(ctx, snapshot, analyzer)
	if err != nil {
		return nil, err
	}
	return b.Build(file), nil
}

// Collect returns a builder that knows the documents of a snapshot, which must be a Source.
func Collect(ctx context.Context, snapshot search.Snapshot, analyzer *analysis.Analyzer) (*Builder, error) {
	from, ok := snapshot.(Source)
	if !ok {
		return nil, fmt.Errorf("learn words: %T does not give its documents", snapshot)
	}
	b := NewBuilder(analyzer)
	err := together(
		func() error {
			return from.Documents(ctx, func(doc *search.Document) error {
				b.Add(doc)
				return nil
			})
		},
		func() error {
			return from.Terms(ctx, func(term match.Term, docs int) error {
				b.Term(term, docs)
				return nil
			})
		},
	)
	if err != nil {
		return nil, err
	}
	return b, nil
}

// maxChanged is the part of the documents, one in so many, that may have changed for Update to be faster than Collect. A changed
// document is analyzed twice, as it was and as it is.
const maxChanged = 8

// Update brings a builder that knows the documents of one snapshot up to date with another, in which the documents with these
// IDs, no others, may be changed, new or gone. It reports false when it has not done so and the builder is of no more use: too
// much has changed, or the site has become large. Then Collect does it.
func (b *Builder) Update(ctx context.Context, before, after search.Snapshot, changed []string) (bool, error) {
	if len(changed)*maxChanged > len(b.posts) {
		return false, nil
	}
	if s := b.standing; s != nil {
		if s.Changed += len(changed); s.Changed*maxChanged > len(b.posts) {
			return false, nil
		}
	}
	for ids := range slices.Chunk(changed, readAtOnce) {
		old, err := before.Get(ctx, ids...)
		if err != nil {
			return false, err
		}
		now, err := after.Get(ctx, ids...)
		if err != nil {
			return false, err
		}
		for _, id := range ids {
			if ok := b.replace(id, old, now); !ok {
				return false, nil
			}
		}
	}
	return !b.isLarge(), nil
}

// readAtOnce is how many changed documents are read and held at once.
const readAtOnce = 50

// replace replaces a document. It reports false where the builder does not know it as it was.
func (b *Builder) replace(id string, old, now map[string]search.Document) bool {
	before, was := old[id]
	after, is := now[id]
	if _, known := b.posts[id]; known != was {
		return false
	}
	switch {
	case was && is:
		b.Replace(&before, &after)
	case was:
		b.Replace(&before, nil)
	case is:
		b.Replace(nil, &after)
	}
	return true
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
