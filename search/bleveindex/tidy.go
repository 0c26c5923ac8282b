package bleveindex

import (
	"errors"
	"os"
	"path/filepath"

	index "github.com/blevesearch/bleve_index_api"
)

// tidy removes the files of segments that were merged into others: Bleve does that when it comes to it, and may be closed
// before. The index at path must be closed.
func tidy(path string) error {
	b, err := open(path, true)
	if err != nil {
		return err
	}
	x := storedIndex{bleve: b, readOnly: true}
	used := map[string]bool{}
	err = x.read(func(r index.IndexReader) error {
		segments, err := segmentsOf(r)
		for _, s := range segments {
			if file, ok := s.Segment().(interface{ Path() string }); ok {
				used[filepath.Base(file.Path())] = true
			}
		}
		return err
	})
	if err = errors.Join(err, x.Close()); err != nil {
		return err
	}
	store := filepath.Join(path, "store")
	files, err := os.ReadDir(store)
	for _, file := range files {
		if filepath.Ext(file.Name()) == segmentExt && !used[file.Name()] {
			err = errors.Join(err, os.Remove(filepath.Join(store, file.Name())))
		}
	}
	return err
}
