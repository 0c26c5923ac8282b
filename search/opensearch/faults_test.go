package opensearch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chaja/search"
	"chaja/search/indextest"
	"chaja/search/opensearch/nodetest"
)

// startCluster starts three nodes that are one cluster.
func startCluster(t *testing.T) []*nodetest.Node {
	t.Helper()
	nodes := make([]*nodetest.Node, 3)
	var seeds, names []string
	for i := range nodes {
		var err error
		nodes[i], err = nodetest.Reserve()
		check(t, err)
		seeds, names = append(seeds, fmt.Sprintf("127.0.0.1:%d", nodes[i].Transport)), append(names, fmt.Sprint("n", i))
	}
	dir := t.TempDir()
	for i, n := range nodes {
		check(t, nodetest.StartAt(n, filepath.Join(dir, names[i]), 256, "cluster.name=three", "node.name="+names[i],
			"discovery.seed_hosts="+strings.Join(seeds, ","), "cluster.initial_cluster_manager_nodes="+strings.Join(names, ",")))
		t.Cleanup(n.Kill)
	}
	check(t, nodes[0].Wait(200, "/_cluster/health?wait_for_nodes=3&timeout=1s", 4*time.Minute))
	return nodes
}

// TestFaultsOfNodes: one of three nodes is killed while searches run and an update is written. No answer has a wrong total, every
// answer that is none says that it will pass, and no post is lost.
func TestFaultsOfNodes(t *testing.T) {
	if os.Getenv(nodetest.URL) != "node" || testing.Short() {
		t.Skip("it starts three nodes: make test-opensearch")
	}
	nodes := startCluster(t)
	var addresses []string
	for _, n := range nodes {
		addresses = append(addresses, n.URL)
	}
	c, err := Dial(Config{Addresses: addresses})
	check(t, err)
	s := Site{Cluster: c, Name: "site", Analyzer: indextest.Analyzer(), Shards: 3}
	const posts, more = 300, 50
	batch := func(from, n int) (b search.Batch) {
		for i := range n {
			b.Put = append(b.Put, indextest.Post(fmt.Sprint("p", from+i), "red whale"))
		}
		return b
	}
	s.commit(t, true, batch(0, posts))
	check(t, c.await(t.Context(), "site", "green"))

	var answers, failures atomic.Int64
	ctx, stop := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	m := NewManager(s, slog.New(slog.DiscardHandler))
	defer m.Close()
	for range 3 {
		readers.Go(func() {
			for ctx.Err() == nil {
				n, err := totalOf(t.Context(), m)
				switch {
				case err == nil && (n == posts || n == posts+more):
					answers.Add(1)
				case err == nil:
					t.Errorf("an answer has %d posts", n)
				case errors.Is(err, search.ErrUnavailable):
					failures.Add(1)
				default:
					t.Errorf("after %d answers: %v", answers.Load(), err)
					return
				}
			}
		})
	}
	atLeast := func(n int64) {
		for end := time.Now().Add(2 * time.Minute); answers.Load() < n && time.Now().Before(end); {
			time.Sleep(10 * time.Millisecond)
		}
	}
	atLeast(50)
	u, err := s.Begin(t.Context(), false)
	check(t, err)
	check(t, u.Apply(t.Context(), batch(posts, more/2)))
	nodes[2].Kill()
	for attempt := 0; ; attempt++ { // as when chaja index is run again
		if u != nil {
			if err = u.Apply(t.Context(), batch(posts, more)); err == nil {
				err = u.Commit(t.Context())
			}
			err = errors.Join(err, u.Close())
		}
		if err == nil || attempt == 10 {
			break
		}
		t.Logf("the update is repeated: %v", err)
		time.Sleep(2 * time.Second)
		if u, err = s.Begin(t.Context(), false); err != nil {
			u = nil
		}
	}
	check(t, err)
	atLeast(answers.Load() + 50)
	stop()
	readers.Wait()
	if n := total(t, m); n != posts+more {
		t.Errorf("%d posts at last, want %d", n, posts+more)
	}
	t.Logf("a node of three was killed: %d right answers, %d said that they cannot answer now, none was wrong", answers.Load(), failures.Load())
}
