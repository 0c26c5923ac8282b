package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"chaja/indexer/site"
	"chaja/search"
)

// outcome is what became of one post: it failed, is unchanged, is hidden, or has a document.
type outcome struct {
	failed, unchanged bool
	unreadable        bool   // failed, and another time it may be read
	hidden            string // why its generator does not publish it
	protected         string // why only a part of it is indexed
	document          search.Document
	checked           *checkedPost // instead of the document, when a site is checked
	problems          []Problem
	bytes             int
	weight            int      // of the document, see maxBatch
	earlier           int      // problems that an earlier run found in it, when it is unchanged
	includes          []string // files that it puts into its text, there or not
}

// maxReading bounds the bytes of source that are in memory at the same time, with some copies of them: one post of the
// largest size, or as many small ones as there are jobs.
const maxReading = site.MaxPost

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
	var held int64
	defer func() { r.reading.Release(held) }()
	source, err := r.site.Read(p, func(bytes int64) error {
		if err := r.reading.Acquire(r.ctx, bytes); err != nil {
			return err
		}
		held = bytes
		return nil
	})
	if err != nil {
		return outcome{failed: true, unreadable: site.IsUnreadable(err), problems: []Problem{{FileKind, p.ID, 0, err.Error()}}}
	}
	put := r.site.Include(p, source)
	source = put.Source
	o := outcome{bytes: len(source), includes: put.Files}
	hash := hashOf(r.site.Stamp, p, source)
	known := parseStored(r.known[p.ID])
	if o.unchanged = known.hash == hash && !r.site.MayExpire(source); o.unchanged {
		o.protected, o.earlier = known.protected, known.problems
		return o
	}
	post := parse(r.site.Rules, p, put)
	o.protected = post.page.Protected
	if o.unchanged = known.hash == hash && post.hidden == ""; o.unchanged {
		o.earlier = known.problems
		return o
	}
	o.hidden, o.problems = post.hidden, post.problems
	if r.checker != nil {
		o.checked = newCheckedPost(post)
		return o
	}
	o.document, o.weight = post.document, post.weight
	o.document.Hash = stored{hash, len(o.problems), o.protected}.String()
	if post.hasty {
		o.document.Hash = hasty
	}
	return o
}

// stored is what the hash of a document carries along, so that the next run knows it without reading the post.
type stored struct {
	hash      string
	problems  int
	protected string // why only the title and what the site shows of the post is indexed
}

func (s stored) String() string {
	return strings.TrimRight(fmt.Sprintf("%s %d %s", s.hash, s.problems, s.protected), " ")
}

// parseStored reads what String wrote. Of anything else it takes the first word for the hash.
func parseStored(text string) (s stored) {
	hash, rest, _ := strings.Cut(text, " ")
	count, protected, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(count)
	if err != nil || n < 0 {
		return stored{hash: hash}
	}
	return stored{hash, n, protected}
}

// hasty is the hash of a document that was made in a hurry: that of no source, so that the next run makes it again.
const hasty = "hasty"

// hashOf covers all that a document depends on. The lengths keep the end of a name apart from the beginning of a source.
func hashOf(rules string, p site.Post, source []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %d:%s %d:%s ", Version, len(rules), rules, len(p.Path), p.Path)
	h.Write(source)
	return hex.EncodeToString(h.Sum(nil))
}
