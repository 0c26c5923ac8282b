package httpapi

import (
	"context"
	"errors"
	"runtime"

	"chaja/search"
)

// ErrBusy is returned by the searcher of Options.Pages when too many searches are waiting already.
var ErrBusy = errors.New("too many searches at once")

// waitingPerCore bounds how many searches wait. Two cores that take 250 ms for each of the worst work off 2 * 32 of them
// within requestTimeout; whoever came later would wait for nothing.
const waitingPerCore = 32

// queue is a Searcher that lets as many searches run at once as there are cores: more would only slow each other down,
// and hold the memory of all. It fails with ErrBusy at once when too many are waiting already, and with the error of the
// context when that ends first. What may be waited for by machines, Ready, does not wait.
type queue struct {
	Searcher
	admitted, running chan struct{}
}

func newQueue(s Searcher) *queue {
	cores := runtime.GOMAXPROCS(0)
	return &queue{s, make(chan struct{}, cores*(1+waitingPerCore)), make(chan struct{}, cores)}
}

// Search implements Searcher.
func (q *queue) Search(ctx context.Context, r search.Request) (search.Result, error) {
	return inTurn(ctx, q, func() (search.Result, error) { return q.Searcher.Search(ctx, r) })
}

// Suggest implements Searcher.
func (q *queue) Suggest(ctx context.Context, typed string, limit int) (search.Suggestions, error) {
	return inTurn(ctx, q, func() (search.Suggestions, error) { return q.Searcher.Suggest(ctx, typed, limit) })
}

// Facets implements Searcher.
func (q *queue) Facets(ctx context.Context) (search.Facets, error) {
	return inTurn(ctx, q, func() (search.Facets, error) { return q.Searcher.Facets(ctx) })
}

// Related implements Searcher.
func (q *queue) Related(ctx context.Context, id string, limit int) ([]search.Hit, error) {
	return inTurn(ctx, q, func() ([]search.Hit, error) { return q.Searcher.Related(ctx, id, limit) })
}

// inTurn asks when it is its turn.
func inTurn[T any](ctx context.Context, q *queue, ask func() (T, error)) (none T, err error) {
	select {
	case q.admitted <- struct{}{}:
		defer func() { <-q.admitted }()
	default:
		return none, ErrBusy
	}
	select {
	case q.running <- struct{}{}:
		defer func() { <-q.running }()
	case <-ctx.Done():
		return none, ctx.Err()
	}
	if err := ctx.Err(); err != nil { // both were ready
		return none, err
	}
	return ask()
}
