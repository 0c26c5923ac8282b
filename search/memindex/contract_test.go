package memindex_test

import (
	"testing"

	"chaja/search"
	"chaja/search/indextest"
	"chaja/search/memindex"
)

func TestContract(t *testing.T) {
	indextest.Run(t, func(*testing.T) search.Index { return memindex.New(indextest.Analyzer()) })
}
