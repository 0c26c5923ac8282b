package bleveindex

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"chaja/search"
	"chaja/search/bleveindex/segment"
	"chaja/search/chars"
	"chaja/search/match"
)

// docValues hold by number of the document what is asked of every hit: its place in the order by date, and what
// facets count. To look each up in the index takes longer than all the rest of a search that lists every post.
type docValues struct {
	dates                   []int64           // Unix seconds, or one of those below
	places                  []uint32          // among all documents, the newest first, those of one date by ID
	tags, categories, years map[string]*value // by key
	stats                   match.Stats       // without those of the terms of a query
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
func readDocValues(leaves []leaf) (v *docValues, err error) {
	v = &docValues{stats: statsOf(leaves)}
	if err := v.readPlaces(leaves); err != nil {
		return nil, err
	}
	v.years = v.readYears()
	if v.tags, err = readValues(leaves, tagLabels); err != nil {
		return nil, fmt.Errorf("read tags: %w", err)
	}
	if v.categories, err = readValues(leaves, categoryLabels); err != nil {
		return nil, fmt.Errorf("read categories: %w", err)
	}
	return v, nil
}

// statsOf counts the documents and their lengths. The average length of a field is that over the documents that have it.
func statsOf(leaves []leaf) (stats match.Stats) {
	var tokens, docs [match.Lanes][match.Fields]uint64
	for i := range leaves {
		l := &leaves[i]
		stats.Docs += int(l.Count())
		if l.deleted != nil {
			stats.Docs -= int(l.deleted.GetCardinality())
		}
		for lane := range tokens {
			for f := range tokens[lane] {
				n, have := lengthsIn(l, l.Numbers(lengthColumn(lane, f)))
				tokens[lane][f], docs[lane][f] = tokens[lane][f]+n, docs[lane][f]+have
			}
		}
	}
	for lane := range tokens {
		for f, n := range tokens[lane] {
			stats.AvgLength[lane][f] = float64(n) / float64(docs[lane][f]) // asked for only where some document has the field
		}
	}
	return stats
}

// lengthsIn adds up a column of lengths, without deleted documents, and counts the documents that have some.
func lengthsIn(l *leaf, column *segment.Numbers) (tokens, docs uint64) {
	if column.Sum() == 0 {
		return 0, 0
	}
	for doc := range uint32(l.Count()) {
		if n := column.Of(doc); n > 0 && (l.deleted == nil || !l.deleted.Contains(doc)) {
			tokens, docs = tokens+n, docs+1
		}
	}
	return tokens, docs
}

// readPlaces reads the dates and puts the documents into their order.
func (v *docValues) readPlaces(leaves []leaf) error {
	if len(leaves) > 0 {
		v.dates = slices.Repeat([]int64{noDocument}, int(leaves[len(leaves)-1].end()))
	}
	for i := range leaves {
		l := &leaves[i]
		for doc := range uint32(l.Count()) {
			if l.has(doc) {
				v.dates[l.base+uint64(doc)] = dateSeconds(l.Numbers(dateColumn).Of(doc))
			}
		}
	}
	var order []uint64
	ids := make([]string, len(v.dates))
	err := eachID(leaves, func(doc uint64, id string) error {
		ids[doc], order = id, append(order, doc)
		return nil
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

// readYears returns the documents of each year, as their dates say.
func (v *docValues) readYears() map[string]*value {
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

// readValues returns the values of a field, of which those with one chars.TagKey are one, under the spelling that
// most documents carry, the first in order of two.
func readValues(leaves []leaf, field int) (map[string]*value, error) {
	spellings := map[string][]uint32{}
	for i := range leaves {
		l := &leaves[i]
		for it := l.Terms(field).Iterate(); ; {
			ok, err := it.Next()
			if err != nil {
				return nil, err
			}
			if !ok {
				break
			}
			term := string(it.Term)
			if spellings[term], err = l.appendDocs(spellings[term], it); err != nil {
				return nil, err
			}
		}
	}
	values := map[string]*value{}
	for _, term := range slices.Sorted(maps.Keys(spellings)) {
		docs, key := spellings[term], chars.TagKey(term)
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
	}
	return values, nil
}

// appendDocs appends the documents with a term, without deleted ones, which the dictionary still knows.
func (l *leaf) appendDocs(docs []uint32, it *segment.TermsIterator) ([]uint32, error) {
	postings, err := it.Postings()
	if err != nil {
		return nil, err
	}
	for {
		doc, err := postings.Next()
		if err != nil || doc == segment.End {
			return docs, err
		}
		if l.has(doc) {
			docs = append(docs, uint32(l.base)+doc)
		}
	}
}

// facets counts the values of the documents that were collected.
func (v *docValues) facets(c *collector) search.Facets {
	count := func(values map[string]*value, found []bool) []search.Facet {
		counts := map[string]int{}
		for _, value := range values {
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
		Tags: count(v.tags, c.found), Categories: count(v.categories, c.anyCategory), Years: count(v.years, c.anyDate),
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
