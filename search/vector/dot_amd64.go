package vector

import "golang.org/x/sys/cpu"

//go:noescape
func dotAVX2(a, b *int8, n int) int32

var hasAVX2 = cpu.X86.HasAVX2

// dot returns the dot product of two vectors of one length, a multiple of lanes.
func dot(a, b []int8) int32 {
	if hasAVX2 && len(a) > 0 {
		_ = b[len(a)-1]
		return dotAVX2(&a[0], &b[0], len(a))
	}
	return dotPlain(a, b)
}
