package segment

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestPacked: what was packed is unpacked, whatever the widths, with the flag, and nothing more is read.
func TestPacked(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := range blockSize + 1 {
		for width := range 33 {
			values := make([]uint32, n)
			for i := range values {
				values[i] = uint32(random.Uint64N(1 << width))
				if random.IntN(20) == 0 {
					values[i] = random.Uint32()
				}
			}
			flag := byte(random.IntN(2)) * flagged
			in := input{data: appendPacked(nil, values, flag)}
			got := make([]uint32, n)
			if f := in.unpack(got); f != (flag != 0) || in.bad || in.at != len(in.data) || !slices.Equal(got, values) {
				t.Fatalf("%d numbers of %d bits: flag %t, bad %t, read %d of %d bytes, got %v, want %v",
					n, width, f, in.bad, in.at, len(in.data), got, values)
			}
		}
	}
}

// TestPackedSizes: numbers that are all zero take a byte, and one wide number does not widen the others.
func TestPackedSizes(t *testing.T) {
	values := make([]uint32, blockSize)
	if got := len(appendPacked(nil, values, 0)); got != 1 {
		t.Errorf("zeros take %d bytes, want 1", got)
	}
	values[5] = 1 << 20
	if got := len(appendPacked(nil, values, 0)); got > 8 {
		t.Errorf("zeros and one number take %d bytes, want 8 at most", got)
	}
}
