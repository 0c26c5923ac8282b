//go:build unix

package vector

import (
	"context"
	"syscall"
	"testing"
)

// BenchmarkNearest looks at 250,000 sections. Its figure is the time of the processor, which neighbours do not change.
func BenchmarkNearest(b *testing.B) {
	f, vectors := written(b, 250_000, 384)
	query := Quantize(vectors[77])
	each := func(dot func(a, b []int8) int32) func() {
		return func() {
			for i := range f.Len {
				dot(query.Values, f.values[i*f.width:(i+1)*f.width])
			}
		}
	}
	for _, way := range []struct {
		name string
		do   func()
	}{
		{"search", func() { _, _ = f.nearest(context.Background(), query, 1000) }},
		{"kernel", each(dot)},
		{"plain", each(dotPlain)},
	} {
		b.Run(way.name, func(b *testing.B) {
			before := processorTime()
			for b.Loop() {
				way.do()
			}
			b.ReportMetric(float64(processorTime()-before)/1e6/float64(b.N), "cpu-ms/op")
		})
	}
}

// processorTime is what this process has used, in nanoseconds.
func processorTime() int64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return u.Utime.Nano() + u.Stime.Nano()
}
