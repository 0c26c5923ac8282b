package generation

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"chaja/search"
	"chaja/search/vector"
)

// vectorsName is the file of the vectors of sections, in a generation that has some. It is never written to again, so
// generations share it until a new one is put in its place.
const vectorsName = "vectors"

func (g *Generation) readVectors() (err error) {
	path := filepath.Join(g.path(), vectorsName)
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if g.vectors, err = vector.Open(path); err != nil {
		return fmt.Errorf("%s: %w", vectorsName, err)
	}
	return nil
}

func (g *Generation) closeVectors() error {
	if g.vectors == nil {
		return nil
	}
	return g.vectors.Close()
}

// Vectors returns the vectors of the generation, nil without any. They are of use until Close.
func (g *Generation) Vectors() *vector.File { return g.vectors }

// VectorsOf returns the fingerprint of the model whose vectors requests are answered from; "" without any.
func (m *Manager) VectorsOf() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refresh()
	if m.current == nil || m.current.vectors == nil {
		return ""
	}
	return m.current.vectors.Fingerprint
}

var _ search.Semantic = (*held)(nil)

// Nearest implements search.Semantic.
func (h *held) Nearest(ctx context.Context, model string, v []float32, n int) ([]search.Near, error) {
	file := h.of.vectors
	if file == nil || file.Fingerprint != model || file.Dims != len(v) {
		return nil, search.ErrNoVectors
	}
	return h.near(ctx, func() ([]vector.Near, error) { return file.Nearest(ctx, v, n) })
}

// Like implements search.Semantic.
func (h *held) Like(ctx context.Context, id, hash string, n int) ([]search.Near, error) {
	file := h.of.vectors
	if file == nil {
		return nil, nil
	}
	return h.near(ctx, func() ([]vector.Near, error) { return file.Like(ctx, id, hash, n) })
}

func (h *held) near(ctx context.Context, find func() ([]vector.Near, error)) (list []search.Near, err error) {
	err = h.of.guard(ctx, func() error {
		found, err := find()
		for _, n := range found {
			list = append(list, search.Near{ID: n.ID, Hash: n.Hash, Section: n.Section, Standard: n.Standard, Vectors: n.Vectors})
		}
		return err
	})
	return list, err
}

// Documents calls yield with every document of the generation that the update began with.
func (u *Update) Documents(ctx context.Context, yield func(*search.Document) error) error {
	if u.base == nil {
		return nil
	}
	return u.base.Documents(ctx, yield)
}

// Vectors returns those of the generation that the update began with, nil without any. They are of use until Close.
func (u *Update) Vectors() *vector.File {
	if u.base == nil {
		return nil
	}
	return u.base.vectors
}

// PutVectors gives the next generation these vectors, in place of those that it takes over. See vector.Write.
func (u *Update) PutVectors(fingerprint string, dims int, entries []vector.Entry) error {
	if u.staged == nil {
		if err := u.stage(); err != nil {
			return fmt.Errorf("stage index: %w", err)
		}
	}
	path := filepath.Join(u.dir, u.name, vectorsName)
	if err := u.disk.removeAll(path); err != nil {
		return err
	}
	delete(u.linked, vectorsName)
	return u.guard(func() error { return vector.Write(path, fingerprint, dims, entries) })
}

// isImmutable is that of the engine, for all files of a generation.
func (u *Update) isImmutable(name string) bool {
	return name == vectorsName || u.engine.IsImmutable(name)
}

// keepVectors gives a generation that begins with no documents the vectors of the one in force, whatever made that, if they
// are whole: each belongs to a text, and whoever has the text need not embed it again. Without them nothing is lost but time.
func (u *Update) keepVectors(path string) {
	m, err := readManifest(u.disk, u.dir)
	if err != nil {
		return
	}
	for _, f := range m.Files {
		if f.Name != vectorsName {
			continue
		}
		from := filepath.Join(u.dir, m.Generation, f.Name)
		if sum, err := sumOf(context.Background(), u.disk, from, false); err == nil && sum == f.Sum && u.disk.link(from, filepath.Join(path, f.Name)) == nil {
			u.linked = map[string]File{f.Name: f}
		}
	}
}
