package opensearch

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"chaja/search/match"
	"chaja/search/ranking"
)

// rounding lets pass what rounding alone keeps below a least share: OpenSearch counts with 24 bits.
const rounding = 1 - 1e-5

var fieldWeight = [match.Fields]float64{ranking.Title, ranking.Heading, ranking.Tag, ranking.Body, ranking.Code}

// scorer writes the score of a query as a query. It leaves out what nearness adds, and takes lengths as roughly as Lucene keeps
// them.
type scorer struct {
	translator
	*match.Weighted
	fields map[match.Term][match.Fields]int // documents with a term, by field
}

// enough is the condition that a document has a good part of the words: at least what match.Scorer asks for. Exact reports
// whether it is just that.
func (s scorer) enough(room int) (c clause, exact bool) {
	if s.There <= 0 {
		return none, true
	}
	weight := s.share()
	least := func(share float64) clause {
		return clause{object{"function_score": object{"query": weight.query, "min_score": max(share*rounding, math.SmallestNonzeroFloat32)}}, weight.cost}
	}
	few := least(ranking.MinShare * s.Few() * s.There)
	any := s.of(s.AnyWord)
	whole := s.Any([]clause{least(ranking.MinShare * s.Total), both(few, any)})
	switch {
	case whole.cost <= room:
		return whole, !slices.ContainsFunc(s.Words, func(variants []match.WeightedVariant) bool { return len(variants) > 1 })
	case few.cost <= room:
		return few, false
	}
	return any, false
}

// share scores a document by what it has of the query's weight, of each word in the variant of which it has most.
func (s scorer) share() clause {
	var words []clause
	for _, variants := range s.Words {
		var ways []clause
		for _, v := range variants {
			var terms []clause
			for _, t := range v.Terms {
				terms = append(terms, constant(clause{termQuery(s.Query.Terms[t], match.AnyField), 1}, s.Weight[t]*v.Scale))
			}
			ways = append(ways, group("should", terms))
		}
		if len(ways) > 0 {
			words = append(words, best(ways))
		}
	}
	return s.Any(words)
}

// best scores by the best of several.
func best(ways []clause) clause {
	c := group("", ways)
	if len(ways) == 1 {
		return c
	}
	queries := c.query["bool"].(object)[""]
	return clause{object{"dis_max": object{"queries": queries}}, c.cost}
}

func constant(c clause, score float64) clause {
	return clause{object{"constant_score": object{"filter": c.query, "boost": float32(score)}}, c.cost}
}

// score returns the clauses of a bool query that make the score, in at most so many clauses: first what a document is called,
// then the terms that weigh most.
func (s scorer) score(room int) (parts []object) {
	add := func(c clause) {
		if c.cost <= room {
			parts, room = append(parts, c.query), room-c.cost
		}
	}
	if names := s.names(); len(names) > 0 {
		add(best(names))
	}
	if s.Own != nil {
		add(constant(s.of(s.Own), ranking.OwnWord*s.Total))
	}
	text, cost := s.text(room * 4 / 5)
	if cost == 0 {
		return parts
	}
	parts, room = append(parts, text), room-cost
	if full := s.of(s.Full); len(s.Query.AnyWord) > 1 {
		add(constant(full, s.AllWords()*s.Few()*s.Total))
	}
	return parts
}

// names are the clauses for a title or heading that is what was typed.
func (s scorer) names() (all []clause) {
	is := func(terms []int, bonus float64) {
		for _, t := range terms {
			all = append(all, constant(clause{termQuery(s.Query.Terms[t], match.AnyField), 1}, bonus*s.Total))
		}
	}
	is(s.Query.Titles, ranking.ExactTitle)
	for _, n := range s.Query.Names {
		title := both(s.Sequence(match.Sequence{Terms: n.Terms, Field: match.Title}), clause{object{"term": object{lengthName(0, match.Title): n.Tokens}}, 1})
		all = append(all, constant(title, ranking.SameTitle*s.Total))
	}
	is(s.Query.Headings, ranking.ExactHeading)
	is(s.Query.Begun, ranking.BegunName)
	return all
}

// text is BM25 over terms and fields times the share of the weight that a document has.
func (s scorer) text(room int) (query object, cost int) {
	weights := s.termWeights()
	full := s.heaviest(weights, room)
	var words []clause
	for _, variants := range s.Words {
		var ways []clause
		for _, v := range variants {
			var terms []clause
			for _, t := range v.Terms {
				if full[t] {
					terms = append(terms, s.term(t, s.Weight[t]*v.Scale*v.Factor))
				}
			}
			if len(terms) > 0 {
				ways = append(ways, group("should", terms))
			}
		}
		if len(ways) > 0 {
			words = append(words, best(ways))
		}
	}
	if len(words) == 0 {
		return nil, 0
	}
	base := group("should", words)
	functions := []object{}
	if flat := 1 - s.Few(); flat > 0 {
		functions = append(functions, object{"weight": flat})
	}
	for t := range full {
		functions = append(functions, object{"filter": termQuery(s.Query.Terms[t], match.AnyField), "weight": s.Few() * weights[t] / s.Total})
	}
	return object{"function_score": object{
		"query": base.query, "functions": functions, "score_mode": "sum", "boost_mode": "multiply", "max_boost": 1,
	}}, base.cost + len(functions)
}

// termWeights returns what a term may add to the weight of a document.
func (s scorer) termWeights() map[int]float64 {
	weights := map[int]float64{}
	for _, variants := range s.Words {
		for _, v := range variants {
			for _, t := range v.Terms {
				weights[t] = max(weights[t], s.Weight[t]*v.Scale)
			}
		}
	}
	return weights
}

// termCost is how many clauses a term takes at most: its fields, the title thrice, and its share.
const termCost = match.Fields + 3

// heaviest returns the terms that are scored, in so many clauses.
func (s scorer) heaviest(weights map[int]float64, room int) map[int]bool {
	uses := map[int]int{}
	for _, variants := range s.Words {
		for _, v := range variants {
			for _, t := range v.Terms {
				uses[t]++
			}
		}
	}
	order := slices.SortedFunc(maps.Keys(weights), func(a, b int) int { return cmp.Or(cmp.Compare(weights[b], weights[a]), a-b) })
	full := map[int]bool{}
	for _, t := range order {
		if room -= termCost * uses[t]; room < 0 {
			break
		}
		full[t] = true
	}
	return full
}

// term scores a term. In a title, however long, it counts at least what it can in a text. What it adds in a text whose title says it
// (ranking.SaidInTitle) is too little to choose candidates by.
func (s scorer) term(t int, weight float64) clause {
	term := s.Query.Terms[t]
	if !term.Space.IsText() {
		return constant(clause{termQuery(term, match.AnyField), 1}, weight)
	}
	title := clause{termQuery(term, match.Title), 1}
	var above, below []clause
	for f, docs := range s.fields[term] {
		if docs == 0 {
			continue
		}
		// OpenSearch multiplies by an IDF of the field, which is taken back.
		idf := math.Log(1 + (float64(s.Stats.Docs)-float64(docs)+0.5)/(float64(docs)+0.5))
		field := object{fieldName(term.Space, match.Field(f)): object{"value": wire(term.Text), "boost": float32(weight * fieldWeight[f] / idf)}}
		c := clause{object{"term": field}, 1}
		switch {
		case match.Field(f) >= match.Body:
			below = append(below, c)
		case match.Field(f) == match.Title:
			above = append(above, best([]clause{c, constant(title, weight*ranking.Body)}))
		default:
			above = append(above, c)
		}
	}
	if len(below) > 0 && s.fields[term][match.Title] > 0 {
		text := group("should", below)
		below = []clause{{object{"bool": object{"must": []object{text.query}, "must_not": []object{title.query}}}, text.cost + 1}}
	}
	return group("should", append(above, below...))
}
