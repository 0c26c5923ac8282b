package searchbox

import (
	"slices"

	"chaja/search"
)

// Bounds of a list of values: how many are seen at once, and how many at all.
const (
	facetsSeen = 8
	facetsAll  = 60
)

// facet is one list of values that narrow the search.
type facet struct {
	Name string
	Seen []choice
	More []choice // what unfolds
}

// facets are the lists that help to choose: without values that all results have, or only one, which are no choice, and
// without what is chosen, which stands above the results.
func (page *searchPage) facets() (lists []facet) {
	counted := page.Result.Facets
	for _, list := range []struct {
		name    string
		choices []choice
		dates   bool
	}{
		{page.T.Tags, page.Question.choices("tag", counted.Tags), false},
		{page.T.Categories, page.Question.choices("category", counted.Categories), false},
		{page.T.Dates, page.Question.dates(counted.Years, page.T), true},
	} {
		frequent := slices.ContainsFunc(list.choices, func(c choice) bool { return !c.Chosen && c.Count > 1 })
		helpful := slices.DeleteFunc(list.choices, func(c choice) bool {
			return c.Chosen || c.Count == page.Result.Total || c.Count < 2 && !list.dates
		})
		if !frequent || len(helpful) == 0 {
			continue
		}
		seen := min(len(helpful), facetsSeen)
		if len(helpful) == seen+1 {
			seen++
		}
		lists = append(lists, facet{list.name, helpful[:seen], helpful[seen:min(len(helpful), facetsAll)]})
	}
	return lists
}

// chosen are the filters of the question, each with the way to take it back.
func (page *searchPage) chosen(facets search.Facets) (all []choice) {
	q := page.Question
	for _, list := range [][]choice{q.choices("tag", facets.Tags), q.choices("category", facets.Categories), q.dates(facets.Years, page.T), q.choices("lang", nil)} {
		for _, c := range list {
			if c.Chosen {
				all = append(all, c)
			}
		}
	}
	return all
}
