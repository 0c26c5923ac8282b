package indexer

import (
	"context"
	"errors"
	"io/fs"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"chaja/indexer/site"
	"chaja/search"
)

// faultyFS fails at some paths.
type faultyFS struct {
	fstest.MapFS
	faults map[string]error
}

func (f faultyFS) Open(name string) (fs.File, error) {
	if err := f.faults[name]; err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return f.MapFS.Open(name)
}

func (f faultyFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.faults[name]; err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	return f.MapFS.ReadDir(name)
}

func (f faultyFS) Stat(name string) (fs.FileInfo, error) {
	if err := f.faults[name]; err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	return f.MapFS.Stat(name)
}

// anew is a writer that begins with nothing in place of the documents of another.
type anew struct {
	fakeWriter
	old *fakeWriter
}

func (w *anew) Keep(ctx context.Context, wanted func(string) bool) (ids []string, err error) {
	for _, d := range w.old.documents {
		if wanted(d.ID) {
			ids = append(ids, d.ID)
			err = errors.Join(err, w.Apply(ctx, search.Batch{Put: []search.Document{d}}))
		}
	}
	return ids, err
}

// runOver runs over a file system that fails at some paths.
func runOver(files fstest.MapFS, faults map[string]error, w search.Writer) (Report, error) {
	s, err := site.New("site", faultyFS{files, faults}, site.Options{})
	if err != nil {
		return Report{}, err
	}
	source, err := list(s, Options{})
	if err != nil {
		return Report{}, err
	}
	return source.Index(context.Background(), w)
}

func TestFaultsKeepDocuments(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	files := fstest.MapFS{"a.md": file("하나"), "b.md": file("둘"), "sub/c.md": file("셋"), "sub/d/e.md": file("넷")}
	for _, tt := range []struct {
		name    string
		faults  map[string]error
		missing []string // where nothing was indexed before
	}{
		{"a file", map[string]error{"a.md": syscall.EIO}, []string{"a.md"}},
		{"no more files", map[string]error{"a.md": syscall.EMFILE, "b.md": syscall.EMFILE, "sub/c.md": syscall.EMFILE}, []string{"a.md", "b.md", "sub/c.md"}},
		{"a folder", map[string]error{"sub": fs.ErrPermission}, []string{"sub"}},
		{"the site", map[string]error{".": fs.ErrPermission}, []string{"."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := &fakeWriter{}
			if _, err := runOver(files, nil, w); err != nil {
				t.Fatal(err)
			}
			full := &anew{old: w}
			for name, writer := range map[string]search.Writer{"update": w, "anew": full} {
				r, err := runOver(files, tt.faults, writer)
				if err != nil || r.Deleted != 0 || r.Missing != nil {
					t.Errorf("%s: %+v, %v", name, r, err)
				}
			}
			for name, got := range map[string][]string{"update": w.ids(), "anew": full.ids()} {
				if diff := cmp.Diff([]string{"a.md", "b.md", "sub/c.md", "sub/d/e.md"}, got); diff != "" {
					t.Errorf("%s: documents (-want +got):\n%s", name, diff)
				}
			}
			r, err := runOver(files, tt.faults, &fakeWriter{})
			if diff := cmp.Diff(tt.missing, r.Missing); diff != "" || err != nil {
				t.Errorf("missing (-want +got):\n%s%v", diff, err)
			}
		})
	}
}

// TestFaultInConfiguration: when the system fails, the site is not taken for another kind of site.
func TestFaultInConfiguration(t *testing.T) {
	files := fstest.MapFS{"_config.yml": {Data: []byte("title: x\n")}, "_posts/2019-08-29-a.md": {Data: []byte("글")}}
	for _, fault := range []error{syscall.EMFILE, syscall.EIO} {
		if _, err := runOver(files, map[string]error{"_config.yml": fault}, &fakeWriter{}); !errors.Is(err, fault) {
			t.Errorf("%v: %v", fault, err)
		}
	}
}
