// Package lazyregexp has regular expressions that are compiled when they are first asked for. A program that knows some hundred of
// them starts sooner so.
package lazyregexp

import (
	"os"
	"regexp"
	"strings"
	"sync"
)

// isTest reports whether the process runs tests. These compile at once, so that a wrong expression is found.
var isTest = strings.HasSuffix(strings.TrimSuffix(os.Args[0], ".exe"), ".test")

// New returns a function that returns a regular expression. If that is wrong, the function panics; in tests New does.
func New(expression string) func() *regexp.Regexp {
	compiled := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
	if isTest {
		compiled()
	}
	return compiled
}
