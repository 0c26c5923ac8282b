package search

import "errors"

// ErrNoIndex says that there is nothing to search yet: the index has not been built, or not where it was looked
// for. Building it mends the matter; no other error is wrapped in it.
var ErrNoIndex = errors.New("no index")

// ErrOutdated is returned for an index that another version of chaja, or one with another analysis, has written: its
// terms do not fit, and it must be made anew.
var ErrOutdated = errors.New("the index was written by another version of chaja")
