package bleveindex

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	index "github.com/blevesearch/bleve_index_api"
)

// ForceMerge implements generation.Merger.
func (x *storedIndex) ForceMerge(ctx context.Context) error {
	x.write.Lock()
	defer x.write.Unlock()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	store := filepath.Join(x.dir, storeDir)
	merging.Store(store, cancel)
	defer merging.Delete(store)
	all := mergeplan.MergePlanOptions{
		MaxSegmentsPerTier: 1, SegmentsPerMergeTask: math.MaxInt32,
		MaxSegmentSize: mergeplan.MaxSegmentSizeLimit, FloorSegmentSize: mergeplan.MaxSegmentSizeLimit,
		ScoreSegments: func(segments []mergeplan.Segment, _ *mergeplan.MergePlanOptions) float64 {
			return -float64(len(segments))
		},
	}
	done := make(chan error, 1)
	go func() { done <- x.scorch.ForceMerge(ctx, &all) }() // it does not end when the merger of Bleve panics, but when the index is closed
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
	}
	if err == nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err == nil {
		err = x.scorch.Batch(index.NewBatch()) // waits until the new state is on disk
	}
	if err != nil {
		return fmt.Errorf("merge segments: %w", err)
	}
	return nil
}

// merging is what ends ForceMerge, a context.CancelCauseFunc, by the folder of Bleve in which it is at work.
var merging sync.Map

// catchErrors makes ForceMerge end with an error: Bleve would merge again and again, such as on a disk without room.
var catchErrors = sync.OnceFunc(func() {
	scorch.RegistryAsyncErrorCallbacks[callbackName] = func(err error, store string) {
		if cancel, ok := merging.Load(store); ok {
			cancel.(context.CancelCauseFunc)(err)
		}
	}
})
