package match

import (
	"cmp"
	"slices"

	"chaja/search/analysis"
	"chaja/search/snippet"
)

// Found says how a document has a word or phrase of the query.
type Found struct {
	Word   string        // as typed
	Form   string        // the form that the document has; Word itself unless it has only another
	Lane   analysis.Lane // by which it is found: as morphemes, or as it stands
	Fields []Field       // where it is; empty when the document has not all of it, or not in what was looked through
	Must   bool          // documents with all the words have it
}

// IsName reports whether a title or heading is what was typed, whatever the blanks and signs, or a name given to Named.
func (q *Query) IsName(text string) bool {
	key := NameKey(text)
	return slices.Contains(q.Terms, Term{TitleKey, key})
}

// Found looks for each word of the query among the spans that Spans has found in the fields of a document.
func (q *Query) Found(spans [Fields][]snippet.Span) []Found {
	var in [Fields]map[int]bool
	for f := range spans {
		in[f] = map[int]bool{}
		for _, s := range spans[f] {
			in[f][s.Term] = true
		}
	}
	found := make([]Found, len(q.scored))
	for i, w := range q.scored {
		found[i] = w.found(in)
	}
	return found
}

// found returns the first form of the word that is there, by the first of its marks that are.
func (w word) found(in [Fields]map[int]bool) Found {
	for _, f := range w.forms {
		for _, m := range f.marks {
			if fields := fieldsOf(m.ids, in); len(fields) > 0 {
				return Found{w.text, cmp.Or(m.stem, f.text), m.lane, fields, w.must}
			}
		}
	}
	return Found{Word: w.text, Form: w.text, Must: w.must}
}

// fieldsOf returns the fields that have all of ids; if none has, those that together have them.
func fieldsOf(ids []int, in [Fields]map[int]bool) (fields []Field) {
	if len(ids) == 0 {
		return nil
	}
	var some []Field
	anywhere := map[int]bool{}
	for f := range Field(Fields) {
		n := 0
		for _, id := range ids {
			if in[f][id] {
				anywhere[id] = true
				n++
			}
		}
		switch {
		case n == len(ids):
			fields = append(fields, f)
		case n > 0:
			some = append(some, f)
		}
	}
	if len(fields) == 0 && !slices.ContainsFunc(ids, func(id int) bool { return !anywhere[id] }) {
		return some
	}
	return fields
}
