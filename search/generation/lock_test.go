package generation

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gofrs/flock"
)

// TestLockNamesItsOwner: who waits learns for whom, and a lock that nobody has names nobody.
func TestLockNamesItsOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	for range 2 {
		lock, err := acquire(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = acquire(path)
		want := fmt.Sprintf(`^%s in %s: process %d on .+ since \d{4}-\d\d-\d\dT`, ErrBusy, regexp.QuoteMeta(filepath.Dir(path)), os.Getpid())
		if !errors.Is(err, ErrBusy) || !regexp.MustCompile(want).MatchString(err.Error()) {
			t.Errorf("%v, want %s", err, want)
		}
		if err := release(lock); err != nil {
			t.Fatal(err)
		}
		if left, err := os.ReadFile(path); err != nil || len(left) > 0 {
			t.Errorf("left %q, %v", left, err)
		}
	}
}

// TestLockOfOthers: whatever is in the file of a lock that another one has, the error is one short line.
func TestLockOfOthers(t *testing.T) {
	for _, text := range []string{"", "\n\n", "process 1\x1b[31m\non", strings.Repeat("x", 1<<20), "\xff\x00"} {
		path := filepath.Join(t.TempDir(), "lock")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		other := flock.New(path)
		if locked, err := other.TryLock(); err != nil || !locked {
			t.Fatal(locked, err)
		}
		_, err := acquire(path)
		if !errors.Is(err, ErrBusy) || strings.ContainsAny(err.Error(), "\x1b\n\x00") || len(err.Error()) > 2*maxOwner {
			t.Errorf("%.40q: %q", text, err)
		}
		if err := other.Unlock(); err != nil {
			t.Fatal(err)
		}
	}
}
