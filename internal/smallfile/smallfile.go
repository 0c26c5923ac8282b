// Package smallfile reads files that people write by hand: settings, words, certificates. Whatever stands in place of such
// a file, a pipe, a device, a socket, a disk's worth of bytes, is an error at once.
package smallfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// ErrKind is the error of what is no file of its own: a folder, a pipe, a device, a socket.
var ErrKind = errors.New("not a regular file")

// ErrSize is the error of a file that is larger than it may be.
var ErrSize = errors.New("too large")

// Read returns the bytes of the file at path, at most limit. It never waits for another process. The error names the path,
// and wraps ErrKind, ErrSize or that of the system.
func Read(path string, limit int64) ([]byte, error) {
	wrong := func(err error) error { return &fs.PathError{Op: "read", Path: path, Err: err} }
	info, err := os.Stat(path) // to open a device may do something
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, wrong(ErrKind)
	}
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err = file.Stat(); err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // it has been replaced since
		return nil, wrong(ErrKind)
	}
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(content)) > limit {
		return nil, wrong(fmt.Errorf("%w: at most %d KiB are read", ErrSize, limit>>10))
	}
	return content, nil
}
