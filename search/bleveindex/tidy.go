package bleveindex

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// tidy removes the files of segments that were merged into others: Bleve does that when it comes to it, and may be closed
// before. The index at path must be closed.
func tidy(path string) error {
	x, err := Open(path, nil, true)
	if err != nil {
		return err
	}
	used := map[string]bool{}
	err = x.read(func(r index.IndexReader) error {
		snapshot, ok := r.(*scorch.IndexSnapshot)
		if !ok {
			return fmt.Errorf("list segments of %T", r)
		}
		for _, s := range snapshot.Segments() {
			if file, ok := s.Segment().(interface{ Path() string }); ok {
				used[filepath.Base(file.Path())] = true
			}
		}
		return nil
	})
	if err = errors.Join(err, x.Close()); err != nil {
		return err
	}
	store := filepath.Join(path, "store")
	files, err := os.ReadDir(store)
	for _, file := range files {
		if filepath.Ext(file.Name()) == ".zap" && !used[file.Name()] {
			err = errors.Join(err, os.Remove(filepath.Join(store, file.Name())))
		}
	}
	return err
}
