package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync/atomic"
	"time"

	"chaja/search"
	"chaja/search/eval"
	"chaja/search/service"
)

// agreement is what eval says of an engine elsewhere: how it agrees with Bleve, and what it is asked.
type agreement struct {
	SameFirst float64 `json:"same_first"` // part of the queries with the same first post
	SameTen   float64 `json:"same_ten"`   // with the same first ten in the same order
	clusterCost
}

// clusterCost is what the first page of a query takes, where each is asked once of a process that knows nothing yet. It is what is
// asked for it: that the process looks once a second which index is in force is left out.
type clusterCost struct {
	Requests   float64 `json:"requests_per_query"`
	SentKB     float64 `json:"kilobytes_sent_per_query"`
	KB         float64 `json:"kilobytes_per_query"`           // of the answers
	CPU        float64 `json:"page_cpu_us,omitempty"`         // processor time of chaja; not where the system does not tell
	ClusterCPU float64 `json:"page_cluster_cpu_us,omitempty"` // of all nodes, whatever else they do; not where the cluster does not tell
}

func (a *agreement) print(out io.Writer) {
	if a == nil {
		return
	}
	fmt.Fprintf(out, "beside Bleve: the same first post for %.2f %%, the same ten in order for %.2f %%\n", 100*a.SameFirst, 100*a.SameTen)
	fmt.Fprintf(out, "a first page takes %.2f requests to the cluster of %.0f KB in all, which answers with %.0f KB\n", a.Requests, a.SentKB, a.KB)
	fmt.Fprintf(out, "a first page takes %.0f µs of processor in chaja and %s in the cluster\n", a.CPU, a.clusterText())
}

func (c clusterCost) clusterText() string {
	if c.ClusterCPU == 0 {
		return "what it does not tell"
	}
	return fmt.Sprintf("%.0f µs", c.ClusterCPU)
}

// measure asks for the first page of each query once. Asked is told of all requests.
func (c *clusterCost) measure(ctx context.Context, queries []eval.Doc, s *service.Service, asked *traffic, at folders) error {
	at.observe = nil
	site, err := at.engineFlags.site(nil)
	if err != nil {
		return err
	}
	before, untold := site.Cluster.ProcessorTime(ctx)
	own, _ := processUsage()
	for _, q := range queries {
		if _, err := s.Search(ctx, search.Request{Query: q.Text}); err != nil {
			return err
		}
	}
	n := float64(max(1, len(queries)))
	c.Requests, c.SentKB, c.KB = float64(asked.requests.Load())/n, float64(asked.sent.Load())/n/1e3, float64(asked.received.Load())/n/1e3
	after, _ := processUsage()
	c.CPU = 1e6 * (after - own) / n
	if all, err := site.Cluster.ProcessorTime(ctx); err == nil && untold == nil {
		c.ClusterCPU = float64((all - before).Microseconds()) / n
	}
	return ctx.Err()
}

// compare compares rankings of the same queries.
func (a *agreement) compare(ours, others [][]string) {
	first, ten := 0, 0
	for i, ranking := range ours {
		mine, other := ranking[:min(10, len(ranking))], others[i][:min(10, len(others[i]))]
		if slices.Equal(mine[:min(1, len(mine))], other[:min(1, len(other))]) {
			first++
		}
		if slices.Equal(mine, other) {
			ten++
		}
	}
	n := float64(max(1, len(ours)))
	a.SameFirst, a.SameTen = float64(first)/n, float64(ten)/n
}

// traffic counts the requests to a cluster.
type traffic struct{ requests, sent, received atomic.Int64 }

func (t *traffic) observe(what string, _ int, _ time.Duration, sent, received int) {
	if what == "look" { // by time, not by query
		return
	}
	t.requests.Add(1)
	t.sent.Add(int64(sent))
	t.received.Add(int64(received))
}
