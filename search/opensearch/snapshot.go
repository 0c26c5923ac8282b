package opensearch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"chaja/search"
	"chaja/search/match"
)

// keepAlive is how long a point in time is kept without a request.
const keepAlive = "5m"

// snapshot is one state of an index: a point in time, and what is known of it. One that is lost, with a node or for want of
// requests, is opened again: of an index that is not written any more that is the same state.
type snapshot struct {
	index *Index

	mu    sync.Mutex
	pit   string
	stats *stats // see stats.go; nil before they are asked for

	labelling sync.Mutex // held while labels are asked for
	label     *labels
}

// Remote implements search.Remote.
func (s *snapshot) Remote() {}

// Snapshot implements search.Index.
func (x *Index) Snapshot(ctx context.Context) (search.Snapshot, error) { return x.open(ctx) }

func (x *Index) open(ctx context.Context) (*snapshot, error) {
	s := &snapshot{index: x}
	var err error
	s.pit, err = x.pointInTime(ctx)
	return s, err
}

// pointInTime opens one.
func (x *Index) pointInTime(ctx context.Context) (string, error) {
	x.state.RLock()
	defer x.state.RUnlock()
	var answer struct {
		ID string `json:"pit_id"`
	}
	where := path(x.name, "_search", "point_in_time") + "?" + url.Values{"keep_alive": {keepAlive}, "allow_partial_pit_creation": {"false"}}.Encode()
	err := x.cluster.do(ctx, "open index "+x.name, http.MethodPost, where, nil, &answer)
	return answer.ID, err
}

// Close implements search.Snapshot.
func (s *snapshot) Close() error {
	s.release()
	return nil
}

// release gives up the point in time. The cluster does so itself where this fails.
func (s *snapshot) release() {
	s.mu.Lock()
	pit := s.pit
	s.pit = ""
	s.mu.Unlock()
	if pit == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = s.index.cluster.do(ctx, "close", http.MethodDelete, "/_search/point_in_time", object{"pit_id": []string{pit}}, nil)
}

// point returns the point in time, opened again when it is not what it was in a request that failed.
func (s *snapshot) point(ctx context.Context, lost string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.pit == "":
		return "", errClosed
	case s.pit == lost:
		pit, err := s.index.pointInTime(ctx)
		if err != nil {
			return "", err
		}
		s.pit = pit
	}
	return s.pit, nil
}

var errClosed = errors.New("the snapshot is closed")

// result is the answer to one search.
type result struct {
	Status int
	Error  *failure
	Hits   struct {
		Total struct{ Value int }
		Hits  []hit
	}
	Aggregations map[string]aggregation
	Shards       struct{ Failed int } `json:"_shards"`
}

// hit is a document of a result.
type hit struct {
	ID     string                     `json:"_id"`
	Source struct{ Record record }    `json:"_source"`
	Fields map[string]json.RawMessage `json:"fields"`
	Sort   []json.RawMessage
}

// text returns the only value of a field of texts, texts all of them.
func (h hit) text(field string) string {
	if all := h.texts(field); len(all) > 0 {
		return all[0]
	}
	return ""
}

func (h hit) texts(field string) (all []string) {
	_ = json.Unmarshal(h.Fields[field], &all) // a field that is not there has none
	return all
}

// ask answers several searches at once in the state of the snapshot. What fails as the point in time is lost is repeated
// once.
func (s *snapshot) ask(ctx context.Context, searches ...object) ([]result, error) {
	pit, err := s.point(ctx, "")
	if err != nil {
		return nil, err
	}
	results, err := s.askIn(ctx, pit, searches)
	if err != nil && isLost(ctx, err) {
		if pit, err = s.point(ctx, pit); err != nil {
			return nil, err
		}
		results, err = s.askIn(ctx, pit, searches)
	}
	return results, err
}

// askIn sends searches to a point in time. Partial answers are refused: with a node lost they are wrong.
func (s *snapshot) askIn(ctx context.Context, pit string, searches []object) ([]result, error) {
	var b lines
	for _, search := range searches {
		search["pit"] = object{"id": pit, "keep_alive": keepAlive}
		if deadline, ok := ctx.Deadline(); ok {
			search["timeout"] = fmt.Sprintf("%dms", max(1, time.Until(deadline).Milliseconds()))
		}
		if err := errors.Join(b.add(object{"allow_partial_search_results": false}), b.add(search)); err != nil {
			return nil, err
		}
	}
	var answer struct{ Responses []result }
	err := s.index.cluster.do(ctx, "search "+s.index.name, http.MethodPost, "/_msearch", b, &answer)
	if err != nil {
		return nil, err
	}
	for _, r := range answer.Responses {
		if r.Error != nil {
			return nil, s.index.cluster.failed("search "+s.index.name, r.Status, *r.Error)
		}
		if r.Shards.Failed > 0 {
			return nil, s.index.cluster.failed("search "+s.index.name, http.StatusInternalServerError, failure{Reason: "a part of the index does not answer"})
		}
	}
	if len(answer.Responses) != len(searches) {
		return nil, fmt.Errorf("%w: %d answers to %d searches", ErrProduct, len(answer.Responses), len(searches))
	}
	return answer.Responses, nil
}

// scanSize is how many documents are read at once.
const scanSize = 500

// scan calls yield with every document in the order of their IDs. Body says what of them, and may have a query.
func (s *snapshot) scan(ctx context.Context, body object, yield func(hit) error) error {
	body["size"], body["sort"] = scanSize, []string{"id"}
	for {
		results, err := s.ask(ctx, body)
		if err != nil {
			return err
		}
		hits := results[0].Hits.Hits
		for _, h := range hits {
			if err := yield(h); err != nil {
				return err
			}
		}
		if len(hits) < scanSize {
			return nil
		}
		body["search_after"] = hits[len(hits)-1].Sort
	}
}

// Get implements search.Snapshot.
func (s *snapshot) Get(ctx context.Context, ids ...string) (map[string]search.Document, error) {
	docs := make(map[string]search.Document, len(ids))
	for part := range slices.Chunk(slices.Compact(slices.Sorted(slices.Values(ids))), scanSize) {
		results, err := s.ask(ctx, object{"query": object{"terms": object{"id": part}}, "size": len(part), "_source": []string{"record"}})
		if err != nil {
			return nil, fmt.Errorf("read documents: %w", err)
		}
		for _, h := range results[0].Hits.Hits {
			doc, err := h.Source.Record.document()
			if err != nil {
				return nil, fmt.Errorf("read document %s: %w", h.ID, err)
			}
			docs[doc.ID] = doc
		}
	}
	return docs, nil
}

// Documents calls yield with every document, in the order of their IDs. Together with Terms it is what a lexicon is learned
// from.
func (s *snapshot) Documents(ctx context.Context, yield func(*search.Document) error) error {
	return s.eachDocument(ctx, 0, yield)
}

// eachDocument is Documents of those with a sampleLevel of least or more.
func (s *snapshot) eachDocument(ctx context.Context, least int, yield func(*search.Document) error) error {
	body := object{"_source": []string{"record"}, "query": object{"range": object{"sample": object{"gte": least}}}}
	return s.scan(ctx, body, func(h hit) error {
		doc, err := h.Source.Record.document()
		if err != nil {
			return fmt.Errorf("read document %s: %w", h.ID, err)
		}
		return yield(&doc)
	})
}

// Terms calls yield with every term of the bodies and the number of documents that have it, counted anew from the documents.
func (s *snapshot) Terms(ctx context.Context, yield func(term match.Term, docs int) error) error {
	counts := termCounts{}
	err := s.Documents(ctx, func(doc *search.Document) error {
		counts.add(s.index.analyzer, doc)
		return nil
	})
	if err != nil {
		return err
	}
	return counts.each(yield)
}
