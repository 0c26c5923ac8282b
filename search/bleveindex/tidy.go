package bleveindex

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// tidy removes the files of segments that were merged into others: Bleve does that when it comes to it, and may be
// closed before. The index at path must be closed.
func tidy(path string) error {
	x, err := Engine{}.open(path, config(path, true))
	if err != nil {
		return err
	}
	used := map[string]bool{}
	r, err := x.reader()
	if err != nil {
		return errors.Join(err, x.Close())
	}
	if snapshot, ok := r.(*scorch.IndexSnapshot); ok {
		for _, s := range snapshot.Segments() {
			if file, ok := s.Segment().(segment.PersistedSegment); ok {
				used[filepath.Base(file.Path())] = true
			}
		}
	}
	err = r.Close()
	if err = errors.Join(err, x.Close()); err != nil {
		return err
	}
	store := filepath.Join(path, storeDir)
	files, err := os.ReadDir(store)
	for _, file := range files {
		if filepath.Ext(file.Name()) == segmentExt && !used[file.Name()] {
			err = errors.Join(err, os.Remove(filepath.Join(store, file.Name())))
		}
	}
	return err
}
