package bleveindex

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	blevesearch "github.com/blevesearch/bleve/v2/search"
	blevequery "github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"

	"chaja/search"
	"chaja/search/match"
)

// maxFacetValues bounds the values counted by one facet, above the number of tags of any site.
const maxFacetValues = 10_000

// Search implements search.Searcher.
func (x *Index) Search(ctx context.Context, q search.Query) (search.Matches, error) {
	request := bleve.NewSearchRequestOptions(bleveQuery(q), q.Size, q.From, false)
	request.Sort = order(q.Sort)
	request.Fields = []string{sourceField}
	var labels map[string]map[string]string
	if q.Facets {
		request.Query = snapshotQuery{request.Query, func(r index.IndexReader) (err error) {
			labels, err = x.labels.get(r)
			return err
		}}
		for _, field := range []string{tagKey, categoryKey, yearField} {
			request.AddFacet(field, bleve.NewFacetRequest(field, maxFacetValues))
		}
	}
	result, err := x.bleve.SearchInContext(ctx, request)
	if err != nil {
		return search.Matches{}, fmt.Errorf("search index: %w", err)
	}
	m := search.Matches{Total: int(result.Total)}
	if q.Facets {
		m.Facets = facets(result.Facets, labels)
	}
	for _, hit := range result.Hits {
		var rec record
		source, _ := hit.Fields[sourceField].(string)
		if err := json.Unmarshal([]byte(source), &rec); err != nil {
			return search.Matches{}, fmt.Errorf("decode document %s: %w", hit.ID, err)
		}
		scored := search.Scored{Document: rec.Document}
		if q.Match != nil { // else Bleve gives every document 1
			scored.Score = hit.Score
		}
		m.Hits = append(m.Hits, scored)
	}
	return m, nil
}

// Get implements search.Searcher.
func (x *Index) Get(ctx context.Context, id string) (doc search.Document, ok bool, err error) {
	if err := ctx.Err(); err != nil {
		return doc, false, err
	}
	err = x.read(func(r index.IndexReader) error {
		var rec record
		rec, ok, err = load(r, id)
		doc = rec.Document
		return err
	})
	return doc, ok, err
}

// snapshotQuery shows the state of the index that a search runs on to see: what is read elsewhere may be of another.
type snapshotQuery struct {
	blevequery.Query
	see func(index.IndexReader) error
}

// Searcher implements Bleve's Query.
func (s snapshotQuery) Searcher(ctx context.Context, r index.IndexReader, m mapping.IndexMapping, o blevesearch.SearcherOptions) (blevesearch.Searcher, error) {
	if err := s.see(r); err != nil {
		return nil, err
	}
	return s.Query.Searcher(ctx, r, m, o)
}

// bleveQuery is q without its window.
func bleveQuery(q search.Query) blevequery.Query {
	var match blevequery.Query = blevequery.NewMatchAllQuery()
	if q.Match != nil {
		match = &matchQuery{q.Match}
	}
	if q.After.IsZero() && q.Before.IsZero() {
		return match
	}
	low, high := math.Inf(-1), math.Inf(1)
	if !q.After.IsZero() {
		low = unixUp(q.After)
	}
	if !q.Before.IsZero() {
		high = unixUp(q.Before)
	}
	inclusive, exclusive := true, false
	dates := blevequery.NewNumericRangeInclusiveQuery(&low, &high, &inclusive, &exclusive)
	dates.SetField(dateField)
	bounded := blevequery.NewBooleanQuery([]blevequery.Query{match}, nil, nil)
	bounded.AddFilter(dates) // a clause of weight 0 would make every score NaN
	return bounded
}

// unixUp returns the first full second at or after t: dates are indexed in seconds.
func unixUp(t time.Time) float64 {
	if t.Nanosecond() > 0 {
		return float64(t.Unix() + 1)
	}
	return float64(t.Unix())
}

func order(sort search.Sort) blevesearch.SortOrder {
	byID := &blevesearch.SortDocID{}
	byDate := &blevesearch.SortField{Field: dateField, Desc: sort != search.Oldest, Type: blevesearch.SortFieldAsNumber, Missing: blevesearch.SortFieldMissingLast}
	if sort == search.Newest || sort == search.Oldest {
		return blevesearch.SortOrder{byDate, byID}
	}
	return blevesearch.SortOrder{&blevesearch.SortScore{Desc: true}, byDate, byID}
}

// facets turns Bleve's counts of keys into counts under the commonest spelling of each key.
func facets(results blevesearch.FacetResults, labels map[string]map[string]string) search.Facets {
	list := func(field string) []search.Facet {
		counts := map[string]int{}
		for _, term := range results[field].Terms.Terms() {
			value := term.Term
			if label, ok := labels[field][value]; ok {
				value = label
			}
			counts[value] += term.Count
		}
		return search.SortFacets(counts)
	}
	return search.Facets{Tags: list(tagKey), Categories: list(categoryKey), Years: list(yearField)}
}

// labels remembers the commonest spelling of every tag and category in one state of the index.
type labels struct {
	mu    sync.Mutex
	of    index.IndexReader            // the state; never read, since it may be closed
	known map[string]map[string]string // key field -> key -> spelling
}

func (l *labels) get(r index.IndexReader) (map[string]map[string]string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.of == r {
		return l.known, nil
	}
	known := map[string]map[string]string{}
	for keys, spellings := range map[string]string{tagKey: tagLabel, categoryKey: categoryLabel} {
		best, err := commonest(r, spellings)
		if err != nil {
			return nil, fmt.Errorf("read spellings: %w", err)
		}
		known[keys] = best
	}
	l.of, l.known = r, known
	return known, nil
}

// commonest returns for each key the spelling of it in field that most documents carry, the first in order of two.
func commonest(r index.IndexReader, field string) (best map[string]string, err error) {
	dict, err := r.FieldDict(field)
	if err != nil {
		return nil, err
	}
	defer dict.Close()
	best = map[string]string{}
	most := map[string]uint64{}
	for {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			return best, err
		}
		n, err := docFreq(r, field, entry.Term)
		if err != nil {
			return nil, err
		}
		if key := match.Key(entry.Term); n > most[key] {
			best[key], most[key] = entry.Term, n
		}
	}
}

// docFreq counts the documents with a term, without deleted ones, which the dictionary still counts.
func docFreq(r index.IndexReader, field, term string) (uint64, error) {
	postings, err := r.TermFieldReader(context.Background(), []byte(term), field, false, false, false)
	if err != nil {
		return 0, err
	}
	defer postings.Close()
	return postings.Count(), nil
}
