package pairs_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"chaja/indexer"
	"chaja/search"
	"chaja/search/pairs"
)

// collector is a search.Writer that keeps the documents.
type collector struct{ documents []search.Document }

func (c *collector) Hashes(context.Context) (map[string]string, error) { return nil, nil }

func (c *collector) Apply(_ context.Context, batch search.Batch) error {
	c.documents = append(c.documents, batch.Put...)
	return nil
}

func TestReal(t *testing.T) {
	root := os.Getenv("CHAJA_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	sites, err := os.ReadDir(filepath.Join(root, "posts"))
	if err != nil {
		t.Skip("real posts are not here: set CHAJA_SHARED to the folder that holds posts")
	}
	for _, site := range sites {
		if !site.IsDir() {
			continue
		}
		t.Run(site.Name(), func(t *testing.T) {
			w := &collector{}
			if _, err := indexer.Run(t.Context(), indexer.Options{Site: filepath.Join(root, "posts", site.Name())}, w); err != nil {
				t.Fatal(err)
			}
			l := pairs.NewLearner()
			size := 0
			start := time.Now()
			for _, d := range w.documents {
				texts := []string{d.Title, d.Body}
				for _, s := range d.Sections {
					texts = append(texts, s.Heading)
				}
				l.Add(d.ID, d.Tags, texts...)
				size += len(d.Body)
			}
			added := time.Since(start)
			found := l.Learn()
			t.Logf("%d posts, %d KiB: %d pairs; Add %v (%.0f MB/s), Learn %v", len(w.documents), size>>10, len(found), added,
				float64(size)/1e6/added.Seconds(), time.Since(start)-added)
			for _, p := range found {
				t.Logf("PAIR %s | %s | %d | %s", p.A, p.B, p.Count, p.Evidence[0].Form)
			}
		})
	}
}
