package bleveindex_test

import (
	"flag"
	"fmt"
	"testing"

	"chaja/search"
	"chaja/search/indextest"
	"chaja/search/memindex"
)

// More histories: go test ./search/bleveindex -run Agree -agree.seed 1000 -agree.rounds 500
var (
	firstSeed = flag.Uint64("agree.seed", 1, "seed of the first random history")
	rounds    = flag.Int("agree.rounds", 5, "number of random histories, with successive seeds")
)

// TestAgree holds Bleve against the index that looks at every document.
func TestAgree(t *testing.T) {
	oracle := func(*testing.T) search.Index { return memindex.New(indextest.Analyzer()) }
	for i := range uint64(*rounds) {
		seed := *firstSeed + i
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { indextest.Agree(t, open, oracle, seed) })
	}
}
