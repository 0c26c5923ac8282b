// Package opensearch is search.Index over a cluster of OpenSearch, for sites that outgrow one machine.
//
// OpenSearch decides exactly what matches, and brings the best candidates by a score that is written in its query language and
// leaves out only what nearness adds. Package match scores these again, from a forward index that is stored with each document,
// so that the order is that of the other engines. Terms are ours: the fields hold them ready made, and the cluster needs no
// plugin. Whatever is asked for one answer is asked of one point in time (PIT).
package opensearch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"chaja/search"
	"chaja/search/analysis"
)

// Index is one index of a cluster. Of several that write it at once readers may see parts of a batch; see Update.
type Index struct {
	cluster  *Cluster
	name     string
	analyzer *analysis.Analyzer
	state    sync.RWMutex // held while what was written becomes visible, as shards show it one after the other
}

var _ search.Index = (*Index)(nil)

// Create makes an empty index. Analyzer analyzes its documents.
func Create(ctx context.Context, c *Cluster, name string, analyzer *analysis.Analyzer, shards int) (*Index, error) {
	err := c.do(ctx, "create index "+name, http.MethodPut, path(name), settings(shards), nil)
	if err != nil {
		return nil, err
	}
	return Open(c, name, analyzer), nil
}

// Open returns an index that is there.
func Open(c *Cluster, name string, analyzer *analysis.Analyzer) *Index {
	return &Index{cluster: c, name: name, analyzer: analyzer}
}

// path makes a path of names that stand between slashes.
func path(parts ...string) string {
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return "/" + strings.Join(parts, "/")
}

// Close implements search.Index. The index stays in the cluster.
func (x *Index) Close() error { return nil }

// Delete removes an index from the cluster; one that is not there is fine.
func (c *Cluster) Delete(ctx context.Context, name string) error {
	err := c.do(ctx, "delete index "+name, http.MethodDelete, path(name), nil, nil)
	if isStatus(err, http.StatusNotFound) {
		return nil
	}
	return err
}

// bulkBytes bounds what is sent at once.
const bulkBytes = 8 << 20

// Apply implements search.Writer. Once it has begun to write it does not end with ctx, so that a batch is written as a whole;
// after an error that the cluster gives a part of it may be there, until it is repeated.
func (x *Index) Apply(ctx context.Context, batch search.Batch) error {
	bulks, err := x.bulks(ctx, batch)
	if err != nil || len(bulks) == 0 {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), bulkWait)
	defer cancel()
	for _, b := range bulks {
		if err := x.bulk(ctx, b); err != nil {
			return fmt.Errorf("write batch of %d documents: %w", len(batch.Put), err)
		}
	}
	return x.refresh(ctx)
}

// refresh makes visible what was written.
func (x *Index) refresh(ctx context.Context) error {
	x.state.Lock()
	defer x.state.Unlock()
	return x.cluster.do(ctx, "refresh index "+x.name, http.MethodPost, path(x.name, "_refresh"), nil, nil)
}

// bulks returns the requests for a batch.
func (x *Index) bulks(ctx context.Context, batch search.Batch) (bulks []lines, err error) {
	last := map[string]int{}
	for i := range batch.Put {
		last[batch.Put[i].ID] = i
	}
	sources := make([]object, len(batch.Put))
	group, parallel := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, i := range last {
		group.Go(func() error {
			sources[i] = source(&batch.Put[i], x.analyzer)
			return parallel.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var b lines
	for _, id := range batch.Delete {
		if _, put := last[id]; !put {
			if err := b.add(object{"delete": object{"_id": docID(id)}}); err != nil {
				return nil, err
			}
		}
	}
	for i, s := range sources {
		if s == nil {
			continue
		}
		if err := b.add(object{"index": object{"_id": docID(batch.Put[i].ID)}}); err != nil {
			return nil, err
		}
		if err := b.add(s); err != nil {
			return nil, fmt.Errorf("encode %s: %w", batch.Put[i].ID, err)
		}
		if len(b) > bulkBytes {
			bulks, b = append(bulks, b), nil
		}
	}
	if len(b) > 0 {
		bulks = append(bulks, b)
	}
	return bulks, nil
}

// bulk sends one request. That a document to delete is not there is no failure.
func (x *Index) bulk(ctx context.Context, b lines) error {
	var answer struct {
		Errors bool
		Items  []map[string]struct {
			ID     string `json:"_id"`
			Status int
			Error  failure
		}
	}
	if err := x.cluster.do(ctx, "write to "+x.name, http.MethodPost, path(x.name, "_bulk")+"?timeout=15s", b, &answer); err != nil || !answer.Errors {
		return err
	}
	for _, item := range answer.Items {
		for _, done := range item {
			if done.Error.Type != "" {
				return x.cluster.failed("write "+done.ID+" to "+x.name, done.Status, done.Error)
			}
		}
	}
	return nil
}

// Hashes implements search.Writer.
func (x *Index) Hashes(ctx context.Context) (map[string]string, error) {
	s, err := x.open(ctx)
	if err != nil {
		return nil, err
	}
	defer s.release()
	hashes := map[string]string{}
	body := object{"_source": false, "stored_fields": []string{"hash"}, "docvalue_fields": []string{"id"}}
	err = s.scan(ctx, body, func(h hit) error {
		hashes[h.text("id")] = h.text("hash")
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read stored hashes: %w", err)
	}
	return hashes, nil
}
