package site

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// Scope is what of a site matters to its index: the folders that may hold posts, and the files that its rules look at, there
// or not.
type Scope struct {
	Folders []string // those in which something may change, with "/", "." for the site itself; all of them are there
	State   uint64   // of the names, sizes and times of all that matters; equal as long as nothing changes

	rules Rules
	asked []string
}

// maxScope bounds the folders of a scope. What lies in others is not seen.
const maxScope = 1 << 17

// Scope looks at the site as it is now. It reads folders, and no file. Names are files that matter though the rules do not ask
// for them.
func (s *Site) Scope(names ...string) Scope {
	c := Scope{rules: s.Rules, asked: append(s.asked.names(), names...)}
	state := fnv.New64a()
	note := func(name string, info fs.FileInfo) {
		if info.IsDir() {
			fmt.Fprintf(state, "%q/", name) // its time changes with whatever is in it
		} else {
			fmt.Fprintf(state, "%q %d %d %v ", name, info.Size(), info.ModTime().UnixNano(), info.Mode())
		}
	}
	_ = fs.WalkDir(s.files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			fmt.Fprintf(state, "%q: %v", name, bare(err))
			return fs.SkipDir
		case d.IsDir():
			if name != "." && !c.holds(name) || len(c.Folders) == maxScope {
				return fs.SkipDir
			}
			c.Folders = append(c.Folders, name)
		case !c.Matters(name):
			return nil
		}
		if info, err := fs.Stat(s.files, name); err == nil { // of what a link leads to
			note(name, info)
		}
		return nil
	})
	slices.Sort(c.Folders)
	_, _ = state.Write([]byte{0})
	c.State = state.Sum64()
	return c
}

// holds reports whether something that matters may lie in a folder.
func (c *Scope) holds(dir string) bool {
	return c.rules.holds(dir) || slices.ContainsFunc(c.asked, func(pattern string) bool {
		return len(pattern) > len(dir) && within(pattern, dir)
	})
}

// Matters reports whether a change of the file or folder with this path, relative to the site, may change the index. What is
// there no more may have been a folder.
func (c *Scope) Matters(name string) bool {
	if _, folder := slices.BinarySearch(c.Folders, name); folder {
		return true
	}
	if slices.ContainsFunc(c.asked, func(pattern string) bool { return within(pattern, name) }) {
		return true
	}
	return isMarkdown(name) && !strings.HasPrefix(path.Base(name), ".") && c.rules.holds(path.Dir(name))
}

// MattersAsFolder reports whether something that matters may lie in a folder that is new.
func (c *Scope) MattersAsFolder(name string) bool { return c.holds(name) }

// within reports whether a pattern matches a path, or a folder with this path may hold what it matches.
func within(pattern, name string) bool {
	if pattern == name {
		return true
	}
	parts, depth := strings.Split(pattern, "/"), strings.Count(name, "/")+1
	if depth > len(parts) {
		return false
	}
	head := strings.Join(parts[:depth], "/")
	matched, err := path.Match(head, name)
	return head == name || matched && err == nil
}

// asking is a file system that remembers what it was asked for, until it is told to stop.
type asking struct {
	fs.FS
	mu      sync.Mutex
	asked   []string // names and patterns
	stopped bool
}

// maxAsked bounds what is remembered; the rules ask for a few dozen names.
const maxAsked = 1 << 10

func (a *asking) ask(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.stopped && len(a.asked) < maxAsked && !slices.Contains(a.asked, name) {
		a.asked = append(a.asked, name)
	}
}

func (a *asking) stop() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stopped = true
}

func (a *asking) names() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.asked)
}

func (a *asking) Open(name string) (fs.File, error) {
	a.ask(name)
	return a.FS.Open(name)
}

func (a *asking) Stat(name string) (fs.FileInfo, error) {
	a.ask(name)
	return fs.Stat(a.FS, name)
}

func (a *asking) ReadFile(name string) ([]byte, error) {
	a.ask(name)
	return fs.ReadFile(a.FS, name)
}

func (a *asking) ReadDir(name string) ([]fs.DirEntry, error) {
	a.ask(name)
	return fs.ReadDir(a.FS, name)
}

func (a *asking) Glob(pattern string) ([]string, error) {
	a.ask(pattern)
	return fs.Glob(a.FS, pattern)
}
