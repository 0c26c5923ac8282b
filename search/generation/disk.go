package generation

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// disk is all that an update does to files beside its engine: a seam, so that tests can let each step fail, and forget what
// was not synced as a power failure does.
type disk interface {
	now() time.Time
	open(path string) (io.ReadCloser, error)
	create(path string) (io.WriteCloser, error) // fails where there is a file
	mkdir(path string) error                    // fails where there is one
	link(from, to string) error
	chmod(path string, mode fs.FileMode) error
	rename(from, to string) error
	removeAll(path string) error

	// sync makes a file, or the names in a folder, last through a power failure.
	sync(path string) error
}

// system is the disk of the operating system.
type system struct{}

func (system) now() time.Time                            { return time.Now() }
func (system) open(path string) (io.ReadCloser, error)   { return os.Open(path) }
func (system) mkdir(path string) error                   { return os.Mkdir(path, 0o755) }
func (system) link(from, to string) error                { return os.Link(from, to) }
func (system) chmod(path string, mode fs.FileMode) error { return os.Chmod(path, mode) }
func (system) rename(from, to string) error              { return os.Rename(from, to) }
func (system) removeAll(path string) error               { return os.RemoveAll(path) }

func (system) create(path string) (io.WriteCloser, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

func (system) sync(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		err = f.Sync()
	}
	if err != nil && info != nil && info.IsDir() && !syncs(err) {
		err = nil
	}
	return errors.Join(err, f.Close())
}

// syncs reports whether an error is a failure of syncing, not a system that has none for folders.
func syncs(err error) bool {
	return !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrPermission)
}

// mkdirAll makes a folder that lasts, and those above it.
func mkdirAll(d disk, path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil
	}
	above := filepath.Dir(path)
	if above != path {
		if err := mkdirAll(d, above); err != nil {
			return err
		}
	}
	if err := d.mkdir(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return &fs.PathError{Op: "mkdir", Path: path, Err: syscall.ENOTDIR}
	}
	if err := d.sync(above); !errors.Is(err, fs.ErrPermission) { // who may make a folder may not be allowed to list its neighbours
		return err
	}
	return nil
}

// writeFile makes a file that lasts once its folder is synced.
func writeFile(d disk, path string, content []byte) error {
	w, err := d.create(path)
	if err != nil {
		return err
	}
	n, err := w.Write(content)
	if err == nil && n < len(content) {
		err = io.ErrShortWrite
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return err
	}
	return d.sync(path)
}

// copyFile copies a file; nothing of it is synced.
func copyFile(d disk, from, to string) error {
	r, err := d.open(from)
	if err != nil {
		return err
	}
	w, err := d.create(to)
	if err != nil {
		return errors.Join(err, r.Close())
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, w.Close(), r.Close())
}

// isRefused reports whether the system refuses to read what may be whole: that is no damage, and passes.
func isRefused(err error) bool {
	for _, refusal := range []error{fs.ErrPermission, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM, syscall.ESTALE, syscall.EAGAIN, syscall.EINTR} {
		if errors.Is(err, refusal) {
			return true
		}
	}
	return false
}
