package bleveindex

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	index "github.com/blevesearch/bleve_index_api"

	"chaja/search"
	"chaja/search/chars"
)

// docValues hold by number of the document what is asked of every hit: its place in the order by date, and what facets
// count. To look each up in the index takes longer than all the rest of a search that lists every post.
type docValues struct {
	dates  []int64                      // Unix seconds, or one of those below
	places []uint32                     // among all documents, the newest first, those of one date by ID
	values map[string]map[string]*value // by field and key
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

// readDocValues reads those of one state of the index.
func readDocValues(r index.IndexReader) (*docValues, error) {
	v := &docValues{values: map[string]map[string]*value{}}
	if err := v.readPlaces(r); err != nil {
		return nil, fmt.Errorf("read dates: %w", err)
	}
	v.values[yearField] = v.years()
	for _, field := range []string{tagLabel, categoryLabel} {
		values, err := readValues(r, field)
		if err != nil {
			return nil, fmt.Errorf("read values of %s: %w", field, err)
		}
		v.values[field] = values
	}
	return v, nil
}

// readPlaces reads the dates and puts the documents into their order.
func (v *docValues) readPlaces(r index.IndexReader) error {
	values, err := r.DocValueReader([]string{dateField})
	if err != nil {
		return err
	}
	var order []uint64
	var ids []string
	err = eachID(r, func(number index.IndexInternalID, id string) (err error) {
		doc := number.Value()
		for uint64(len(v.dates)) <= doc {
			v.dates, ids = append(v.dates, noDocument), append(ids, "")
		}
		ids[doc] = id
		v.dates[doc], err = dateOf(values, number)
		order = append(order, doc)
		return err
	})
	if err != nil {
		return err
	}
	slices.SortFunc(order, func(a, b uint64) int {
		return cmp.Or(cmp.Compare(v.dates[b], v.dates[a]), cmp.Compare(ids[a], ids[b]))
	})
	v.places = make([]uint32, len(v.dates))
	for place, doc := range order {
		v.places[doc] = uint32(place)
	}
	return nil
}

func dateOf(values index.DocValueReader, id index.IndexInternalID) (date int64, err error) {
	date = noDate
	read := values.VisitDocValues(id, func(_ string, seconds []byte) { date, err = strconv.ParseInt(string(seconds), 10, 64) })
	return date, errors.Join(read, err)
}

// years returns the documents of each year, as their dates say. What is stored as their year may be that of another zone.
func (v *docValues) years() map[string]*value {
	years := map[string]*value{}
	for doc, date := range v.dates {
		year := ""
		if date != noDate && date != noDocument {
			year = search.Year(time.Unix(date, 0))
		}
		if year == "" {
			continue
		}
		if years[year] == nil {
			years[year] = &value{label: year}
		}
		years[year].docs = append(years[year].docs, uint32(doc))
	}
	return years
}

// readValues returns the values of a field, of which those with one chars.TagKey are one, under the spelling that most documents
// carry, the first in order of two.
func readValues(r index.IndexReader, field string) (map[string]*value, error) {
	segments, err := segmentsOf(r)
	if err != nil {
		return nil, err
	}
	values := map[string]*value{}
	err = eachTerm(segments, field, func(term string) error {
		docs, err := docsWith(r, field, term)
		if err != nil {
			return err
		}
		key := chars.TagKey(term)
		v, ok := values[key]
		if !ok {
			v = &value{}
			values[key] = v
		}
		if len(docs) > v.labelled {
			v.label, v.labelled = term, len(docs)
		}
		if v.docs = append(v.docs, docs...); ok {
			slices.Sort(v.docs)
			v.docs = slices.Compact(v.docs) // a document with two spellings of one
		}
		return nil
	})
	return values, err
}

// docsWith returns the documents with a term, without deleted ones, which the dictionary still knows.
func docsWith(r index.IndexReader, field, term string) (docs []uint32, err error) {
	postings, err := openPostings(r, field, term, false)
	if err != nil {
		return nil, err
	}
	docs = make([]uint32, 0, postings.count)
	for {
		at, err := postings.next()
		if err != nil || at == nil {
			return docs, err
		}
		docs = append(docs, uint32(postings.base+at.Number()))
	}
}

// facets counts the values of the documents that were collected.
func (v *docValues) facets(c *collector) search.Facets {
	count := func(field string, found []bool) []search.Facet {
		counts := map[string]int{}
		for _, value := range v.values[field] {
			n := 0
			for _, doc := range value.docs {
				if found[doc] {
					n++
				}
			}
			if n > 0 {
				counts[value.label] = n
			}
		}
		return search.SortFacets(counts)
	}
	return search.Facets{
		Tags: count(tagLabel, c.found), Categories: count(categoryLabel, c.anyCategory), Years: count(yearField, c.anyDate),
	}
}

// order returns how hits are compared, better ones first; no two are equal.
func (v *docValues) order(sort search.Sort) func(a, b hit) int {
	newest := func(a, b hit) int { return cmp.Compare(v.places[a.doc], v.places[b.doc]) }
	switch sort {
	case search.Newest:
		return newest
	case search.Oldest:
		const last = 1 // what makes noDate the largest number
		return func(a, b hit) int { return cmp.Or(cmp.Compare(v.dates[a.doc]-last, v.dates[b.doc]-last), newest(a, b)) }
	}
	return func(a, b hit) int { return cmp.Or(cmp.Compare(b.score, a.score), newest(a, b)) }
}
