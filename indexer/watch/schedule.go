package watch

import "time"

const (
	// quiet is how long a site must be left alone before a run: editors and git write many files in a row.
	quiet = 100 * time.Millisecond
	// longest is how long a change waits for that: something may be written all the time.
	longest = 500 * time.Millisecond
	// longestRest bounds the rest after a run. It is as long as the run was, so that runs take half of the time at most.
	longestRest = 10 * time.Second
	// firstPause and longestPause bound the pauses after failures, which grow by two.
	firstPause   = 500 * time.Millisecond
	longestPause = time.Minute
	// impatience is the longest pause if something has changed since the failure: that may be what mends it.
	impatience = 2 * time.Second
)

// schedule says when to run next.
type schedule struct {
	first, last time.Time // changes that no run has seen; zero for none
	rest        time.Time // no run begins before that
	retry       time.Time // of what failed; zero for nothing
	failures    int       // in a row
}

// change tells of a change.
func (s *schedule) change(now time.Time) {
	if s.first.IsZero() {
		s.first = now
	}
	s.last = now
}

// due returns when to run, false for not before something changes.
func (s *schedule) due() (time.Time, bool) {
	if s.first.IsZero() {
		return s.retry, !s.retry.IsZero()
	}
	at := s.last.Add(quiet)
	if late := s.first.Add(longest); late.Before(at) {
		at = late
	}
	if at.Before(s.rest) {
		at = s.rest
	}
	if !s.retry.IsZero() && s.retry.Before(at) {
		at = s.retry
	}
	return at, true
}

// begin tells that a run begins, which sees all changes so far.
func (s *schedule) begin() { s.first, s.last, s.retry = time.Time{}, time.Time{}, time.Time{} }

// end tells that the run has ended, after some time. It returns the pause before it is tried again, 0 for not at all.
func (s *schedule) end(now time.Time, took time.Duration, failed bool) (again time.Duration) {
	if !failed {
		s.failures = 0
		s.rest = now.Add(min(took, longestRest))
		return 0
	}
	again = longestPause
	if s.failures < 16 { // a shift by more says nothing
		again = min(firstPause<<s.failures, longestPause)
	}
	s.failures++
	s.retry = now.Add(max(again, min(took, longestRest)))
	s.rest = now.Add(max(min(again, impatience), min(took, longestRest)))
	return again
}
