package bleveindex

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"chaja/search"
	"chaja/search/generation"
	"chaja/search/indextest"
)

// childVariable makes TestFaultWhileMerging the child process of itself.
const childVariable = "CHAJA_TEST_CHILD"

// TestFaultWhileMerging: a segment that is cut while Bleve merges it, in a goroutine of its own, does not end the program.
func TestFaultWhileMerging(t *testing.T) {
	if os.Getenv(childVariable) != "" {
		mergeWhatIsCut(t, t.TempDir())
		return
	}
	for range 2 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestFaultWhileMerging$")
		cmd.Env = append(os.Environ(), childVariable+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%.2000s", err, out)
		}
	}
}

// mergeWhatIsCut cuts the segments of indexes that have just been written, and merges them, which ends.
func mergeWhatIsCut(t *testing.T, dir string) {
	for round := range 20 {
		dir := filepath.Join(dir, fmt.Sprint(round))
		x, err := NewEngine(indextest.Analyzer()).Create(dir)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2 {
			var docs []search.Document
			for n := range 20 {
				docs = append(docs, indextest.Post(fmt.Sprint(i, n), "# post\nwith some words"))
			}
			if err := x.Apply(t.Context(), search.Batch{Put: docs}); err != nil {
				t.Fatal(err)
			}
		}
		segments, _ := filepath.Glob(filepath.Join(dir, "store", "*.zap"))
		for _, path := range segments {
			_ = os.Truncate(path, 0)
		}
		_ = x.(generation.Merger).ForceMerge(t.Context())
		time.Sleep(20 * time.Millisecond)
	}
	os.Exit(0)
}
