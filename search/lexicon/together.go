package lexicon

import (
	"errors"
	"runtime/debug"
)

// together calls two functions at the same time, which may read files that are mapped into memory. A panic of either, also
// one by a fault in such a file, is one of the caller's goroutine.
func together(here, aside func() error) error {
	type outcome struct {
		err      error
		panicked any
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			o.panicked = recover()
			done <- o
		}()
		debug.SetPanicOnFault(true)
		o.err = aside()
	}()
	var other outcome
	err := func() error {
		defer func() { other = <-done }()
		return here()
	}()
	if other.panicked != nil {
		panic(other.panicked)
	}
	return errors.Join(err, other.err)
}
