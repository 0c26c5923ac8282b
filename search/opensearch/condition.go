package opensearch

import (
	"slices"
	"time"

	"chaja/search"
	"chaja/search/match"
)

// clause is a query of OpenSearch, and how many of its clauses it takes.
type clause struct {
	query object
	cost  int
}

// maxClauses is how many clauses a query may have, nested ones included. OpenSearch refuses more than 1,024.
const maxClauses = 1_000

var (
	everything = clause{object{"match_all": object{}}, 1}
	none       = clause{object{"match_none": object{}}, 1}
)

// termQuery finds the documents with a term in a field, or anywhere.
func termQuery(t match.Term, f match.Field) object {
	switch {
	case t.Space.IsText():
		return object{"term": object{fieldName(t.Space, f): wire(t.Text)}}
	case f == match.AnyField, f == 0:
		return object{"term": object{keyName[t.Space]: key(t.Text)}}
	}
	return none.query
}

// translator makes queries of conditions.
type translator struct{ terms []match.Term }

func (tr translator) of(c match.Condition) clause { return match.Visit(c, tr) }

// Has implements match.Visitor.
func (tr translator) Has(c match.Has) clause {
	return clause{termQuery(tr.terms[c.Term], c.Field), 1}
}

// Sequence implements match.Visitor.
func (tr translator) Sequence(c match.Sequence) clause {
	if c.Field != match.AnyField {
		return clause{tr.phrase(c.Terms, c.Field), 1}
	}
	parts := make([]clause, 0, match.Fields)
	for f := range match.AnyField {
		parts = append(parts, clause{tr.phrase(c.Terms, f), 1})
	}
	return tr.Any(parts)
}

func (tr translator) phrase(terms []int, f match.Field) object {
	text := ""
	for i, t := range terms {
		if i > 0 {
			text += " "
		}
		text += wire(tr.terms[t].Text)
	}
	return object{"match_phrase": object{fieldName(tr.terms[terms[0]].Space, f): object{"query": text, "analyzer": "whitespace"}}}
}

// All implements match.Visitor.
func (tr translator) All(parts []clause) clause {
	if len(parts) == 0 {
		return everything
	}
	return group("filter", parts)
}

// Any implements match.Visitor.
func (tr translator) Any(parts []clause) clause {
	if len(parts) == 0 {
		return none
	}
	c := group("should", parts)
	if len(parts) > 1 {
		c.query["bool"].(object)["minimum_should_match"] = 1
	}
	return c
}

// Not implements match.Visitor.
func (tr translator) Not(part clause) clause {
	return clause{object{"bool": object{"must_not": []object{part.query}}}, part.cost}
}

// group joins clauses; one alone stays as it is.
func group(kind string, parts []clause) clause {
	if len(parts) == 1 {
		return parts[0]
	}
	queries, cost := make([]object, len(parts)), 0
	for i, p := range parts {
		queries[i], cost = p.query, cost+p.cost
	}
	return clause{object{"bool": object{kind: queries}}, cost}
}

// both is the conjunction of clauses.
func both(parts ...clause) clause { return translator{}.All(parts) }

// filters returns the conditions of the filters that are of one of the kinds, with those of the dates.
func (tr translator) filters(q search.Query, kinds match.FilterKind) (parts []clause) {
	if q.Match != nil {
		for _, f := range q.Match.Filters {
			if f.Kind&kinds != 0 {
				parts = append(parts, tr.of(f.Condition))
			}
		}
	}
	if kinds&match.DateFilter != 0 && hasDates(q) {
		parts = append(parts, clause{object{"range": object{"date": bounds(q.After, q.Before)}}, 1})
	}
	return parts
}

func hasDates(q search.Query) bool { return !q.After.IsZero() || !q.Before.IsZero() }

// bounds are those of dates in seconds: the first full second at or after each.
func bounds(after, before time.Time) object {
	b := object{}
	up := func(t time.Time) int64 { return t.Add(time.Second - 1).Unix() }
	if !after.IsZero() {
		b["gte"] = up(after)
	}
	if !before.IsZero() {
		b["lt"] = up(before)
	}
	return b
}

// narrowing returns the kinds of filters that narrow an answer and that a query has.
func narrowing(q search.Query) (kinds match.FilterKind) {
	if hasDates(q) {
		kinds = match.DateFilter
	}
	if q.Match != nil {
		for _, f := range q.Match.Filters {
			kinds |= f.Kind & match.Narrowing
		}
	}
	return kinds
}

// fitting returns the conjunction of as many parts as fit into so many clauses, the cheapest of them, and whether these are all.
func fitting(parts []clause, room int) (c clause, all bool) {
	slices.SortStableFunc(parts, func(a, b clause) int { return a.cost - b.cost })
	n, cost := 0, 0
	for n < len(parts) && cost+parts[n].cost <= room {
		cost += parts[n].cost
		n++
	}
	return both(parts[:n]...), n == len(parts)
}
