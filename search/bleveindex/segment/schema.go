package segment

import (
	"fmt"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// MaxParts is the most parts of a document that postings tell apart.
const MaxParts = 8

// Schema says what every document of an index has. A segment is read with the schema it was written with: another
// one needs another version of the plugin.
type Schema struct {
	Terms   []TermField // what is searched
	Numbers int         // columns of numbers
	Stored  []StoredField
}

// TermField is a kind of terms with a dictionary of its own.
type TermField struct {
	Name      string
	Parts     int  // of a document that are told apart, MaxParts at most
	Usual     int  // the part in which most occurrences are
	Positions bool // where in a part the term stands is kept
	Length    int  // the column of numbers with the length of the usual part, negative for none
}

// StoredField is a value that is stored and not searched.
type StoredField struct {
	Name  string
	Block int // bytes of values that are compressed together: what one value costs at least
}

// Document is what is written of one document: for each field, column and value of the schema what it has there.
type Document struct {
	ID      string
	Terms   []Terms
	Numbers []uint64
	Stored  [][]byte
}

// Terms are the terms of a document in one field: by part, the positions of each term, ascending and below 2^31, of
// which there is one at least.
type Terms []map[string][]int

// AsBleve returns the document as what a batch of Bleve's takes.
func (d *Document) AsBleve() *document.Document {
	out := document.NewDocument(d.ID)
	out.AddField(&carrier{document.NewTextFieldWithIndexingOptions("document", nil, nil, 0), d})
	return out
}

// carrier brings a document through Bleve's batch to the plugin, as a field that asks for nothing.
type carrier struct {
	document.Field
	doc *Document
}

// documentOf returns what AsBleve put into a document.
func documentOf(d index.Document) (doc *Document, err error) {
	d.VisitFields(func(f index.Field) {
		if c, ok := f.(*carrier); ok {
			doc = c.doc
		}
	})
	if doc == nil {
		return nil, fmt.Errorf("write segment: document %s was not made by segment.Document", d.ID())
	}
	return doc, nil
}
