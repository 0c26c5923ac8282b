package bleveindex

import (
	"chaja/search"
	"chaja/search/analysis"
)

// Format is the version of an index on disk, the lexicon beside it included. It changes with the fields, the stored record
// and the matching of terms.
const Format = 4

// Engine is the generation.Engine of Bleve.
type Engine struct{ analyzer *analysis.Analyzer }

// NewEngine returns an engine whose documents analyzer analyzes; see generation.Engine for when it may be nil.
func NewEngine(analyzer *analysis.Analyzer) Engine { return Engine{analyzer} }

// Create implements generation.Engine.
func (e Engine) Create(dir string) (search.Index, error) { return orNil(Create(dir, e.analyzer)) }

// Open implements generation.Engine.
func (e Engine) Open(dir string, readOnly bool) (search.Index, error) {
	return orNil(Open(dir, e.analyzer, readOnly))
}

// orNil makes an interface of x that is nil where x is.
func orNil(x *Index, err error) (search.Index, error) {
	if err != nil {
		return nil, err
	}
	return x, nil
}

// Format implements generation.Engine.
func (Engine) Format() int { return Format }

// Analyzer implements generation.Engine.
func (e Engine) Analyzer() *analysis.Analyzer { return e.analyzer }
