package bleveindex

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/bleveindex/segment"
)

// Format is the version of an index on disk, the lexicon beside it included. It changes with the fields, the stored
// record and the matching of terms.
const Format = 7

// newSegments is how many segments an index that is made anew may have before they are merged: all of them, so that no post is
// written again and again. ForceMerge merges them at the end.
const newSegments = 1 << 20

// How segments are merged in an index that is updated. By Bleve's own numbers one changed post in a thousand writes all the others
// anew. With these a blog has at most five segments, and the small ones are merged among themselves.
const (
	floorSegment = 200 // documents; what is smaller counts as this
	tierSegments = 5   // that are merged at a time
)

// Engine is the generation.Engine of Bleve.
type Engine struct{ analyzer *analysis.Analyzer }

// NewEngine returns an engine whose documents analyzer analyzes; see generation.Engine for when it may be nil.
func NewEngine(analyzer *analysis.Analyzer) Engine {
	register()
	return Engine{analyzer}
}

// segmentType is the name of our type of segment, whose version is Format.
const segmentType = "chaja"

// register tells Bleve of our type of segment, once, before any index is open: it keeps the types for the whole
// process.
var register = sync.OnceFunc(func() {
	scorch.RegisterSegmentPlugin(&segment.Plugin{Name: segmentType, Number: Format, Schema: schema()}, false)
})

// storeDir is the folder of Bleve in that of an index.
const storeDir = "store"

// Create implements generation.Engine.
func (e Engine) Create(dir string) (search.Index, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	if err := os.Mkdir(filepath.Join(dir, storeDir), 0o700); err != nil { // over another one Bleve would wait for it to be closed
		return nil, fmt.Errorf("create index: %w", err)
	}
	c := config(dir, false)
	c["scorchMergePlanOptions"] = map[string]any{"MaxSegmentsPerTier": newSegments, "FloorSegmentSize": 1}
	return e.open(dir, c)
}

// Open implements generation.Engine. Any number of processes may read; one that writes shuts out all others.
func (e Engine) Open(dir string, readOnly bool) (search.Index, error) {
	if _, err := os.Stat(filepath.Join(dir, storeDir, "root.bolt")); err != nil { // Bleve would make an empty index
		return nil, fmt.Errorf("open index in %s: %w", dir, err)
	}
	c := config(dir, readOnly)
	c["scorchMergePlanOptions"] = map[string]any{
		"FloorSegmentSize": floorSegment, "MaxSegmentsPerTier": tierSegments, "SegmentsPerMergeTask": tierSegments,
	}
	return e.open(dir, c)
}

// open opens a folder of Bleve's. Bleve and its store trust their files: what is wrong in one panics, or faults, as
// files are memory-mapped. Here that too is an error.
func (e Engine) open(dir string, config map[string]any) (x *storedIndex, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			x, err = nil, fmt.Errorf("open %s: %v", filepath.Base(dir), p)
		}
	}()
	opened, err := scorch.NewScorch(scorch.Name, config, analysisQueue())
	if err == nil {
		err = opened.Open()
	}
	s, ok := opened.(*scorch.Scorch)
	if err != nil || !ok {
		return nil, fmt.Errorf("open index in %s: %w", dir, err)
	}
	return &storedIndex{scorch: s, dir: dir, analyzer: e.analyzer, readOnly: config["read_only"] == true}, nil
}

// analysisQueue is where Bleve hands documents over, which come analyzed already. It has goroutines, and is kept for the process.
var analysisQueue = sync.OnceValue(func() *index.AnalysisQueue { return index.NewAnalysisQueue(1) })

// config is what Bleve is told.
func config(dir string, readOnly bool) map[string]any {
	catchFaults()
	catchErrors()
	return map[string]any{
		"path": filepath.Join(dir, storeDir), "read_only": readOnly, "eventCallbackName": callbackName,
		"asyncErrorCallbackName": callbackName,
		"forceSegmentType":       segmentType, "forceSegmentVersion": Format,
	}
}

const callbackName = "chaja"

// catchFaults makes the merger of Bleve survive a fault in a segment that it reads, which would end the program.
// Bleve calls this from the goroutine of the merger before it merges, and recovers from panics there; then segments
// are merged no more, and the batch is written nevertheless.
var catchFaults = sync.OnceFunc(func() {
	scorch.RegistryEventCallbacks[callbackName] = func(e scorch.Event) bool {
		if e.Kind == scorch.EventKindPreMergeCheck {
			debug.SetPanicOnFault(true)
		}
		return true
	}
})

// IsImmutable implements generation.Engine: segments never change, the file that lists them does.
func (Engine) IsImmutable(name string) bool { return path.Ext(name) == segmentExt }

// segmentExt is how the name of a segment ends.
const segmentExt = ".zap"

// Format implements generation.Engine.
func (Engine) Format() int { return Format }

// Analyzer implements generation.Engine.
func (e Engine) Analyzer() *analysis.Analyzer { return e.analyzer }
