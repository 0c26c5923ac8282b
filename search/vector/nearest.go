package vector

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"math"
	"slices"
)

// Near is a section and how near it is: the cosine, from -1 to 1.
type Near struct {
	Ref
	Cosine   float64
	Standard float64 // how many standard deviations the cosine is above the mean of those of all sections; 0 where all are equal
	Vectors  int     // of the post
}

// rest is after how many vectors a search looks whether it is still wanted.
const rest = 16 << 10

// Nearest returns the n sections nearest to a vector of length 1, the nearest first, equal ones in the order of the file. The
// error is that of ctx, or says that the vector has another number of dimensions.
func (f *File) Nearest(ctx context.Context, v []float32, n int) ([]Near, error) {
	if len(v) != f.Dims {
		return nil, fmt.Errorf("the vector has %d numbers, and those of the index have %d", len(v), f.Dims)
	}
	return f.nearest(ctx, Quantize(v), n)
}

// Like returns the n sections nearest to a post, which is the mean of its sections; none where it has no vector of this hash. Its own
// sections are among them.
func (f *File) Like(ctx context.Context, id, hash string, n int) ([]Near, error) {
	mean := make([]float32, f.Dims)
	found := false
	for doc := range f.docs {
		if i, h := f.name(doc); i == id && h == hash {
			found = true
			f.add(mean, doc)
			break
		}
	}
	if !found {
		return nil, nil
	}
	return f.nearest(ctx, Quantize(mean), n)
}

// add adds the vectors of a post.
func (f *File) add(sum []float32, doc int) {
	for i := range f.Len {
		if f.doc(i) != doc {
			continue
		}
		q := f.at(i)
		for j := range sum {
			sum[j] += float32(q.Values[j]) * q.Scale
		}
	}
}

// nearest keeps the best n in a heap, the worst of which is on top.
func (f *File) nearest(ctx context.Context, q Quantized, n int) ([]Near, error) {
	var best found
	var all spread
	for i := range f.Len {
		if i%rest == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		v := f.at(i)
		score := float32(dot(q.Values, v.Values)) * v.Scale
		all.add(float64(score))
		switch {
		case len(best) < n:
			heap.Push(&best, scored{i, score})
		case n > 0 && score > best[0].score:
			best[0] = scored{i, score}
			heap.Fix(&best, 0)
		}
	}
	slices.SortFunc(best, func(a, b scored) int { return cmp.Or(cmp.Compare(b.score, a.score), a.at-b.at) })
	list := make([]Near, len(best))
	vectors := map[int]int{} // by post
	for i, s := range best {
		doc := f.doc(s.at)
		if vectors[doc] == 0 {
			vectors[doc] = f.count(s.at)
		}
		list[i] = Near{f.ref(s.at), float64(s.score * q.Scale), all.standard(float64(s.score)), vectors[doc]}
	}
	return list, nil
}

// count counts the vectors of the post of vector i. They follow each other.
func (f *File) count(i int) int {
	from, to := i, i+1
	for from > 0 && f.doc(from-1) == f.doc(i) {
		from--
	}
	for to < f.Len && f.doc(to) == f.doc(i) {
		to++
	}
	return to - from
}

// spread is what is known of numbers as a whole.
type spread struct{ n, sum, squares float64 }

func (s *spread) add(x float64) { s.n, s.sum, s.squares = s.n+1, s.sum+x, s.squares+x*x }

// standard is the standard score of one of the numbers.
func (s *spread) standard(x float64) float64 {
	mean := s.sum / s.n
	variance := s.squares/s.n - mean*mean
	if variance <= 1e-9*mean*mean { // of equal numbers, what is left of rounding
		return 0
	}
	return (x - mean) / math.Sqrt(variance)
}

type scored struct {
	at    int
	score float32
}

type found []scored

func (f found) Len() int           { return len(f) }
func (f found) Less(i, j int) bool { return f[i].score < f[j].score }
func (f found) Swap(i, j int)      { f[i], f[j] = f[j], f[i] }
func (f *found) Push(x any)        { *f = append(*f, x.(scored)) }
func (f *found) Pop() any {
	last := (*f)[len(*f)-1]
	*f = (*f)[:len(*f)-1]
	return last
}
