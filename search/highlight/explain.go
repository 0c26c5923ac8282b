package highlight

import (
	"cmp"
	"slices"

	"chaja/search/analysis"
	"chaja/search/match"
	"chaja/search/snippet"
)

// Explanation says how a document has a word or phrase of the query.
type Explanation struct {
	Word     string            // as typed
	Variant  string            // as the document has it; Word itself unless the document has only a variant
	Kind     match.VariantKind // of Variant
	Lane     analysis.Lane     // by which it is found: as morphemes, or as it stands
	Fields   []match.Field     // where it is; empty when the document has not all of it, or not in what was looked through
	Required bool              // documents with all the words have it
	Grammar  bool              // it only carries grammar
}

// Explain looks for each word of the query among the spans that Spans has found in the fields of a document.
func (h *Highlighter) Explain(spans [match.Fields][]snippet.Span) []Explanation {
	if h == nil {
		return nil
	}
	var in [match.Fields]map[int]bool
	for f := range spans {
		in[f] = map[int]bool{}
		for _, s := range spans[f] {
			in[f][s.Term] = true
		}
	}
	list := make([]Explanation, len(h.words))
	for i, w := range h.words {
		list[i] = w.explain(in)
	}
	return list
}

// explain names the first variant of the word that is there, by the first of its ways.
func (w Word) explain(in [match.Fields]map[int]bool) Explanation {
	word := w.Variants[0].Text
	for _, v := range w.Variants {
		for _, way := range v.Marks.ways {
			if fields := fieldsOf(way.marks, in); len(fields) > 0 {
				return Explanation{word, cmp.Or(way.stem, v.Text), v.Kind, way.lane, fields, w.Required, w.Grammar}
			}
		}
	}
	return Explanation{Word: word, Variant: word, Required: w.Required, Grammar: w.Grammar}
}

// fieldsOf returns the fields that have all of some marks; if none has, those that together have them.
func fieldsOf(marks []*mark, in [match.Fields]map[int]bool) (fields []match.Field) {
	if len(marks) == 0 {
		return nil
	}
	var some []match.Field
	anywhere := map[int]bool{}
	for f := range match.AnyField {
		n := 0
		for _, mark := range marks {
			if in[f][mark.number] {
				anywhere[mark.number] = true
				n++
			}
		}
		switch {
		case n == len(marks):
			fields = append(fields, f)
		case n > 0:
			some = append(some, f)
		}
	}
	if len(fields) == 0 && !slices.ContainsFunc(marks, func(mark *mark) bool { return !anywhere[mark.number] }) {
		return some
	}
	return fields
}
