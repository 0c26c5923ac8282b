package main

import (
	"os"
	"runtime/debug"
)

// indexHeap is the memory, in bytes, from which on Go collects garbage more often while posts are indexed, with at most half of the
// processor. Blogs need less; a large site takes a sixth more time for two thirds of the memory (docs/performance.md, Little memory).
const indexHeap = 350 << 20

// holdMemory keeps the heap near indexHeap, unless GOMEMLIMIT says otherwise, until the function that it returns is called.
func holdMemory() (release func()) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	before := debug.SetMemoryLimit(indexHeap)
	return func() { debug.SetMemoryLimit(before) }
}
