package smallfile

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestRead(t *testing.T) {
	const limit = 1 << 10
	tests := []struct {
		name string
		make func(path string) error
		want error
	}{
		{"a file", func(path string) error { return os.WriteFile(path, make([]byte, limit), 0o600) }, nil},
		{"an empty file", func(path string) error { return os.WriteFile(path, nil, 0o600) }, nil},
		{"a link to a file", func(path string) error {
			return errors.Join(os.WriteFile(path+".to", nil, 0o600), os.Symlink(path+".to", path))
		}, nil},
		{"nothing", func(string) error { return nil }, fs.ErrNotExist},
		{"a byte too many", func(path string) error { return os.WriteFile(path, make([]byte, limit+1), 0o600) }, ErrSize},
		{"a terabyte", func(path string) error { return errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 1<<40)) }, ErrSize},
		{"a folder", func(path string) error { return os.Mkdir(path, 0o700) }, ErrKind},
		{"a pipe", func(path string) error { return syscall.Mkfifo(path, 0o600) }, ErrKind},
		{"a link to a pipe", func(path string) error {
			return errors.Join(syscall.Mkfifo(path+".to", 0o600), os.Symlink(path+".to", path))
		}, ErrKind},
		{"a device", func(path string) error { return os.Symlink("/dev/zero", path) }, ErrKind},
		{"a socket", func(path string) error {
			l, err := net.Listen("unix", path)
			if err == nil {
				t.Cleanup(func() { l.Close() })
			}
			return err
		}, ErrKind},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir, err := os.MkdirTemp("", "small") // short, as names of sockets must be
			if err != nil {
				t.Fatal(err)
			}
			defer os.RemoveAll(dir)
			path := filepath.Join(dir, "file")
			if err := tt.make(path); err != nil {
				t.Fatal(err)
			}
			done := make(chan error, 1)
			go func() {
				_, err := Read(path, limit)
				done <- err
			}()
			select {
			case err = <-done:
			case <-time.After(10 * time.Second):
				t.Fatal("it waits")
			}
			if !errors.Is(err, tt.want) || err != nil && !strings.Contains(err.Error(), path) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}
