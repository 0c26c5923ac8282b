//go:build unix

package generation

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// forgetful is a disk that knows what a power failure would leave: of a file the content that was synced last, of a folder
// the names that were synced last. Whatever else was written may be there afterwards, or not.
type forgetful struct {
	system
	root    string
	content map[uint64][]byte            // by the number of the file
	names   map[uint64]map[string]uint64 // by the number of the folder; the numbers of what is in it
	keep    string                       // a folder of links to all files, so that no number is used again
	after   func(step string)
}

func newForgetful(t *testing.T, root string) *forgetful {
	f := &forgetful{root: root, content: map[uint64][]byte{}, names: map[uint64]map[string]uint64{}, keep: t.TempDir(), after: func(string) {}}
	check(t, filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error { return errors.Join(err, f.remember(path)) }))
	return f
}

// remember notes what is at path as synced.
func (f *forgetful) remember(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		if err := os.Link(path, filepath.Join(f.keep, fmt.Sprint(number(info)))); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		f.content[number(info)], err = os.ReadFile(path)
		return err
	}
	entries, err := os.ReadDir(path)
	names := map[string]uint64{}
	for _, e := range entries {
		inside, err := e.Info()
		if err != nil {
			return err
		}
		names[e.Name()] = number(inside)
	}
	f.names[number(info)] = names
	return err
}

func number(info fs.FileInfo) uint64 { return info.Sys().(*syscall.Stat_t).Ino }

func (f *forgetful) sync(path string) error {
	defer f.after("sync " + filepath.Base(path))
	return errors.Join(f.system.sync(path), f.remember(path))
}

func (f *forgetful) rename(from, to string) error {
	defer f.after("rename " + filepath.Base(to))
	return f.system.rename(from, to)
}

func (f *forgetful) removeAll(path string) error {
	defer f.after("remove " + filepath.Base(path))
	return f.system.removeAll(path)
}

func (f *forgetful) mkdir(path string) error {
	defer f.after("mkdir " + filepath.Base(path))
	return f.system.mkdir(path)
}

// loss is how much of what was not synced a power failure takes.
type loss struct {
	name           string
	adds, removals bool // whether names that were added, and names that were removed, without a sync are so afterwards
}

// fail makes the folder that a power failure now would leave.
func (f *forgetful) fail(to string, l loss) error { return f.leave(f.root, to, inode(f.root), l) }

func inode(path string) uint64 {
	info, err := os.Lstat(path)
	if err != nil {
		return 0
	}
	return number(info)
}

// leave makes what is left of the folder with a number, that was or is at path.
func (f *forgetful) leave(path, to string, folder uint64, l loss) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	left := map[string]uint64{}
	for name, n := range f.names[folder] {
		if now := inode(filepath.Join(path, name)); now != 0 || !l.removals {
			left[name] = n
		}
	}
	if entries, err := os.ReadDir(path); err == nil && l.adds {
		for _, e := range entries {
			left[e.Name()] = inode(filepath.Join(path, e.Name()))
		}
	}
	for name, n := range left {
		inside, target := filepath.Join(path, name), filepath.Join(to, name)
		if err := f.leaveOne(inside, target, n, l); err != nil {
			return err
		}
	}
	return nil
}

func (f *forgetful) leaveOne(inside, target string, n uint64, l loss) error {
	_, synced := f.names[n]
	info, err := os.Lstat(inside)
	if synced || err == nil && info.IsDir() && number(info) == n {
		return f.leave(inside, target, n, l)
	}
	return os.WriteFile(target, f.content[n], 0o644) // empty if it was never synced
}

// TestFaultsOfPower lets the power fail after every step of an update and of a full one, with four ways of losing what was
// not synced: the index is the old one or the new one, whole, and the new one once Commit has returned.
func TestFaultsOfPower(t *testing.T) {
	from := template(t, "1")
	old, anew, later := expected(t, blog("1")), expected(t, blog("2")), expected(t, blog("3"))
	for _, l := range []loss{
		{"all is lost", false, false}, {"names are kept, contents lost", true, true},
		{"removals are kept, all else lost", false, true}, {"removals are lost, names kept", true, false},
	} {
		for _, full := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, full %t", l.name, full), func(t *testing.T) {
				t.Parallel()
				c, steps, committed := &tally{kind: "power failure, " + l.name}, 0, false
				dir := copied(t, from)
				d := newForgetful(t, dir)
				fail := func(step string) {
					if steps++; steps%stride() > 0 && !committed {
						return
					}
					c.try(t, fmt.Sprintf("step %d, after %s", steps, step), func() error {
						left := filepath.Join(t.TempDir(), "left")
						if err := d.fail(left, l); err != nil {
							return err
						}
						told, err := answersIn(left)
						if err != nil || told != anew && (told != old || committed) {
							return fmt.Errorf("the index is lost, or not what it should be: %w", err)
						}
						if _, err = index(t.Context(), system{}, left, false, blog("3")); err != nil {
							return err
						}
						if told, err = answersIn(left); err != nil || told != later {
							return fmt.Errorf("the next update gives other answers (%w)", err)
						}
						return nil
					})
				}
				d.after = fail
				_, err := index(t.Context(), d, dir, full, blog("2"))
				check(t, err)
				committed = true
				fail("the end")
				c.report(t)
			})
		}
	}
}
