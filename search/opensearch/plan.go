package opensearch

import (
	"chaja/search"
	"chaja/search/match"
)

// How many candidates are scored again.
const (
	candidates    = 200
	manyOfFew     = 1_000  // of a query of one or two words that many documents have: their scores are close to each other
	maxCandidates = 10_000 // the deepest window of OpenSearch
)

// plan is how one query, in full or in part, is asked.
type plan struct {
	search.Query
	tr       translator
	weighted *match.Weighted // nil without a query
	main     clause          // what matches, without the filters that narrow
	exact    bool            // main is just that; else more
	full     clause          // in a loose query, what matches in full
	open     match.FilterKind
	size     int // candidates
	fields   map[match.Term][match.Fields]int
}

// newPlan makes a plan for prepared, which is q.Match or the loose query of it.
func newPlan(q search.Query, prepared *match.Query, known *stats) *plan {
	q.Match = prepared
	p := &plan{Query: q, main: everything, exact: true, size: min(q.From+q.Size, maxCandidates), fields: known.docFreqs}
	if q.Facets {
		p.open = narrowing(q) &^ match.TagFilter
	}
	if prepared == nil {
		return p
	}
	p.tr.terms = prepared.Terms
	p.weighted = prepared.Weigh(known.of(prepared))
	p.matching()
	if prepared.HasWords() && (q.Size > 0 && !p.Sort.IsByDate() || !p.exact) {
		p.size = max(p.size, p.candidates())
	}
	return p
}

// matching sets main, full and exact. Half of the clauses are left for filters and the score.
func (p *plan) matching() {
	const room = maxClauses / 2
	parts := []clause{}
	for _, c := range p.weighted.Query.Required {
		parts = append(parts, p.tr.of(c))
	}
	s := p.scorer()
	if !p.weighted.Query.IsLoose() {
		if all, ok := p.weighted.Full.(match.All); ok {
			for _, c := range all {
				parts = append(parts, p.tr.of(c))
			}
		} else {
			parts = append(parts, p.tr.of(p.weighted.Full))
		}
		p.main, p.exact = fitting(parts, room)
		return
	}
	p.full = p.tr.of(p.weighted.Full)
	required, all := fitting(parts, room/2)
	enough, exact := s.enough(room - required.cost)
	p.exact = all && exact
	either := enough
	if p.full.cost+enough.cost+required.cost <= room {
		either = p.tr.Any([]clause{p.full, enough})
	} else {
		p.exact = false // whoever has all the words has enough of them, but for names
	}
	p.main = both(required, either)
}

func (p *plan) scorer() scorer { return scorer{p.tr, p.weighted, p.fields} }

// candidates is how many are scored again.
func (p *plan) candidates() int {
	if words := len(p.weighted.Query.AnyWord); words > 0 && words <= 2 {
		for t := range p.scorer().termWeights() {
			if p.weighted.Stats.DocFreq[t] > candidates {
				return manyOfFew
			}
		}
	}
	return candidates
}

// narrow returns the conditions of the filters that narrow, but for kinds of them.
func (p *plan) narrow(but match.FilterKind) []clause {
	return p.tr.filters(p.Query, match.Narrowing&^but)
}

// search is the request for the candidates, with the counts that are asked for.
func (p *plan) search() object {
	fixed := append(p.tr.filters(p.Query, match.OtherFilter|match.TagFilter), p.main)
	post := p.narrow(match.TagFilter)
	if p.open == 0 {
		fixed, post = append(fixed, post...), nil
	}
	condition := both(fixed...)
	body := object{
		"size": p.size, "track_total_hits": true, "_source": false, "sort": order(p.Sort, p.ranked()),
		"query": p.scored(condition),
	}
	if len(post) > 0 {
		body["post_filter"] = both(post...).query
	}
	if p.size > 0 {
		terms := []match.Term{}
		if p.weighted != nil {
			terms = p.weighted.Query.Terms
		}
		body["script_fields"] = object{"terms": object{"script": object{"lang": "painless", "source": takeTerms, "params": object{"h": halves(terms)}}}}
	}
	aggs := object{}
	if p.loose() {
		aggs["full"] = object{"filter": both(append([]clause{p.full}, post...)...).query}
	}
	if p.Facets {
		p.facets(aggs)
		body["docvalue_fields"] = []string{"k_tag", "k_category", "year"}
	}
	if len(aggs) > 0 {
		body["aggs"] = aggs
	}
	return body
}

// all is the request for the candidates whatever they fail of the filters that facets leave open; nil where it is not needed.
func (p *plan) all() object {
	if p.exact || p.open == 0 {
		return nil
	}
	q := *p
	q.open, q.Facets = 0, false
	fixed := append(p.tr.filters(p.Query, match.OtherFilter|match.TagFilter), p.main)
	body := q.search()
	body["query"] = p.scored(both(fixed...))
	body["docvalue_fields"] = []string{"k_tag", "k_category", "year"}
	body["size"] = max(p.size, p.candidates())
	return body
}

// none is the request that counts what matches whatever it fails of the filters that narrow; nil where search counts that.
func (p *plan) none() object {
	if narrowing(p.Query)&^p.open == 0 && p.open == 0 {
		return nil
	}
	return object{"size": 0, "track_total_hits": 1, "query": both(append(p.tr.filters(p.Query, match.OtherFilter), p.main)...).query}
}

func (p *plan) loose() bool { return p.weighted != nil && p.weighted.Query.IsLoose() }

func (p *plan) ranked() bool { return p.size > 0 && p.weighted != nil && p.weighted.Total > 0 }

// scored returns the query for a condition, with the score if it is needed.
func (p *plan) scored(condition clause) object {
	query := object{"filter": []object{condition.query}}
	if p.ranked() && !p.Sort.IsByDate() {
		boosts := p.weighted.Query.Boosts
		query["should"] = p.scorer().score(maxClauses - condition.cost - len(boosts))
		query["minimum_should_match"] = 0
		return boosted(object{"bool": query}, boosts)
	}
	return object{"bool": query}
}

// boosted multiplies the score of a query by those of boosts that a document has.
func boosted(query object, boosts []match.Boost) object {
	if len(boosts) == 0 {
		return query
	}
	functions := make([]object, len(boosts))
	for i, b := range boosts {
		functions[i] = object{"filter": termQuery(b.Term, match.AnyField), "weight": b.Factor}
	}
	return object{"function_score": object{"query": query, "functions": functions, "score_mode": "multiply", "boost_mode": "multiply"}}
}

// facets adds the counts of the values of a facet, each without the filters of its kind.
func (p *plan) facets(aggs object) {
	for name, field := range map[string]string{"tags": "k_tag", "categories": "k_category", "years": "year"} {
		but := map[string]match.FilterKind{"categories": match.CategoryFilter, "years": match.DateFilter}[name]
		filter := both(p.narrow(match.TagFilter | but)...)
		aggs[name] = object{"filter": filter.query, "aggs": object{"values": valuesOf(field)}}
	}
}

// order is that of the candidates: where two are equal, as in every answer.
func order(by search.Sort, ranked bool) []any {
	date := object{"date": object{"order": "desc", "missing": "_last"}}
	switch {
	case by == search.Oldest:
		date = object{"date": object{"order": "asc", "missing": "_last"}}
	case !by.IsByDate() && ranked:
		return []any{"_score", date, "id"}
	}
	return []any{date, "id"}
}
