package httpapi

import (
	"context"
	"runtime"
)

// waitingPerCore bounds how many searches wait. Two cores that take 250 ms for each of the worst work off 2 * 32 of them
// within requestTimeout; whoever came later would wait for nothing.
const waitingPerCore = 32

// queue lets as many searches run at once as there are cores: more would only slow each other down, and hold the memory
// of all.
type queue struct {
	admitted, running chan struct{}
}

func newQueue() *queue {
	cores := runtime.GOMAXPROCS(0)
	return &queue{make(chan struct{}, cores*(1+waitingPerCore)), make(chan struct{}, cores)}
}

// wait returns work that waits for its turn. It fails with errBusy at once when too many are waiting already, and with
// the error of the context when that ends first.
func (q *queue) wait(do work) work {
	return func(ctx context.Context) (any, error) {
		select {
		case q.admitted <- struct{}{}:
			defer func() { <-q.admitted }()
		default:
			return nil, errBusy
		}
		select {
		case q.running <- struct{}{}:
			defer func() { <-q.running }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if err := ctx.Err(); err != nil { // both were ready
			return nil, err
		}
		return do(ctx)
	}
}
