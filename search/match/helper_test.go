package match_test

import (
	"chaja/search/analysis"
	"chaja/search/compile"
	"chaja/search/indextest/fakekorean"
	. "chaja/search/match"
	"chaja/search/query"
)

// compiled reads and compiles a query.
func compiled(text string) *Query { return withVariants(text, nil) }

func withVariants(text string, variants func(string) []Variant) *Query {
	node := query.Parse(text).Tree
	q, _ := compile.Query(node, fakekorean.New(), variants)
	return q
}

// has reports whether a document has a term.
func has(d *Doc, term int) bool { return *d.Freq(term) != [Fields]int{} }

// matches reports whether the document has what q asks for, each term being in ten of a hundred documents.
func matches(q *Query, d *Doc) bool {
	scorer := q.Scorer(stats(q, ten))
	return scorer.Match(d).OK && scorer.Failed(d) == 0
}

// document is a document by field, and what it is filtered by.
type document struct {
	title, heading, tag, body, code string
	keys                            []Term
}

// forQuery finds the terms of q in the document.
func (d document) forQuery(q *Query) *Doc {
	freq := make([][Fields]int, len(q.Terms))
	doc := &Doc{Freq: known(freq)}
	var fields [Fields]analysis.Occurrences
	for f, text := range []string{d.title, d.heading, d.tag, d.body, d.code} {
		fields[f] = fakekorean.New().Occurrences([]string{text})
		for lane, length := range fields[f].Length {
			doc.Length[lane][f] = length
		}
	}
	for i, term := range q.Terms {
		if !term.Space.IsText() {
			for _, key := range d.keys {
				if key == term {
					freq[i][0] = 1
				}
			}
			continue
		}
		for f := range fields {
			freq[i][f] = len(fields[f].Positions[term.Space][term.Text])
		}
	}
	doc.Positions = func(term int, f Field) []int {
		return fields[f].Positions[q.Terms[term].Space][q.Terms[term].Text]
	}
	return doc
}

// known makes Doc.Freq of what is known of all terms.
func known(freq [][Fields]int) func(int) *[Fields]int {
	return func(term int) *[Fields]int { return &freq[term] }
}
