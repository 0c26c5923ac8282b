package indextest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"

	"chaja/search"
)

// testWrite: what a sequence of batches leaves in the index.
func testWrite(t *testing.T, open Open) {
	put := func(sources ...string) search.Batch { return search.Batch{Put: posts(sources...)} }
	del := func(ids ...string) search.Batch { return search.Batch{Delete: ids} }
	tests := []struct {
		name    string
		batches []search.Batch
		want    map[string]string // hash by ID
	}{
		{"nothing", nil, nil},
		{"an empty batch", []search.Batch{{}}, nil},
		{"put", []search.Batch{put("one", "two")}, map[string]string{"a": "one", "b": "two"}},
		{"an empty hash", []search.Batch{put("")}, map[string]string{"a": ""}},
		{"replace", []search.Batch{put("one", "two"), put("three")}, map[string]string{"a": "three", "b": "two"}},
		{"the same batch twice", []search.Batch{put("one"), put("one")}, map[string]string{"a": "one"}},
		{"delete", []search.Batch{put("one", "two"), del("a")}, map[string]string{"b": "two"}},
		{"delete twice", []search.Batch{put("one", "two"), del("a", "a"), del("a")}, map[string]string{"b": "two"}},
		{"delete what is not there", []search.Batch{put("one"), del("x")}, map[string]string{"a": "one"}},
		{"delete in an empty index", []search.Batch{del("x")}, nil},
		{"delete and put again", []search.Batch{put("one"), del("a"), put("two")}, map[string]string{"a": "two"}},
		{"delete all", []search.Batch{put("one", "two"), del("b", "a")}, nil},
		{"deletes of a batch come before its puts", []search.Batch{put("one"), {Put: posts("two"), Delete: []string{"a"}}}, map[string]string{"a": "two"}},
		{"put and delete what was not there", []search.Batch{{Put: posts("one"), Delete: []string{"a"}}}, map[string]string{"a": "one"}},
		{"the last of two puts of an ID stays", []search.Batch{{Put: []search.Document{Post("a", "one"), Post("a", "two")}}}, map[string]string{"a": "two"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x := open.index(t)
			for _, batch := range tt.batches {
				apply(t, x, batch)
			}
			got, err := x.Hashes(t.Context())
			if err != nil {
				t.Fatalf("Hashes: %v", err)
			}
			equal(t, "Hashes", got, tt.want, cmpopts.EquateEmpty())
			for _, word := range []string{"one", "two", "three"} {
				var want []string
				for _, id := range []string{"a", "b"} {
					if tt.want[id] == word {
						want = append(want, id)
					}
				}
				equal(t, "documents with "+word, ids(t, x, word), strings.Join(want, " "))
			}
		})
	}
}

// testCancel: a context that has ended leaves everything as it was.
func testCancel(t *testing.T, open Open) {
	x := open.index(t, posts("one", "two")...)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, searchErr := searchNow(ended, x, search.Query{Match: compiled("one"), Size: 1})
	_, hashErr := x.Hashes(ended)
	for what, err := range map[string]error{
		"Apply":  x.Apply(ended, search.Batch{Put: posts("three"), Delete: []string{"b"}}),
		"Search": searchErr,
		"Hashes": hashErr,
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v, want %v", what, err, context.Canceled)
		}
	}
	equal(t, "documents with one", ids(t, x, "one"), "a")
	equal(t, "documents with two", ids(t, x, "two"), "b")
	equal(t, "documents with three", ids(t, x, "three"), "")
}

// countdown is a context that ends when it has been looked at a number of times, wherever the work is by then.
type countdown struct {
	context.Context
	left *atomic.Int64
}

func newCountdown(ctx context.Context, looks int64) countdown {
	c := countdown{ctx, new(atomic.Int64)}
	c.left.Store(looks)
	return c
}

func (c countdown) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

func (c countdown) Done() <-chan struct{} {
	done := make(chan struct{})
	if c.left.Add(-1) < 0 {
		close(done)
	}
	return done
}

// testCancelMidway: a batch interrupted anywhere is written as a whole or not at all, and can be repeated.
func testCancelMidway(t *testing.T, open Open) {
	batch := search.Batch{Put: posts("three", "", "four", "five", "six"), Delete: []string{"b"}}
	interrupted := 0
	for looks := range int64(12) {
		x := open.index(t, posts("one", "two")...)
		want := map[string]string{"a": "three", "b": "", "c": "four", "d": "five", "e": "six"}
		if err := x.Apply(newCountdown(t.Context(), looks), batch); err != nil {
			interrupted++
			if !errors.Is(err, context.Canceled) {
				t.Errorf("Apply: error %v, want %v", err, context.Canceled)
			}
			want = map[string]string{"a": "one", "b": "two"}
		}
		got, err := x.Hashes(t.Context())
		if err != nil {
			t.Fatalf("Hashes: %v", err)
		}
		equal(t, "Hashes", got, want)
		apply(t, x, batch)
		equal(t, "documents after the batch was repeated", ids(t, x, ""), "a b c d e")
	}
	if interrupted == 0 {
		t.Error("no batch was interrupted")
	}
}

// testCopies: the index shares no memory with its callers, and a hit is the document that was put.
func testCopies(t *testing.T, open Open) {
	source := "tags: Go, C++\ncategories: notes\nlang: ko\ndate: 2024-05-01\n# 제목\n첫 글\n## 소제목\n둘째 글\n"
	mine := Post("a", source)
	x := open.index(t, mine)
	spoil := func(d search.Document) {
		d.Tags[0], d.Categories[0], d.Sections[0].Heading = "spoilt", "spoilt", "spoilt"
	}
	spoil(mine)
	for range 2 {
		q := search.Query{Match: compiled("제목"), Size: 1}
		found := find(t, x, q)
		if len(found.Hits) != 1 {
			t.Fatalf("found %d documents, want 1", len(found.Hits))
		}
		equal(t, "document of the hit", found.Hits[0].Document, Post("a", source))
		spoil(found.Hits[0].Document)
		q.OnlyIDs = true
		equal(t, "hits that have IDs only", find(t, x, q).Hits[0].Document, search.Document{ID: "a"})
	}

	q := compiled(`제목 "둘째 글" -없음 tag:go`)
	before := fmt.Sprintf("%#v", q)
	find(t, x, search.Query{Match: q, Size: 1, Facets: true})
	equal(t, "query after Search", fmt.Sprintf("%#v", q), before)
}

// testConcurrent: searches while batches are written see a state between two batches, never half of one.
func testConcurrent(t *testing.T, open Open) {
	const batches, perBatch = 20, 5
	x := open.index(t)
	written := make(chan struct{})
	var wg sync.WaitGroup
	defer wg.Wait()
	for range 3 {
		wg.Go(func() {
			q := search.Query{Match: compiled("shared"), Size: all, Facets: true}
			for done := false; !done; {
				select {
				case <-written:
					done = true
				default:
				}
				found, err := searchNow(t.Context(), x, q)
				if err != nil {
					t.Errorf("Search: %v", err)
					return
				}
				if err := oneState(found, perBatch); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	defer close(written)
	for n := range batches {
		var batch search.Batch
		for i := range perBatch {
			batch.Put = append(batch.Put, Post(fmt.Sprintf("%d-%d", n%4, i), fmt.Sprintf("tags: tag%d\nshared %d", n, n)))
			batch.Delete = append(batch.Delete, fmt.Sprintf("%d-%d", (n+2)%4, i))
		}
		apply(t, x, batch)
	}
}

// oneState checks an answer of testConcurrent: groups of perBatch documents, each with a tag that no other has.
func oneState(found search.Matches, perBatch int) error {
	if found.Total != len(found.Hits) || found.Total%perBatch != 0 {
		return fmt.Errorf("total %d with %d hits, want groups of %d", found.Total, len(found.Hits), perBatch)
	}
	if len(found.Facets.Tags) != found.Total/perBatch {
		return fmt.Errorf("%d tags on %d documents, want one tag for %d", len(found.Facets.Tags), found.Total, perBatch)
	}
	counts := map[string]int{}
	for _, hit := range found.Hits {
		counts[hit.Document.Tags[0]]++
	}
	for _, f := range found.Facets.Tags {
		if f.Count != perBatch || counts[f.Value] != perBatch {
			return fmt.Errorf("tag %q counted %d times, carried by %d hits, want %d", f.Value, f.Count, counts[f.Value], perBatch)
		}
	}
	return nil
}

// testBigBatch: thousands of documents in one batch, one of them long; searches of them end with their context.
func testBigBatch(t *testing.T, open Open) {
	const n = 3000
	docs := make([]search.Document, n)
	for i := range docs {
		docs[i] = Post(fmt.Sprintf("%04d", i), fmt.Sprintf("공통 number%d mod%d", i, i%7))
	}
	docs[n/2] = Post(docs[n/2].ID, strings.Repeat("긴 문서의 text ", 20_000)+"바늘")
	x := open.index(t, docs...)
	for text, want := range map[string]int{"공통": n - 1, "number1234": 1, "mod3": 429, "바늘": 1, `"text 바늘"`: 1} {
		if got := find(t, x, search.Query{Match: compiled(text)}).Total; got != want {
			t.Errorf("%s: %d documents, want %d", text, got, want)
		}
	}
	for _, text := range []string{"", "공통", "-missing"} {
		_, err := searchNow(newCountdown(t.Context(), 3), x, search.Query{Match: compiled(text), Size: 10})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%q: the context ended during the search, error %v", text, err)
		}
	}
}
