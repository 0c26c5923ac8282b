package bleveindex

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"sync"
	"testing"
	"time"

	"chaja/search"
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
	for range 5 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestFaultWhileMerging$")
		cmd.Env = append(os.Environ(), childVariable+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%.2000s", err, out)
		}
	}
}

// mergeWhatIsCut cuts the segments of an index that is written.
func mergeWhatIsCut(t *testing.T, dir string) {
	dir = filepath.Join(dir, "index")
	x, err := NewEngine(indextest.Analyzer()).Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	var writer sync.WaitGroup
	writer.Go(func() {
		debug.SetPanicOnFault(true)
		defer func() { _ = recover() }() // of this goroutine package generation takes care
		for i := range 40 {
			batch := search.Batch{Put: []search.Document{indextest.Post(fmt.Sprint(i), "# post\nwith some words")}}
			if err := x.Apply(t.Context(), batch); err != nil {
				return
			}
		}
	})
	for range 100 {
		time.Sleep(time.Millisecond)
		segments, _ := filepath.Glob(filepath.Join(dir, "store", "*.zap"))
		for _, path := range segments {
			_ = os.Truncate(path, 0)
		}
	}
	writer.Wait()
	time.Sleep(200 * time.Millisecond)
	os.Exit(0)
}
