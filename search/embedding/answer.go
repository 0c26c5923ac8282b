package embedding

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// decode reads the vectors of n texts, in their order and of length 1.
func decode(answer []byte, n int) ([][]float32, error) {
	if isHTML(answer) {
		return nil, errors.New("it answers a page of HTML: is this the address of an embeddings API?")
	}
	var body struct {
		Data []struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		} `json:"data"`
	}
	if err := json.Unmarshal(answer, &body); err != nil {
		return nil, fmt.Errorf("its answer cannot be read: %w", err)
	}
	if len(body.Data) != n {
		return nil, fmt.Errorf("it answers %d vectors for %d texts", len(body.Data), n)
	}
	vectors := make([][]float32, n)
	for _, d := range body.Data {
		if d.Index < 0 || d.Index >= n || vectors[d.Index] != nil {
			return nil, fmt.Errorf("it answers a vector for text %d of %d twice or for none", d.Index, n)
		}
		if err := normalize(d.Embedding); err != nil {
			return nil, err
		}
		vectors[d.Index] = d.Embedding
	}
	for _, v := range vectors {
		if len(v) != len(vectors[0]) {
			return nil, fmt.Errorf("it answers vectors of %d and of %d numbers", len(vectors[0]), len(v))
		}
	}
	return vectors, nil
}

// normalize makes a vector one of length 1.
func normalize(v []float32) error {
	if len(v) == 0 || len(v) > maxDims {
		return fmt.Errorf("it answers a vector of %d numbers; want 1 to %d", len(v), maxDims)
	}
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if norm := math.Sqrt(sum); norm > 0 && !math.IsInf(norm, 0) && !math.IsNaN(norm) {
		for i := range v {
			v[i] = float32(float64(v[i]) / norm)
		}
		return nil
	}
	return errors.New("it answers a vector that has no direction: zeros, or numbers that are none")
}
