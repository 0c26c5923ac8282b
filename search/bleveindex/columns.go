package bleveindex

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync"

	index "github.com/blevesearch/bleve_index_api"

	"chaja/search"
	"chaja/search/chars"
)

// columns hold by number of the document what is asked of every hit: its place in the order by date, and what facets
// count. To look each up in the index takes longer than all the rest of a search that lists every post.
type columns struct {
	dates  []int64            // Unix seconds, or one of those below
	places []uint32           // among all documents, the newest first, those of one date by ID
	values map[string][]value // by field
}

// Dates that are none, of a document without one and of a number that no document has: before and after all others.
const (
	noDate     = math.MinInt64
	noDocument = math.MaxInt64
)

// value is what a facet counts: a tag, category or year.
type value struct {
	label    string   // its commonest spelling
	labelled int      // the number of documents with that spelling
	docs     []uint32 // those with any spelling
}

// columnCache remembers the columns of one state of the index.
type columnCache struct {
	mu    sync.Mutex
	of    index.IndexReader // the state; never read, since it may be closed
	known *columns
}

func (c *columnCache) get(r index.IndexReader) (*columns, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of == r {
		return c.known, nil
	}
	read := &columns{values: map[string][]value{}}
	if err := read.readPlaces(r); err != nil {
		return nil, fmt.Errorf("read dates: %w", err)
	}
	for _, field := range []string{tagLabel, categoryLabel, yearField} {
		values, err := readValues(r, field)
		if err != nil {
			return nil, fmt.Errorf("read values of %s: %w", field, err)
		}
		read.values[field] = values
	}
	c.of, c.known = r, read
	return read, nil
}

// readPlaces reads the dates and puts the documents into their order.
func (c *columns) readPlaces(r index.IndexReader) error {
	all, err := r.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer all.Close()
	values, err := r.DocValueReader([]string{dateField})
	if err != nil {
		return err
	}
	var order []uint64
	var ids []string
	for {
		id, err := all.Next()
		if err != nil {
			return err
		}
		if id == nil {
			break
		}
		doc := id.Value()
		for uint64(len(c.dates)) <= doc {
			c.dates, ids = append(c.dates, noDocument), append(ids, "")
		}
		if ids[doc], err = r.ExternalID(id); err != nil {
			return err
		}
		if c.dates[doc], err = dateOf(values, id); err != nil {
			return err
		}
		order = append(order, doc)
	}
	slices.SortFunc(order, func(a, b uint64) int {
		return cmp.Or(cmp.Compare(c.dates[b], c.dates[a]), cmp.Compare(ids[a], ids[b]))
	})
	c.places = make([]uint32, len(c.dates))
	for place, doc := range order {
		c.places[doc] = uint32(place)
	}
	return nil
}

func dateOf(values index.DocValueReader, id index.IndexInternalID) (date int64, err error) {
	date = noDate
	read := values.VisitDocValues(id, func(_ string, seconds []byte) { date, err = strconv.ParseInt(string(seconds), 10, 64) })
	return date, errors.Join(read, err)
}

// readValues returns the values of a field, of which those with one chars.TagKey are one, under the spelling that most documents
// carry, the first in order of two.
func readValues(r index.IndexReader, field string) (values []value, err error) {
	dict, err := r.FieldDict(field)
	if err != nil {
		return nil, err
	}
	defer dict.Close()
	at := map[string]int{}
	for {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			return values, err
		}
		docs, err := docsWith(r, field, entry.Term)
		if err != nil {
			return nil, err
		}
		key := chars.TagKey(entry.Term)
		i, ok := at[key]
		if !ok {
			i = len(values)
			at[key], values = i, append(values, value{})
		}
		v := &values[i]
		if len(docs) > v.labelled {
			v.label, v.labelled = entry.Term, len(docs)
		}
		if v.docs = append(v.docs, docs...); ok {
			slices.Sort(v.docs)
			v.docs = slices.Compact(v.docs) // a document with two spellings of one
		}
	}
}

// docsWith returns the documents with a term, without deleted ones, which the dictionary still knows.
func docsWith(r index.IndexReader, field, term string) (docs []uint32, err error) {
	postings, err := r.TermFieldReader(context.Background(), []byte(term), field, false, false, false)
	if err != nil {
		return nil, err
	}
	defer postings.Close()
	docs = make([]uint32, 0, postings.Count())
	var at index.TermFieldDoc
	for {
		found, err := postings.Next(at.Reset())
		if err != nil || found == nil {
			return docs, err
		}
		docs = append(docs, uint32(found.ID.Value()))
	}
}

// facets counts the values of some documents.
func (c *columns) facets(found []bool) search.Facets {
	count := func(field string) []search.Facet {
		counts := map[string]int{}
		for _, v := range c.values[field] {
			n := 0
			for _, doc := range v.docs {
				if found[doc] {
					n++
				}
			}
			if n > 0 {
				counts[v.label] = n
			}
		}
		return search.SortFacets(counts)
	}
	return search.Facets{Tags: count(tagLabel), Categories: count(categoryLabel), Years: count(yearField)}
}

// order returns how hits are compared, better ones first; no two are equal.
func (c *columns) order(sort search.Sort) func(a, b hit) int {
	newest := func(a, b hit) int { return cmp.Compare(c.places[a.doc], c.places[b.doc]) }
	switch sort {
	case search.Newest:
		return newest
	case search.Oldest:
		const last = 1 // what makes noDate the largest number
		return func(a, b hit) int { return cmp.Or(cmp.Compare(c.dates[a.doc]-last, c.dates[b.doc]-last), newest(a, b)) }
	}
	return func(a, b hit) int { return cmp.Or(cmp.Compare(b.score, a.score), newest(a, b)) }
}
