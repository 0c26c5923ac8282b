package opensearch

import (
	"cmp"
	"context"
	"strings"

	"chaja/search"
	"chaja/search/match"
)

// facets counts the values of an answer: in its candidates where these are all that matches, else as the cluster has counted.
func (s *snapshot) facets(ctx context.Context, p *plan, hits []judged, narrowed, whole *result) (f search.Facets, err error) {
	label, err := s.labels(ctx)
	if err != nil {
		return f, err
	}
	all := narrowed
	if whole != nil {
		all = whole
	}
	var tags, categories, years map[string]int
	if !p.exact && len(all.Hits.Hits) == all.Hits.Total.Value {
		if whole != nil {
			if hits, _, err = p.judge(whole.Hits.Hits); err != nil {
				return f, err
			}
		}
		tags = countIn(hits, "k_tag", 0)
		categories, years = countIn(hits, "k_category", match.CategoryFilter), countIn(hits, "year", match.DateFilter)
	} else {
		counts := func(name string) map[string]int {
			n, e := narrowed.Aggregations[name].Values.counts()
			err = cmp.Or(err, e)
			return n
		}
		tags, categories, years = counts("tags"), counts("categories"), counts("years")
	}
	return search.Facets{
		Tags: spelled(tags, label.tags), Categories: spelled(categories, label.categories), Years: spelled(years, nil),
	}, err
}

// countIn counts the values of a field in the candidates that pass all filters but those of the open kinds.
func countIn(hits []judged, field string, open match.FilterKind) map[string]int {
	counts := map[string]int{}
	for _, h := range hits {
		if h.failed&^open == 0 {
			for _, value := range h.hit.texts(field) {
				counts[value]++
			}
		}
	}
	return counts
}

// spelled returns the list of an answer, with the spelling of each key.
func spelled(counts map[string]int, label map[string]string) []search.Facet {
	named := map[string]int{}
	for k, n := range counts {
		if name, ok := label[k]; ok {
			k = name
		}
		named[strings.Clone(k)] += n
	}
	return search.SortFacets(named)
}
