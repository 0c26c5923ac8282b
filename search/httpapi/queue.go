package httpapi

import (
	"context"
	"errors"
	"runtime"
)

// ErrBusy is the error of Backend.InTurn when too many requests are waiting already.
var ErrBusy = errors.New("too many searches at once")

// waitingPerCore bounds how many searches wait. At 250 ms for each of the worst, two cores finish 2 * 32 searches within
// requestTimeout. Whoever came after these would wait in vain.
const waitingPerCore = 32

// queue is a semaphore around the work of every request that asks the index, for the API and the pages alike. As many
// requests work at once as there are cores. More would only slow each other down and hold more memory. The program should
// have more threads to run than that (GOMAXPROCS), or probes wait until a search lets go of its own.
type queue struct {
	admitted, running chan struct{}
}

func newQueue(cores int) *queue {
	if cores <= 0 {
		cores = runtime.GOMAXPROCS(0)
	}
	return &queue{make(chan struct{}, cores*(1+waitingPerCore)), make(chan struct{}, cores)}
}

// inTurn calls work when it is its turn, and returns the error of work. It fails at once with ErrBusy when too many are
// waiting already. It fails with the error of the context when that ends first.
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
