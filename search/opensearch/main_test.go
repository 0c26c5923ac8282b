package opensearch

import (
	"context"
	"flag"
	"fmt"
	"os"
	"sync/atomic"
	"testing"

	"chaja/search"
	"chaja/search/indextest"
	"chaja/search/memindex"
	"chaja/search/opensearch/nodetest"
)

// cluster is what the tests of a process share; its URL is empty where none is asked for.
var clusterURL string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	clusterURL = os.Getenv(nodetest.URL)
	if clusterURL == "node" {
		dir, err := os.MkdirTemp("", "chaja-opensearch-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		node, err := nodetest.Start(dir, 512, true, "discovery.type=single-node", "action.destructive_requires_name=false")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer node.Close()
		clusterURL = node.URL
	}
	return m.Run()
}

// cluster connects to the cluster of the tests.
func testCluster(t testing.TB) *Cluster {
	t.Helper()
	nodetest.Wanted(t)
	c, err := Dial(Config{Addresses: []string{clusterURL}})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c
}

var indexes atomic.Int64

// newName returns a name that no index has; what begins with it is deleted at the end.
func newName(t testing.TB, c *Cluster) string {
	name := fmt.Sprintf("chaja-test-%d-%d", os.Getpid(), indexes.Add(1))
	t.Cleanup(func() { _ = c.Delete(context.Background(), name+"*") })
	return name
}

func opener(shards int) func(t *testing.T) search.Index {
	return func(t *testing.T) search.Index {
		c := testCluster(t)
		x, err := Create(t.Context(), c, newName(t, c), indextest.Analyzer(), shards)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

// TestContract runs the suite of all engines, with one shard and with three.
func TestContract(t *testing.T) {
	nodetest.Wanted(t)
	for _, shards := range []int{1, 3} {
		t.Run(fmt.Sprint("shards ", shards), func(t *testing.T) { indextest.Run(t, opener(shards)) })
	}
}

// More histories: -run Agree -agree.rounds 50
var rounds = flag.Int("agree.rounds", 1, "number of random histories for each number of shards")

// TestAgree holds OpenSearch against the index that looks at every document.
func TestAgree(t *testing.T) {
	nodetest.Wanted(t)
	oracle := func(*testing.T) search.Index { return memindex.New(indextest.Analyzer()) }
	for _, shards := range []int{1, 3} {
		for seed := range uint64(*rounds) {
			t.Run(fmt.Sprintf("shards %d, seed %d", shards, seed), func(t *testing.T) { indextest.Agree(t, opener(shards), oracle, seed+1) })
		}
	}
}
