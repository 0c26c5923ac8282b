package main

import (
	"fmt"
	"io"
	"slices"
	"sync/atomic"
	"time"
)

// agreement is what eval says of an engine elsewhere: how it agrees with Bleve, and what it is asked.
type agreement struct {
	SameFirst float64 `json:"same_first"`          // part of the queries with the same first post
	SameTen   float64 `json:"same_ten"`            // with the same first ten in the same order
	Requests  float64 `json:"requests_per_query"`  // to the cluster, for one page
	KB        float64 `json:"kilobytes_per_query"` // of its answers
}

func (a *agreement) print(out io.Writer) {
	if a != nil {
		fmt.Fprintf(out, "beside Bleve: the same first post for %.2f %%, the same ten in order for %.2f %%\n", 100*a.SameFirst, 100*a.SameTen)
		fmt.Fprintf(out, "a query takes %.2f requests to the cluster, which answers with %.0f KB\n", a.Requests, a.KB)
	}
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

// traffic counts requests to a cluster.
type traffic struct{ requests, bytes atomic.Int64 }

func (t *traffic) observe(_ string, _ int, _ time.Duration, bytes int) {
	t.requests.Add(1)
	t.bytes.Add(int64(bytes))
}
