package httpapi

import (
	"context"
	"errors"
	"runtime"
)

// ErrBusy is what Backend.InTurn fails with when too many requests are waiting already.
var ErrBusy = errors.New("too many searches at once")

// waitingPerCore bounds how many searches wait. Two cores that take 250 ms for each of the worst work off 2 * 32 of them
// within requestTimeout; whoever came later would wait for nothing.
const waitingPerCore = 32

// queue is a semaphore around the work of every request that asks the index, be it of the API or a page. It lets as many
// work at once as there are cores: more would only slow each other down, and hold the memory of all.
type queue struct {
	admitted, running chan struct{}
}

func newQueue() *queue {
	cores := runtime.GOMAXPROCS(0)
	return &queue{make(chan struct{}, cores*(1+waitingPerCore)), make(chan struct{}, cores)}
}

// inTurn works when it is its turn, and returns the error of that. It fails with ErrBusy at once when too many are waiting
// already, and with the error of the context when that ends first.
func (q *queue) inTurn(ctx context.Context, work func() error) error {
	select {
	case q.admitted <- struct{}{}:
		defer func() { <-q.admitted }()
	default:
		return ErrBusy
	}
	select {
	case q.running <- struct{}{}:
		defer func() { <-q.running }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := ctx.Err(); err != nil { // both were ready
		return err
	}
	return work()
}
