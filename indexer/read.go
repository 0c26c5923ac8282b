package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"chaja/indexer/site"
	"chaja/search"
)

// outcome is what became of one post: it failed, is unchanged, or has a document.
type outcome struct {
	failed, unchanged bool
	document          search.Document
	problems          []Problem
	bytes             int
}

// inOrder reads Jobs posts at a time and yields what became of them in their order. It ends early when ctx ends.
// However slow the caller, no more than Jobs posts are held in memory.
func (r *run) inOrder(posts []site.Post) iter.Seq2[int, outcome] {
	jobs := r.options.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	return func(yield func(int, outcome) bool) {
		ctx, cancel := context.WithCancel(r.ctx)
		var workers sync.WaitGroup
		defer workers.Wait()
		defer cancel()
		queue := make(chan chan outcome, jobs-1) // and one that the caller waits for
		workers.Go(func() {
			defer close(queue)
			for _, p := range posts {
				place := make(chan outcome, 1)
				select {
				case queue <- place:
					workers.Go(func() { place <- r.read(p) })
				case <-ctx.Done():
					return
				}
			}
		})
		i := 0
		for place := range queue {
			if !yield(i, <-place) {
				return
			}
			i++
		}
	}
}

// read makes the document of a post, unless the index holds it already.
func (r *run) read(p site.Post) outcome {
	source, err := r.site.Read(p)
	if err != nil {
		return outcome{failed: true, problems: []Problem{{p.ID, 0, err.Error()}}}
	}
	o := outcome{bytes: len(source)}
	hash := hashOf(r.options.Settings, p.ID, source)
	if o.unchanged = !r.options.Full && r.known[p.ID] == hash; o.unchanged {
		return o
	}
	o.document, o.problems = Parse(p.ID, source)
	o.document.Hash = hash
	return o
}

// hashOf covers all that a stored document depends on, each part with its length so that none can pass for another.
func hashOf(settings, id string, source []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %d:%s %d:%s ", Version, len(settings), settings, len(id), id)
	h.Write(source)
	return hex.EncodeToString(h.Sum(nil))
}
