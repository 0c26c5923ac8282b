package segment

import (
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
)

// TestMergeClosed: a merge that is told to end leaves no file.
func TestMergeClosed(t *testing.T) {
	s := newSegment(t, randomDocs(rand.New(rand.NewPCG(7, 8)), "a", 10))
	closed := make(chan struct{})
	close(closed)
	path := filepath.Join(t.TempDir(), "merged.zap")
	if _, _, err := testPlugin.Merge([]scorch.Segment{s}, []*roaring.Bitmap{nil}, path, closed, nil); err != scorch.ErrClosed {
		t.Errorf("error %v, want %v", err, scorch.ErrClosed)
	}
	if files, _ := filepath.Glob(path + "*"); len(files) > 0 {
		t.Errorf("left: %v", files)
	}
}

// TestMergeDamaged: a merge of a damaged segment leaves no file, and the error that keeps scorch from trying for
// ever.
func TestMergeDamaged(t *testing.T) {
	data, err := build(&testPlugin.Schema, randomDocs(rand.New(rand.NewPCG(7, 8)), "a", 200))
	if err != nil {
		t.Fatal(err)
	}
	s, err := parse(data, &testPlugin.Schema)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 200 {
		s.terms[1].data[i] = 0xff // postings of the first words
	}
	path := filepath.Join(t.TempDir(), "merged.zap")
	if _, _, err := testPlugin.Merge([]scorch.Segment{&inMemory{s}}, []*roaring.Bitmap{nil}, path, nil, nil); err != scorch.ErrClosed {
		t.Errorf("error %v, want %v", err, scorch.ErrClosed)
	}
	if files, _ := filepath.Glob(path + "*"); len(files) > 0 {
		t.Errorf("left: %v", files)
	}
}
