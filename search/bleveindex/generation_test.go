package bleveindex

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chaja/search"
	"chaja/search/analysis"
)

func TestOpenCurrent(t *testing.T) {
	dir := t.TempDir()
	if _, _, err := OpenCurrent(dir, english()); !errors.Is(err, search.ErrNoIndex) {
		t.Errorf("an empty folder: %v, want %v", err, search.ErrNoIndex)
	}
	if _, _, err := OpenCurrent(filepath.Join(dir, "nowhere"), english()); !errors.Is(err, search.ErrNoIndex) {
		t.Errorf("no folder: %v, want %v", err, search.ErrNoIndex)
	}
	commit(t, dir, false, search.Batch{Put: posts("1", "a")})
	x, m, err := OpenCurrent(dir, english())
	check(t, err)
	check(t, x.Close())
	if m.Format != Format || m.Analysis != english().Version() || m.Built.IsZero() {
		t.Errorf("manifest %+v", m)
	}
	if size, err := Size(filepath.Join(dir, m.Generation)); err != nil || size != m.Bytes || size == 0 {
		t.Errorf("the manifest says %d bytes, there are %d (%v)", m.Bytes, size, err)
	}
	if _, _, err := OpenCurrent(dir, analysis.New(noKorean("newer"))); !errors.Is(err, search.ErrOutdated) {
		t.Errorf("for another analyzer: %v, want %v", err, search.ErrOutdated)
	}
}

// TestOpenCurrentDamaged: every damage is one line that names the folder, and ErrOutdated, as making it anew mends it.
func TestOpenCurrentDamaged(t *testing.T) {
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			commit(t, dir, false, search.Batch{Put: posts("1", "a")})
			damage(t, dir)
			_, _, err := OpenCurrent(dir, english())
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
	if _, _, err := OpenCurrent(dir, english()); errors.Is(err, search.ErrOutdated) || !errors.Is(err, os.ErrPermission) {
		t.Errorf("error %v, want %v", err, os.ErrPermission)
	}
}
