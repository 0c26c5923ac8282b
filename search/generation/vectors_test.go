package generation

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"chaja/search"
	"chaja/search/vector"
)

// filled is an index of two posts, each with one vector.
func filled(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	commit(t, dir, false, search.Batch{Put: posts("1", "a", "b")})
	u, err := Begin(dir, engine(), false)
	check(t, err)
	check(t, u.PutVectors("model", 2, []vector.Entry{
		{Ref: vector.Ref{ID: "a", Hash: "a1"}, Key: 1, Vector: vector.Quantize([]float32{1, 0})},
		{Ref: vector.Ref{ID: "b", Hash: "b1"}, Key: 2, Vector: vector.Quantize([]float32{0, 1})},
	}))
	check(t, u.Commit(t.Context()))
	check(t, u.Close())
	return dir
}

// nearest returns the IDs of the sections nearest to the one of a.
func nearest(t *testing.T, dir, model string) (ids []string, err error) {
	t.Helper()
	g, err := Open(dir, engine())
	check(t, err)
	defer g.Close()
	s, _, err := g.Acquire(t.Context())
	check(t, err)
	defer s.Close()
	list, err := s.(search.Semantic).Nearest(t.Context(), model, []float32{0.8, 0.6}, 5)
	for _, n := range list {
		ids = append(ids, n.ID)
	}
	return ids, err
}

func TestVectors(t *testing.T) {
	dir := filled(t)
	isNearest := func(when string) {
		t.Helper()
		if ids, err := nearest(t, dir, "model"); err != nil || len(ids) != 2 || ids[0] != "a" || ids[1] != "b" {
			t.Errorf("%s: %v, %v", when, ids, err)
		}
	}
	isNearest("at first")
	if _, err := nearest(t, dir, "another"); !errors.Is(err, search.ErrNoVectors) {
		t.Errorf("vectors of another model compare: %v", err)
	}
	commit(t, dir, false, search.Batch{Put: posts("1", "c")})
	isNearest("after an update, which takes them over")
	commit(t, dir, true, search.Batch{Put: posts("1", "a", "b")})
	isNearest("after all was indexed anew")
	m, err := ReadManifest(dir)
	check(t, err)
	for _, f := range m.Files {
		if f.Name == vectorsName {
			return
		}
	}
	t.Error("the manifest does not name the file of vectors")
}

func TestNoVectors(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, false, search.Batch{Put: posts("1", "a")})
	if _, err := nearest(t, dir, "model"); !errors.Is(err, search.ErrNoVectors) {
		t.Errorf("got %v", err)
	}
}

func TestVectorsDamaged(t *testing.T) {
	dir := filled(t)
	m, err := ReadManifest(dir)
	check(t, err)
	path := filepath.Join(dir, m.Generation, vectorsName)
	data, err := os.ReadFile(path)
	check(t, err)
	for name, spoiled := range map[string][]byte{"cut": data[:len(data)-1], "changed": append([]byte("x"), data[1:]...)} {
		check(t, os.WriteFile(path, spoiled, 0o644))
		if _, err := Open(dir, engine()); !errors.Is(err, search.ErrOutdated) {
			t.Errorf("%s: opened with error %v", name, err)
		}
	}
	commit(t, dir, false, search.Batch{Put: posts("1", "a")})
	if _, err := nearest(t, dir, "model"); !errors.Is(err, search.ErrNoVectors) {
		t.Errorf("damaged vectors are taken over: %v", err)
	}
}
