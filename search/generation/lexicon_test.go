package generation

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"chaja/search"
	"chaja/search/indextest"
)

// TestSameWords: the same posts give the same lexicon, byte by byte, in whatever order and batches they were written, and
// whatever was there before them.
func TestSameWords(t *testing.T) {
	var docs []search.Document
	for i := range 30 {
		docs = append(docs, indextest.Post(fmt.Sprintf("%02d", i), fmt.Sprintf(
			"tags: 쿠버네티스, Kubernetes\n# 쿠버네티스 %d\n도커(docker)와 쿠버네티스(Kubernetes)는 word%d 다. Kafka 카프카, 레디스(redis)", i, i%7)))
	}
	backwards := slices.Clone(docs)
	slices.Reverse(backwards)
	old := slices.Clone(docs[:20])
	for i := range old {
		old[i] = indextest.Post(old[i].ID, "# 그라파나(grafana)\nwhat the post said before")
	}
	gone := search.Batch{Put: []search.Document{indextest.Post("zz", "엘라스틱(elastic)")}}
	histories := map[string][]search.Batch{
		"at once":   {{Put: docs}},
		"backwards": {{Put: backwards[:10]}, {Put: backwards[10:11]}, {Put: backwards[11:]}},
		"replaced":  {gone, {Put: old}, {Put: docs[15:]}, {Put: docs[:15], Delete: []string{"zz"}}},
	}
	want := map[string]string{}
	for name, batches := range histories {
		dir := t.TempDir()
		commit(t, dir, false, batches...)
		for _, file := range []string{"words", "pairs.json"} {
			content, err := os.ReadFile(filepath.Join(generation(t, dir), file))
			check(t, err)
			if first, ok := want[file]; !ok {
				want[file] = string(content)
			} else if first != string(content) {
				t.Errorf("%s: %s differs, %d bytes and %d", name, file, len(content), len(first))
			}
		}
	}
	if len(want["pairs.json"]) < 500 {
		t.Errorf("few pairs: %s", want["pairs.json"])
	}
}
