package pairs_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"chaja/indexer"
	"chaja/search"
	"chaja/search/chars"
	"chaja/search/lexicon/pairs"
)

var (
	sample = flag.Int("sample", 0, "print so many of the pairs learned from real posts, chosen by a fixed seed")
	form   = flag.String("form", "", "print only pairs of this form")
)

// collector is a search.Writer that keeps the documents.
type collector struct{ documents []search.Document }

func (c *collector) Hashes(context.Context) (map[string]string, error) { return nil, nil }

func (c *collector) Apply(_ context.Context, batch search.Batch) error {
	c.documents = append(c.documents, batch.Put...)
	return nil
}

// TestRealSites learns from real blogs and prints how many pairs each has. The pairs of docs/pairs.md are those of
// -run RealSites -v -sample 200.
func TestRealSites(t *testing.T) {
	root := os.Getenv("CHAJA_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	sites, err := os.ReadDir(filepath.Join(root, "posts"))
	if err != nil {
		t.Skip("real posts are not here: set CHAJA_SHARED to the folder that holds posts")
	}
	var all []string
	for _, site := range sites {
		if site.IsDir() {
			for _, p := range learnSite(t, filepath.Join(root, "posts", site.Name())) {
				if *form != "" && string(p.Evidence[0].Form) != *form {
					continue
				}
				all = append(all, fmt.Sprintf("%-28s %s = %s (%d %s)", site.Name(), p.A, p.B, p.Count, p.Evidence[0].Form))
			}
		}
	}
	rand.New(rand.NewPCG(4, 7)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	t.Logf("%d pairs", len(all))
	for i, line := range all[:min(*sample, len(all))] {
		t.Logf("%3d %s", i+1, line)
	}
}

// learnSite returns the pairs of a site and checks what holds for all of them.
func learnSite(t *testing.T, dir string) []pairs.Pair {
	t.Helper()
	w := &collector{}
	if _, err := indexer.Run(t.Context(), indexer.Options{Site: dir}, w); err != nil {
		t.Fatal(err)
	}
	l := pairs.NewLearner()
	size, start := 0, time.Now()
	for _, d := range w.documents {
		texts := []string{d.Title, d.Body}
		for _, s := range d.Sections {
			texts = append(texts, s.Heading)
		}
		l.Add(d.ID, d.Tags, texts...)
		size += len(d.Body)
	}
	added := time.Since(start)
	learned := l.Learn()
	t.Logf("%-28s %4d posts %5d KiB: %4d pairs, Add %v, Learn %v", filepath.Base(dir), len(w.documents), size>>10, len(learned),
		added.Round(time.Millisecond), (time.Since(start) - added).Round(time.Millisecond))
	set := pairs.NewSet(learned, nil)
	for _, p := range learned {
		if p.A == "" || p.B == "" || p.Count == 0 || len(p.Evidence) == 0 || chars.Key(p.A) == chars.Key(p.B) || len(set.Of(p.A)) == 0 {
			t.Errorf("odd pair %+v", p)
		}
	}
	return learned
}
