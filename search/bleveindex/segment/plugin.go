package segment

import (
	"fmt"
	"math"
	"os"

	"github.com/RoaringBitmap/roaring/v2"
	bleve "github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
)

// Plugin is what scorch is told of this type of segment. Another schema is another version.
type Plugin struct {
	Name   string
	Number uint32 // of the version
	Schema Schema
}

var _ bleve.SegmentPlugin = (*Plugin)(nil)

// Type implements scorch.SegmentPlugin.
func (p *Plugin) Type() string { return p.Name }

// Version implements scorch.SegmentPlugin.
func (p *Plugin) Version() uint32 { return p.Number }

// NewUsing implements scorch.SegmentPlugin; there is nothing to configure.
func (p *Plugin) NewUsing(docs []index.Document, _ map[string]any) (scorch.Segment, uint64, error) {
	return p.New(docs)
}

// New makes a segment of documents that come from Document.AsBleve. It is held in memory until it is persisted.
func (p *Plugin) New(docs []index.Document) (scorch.Segment, uint64, error) {
	own := make([]*Document, len(docs))
	for i, d := range docs {
		var err error
		if own[i], err = documentOf(d); err != nil {
			return nil, 0, err
		}
	}
	data, err := build(&p.Schema, own)
	if err != nil {
		return nil, 0, err
	}
	s, err := parse(data, &p.Schema)
	if err != nil {
		return nil, 0, err
	}
	return &inMemory{s}, uint64(len(data)), nil
}

// OpenUsing implements scorch.SegmentPlugin; there is nothing to configure.
func (p *Plugin) OpenUsing(path string, _ map[string]any) (scorch.Segment, error) {
	return p.Open(path)
}

// Open opens a file that was persisted or merged.
func (p *Plugin) Open(path string) (scorch.Segment, error) {
	s, err := openFile(path, &p.Schema)
	if err != nil {
		return nil, err
	}
	return &onDisk{s, path}, nil
}

// MergeUsing implements scorch.SegmentPlugin; there is nothing to configure.
func (p *Plugin) MergeUsing(
	segments []scorch.Segment, drops []*roaring.Bitmap, path string, closed chan struct{}, s scorch.StatsReporter, _ map[string]any,
) ([][]uint64, uint64, error) {
	return p.Merge(segments, drops, path, closed, s)
}

// Merge implements scorch.SegmentPlugin.
func (p *Plugin) Merge(
	segments []scorch.Segment, drops []*roaring.Bitmap, path string, closed chan struct{}, stats scorch.StatsReporter,
) ([][]uint64, uint64, error) {
	parts := make([]*Segment, len(segments))
	for i, s := range segments {
		var err error
		if parts[i], err = Of(s); err != nil {
			return nil, 0, err
		}
	}
	renamed, size, err := merge(&p.Schema, parts, drops, path, closed)
	if err != nil {
		return nil, 0, err
	}
	if stats != nil {
		stats.ReportBytesWritten(size)
	}
	numbers := make([][]uint64, len(renamed))
	for i := range renamed {
		numbers[i] = make([]uint64, len(renamed[i]))
		for doc, to := range renamed[i] {
			if numbers[i][doc] = uint64(to); to == End {
				numbers[i][doc] = math.MaxUint64 // scorch's number for a document that is gone
			}
		}
	}
	return numbers, size, nil
}

// Of returns the segment that scorch knows by its interface.
func Of(s scorch.Segment) (*Segment, error) {
	switch s := s.(type) {
	case *inMemory:
		return s.Segment, nil
	case *onDisk:
		return s.Segment, nil
	}
	return nil, fmt.Errorf("read segment: it is a %T", s)
}

// inMemory is a segment that is no file yet.
type inMemory struct{ *Segment }

var _ scorch.UnpersistedSegment = (*inMemory)(nil)

// Persist writes the file.
func (s *inMemory) Persist(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(s.data)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		_ = os.Remove(path)
	}
	return err
}

// onDisk is a segment in a file.
type onDisk struct {
	*Segment
	path string
}

var _ scorch.PersistedSegment = (*onDisk)(nil)

// Path returns that of the file.
func (s *onDisk) Path() string { return s.path }
