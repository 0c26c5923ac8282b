package search

import (
	"context"
	"time"

	"chaja/search/match"
)

// Writer is the side of an index that the indexer fills.
type Writer interface {
	// Hashes returns Document.Hash of every stored document by its ID.
	Hashes(ctx context.Context) (map[string]string, error)

	// Apply stores batch.Put, replacing documents of the same ID, and removes batch.Delete; unknown IDs to
	// delete are fine. It is idempotent, all or nothing, and visible to the next Search once it returns.
	// After an error it is safe to repeat.
	Apply(ctx context.Context, batch Batch) error
}

// Batch is one step of writing. The caller bounds its size.
type Batch struct {
	Put    []Document
	Delete []string
}

// Searcher is the side of an index that answers. Implementations are safe for concurrent use, leave the query
// unchanged, and return ctx.Err() soon after ctx ends.
type Searcher interface {
	// Search returns the documents that match, best first, with their exact number and their facets.
	Search(ctx context.Context, q Query) (Matches, error)

	// Get returns the document with an ID; ok is false when there is none.
	Get(ctx context.Context, id string) (doc Document, ok bool, err error)
}

// Index is one engine: memory, Bleve or a later one. indextest.Run states and checks what it must do.
type Index interface {
	Writer
	Searcher
	Close() error
}

// Query is what an engine is asked.
type Query struct {
	Match      *match.Query // nil matches every document
	After      time.Time    // first moment included; zero for no bound
	Before     time.Time    // first moment excluded; zero for no bound
	Sort       Sort
	From, Size int // window of the ranking to return; Size 0 returns counts only
	Facets     bool
}

// Matches is what an engine answers.
type Matches struct {
	Total  int
	Hits   []Scored
	Facets Facets // empty unless asked for
}

// Scored is one document of the answer. Score is comparable only within one answer.
type Scored struct {
	Document Document
	Score    float64
}

// Facets counts the values that the matching documents carry, most frequent first, then by value. Tags and
// categories that chars.TagKey makes equal count as one, under their commonest spelling in the index.
type Facets struct {
	Tags       []Facet `json:"tags"`
	Categories []Facet `json:"categories"`
	Years      []Facet `json:"years"`
}

// Facet is one value and the number of matching documents that carry it.
type Facet struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Sort is the order of an answer. Documents of one score are ordered by date, the newest first, and all equal places by
// Document.ID, so paging is stable.
type Sort string

// The orders that exist. Documents without a date come last in both orders by date.
const (
	ByRelevance Sort = "relevance"
	Newest      Sort = "newest"
	Oldest      Sort = "oldest"
)
