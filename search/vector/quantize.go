package vector

import "math"

// Quantized is a vector of bytes: each number is that of the vector divided by Scale, rounded. Filled up to a multiple of lanes.
type Quantized struct {
	Scale  float32
	Values []int8
}

// Quantize makes bytes of a vector, whose numbers are finite. Symmetric scalar quantization with a scale of its own loses
// less than half a percent of a cosine at 384 numbers; a test measures that.
func Quantize(v []float32) Quantized {
	most := float32(0)
	for _, x := range v {
		most = max(most, float32(math.Abs(float64(x))))
	}
	q := Quantized{Scale: most / 127, Values: make([]int8, padded(len(v)))}
	if most == 0 {
		return q
	}
	for i, x := range v {
		q.Values[i] = int8(math.RoundToEven(float64(x / q.Scale)))
	}
	return q
}

// padded is the length of a vector in bytes.
func padded(dims int) int { return (dims + lanes - 1) / lanes * lanes }
