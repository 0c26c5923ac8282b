package search

import "errors"

// ErrNoIndex says that there is nothing to search yet: the index has not been built, or not where it was looked
// for. Building it mends the matter; no other error is wrapped in it.
var ErrNoIndex = errors.New("no index")
