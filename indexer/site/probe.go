package site

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"syscall"
)

// IsUnreadable reports whether an error of a file says that it is there and cannot be read: by a fault, or for want of
// permission. What is gone, too long or no file is not unreadable.
func IsUnreadable(err error) bool {
	var errno syscall.Errno
	return (errors.As(err, &errno) || errors.Is(err, fs.ErrPermission)) && !errors.Is(err, fs.ErrNotExist)
}

// probe is the file system that rules look at: configurations, data files, what lies beside a post. Most of them are not
// there, so they ask without looking at errors. A fault of the system is no answer to that, and is kept here. It is safe
// for concurrent use.
type probe struct {
	fs.FS

	mu    sync.Mutex
	fault error // the first
}

// Fault returns the first fault of the system while the rules looked at files, nil if there was none. What they say of posts
// after that may be wrong.
func (s *Site) Fault() error {
	s.probe.mu.Lock()
	defer s.probe.mu.Unlock()
	if s.probe.fault == nil {
		return nil
	}
	return fmt.Errorf("look at the files of the site: %w", s.probe.fault)
}

func (p *probe) note(err error) {
	for _, fault := range []syscall.Errno{syscall.EMFILE, syscall.ENFILE, syscall.EIO, syscall.ENOMEM, syscall.ESTALE, syscall.ETIMEDOUT} {
		if errors.Is(err, fault) {
			p.mu.Lock()
			defer p.mu.Unlock()
			if p.fault == nil {
				p.fault = err
			}
		}
	}
}

// Open implements fs.FS.
func (p *probe) Open(name string) (fs.File, error) {
	f, err := p.FS.Open(name)
	p.note(err)
	return f, err
}

// Stat implements fs.StatFS.
func (p *probe) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(p.FS, name)
	p.note(err)
	return info, err
}

// ReadDir implements fs.ReadDirFS.
func (p *probe) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(p.FS, name)
	p.note(err)
	return entries, err
}

// ReadFile implements fs.ReadFileFS.
func (p *probe) ReadFile(name string) ([]byte, error) {
	content, err := fs.ReadFile(p.FS, name)
	p.note(err)
	return content, err
}
