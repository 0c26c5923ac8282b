package segment

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// ErrDamaged says that a file is not what a writer made.
var ErrDamaged = errors.New("the segment is damaged")

func damaged(what string, at int) error { return fmt.Errorf("%w: %s at %d", ErrDamaged, what, at) }

// input reads bytes in their order. Beyond the end it reads zeros, and ok is false from then on.
type input struct {
	data []byte
	at   int
	bad  bool
}

func (in *input) uvarint() uint64 {
	if in.at < len(in.data) && in.data[in.at] < 0x80 {
		in.at++
		return uint64(in.data[in.at-1])
	}
	v, n := binary.Uvarint(in.data[min(in.at, len(in.data)):])
	if n <= 0 {
		in.fail()
		return 0
	}
	in.at += n
	return v
}

// count is uvarint for a number that cannot be above limit.
func (in *input) count(limit int) int {
	v := in.uvarint()
	if v > uint64(limit) {
		in.fail()
		return 0
	}
	return int(v)
}

func (in *input) byte() byte {
	if in.at >= len(in.data) {
		in.fail()
		return 0
	}
	in.at++
	return in.data[in.at-1]
}

// bytes returns the next n, which must not be changed.
func (in *input) bytes(n int) []byte {
	if n < 0 || n > len(in.data)-in.at {
		in.fail()
		return nil
	}
	in.at += n
	return in.data[in.at-n : in.at : in.at]
}

func (in *input) fail() { in.bad, in.at = true, len(in.data) }
