package generation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/cespare/xxhash/v2"
)

// File is a file of a generation, which never changes.
type File struct {
	Name  string `json:"name"` // in the folder of the generation, with "/"
	Bytes int64  `json:"bytes"`
	Sum   string `json:"sum"` // XXH64 in hexadecimal: it finds accidents, not forgery
}

// Bounds of verifying.
const (
	everything = int64(1) << 62
	sample     = 16 << 20 // bytes that a reader waits for: a few milliseconds, and all of most blogs
	chunk      = 1 << 20
	rest       = 3 // a reading in the background rests so many times as long as it reads
)

// verify compares the files of a generation at path with its manifest: the size of each, and the content of the smallest
// that have at most limit bytes together. all reports whether that was all there is. An error names the first file that
// differs, wraps fs.ErrNotExist when it is missing, or is that of ctx. slowly is for the background.
func (m Manifest) verify(ctx context.Context, d disk, path string, limit int64, slowly bool) (all bool, err error) {
	if len(m.Files) == 0 {
		return true, m.verifySize(path)
	}
	for _, f := range m.Files {
		if err := f.verifySize(path, m.Generation); err != nil {
			return false, err
		}
	}
	files := slices.Clone(m.Files)
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Bytes, b.Bytes) })
	for _, f := range files {
		if limit -= f.Bytes; limit < 0 || ctx.Err() != nil {
			return false, ctx.Err()
		}
		sum, err := sumOf(ctx, d, filepath.Join(path, filepath.FromSlash(f.Name)), slowly)
		if err != nil {
			return false, err
		}
		if sum != f.Sum {
			return false, fmt.Errorf("%s/%s is not what was written: its checksum is %s, not %s", m.Generation, f.Name, sum, f.Sum)
		}
	}
	return true, nil
}

// verifySize is all that can be said of a generation without checksums: one that an older chaja made.
func (m Manifest) verifySize(path string) error {
	size, err := Size(path)
	if err == nil && size != m.Bytes {
		err = fmt.Errorf("%s has %d bytes of %d", m.Generation, size, m.Bytes)
	}
	return err
}

func (f File) verifySize(path, generation string) error {
	if !filepath.IsLocal(filepath.FromSlash(f.Name)) {
		return fmt.Errorf("%s is no name of a file", f.Name)
	}
	info, err := os.Lstat(filepath.Join(path, filepath.FromSlash(f.Name)))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s/%s: %w", generation, f.Name, syscall.ENOENT)
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s/%s is no file", generation, f.Name)
	case info.Size() != f.Bytes:
		return fmt.Errorf("%s/%s has %d bytes of %d", generation, f.Name, info.Size(), f.Bytes)
	}
	return nil
}

// sumOf reads a file.
func sumOf(ctx context.Context, d disk, path string, slowly bool) (sum string, err error) {
	r, err := d.open(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	hash := xxhash.New()
	for {
		start := time.Now()
		_, err := io.CopyN(hash, r, chunk)
		switch {
		case errors.Is(err, io.EOF):
			return fmt.Sprintf("%016x", hash.Sum64()), nil
		case err != nil:
			return "", err
		case ctx.Err() != nil:
			return "", ctx.Err()
		case slowly:
			wait(ctx, time.Since(start)*rest)
		}
	}
}

// wait waits, or until ctx ends.
func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// list returns the files below path in order of their names; the sums of those that known has, by name, are taken from there.
func list(ctx context.Context, d disk, path string, known map[string]File) (files []File, err error) {
	err = filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(path, file)
		if err != nil {
			return err
		}
		f, ok := known[filepath.ToSlash(name)]
		if !ok || f.Bytes != info.Size() {
			f = File{Name: filepath.ToSlash(name), Bytes: info.Size()}
			f.Sum, err = sumOf(ctx, d, file, false)
		}
		files = append(files, f)
		return err
	})
	return files, err
}
