// Package search is the vocabulary that the write side and the read side share, and the contract of an engine.
package search

import (
	"context"
	"errors"
	"time"

	"chaja/search/match"
)

// Document is one post as the index holds it. The indexer makes it, an engine stores it, and a hit gives it
// back unchanged. All text is valid UTF-8 in NFC.
type Document struct {
	ID         string    `json:"id"`             // path of the post relative to the site, with "/"
	URL        string    `json:"url"`            // path the site serves, percent-encoded once
	Title      string    `json:"title"`          // never empty
	Date       time.Time `json:"date,omitzero"`  // to the second; zero when the post states none
	Tags       []string  `json:"tags,omitempty"` // as written, trimmed, without repeats
	Categories []string  `json:"categories,omitempty"`
	Lang       string    `json:"lang,omitempty"`     // "ko", "en" or what the post states
	Body       string    `json:"body"`               // plain text of all sections, headings left out
	Sections   []Section `json:"sections,omitempty"` // in order; together they cover Body
	Code       []Range   `json:"code,omitempty"`     // in order, apart: blocks of code in Body
	Hash       string    `json:"hash"`               // of the source and of all that shapes the document; equal hash, equal document
}

// Section is the part of a post under one heading, up to the next heading of any level. The text before the
// first heading is a section with Level 0 and no heading.
type Section struct {
	Heading string `json:"heading"`
	Level   int    `json:"level"`  // 1 to 6; 0 for the opening text
	Anchor  string `json:"anchor"` // id of the heading in the published page; empty for the opening text
	Start   int    `json:"start"`  // byte range of the section's text in Document.Body
	End     int    `json:"end"`
}

// Range is a byte range of Document.Body.
type Range struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Batch is one step of writing. The caller bounds its size.
type Batch struct {
	Put    []Document
	Delete []string
}

// Writer is the side of an index that the indexer fills.
type Writer interface {
	// Hashes returns Document.Hash of every stored document by its ID.
	Hashes(ctx context.Context) (map[string]string, error)

	// Apply stores batch.Put, replacing documents of the same ID, and removes batch.Delete; unknown IDs to
	// delete are fine. It is idempotent, all or nothing, and in every Snapshot that is taken once it has returned.
	// After an error it is safe to repeat.
	Apply(ctx context.Context, batch Batch) error
}

// Snapshot is one state of the documents: what is applied later is not in it. It is safe for concurrent use, leaves queries
// unchanged, and returns ctx.Err() soon after ctx ends. It must be closed after its last use. Once its index is
// closed, it may return errors instead of answers.
type Snapshot interface {
	// Search answers queries, in their order. An engine elsewhere is asked once for all of them.
	Search(ctx context.Context, queries ...Query) ([]Matches, error)

	// Get returns those of the documents with these IDs that are there, by ID. An engine elsewhere is asked once for all of them.
	Get(ctx context.Context, ids ...string) (map[string]Document, error)

	Close() error
}

// Remote is a Snapshot of an engine elsewhere: to ask it once more costs more than to ask for numbers that may not be needed.
type Remote interface{ Remote() }

// Ask answers one query.
func Ask(ctx context.Context, s Snapshot, q Query) (Matches, error) {
	answers, err := s.Search(ctx, q)
	if err != nil {
		return Matches{}, err
	}
	return answers[0], nil
}

// Lookup returns the document with an ID; ok is false when there is none.
func Lookup(ctx context.Context, s Snapshot, id string) (doc Document, ok bool, err error) {
	docs, err := s.Get(ctx, id)
	doc, ok = docs[id]
	return doc, ok, err
}

// Index is one engine: memory, Bleve or a later one. It is safe for concurrent use. indextest.Run states and checks what
// it must do.
type Index interface {
	Writer

	// Snapshot returns the present state. The first search in it may take longer, so requests share one while they can.
	Snapshot(ctx context.Context) (Snapshot, error)

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
	OnlyIDs    bool // the documents of the hits have an ID and nothing else, which costs less

	Parts Parts // whether documents count that match in part (match.Query.Loose)
}

// Parts says whether documents that have a good part of the words match beside those that have all.
type Parts uint8

// The ways.
const (
	NoParts     Parts = iota // they do not
	PartsIfNone              // they do where none has all, whatever its tags, categories and date
	WithParts                // they do
)

// Matches is what an engine answers: the documents that match, best first. Numbers are exact, unless AtLeast says otherwise.
type Matches struct {
	Total   int
	AtLeast bool // Total is what is certain, and more may match: of parts, where an engine does not look at all documents
	Full    int  // of them, those that match and not only in part
	Hits    []Scored
	Facets  Facets // empty unless asked for
}

// Scored is one document of the answer. Score is comparable only within one answer. It is match.Verdict.Score; but of an answer
// by relevance the first ranking.Rescored documents have match.Scorer.Rescore, and are ordered by that. So an engine reads positions of
// few documents.
type Scored struct {
	Document Document
	Score    float64
	Full     bool  // it matches and not only in part
	Named    bool  // its title or one of its headings is what was typed (match.Query.IsName)
	Missing  []int // of a document that matches in part, the words that it lacks, by their index in match.Query.Words
}

// Facets counts the values that the matching documents carry, most frequent first, then by value. Tags and
// categories that chars.TagKey makes equal count as one, under their commonest spelling in the index.
//
// One more tag narrows an answer, so tags are counted among the documents that match. A document has mostly one category and
// one year: these are counted as if the filters by category, or the dates, had not been given, so that another can be chosen.
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

// IsByDate reports whether scores have no part in the order.
func (s Sort) IsByDate() bool { return s == Newest || s == Oldest }

// ErrNoIndex says that there is nothing to search yet: the index has not been built, or not where it was looked
// for. Building it mends the matter; no other error is wrapped in it.
var ErrNoIndex = errors.New("no index")

// ErrNoVectors says that an index has no vectors that compare with one: none at all, or those of another model.
var ErrNoVectors = errors.New("the index has no vectors of this model")

// ErrNoPost says that the index has no post with an ID.
var ErrNoPost = errors.New("no such post")

// ErrUnavailable says that an engine elsewhere does not answer now. It may do so later, without anything being made anew.
var ErrUnavailable = errors.New("the index does not answer")

// ErrOutdated is returned for an index that cannot be used: another version of chaja has written it, or one with other
// words or another analysis, whose terms do not fit, or its files are damaged. It must be made anew.
var ErrOutdated = errors.New("the index cannot be used")
