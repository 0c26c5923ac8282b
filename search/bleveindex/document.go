package bleveindex

import (
	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/bleveindex/segment"
	"chaja/search/match"
)

// Fields with terms, by their place in the schema. The first are those of the spaces of match: a space is its field.
const (
	tagLabels      = int(match.Spaces) + iota // as written, for facets; their keys are for filters
	categoryLabels                            // the same
	termFields                                // their number
)

// Columns of numbers: first the lengths by lane and field, in tokens.
const (
	dateColumn = analysis.Lanes * int(match.Fields) // see dateNumber
	columns    = dateColumn + 1
)

// lengthColumn returns the column with the lengths of a field in a lane.
func lengthColumn(lane, f int) int { return lane*int(match.Fields) + f }

// Stored values. What is known of a document lies apart from its text, which is ten times as long.
const (
	headValue    = iota // see appendHead
	bodyValue           // the text
	storedValues        // their number
)

// schema returns what the segments of an index have. A change of it is another Format.
func schema() segment.Schema {
	s := segment.Schema{
		Numbers: columns,
		Stored:  []segment.StoredField{{Name: "head", Block: 4 << 10}, {Name: "body", Block: 8 << 10}},
	}
	for space := range match.Spaces {
		f := segment.TermField{Name: spaceNames[space], Parts: 1, Length: -1}
		if space.IsText() {
			f.Parts, f.Usual = int(match.Fields), int(match.Body)
			f.Positions = space == match.Morphemes // phrases and nearness need them, bigrams do not
			f.Length = lengthColumn(int(space), int(match.Body))
		}
		s.Terms = append(s.Terms, f)
	}
	for _, name := range []string{"tag.label", "category.label"} {
		s.Terms = append(s.Terms, segment.TermField{Name: name, Parts: 1, Length: -1})
	}
	return s
}

var spaceNames = [match.Spaces]string{
	"morphemes", "bigrams", "tag.key", "category.key", "lang", "title.key", "heading.key", "folder",
}

// prepare makes of doc what is written of it. Bleve is given terms, and need not analyze anything.
func prepare(doc *search.Document, analyzer *analysis.Analyzer) *segment.Document {
	out := &segment.Document{
		ID: doc.ID, Terms: make([]segment.Terms, termFields), Numbers: make([]uint64, columns), Stored: make([][]byte, storedValues),
	}
	for f := range match.Field(match.Fields) {
		occurrences := analyzer.Occurrences(doc.Texts(f))
		for lane, terms := range occurrences.Positions {
			out.Terms[lane] = append(out.Terms[lane], terms)
			out.Numbers[lengthColumn(lane, int(f))] = uint64(occurrences.Length[lane])
		}
	}
	for space := match.Space(match.Lanes); space < match.Spaces; space++ {
		out.Terms[space] = keywords(doc.Keys(space))
	}
	out.Terms[tagLabels], out.Terms[categoryLabels] = keywords(doc.Tags), keywords(doc.Categories)
	out.Numbers[dateColumn] = dateNumber(doc.Date)
	out.Stored[headValue], out.Stored[bodyValue] = appendHead(nil, doc), []byte(doc.Body)
	return out
}

// keywords returns values as terms.
func keywords(values []string) segment.Terms {
	once := []int{0}
	terms := make(map[string][]int, len(values))
	for _, v := range values {
		terms[v] = once
	}
	return segment.Terms{terms}
}
