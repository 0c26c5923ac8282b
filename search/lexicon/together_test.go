package lexicon

import (
	"errors"
	"fmt"
	"testing"
)

// TestTogether: both functions run at the same time, and whatever becomes of either reaches the caller.
func TestTogether(t *testing.T) {
	meet := make(chan bool)
	if err := together(func() error { meet <- true; return nil }, func() error { <-meet; return nil }); err != nil {
		t.Error(err)
	}
	here, aside := errors.New("here"), errors.New("aside")
	if err := together(func() error { return here }, func() error { return aside }); !errors.Is(err, here) || !errors.Is(err, aside) {
		t.Errorf("got %v", err)
	}
	fine, panics := func() error { return nil }, func() error { panic("found nothing") }
	for name, call := range map[string]func() error{
		"here":  func() error { return together(panics, fine) },
		"aside": func() error { return together(fine, panics) },
	} {
		var got any
		func() {
			defer func() { got = recover() }()
			_ = call()
		}()
		if fmt.Sprint(got) != "found nothing" {
			t.Errorf("%s: the caller sees %v", name, got)
		}
	}
}
