package watch

import (
	"testing"
	"time"
)

// TestSchedule: a run waits until the site is left alone, but not for ever, and rests as long as it took.
func TestSchedule(t *testing.T) {
	start := time.Unix(1e9, 0)
	at := func(ms int) time.Time { return start.Add(time.Duration(ms) * time.Millisecond) }
	expect := func(what string, s schedule, want time.Time) {
		t.Helper()
		if got, ok := s.due(); !ok || !got.Equal(want) {
			t.Errorf("%s: due after %v (%v), want %v", what, got.Sub(start), ok, want.Sub(start))
		}
	}
	var s schedule
	if _, ok := s.due(); ok {
		t.Error("a run is due, and nothing has changed")
	}
	s.change(at(0))
	expect("one change", s, at(100))
	s.change(at(50))
	expect("another", s, at(150))
	for ms := 60; ms < 2000; ms += 10 {
		s.change(at(ms))
	}
	expect("a change every 10 ms", s, at(500))
	s.begin()
	if _, ok := s.due(); ok {
		t.Error("a run is due that has begun")
	}
	s.change(at(600))
	s.end(at(2000), 900*time.Millisecond, false)
	expect("after a run of 900 ms", s, at(2900))
	s.begin()
	s.end(at(1e6), time.Hour, false)
	s.change(at(1e6))
	expect("after a long run", s, at(1e6+10_000))
}

// TestPauses: the pauses after failures grow up to a bound, a change makes them shorter, and a success ends them.
func TestPauses(t *testing.T) {
	now := time.Unix(1e9, 0)
	var s schedule
	for i, want := range []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second,
		16 * time.Second, 32 * time.Second, time.Minute, time.Minute} {
		s.begin()
		if got := s.end(now, 0, true); got != want {
			t.Errorf("pause %d is %v, want %v", i+1, got, want)
		}
		if due, ok := s.due(); !ok || due.Sub(now) != want {
			t.Errorf("after failure %d due in %v, want %v", i+1, due.Sub(now), want)
		}
		if i > 4 {
			eager := s
			eager.change(now)
			if due, _ := eager.due(); due.Sub(now) != impatience {
				t.Errorf("after failure %d and a change due in %v, want %v", i+1, due.Sub(now), impatience)
			}
		}
	}
	for range 100 {
		s.end(now, 0, true)
	}
	if got := s.end(now, 0, true); got != longestPause {
		t.Errorf("after many failures the pause is %v", got)
	}
	s.begin()
	s.end(now, 0, false)
	if _, ok := s.due(); ok {
		t.Error("a run is due after a success")
	}
	if got := s.end(now, 0, true); got != firstPause {
		t.Errorf("the first pause is then %v", got)
	}
}
