package match

import (
	"chaja/search/indextest/fakekorean"
	"chaja/search/query"
)

// compile reads and compiles a query.
func compile(text string) *Query {
	node, _ := query.Parse(text)
	return Compile(node, fakekorean.New())
}

// document is a document by field, and what it is filtered by.
type document struct {
	title, heading, tag, body, code string
	keys                            []Term
}

// forQuery finds the terms of q in the document.
func (d document) forQuery(q *Query) *Doc {
	doc := &Doc{Freq: make([][Fields]int, len(q.Terms))}
	var fields [Fields]Occurrences
	for f, text := range []string{d.title, d.heading, d.tag, d.body, d.code} {
		fields[f] = AnalyzeField(fakekorean.New(), []string{text})
		for lane, length := range fields[f].Length {
			doc.Length[lane][f] = length
		}
	}
	for i, term := range q.Terms {
		if !term.Space.IsText() {
			for _, key := range d.keys {
				if key == term {
					doc.Freq[i][0] = 1
				}
			}
			continue
		}
		for f := range fields {
			doc.Freq[i][f] = len(fields[f].Positions[term.Space][term.Text])
		}
	}
	doc.Positions = func(term int, f Field) []int {
		return fields[f].Positions[q.Terms[term].Space][q.Terms[term].Text]
	}
	return doc
}
