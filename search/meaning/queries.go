// Package meaning is what posts and queries mean, as vectors: what of a post is embedded, how an index is filled, and the vectors
// of queries.
package meaning

import (
	"container/list"
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// Bounds of embedding queries.
const (
	Budget     = 300 * time.Millisecond // a reader waits so long for a vector; then words answer alone
	maxQuery   = 10 * time.Second       // a vector that comes later than Budget is kept for the next one who asks
	maxAtOnce  = 8                      // queries that a server is asked at the same time; with more, words answer alone
	maxCached  = 4096                   // vectors: 6 MB at 384 numbers
	afterAFail = time.Second            // for which a server that failed is not asked
)

// QueryModel makes a vector of length 1 of a query. *embedding.Client is one.
type QueryModel interface {
	Fingerprint() string
	Query(ctx context.Context, text string) ([]float32, error)
}

// ErrLate says that there is no vector in time: words answer alone.
var ErrLate = errors.New("no vector of the query in time")

// Queries gives vectors of queries, each of which is embedded once, and counts what became of them. It is safe for concurrent
// use.
type Queries struct {
	model QueryModel

	mu     sync.Mutex
	cached map[string]*list.Element // of *embedded
	order  list.List                // the one asked for last in front
	asked  int                      // at the moment
	rest   time.Time                // until when the server is let alone

	counts [outcomes]atomic.Uint64
}

// Outcome is what became of a query that was to be embedded.
type Outcome uint8

// The outcomes, by the names that metrics give them.
const (
	Cached   Outcome = iota // its vector was known
	Embedded                // it was embedded in time
	Late                    // not in time, or the server has enough to do
	Failed                  // the server failed, or was let alone as it had failed
	outcomes
)

// String is the name of the outcome.
func (o Outcome) String() string { return [...]string{"cached", "embedded", "late", "failed"}[o] }

// NewQueries returns the vectors of queries by a model.
func NewQueries(model QueryModel) *Queries {
	return &Queries{model: model, cached: map[string]*list.Element{}}
}

// Fingerprint is that of the model.
func (q *Queries) Fingerprint() string { return q.model.Fingerprint() }

// Counts returns how often each outcome was.
func (q *Queries) Counts() map[string]uint64 {
	counts := map[string]uint64{}
	for o := range outcomes {
		counts[o.String()] = q.counts[o].Load()
	}
	return counts
}

// embedded is a query whose vector is there once done is closed, or will not come.
type embedded struct {
	text   string
	done   chan struct{}
	vector []float32
	err    error
}

// Vector returns the vector of a query, within Budget. The error is ErrLate, that of the model, or of ctx.
func (q *Queries) Vector(ctx context.Context, text string) ([]float32, error) {
	e, known := q.entry(text)
	if e == nil {
		return nil, ErrLate
	}
	timer := time.NewTimer(Budget)
	defer timer.Stop()
	select {
	case <-e.done:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		q.counts[Late].Add(1)
		return nil, ErrLate
	}
	switch {
	case e.err != nil:
		q.counts[Failed].Add(1)
	case known:
		q.counts[Cached].Add(1)
	default:
		q.counts[Embedded].Add(1)
	}
	return e.vector, e.err
}

// entry returns the query from the cache, or asks for its vector. It is nil where the server is not to be asked now.
func (q *Queries) entry(text string) (e *embedded, known bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if at, ok := q.cached[text]; ok {
		q.order.MoveToFront(at)
		return at.Value.(*embedded), true
	}
	switch {
	case time.Now().Before(q.rest):
		q.counts[Failed].Add(1)
		return nil, false
	case q.asked >= maxAtOnce:
		q.counts[Late].Add(1)
		return nil, false
	}
	e = &embedded{text: text, done: make(chan struct{})}
	q.cached[text] = q.order.PushFront(e)
	if q.order.Len() > maxCached {
		q.forget(q.order.Back())
	}
	q.asked++
	go q.ask(e)
	return e, false
}

// ask embeds a query, for all who wait and who will ask.
func (q *Queries) ask(e *embedded) {
	ctx, cancel := context.WithTimeout(context.Background(), maxQuery)
	defer cancel()
	vector, err := q.model.Query(ctx, e.text)
	q.mu.Lock()
	defer q.mu.Unlock()
	e.vector, e.err = vector, err
	q.asked--
	if err != nil {
		q.rest = time.Now().Add(afterAFail)
		if at, ok := q.cached[e.text]; ok && at.Value == any(e) {
			q.forget(at)
		}
	}
	close(e.done)
}

func (q *Queries) forget(at *list.Element) {
	delete(q.cached, at.Value.(*embedded).text)
	q.order.Remove(at)
}
