package bleveindex

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/match"
)

// Fields of a document in Bleve. Text is indexed in one field a lane, see textField.
const (
	sourceField   = "source" // the stored record; not searched
	hashField     = "hash"
	dateField     = "date" // Unix seconds
	yearField     = "year" // for programs of before, which count it; see docValues
	langField     = "lang"
	tagKey        = "tag.key"   // chars.TagKey of each tag, for filters
	tagLabel      = "tag.label" // as written, for facets
	categoryKey   = "category.key"
	categoryLabel = "category.label"
	titleKey      = "title.key"
	headingKey    = "heading.key"
)

// textField names the field that holds the terms of f in lane.
func textField(f match.Field, lane match.Space) string {
	return f.String() + "." + analysis.Lane(lane).String()
}

// keyFields names the fields that hold the keys of the spaces that are no lanes.
var keyFields = [match.Spaces]string{
	match.TagKeys: tagKey, match.CategoryKey: categoryKey, match.LangKey: langField,
	match.TitleKey: titleKey, match.HeadingKey: headingKey,
}

// lengths counts something by lane and field: the tokens of a document, or what is in totals.
type lengths [analysis.Lanes][match.Fields]int

// totals are sums over all documents.
type totals struct {
	Tokens lengths `json:"tokens"`
	Docs   lengths `json:"docs"` // those that have tokens there
}

// add adds n times a document of these lengths.
func (t *totals) add(doc lengths, n int) {
	for lane := range doc {
		for f, tokens := range doc[lane] {
			t.Tokens[lane][f] += n * tokens
			t.Docs[lane][f] += n * min(tokens, 1)
		}
	}
}

// record is what is stored of a document.
type record struct {
	Document search.Document `json:"document"`
	Lengths  lengths         `json:"lengths"`
}

// prepare makes the Bleve document of doc.
func prepare(doc *search.Document, analyzer *analysis.Analyzer) (*document.Document, lengths, error) {
	out := document.NewDocument(doc.ID)
	rec := record{Document: *doc}
	for f := range match.Field(match.Fields) {
		occurrences := analyzer.Occurrences(doc.Texts(f))
		for lane, terms := range occurrences.Positions {
			rec.Lengths[lane][f] = occurrences.Length[lane]
			out.AddField(newTermsField(textField(f, match.Space(lane)), terms, occurrences.Length[lane], match.Space(lane) == match.Morphemes))
		}
	}
	for space, field := range keyFields {
		if field != "" {
			addKeywords(out, field, 0, doc.Keys(match.Space(space))...)
		}
	}
	addKeywords(out, tagLabel, 0, doc.Tags...)
	addKeywords(out, categoryLabel, 0, doc.Categories...)
	addKeywords(out, hashField, index.DocValues, doc.Hash)
	if !doc.Date.IsZero() {
		addKeywords(out, yearField, 0, search.Year(doc.Date))
		addKeywords(out, dateField, index.DocValues, strconv.FormatInt(doc.Date.Unix(), 10))
	}
	stored, err := json.Marshal(rec)
	if err != nil {
		return nil, lengths{}, fmt.Errorf("encode document %s: %w", doc.ID, err)
	}
	out.AddField(document.NewTextFieldWithIndexingOptions(sourceField, nil, stored, index.StoreField))
	return out, rec.Lengths, nil
}

// addKeywords adds values as they are. Those that are asked for by document, and not the other way round, are doc values too.
func addKeywords(doc *document.Document, field string, as index.FieldIndexingOptions, values ...string) {
	for _, v := range values {
		doc.AddField(document.NewTextFieldWithIndexingOptions(field, nil, []byte(v), index.IndexField|as))
	}
}

// termsField is a field whose terms are known, so that Bleve need not analyze anything.
type termsField struct {
	document.Field // an empty text, with the name and the options
	length         int
	terms          index.TokenFrequencies
}

var _ document.Field = (*termsField)(nil)

// newTermsField makes a field of terms with their positions, which are kept if asked for. Byte offsets are not
// kept: excerpts analyze the stored text again, which costs less than an index twice as large.
func newTermsField(name string, positions map[string][]int, length int, keep bool) *termsField {
	options := index.IndexField
	if keep {
		options |= index.IncludeTermVectors
	}
	empty := document.NewTextFieldWithIndexingOptions(name, nil, nil, options)
	f := &termsField{empty, length, make(index.TokenFrequencies, len(positions))}
	for term, at := range positions {
		freq := &index.TokenFreq{Term: []byte(term)}
		freq.SetFrequency(len(at))
		if keep {
			locations := make([]index.TokenLocation, len(at))
			freq.Locations = make([]*index.TokenLocation, len(at))
			for i, p := range at {
				locations[i].Position = p + 1 // Bleve counts from 1
				freq.Locations[i] = &locations[i]
			}
		}
		f.terms[term] = freq
	}
	return f
}

func (f *termsField) Analyze()                                         {}
func (f *termsField) AnalyzedLength() int                              { return f.length }
func (f *termsField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *termsField) Size() int                                        { return f.terms.Size() }
