//go:build !unix

package indexer

import "errors"

// makePipe fails: only Unix has pipes with a name in a folder.
func makePipe(string) error { return errors.ErrUnsupported }
