package generation

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/bleveindex"
)

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir, engine()); !errors.Is(err, search.ErrNoIndex) {
		t.Errorf("an empty folder: %v, want %v", err, search.ErrNoIndex)
	}
	if _, err := Open(filepath.Join(dir, "nowhere"), engine()); !errors.Is(err, search.ErrNoIndex) {
		t.Errorf("no folder: %v, want %v", err, search.ErrNoIndex)
	}
	commit(t, dir, false, search.Batch{Put: posts("1", "a")})
	x, err := Open(dir, engine())
	check(t, err)
	m := x.Manifest
	check(t, x.Close())
	if m.Format != engine().Format() || m.Analysis != engine().Analyzer().Version() || m.Built.IsZero() {
		t.Errorf("manifest %+v", m)
	}
	if size, err := Size(filepath.Join(dir, m.Generation)); err != nil || size != m.Bytes || size == 0 {
		t.Errorf("the manifest says %d bytes, there are %d (%v)", m.Bytes, size, err)
	}
	if _, err := Open(dir, bleveindex.NewEngine(analysis.New(noKorean("newer")))); !errors.Is(err, search.ErrOutdated) {
		t.Errorf("for another analyzer: %v, want %v", err, search.ErrOutdated)
	}
	for name, other := range map[string]Engine{
		"it has format": laterEngine{engine()}, "another version of chaja": bleveindex.NewEngine(analysis.New(noKorean("newer"))),
	} {
		for _, full := range []bool{false, true} {
			u, err := Begin(dir, other, full)
			check(t, err)
			if said := fmt.Sprint(u.Damage()); strings.Contains(said, name) == full {
				t.Errorf("full %t: what was wrong: %s, want %s unless full", full, said, name)
			}
			if hashes, err := u.Hashes(t.Context()); len(hashes) > 0 || err != nil {
				t.Errorf("%d documents are taken over (%v), want none", len(hashes), err)
			}
			check(t, u.Close())
		}
	}
}

// laterEngine is an engine whose files are of a later format.
type laterEngine struct{ Engine }

func (e laterEngine) Format() int { return e.Engine.Format() + 1 }

// TestOpenDamaged: every damage is one line that names the folder, and ErrOutdated, as making it anew mends it.
func TestOpenDamaged(t *testing.T) {
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			commit(t, dir, false, search.Batch{Put: posts("1", "a")})
			damage(t, dir)
			_, err := Open(dir, engine())
			if !errors.Is(err, search.ErrOutdated) || errors.Is(err, search.ErrNoIndex) {
				t.Fatalf("error %v, want %v", err, search.ErrOutdated)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %v", err)
			}
			if !strings.HasPrefix(name, "another") && !strings.Contains(err.Error(), dir+" is damaged: ") {
				t.Errorf("error %v does not say that %s is damaged", err, dir)
			}
		})
	}
}

// TestRefusedIsNotDamaged: what may not be read is not said to be broken.
func TestRefusedIsNotDamaged(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads everything")
	}
	dir := t.TempDir()
	commit(t, dir, false, search.Batch{Put: posts("1", "a")})
	check(t, os.Chmod(generation(t, dir), 0))
	t.Cleanup(func() { _ = os.Chmod(generation(t, dir), 0o755) })
	_, err := Open(dir, engine())
	if errors.Is(err, search.ErrOutdated) || !errors.Is(err, os.ErrPermission) || !strings.HasPrefix(err.Error(), "open index: ") {
		t.Errorf("error %v, want %v", err, os.ErrPermission)
	}
}

// TestShared: who may read the index folder may read what is in it, from the first generation on and after a copy.
func TestShared(t *testing.T) {
	for _, test := range []struct{ folder, dirs, files os.FileMode }{
		{0o755, 0o755, 0o644}, {0o750, 0o750, 0o640}, {0o700, 0o700, 0o600}, {0o777, 0o755, 0o644},
	} {
		t.Run(test.folder.String(), func(t *testing.T) {
			dir := t.TempDir()
			check(t, os.Chmod(dir, test.folder))
			for _, revision := range []string{"1", "2"} {
				commit(t, dir, false, search.Batch{Put: posts(revision, "a")})
				check(t, filepath.WalkDir(generation(t, dir), func(path string, entry fs.DirEntry, err error) error {
					check(t, err)
					info, err := entry.Info()
					check(t, err)
					want := test.files
					if entry.IsDir() {
						want = test.dirs
					}
					if got := info.Mode().Perm(); got != want {
						t.Errorf("%s: %v, want %v", path, got, want)
					}
					return nil
				}))
			}
		})
	}
}
