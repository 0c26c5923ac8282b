//go:build !amd64

package vector

// dot returns the dot product of two vectors of one length, a multiple of lanes.
func dot(a, b []int8) int32 { return dotPlain(a, b) }
