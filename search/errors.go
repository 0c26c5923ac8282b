package search

import "errors"

// ErrNoIndex says that there is nothing to search yet: the index has not been built, or not where it was looked
// for. Building it mends the matter; no other error is wrapped in it.
var ErrNoIndex = errors.New("no index")

// ErrNoPost says that the index has no post with an ID.
var ErrNoPost = errors.New("no such post")

// ErrOutdated is returned for an index that cannot be used: another version of chaja has written it, or one with other
// words or another analysis, whose terms do not fit, or its files are damaged. It must be made anew.
var ErrOutdated = errors.New("the index cannot be used")
