package generation

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/bleveindex"
	"chaja/search/indextest"
	"chaja/search/match"
)

// countingEngine is Bleve's, and counts how often a lexicon is learned from all documents.
type countingEngine struct {
	Engine
	learned *int
}

func (e countingEngine) Create(dir string) (search.Index, error) {
	x, err := e.Engine.Create(dir)
	return countingIndex{x, e.learned}, err
}

func (e countingEngine) Open(dir string, readOnly bool) (search.Index, error) {
	x, err := e.Engine.Open(dir, readOnly)
	return countingIndex{x, e.learned}, err
}

type countingIndex struct {
	search.Index
	learned *int
}

func (x countingIndex) Snapshot(ctx context.Context) (search.Snapshot, error) {
	s, err := x.Index.Snapshot(ctx)
	return countingSnapshot{s, x.learned}, err
}

type countingSnapshot struct {
	search.Snapshot
	learned *int
}

type source interface {
	Documents(context.Context, func(*search.Document) error) error
	Terms(context.Context, func(match.Term, int) error) error
}

func (s countingSnapshot) Documents(ctx context.Context, yield func(*search.Document) error) error {
	*s.learned++
	return s.Snapshot.(source).Documents(ctx, yield)
}

func (s countingSnapshot) Terms(ctx context.Context, yield func(match.Term, int) error) error {
	return s.Snapshot.(source).Terms(ctx, yield)
}

// loanwords are in both spellings what the posts of randomPost are made of.
const loanwords = "쿠버네티스 Kubernetes 도커 docker 카프카 Kafka 레디스 Redis 그라파나 Grafana 프로메테우스 Prometheus 서버 server 캐시 cache 인터페이스 interface " +
	"애너테이션 annotation 어노테이션 메시지 message 메세지 스프링 Spring 그리고 도서관 도서관에서 에어플로우를 Airflow v1.2 2024 한글"

func randomPost(random *rand.Rand, id string) search.Document {
	words := strings.Fields(loanwords)
	var b strings.Builder
	word := func() string { return words[random.IntN(len(words))] }
	fmt.Fprintf(&b, "tags: %s, %s\n", word(), word())
	for range random.IntN(4) {
		fmt.Fprintf(&b, "# %s %s\n", word(), word())
		for range random.IntN(12) {
			fmt.Fprintf(&b, "%s(%s)는 %s %s%d, ", word(), word(), word(), word(), random.IntN(50))
		}
		b.WriteByte('\n')
	}
	return indextest.Post(id, b.String())
}

// TestLearnsWhatChanged: after any edits the lexicon has the same bytes as one that is made of the same posts at once, and
// only the first is made of all posts.
func TestLearnsWhatChanged(t *testing.T) {
	for seed := range uint64(3) {
		random := rand.New(rand.NewPCG(seed, 2))
		learned := 0
		dir, engine := t.TempDir(), countingEngine{bleveindex.NewEngine(indextest.Analyzer()), &learned}
		posts := map[string]search.Document{}
		var first search.Batch
		for i := range 100 {
			p := randomPost(random, fmt.Sprintf("%03d", i))
			posts[p.ID] = p
			first.Put = append(first.Put, p)
		}
		write(t, dir, engine, first)
		if learned != 1 {
			t.Fatalf("the first time all posts are read %d times", learned)
		}
		for step := range 12 {
			var batches []search.Batch
			for range 1 + random.IntN(3) {
				var b search.Batch
				id := fmt.Sprintf("%03d", random.IntN(110))
				switch random.IntN(3) {
				case 0:
					b.Delete = []string{id}
					delete(posts, id)
				default:
					posts[id] = randomPost(random, id)
					b.Put = append(b.Put, posts[id])
				}
				batches = append(batches, b)
			}
			write(t, dir, engine, batches...)
			if step%4 > 0 {
				continue
			}
			anew := t.TempDir()
			write(t, anew, bleveindex.NewEngine(indextest.Analyzer()), search.Batch{Put: slices.Collect(maps.Values(posts))})
			for _, name := range []string{"words", "pairs.json"} {
				if got, want := content(t, dir, name), content(t, anew, name); got != want {
					t.Fatalf("seed %d, step %d: %s differs, %d bytes and %d", seed, step, name, len(got), len(want))
				}
			}
		}
		if learned != 1 {
			t.Errorf("all posts were read %d times", learned)
		}
		if n := len(content(t, dir, "pairs.json")); n < 500 {
			t.Errorf("few pairs: %d bytes", n)
		}
	}
}

// TestNotesAreNoMust: notes that are missing, damaged, cut or those of other posts cost time only.
func TestNotesAreNoMust(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 2))
	var docs []search.Document
	for i := range 50 {
		docs = append(docs, randomPost(random, fmt.Sprintf("%03d", i)))
	}
	changed := randomPost(random, "007")
	plain := bleveindex.NewEngine(indextest.Analyzer())
	anew := t.TempDir()
	write(t, anew, plain, search.Batch{Put: append(slices.Clone(docs), changed)})
	for name, damage := range map[string]func(path string, content []byte) error{
		"missing": func(path string, _ []byte) error { return os.Remove(path) },
		"flipped": func(path string, c []byte) error { c[len(c)/2] ^= 1; return os.WriteFile(path, c, 0o644) },
		"cut":     func(path string, c []byte) error { return os.WriteFile(path, c[:len(c)/2], 0o644) },
		"empty":   func(path string, c []byte) error { return os.WriteFile(path, nil, 0o644) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, learned := t.TempDir(), 0
			write(t, dir, plain, search.Batch{Put: docs})
			path := filepath.Join(generation(t, dir), "notes")
			c, err := os.ReadFile(path)
			check(t, err)
			check(t, damage(path, c))
			m, err := ReadManifest(dir)
			check(t, err)
			m.Files, err = list(t.Context(), system{}, generation(t, dir), nil)
			check(t, err)
			_, err = m.publish(system{}, dir)
			check(t, err)
			write(t, dir, countingEngine{plain, &learned}, search.Batch{Put: []search.Document{changed}})
			if learned != 1 {
				t.Errorf("all posts were read %d times", learned)
			}
			if content(t, dir, "words") != content(t, anew, "words") || content(t, dir, "pairs.json") != content(t, anew, "pairs.json") {
				t.Error("other words than of an index that is made at once")
			}
		})
	}
}

func write(t *testing.T, dir string, engine Engine, batches ...search.Batch) {
	t.Helper()
	u, err := Begin(dir, engine, false)
	check(t, err)
	for _, b := range batches {
		check(t, u.Apply(t.Context(), b))
	}
	check(t, u.Commit(t.Context()))
	check(t, u.Close())
}

// content returns a file of the generation in force.
func content(t *testing.T, dir, name string) string {
	t.Helper()
	c, err := os.ReadFile(filepath.Join(generation(t, dir), name))
	check(t, err)
	return string(c)
}
