package vector

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func random(r *rand.Rand, dims int) []float32 {
	v, sum := make([]float32, dims), 0.0
	for i := range v {
		v[i] = float32(r.NormFloat64())
		sum += float64(v[i]) * float64(v[i])
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(sum))
	}
	return v
}

func cosine(a, b []float32) (sum float64) {
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// written is a file of n vectors, two for each post.
func written(t testing.TB, n, dims int) (*File, [][]float32) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var entries []Entry
	var vectors [][]float32
	for i := range n {
		v := random(r, dims)
		vectors = append(vectors, v)
		entries = append(entries, Entry{Ref{fmt.Sprintf("posts/%d.md", i/2), fmt.Sprintf("hash%d", i/2), i % 2}, uint64(i) * 7, Quantize(v)})
	}
	path := filepath.Join(t.TempDir(), "vectors")
	if err := Write(path, "model", dims, entries); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, vectors
}

func TestDot(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for n := 0; n <= 8192; n += lanes * (1 + n/256) {
		a, b := make([]int8, n), make([]int8, n)
		for i := range a {
			a[i], b[i] = int8(r.IntN(255)-127), int8(r.IntN(255)-127)
		}
		var want int32
		for i := range a {
			want += int32(a[i]) * int32(b[i])
		}
		if got, plain := dot(a, b), dotPlain(a, b); got != want || plain != want {
			t.Errorf("%d numbers: %d, plainly %d, want %d", n, got, plain, want)
		}
	}
	most := slices.Repeat([]int8{-128}, 8192)
	if got, want := dot(most, most), int32(8192*128*128); got != want {
		t.Errorf("the largest: %d, want %d", got, want)
	}
}

// TestNearest compares with the cosines of the vectors as they were, which bytes may change by half a percent.
func TestNearest(t *testing.T) {
	for _, dims := range []int{384, 100, 1} {
		f, vectors := written(t, 500, dims)
		v := random(rand.New(rand.NewPCG(5, 6)), dims)
		got, err := f.Nearest(context.Background(), v, 20)
		if err != nil || len(got) != 20 {
			t.Fatalf("%d near, error %v", len(got), err)
		}
		if !slices.IsSortedFunc(got, func(a, b Near) int { return cmp.Compare(b.Cosine, a.Cosine) }) {
			t.Error("the nearest are not first")
		}
		best := slices.MaxFunc(vectors, func(a, b []float32) int { return cmp.Compare(cosine(a, v), cosine(b, v)) })
		if got[0].Cosine < cosine(best, v)-0.005 {
			t.Errorf("%d numbers: the nearest has %.4f, there is one with %.4f", dims, got[0].Cosine, cosine(best, v))
		}
		for _, near := range got {
			var doc int
			fmt.Sscanf(near.ID, "posts/%d.md", &doc)
			if want := cosine(vectors[2*doc+near.Section], v); math.Abs(want-near.Cosine) > 0.005 || near.Hash != fmt.Sprintf("hash%d", doc) {
				t.Errorf("%d numbers: %v, want a cosine of %.4f", dims, near, want)
			}
		}
	}
}

// TestStandard: a standard score is the cosine against the mean and the deviation of all.
func TestStandard(t *testing.T) {
	f, vectors := written(t, 300, 128)
	v := random(rand.New(rand.NewPCG(7, 8)), 128)
	got, err := f.Nearest(context.Background(), v, len(vectors))
	if err != nil || len(got) != len(vectors) {
		t.Fatalf("%d near, error %v", len(got), err)
	}
	var mean, variance float64
	for _, near := range got {
		mean += near.Cosine / float64(len(got))
	}
	for _, near := range got {
		variance += (near.Cosine - mean) * (near.Cosine - mean) / float64(len(got))
	}
	for _, near := range got {
		if near.Vectors != 2 {
			t.Errorf("%s has %d vectors, want 2", near.ID, near.Vectors)
		}
		if want := (near.Cosine - mean) / math.Sqrt(variance); math.Abs(near.Standard-want) > 1e-3 {
			t.Errorf("a cosine of %.4f has the standard score %.4f, want %.4f", near.Cosine, near.Standard, want)
		}
	}
}

// TestStandardOfEqual: where all are equally near, none is nearer than usual, nor where there is one.
func TestStandardOfEqual(t *testing.T) {
	v := []float32{0.6, 0.8}
	for n := 1; n < 40; n++ {
		var entries []Entry
		for i := range n {
			entries = append(entries, Entry{Ref{fmt.Sprint(i), "h", 0}, uint64(i), Quantize(v)})
		}
		path := filepath.Join(t.TempDir(), "vectors")
		if err := Write(path, "m", 2, entries); err != nil {
			t.Fatal(err)
		}
		f, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, query := range [][]float32{v, {0.8, -0.6}, {0, 0}} {
			got, err := f.Nearest(context.Background(), query, 1)
			if err != nil || len(got) != 1 || got[0].Standard != 0 {
				t.Errorf("%d vectors: %v, error %v", n, got, err)
			}
		}
		f.Close()
	}
}

func TestLike(t *testing.T) {
	f, _ := written(t, 100, 64)
	got, err := f.Like(context.Background(), "posts/7.md", "hash7", 2)
	if err != nil || len(got) != 2 || got[0].ID != "posts/7.md" || got[1].ID != "posts/7.md" {
		t.Errorf("nearest to a post are its own sections: %v, %v", got, err)
	}
	for _, id := range []string{"posts/7.md", "none"} {
		if got, err := f.Like(context.Background(), id, "another", 2); err != nil || len(got) > 0 {
			t.Errorf("%s as it is not: %v, %v", id, got, err)
		}
	}
}

func TestNearestRefuses(t *testing.T) {
	f, vectors := written(t, 10, 64)
	if _, err := f.Nearest(context.Background(), vectors[0][:63], 3); err == nil {
		t.Error("another dimension is taken")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := f.Nearest(ctx, vectors[0], 3); err != context.Canceled {
		t.Errorf("got %v of a search that nobody waits for", err)
	}
}

func TestEntries(t *testing.T) {
	f, vectors := written(t, 5, 40)
	i := 0
	for e := range f.Entries {
		if want := Quantize(vectors[i]); e.Key != uint64(i)*7 || e.Section != i%2 || e.Vector.Scale != want.Scale || !slices.Equal(e.Vector.Values, want.Values) {
			t.Errorf("entry %d: %v", i, e)
		}
		i++
	}
	if i != 5 || f.Fingerprint != "model" {
		t.Errorf("%d entries of %q", i, f.Fingerprint)
	}
}

// FuzzOpen opens whatever bytes there are. What opens can be searched.
func FuzzOpen(f *testing.F) {
	path := filepath.Join(f.TempDir(), "seed")
	v := Quantize([]float32{0.6, 0.8})
	if err := Write(path, "m", 2, []Entry{{Ref{"a", "b", 0}, 1, v}, {Ref{"a", "b", 1}, 2, v}}); err != nil {
		f.Fatal(err)
	}
	seed, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	for cut := range len(seed) + 1 {
		f.Add(seed[:cut])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "vectors")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := Open(path)
		if err != nil {
			return
		}
		defer file.Close()
		if _, err := file.Nearest(context.Background(), make([]float32, file.Dims), 3); err != nil {
			t.Error(err)
		}
		for e := range file.Entries {
			_ = e.ID
		}
	})
}
