package bleveindex_test

import (
	"path/filepath"
	"testing"

	"chaja/search"
	"chaja/search/bleveindex"
	"chaja/search/indextest"
)

func TestContract(t *testing.T) { indextest.Run(t, open) }

// open makes an empty index in a folder of the test.
func open(t *testing.T) search.Index {
	t.Helper()
	x, err := bleveindex.NewEngine(indextest.Analyzer()).Create(filepath.Join(t.TempDir(), "index"))
	if err != nil {
		t.Fatal(err)
	}
	return x
}
