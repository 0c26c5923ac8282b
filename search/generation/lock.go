package generation

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"chaja/internal/smallfile"
	"chaja/search/chars"
)

// maxOwner bounds in bytes what a lock says of its owner.
const maxOwner = 512

// acquire takes the lock in the file at path, and writes into it who has it. The error wraps ErrBusy when another process
// has it, and says which one, on which machine, since when.
func acquire(path string) (*flock.Flock, error) {
	lock := flock.New(path, flock.SetPermissions(0o644))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock index: %w", err)
	}
	if !locked {
		return nil, fmt.Errorf("%w in %s%s", ErrBusy, filepath.Dir(path), owner(path))
	}
	host, err := os.Hostname()
	if err != nil {
		host = "an unknown machine"
	}
	text := fmt.Sprintf("process %d on %s since %s\n", os.Getpid(), host, time.Now().Format(time.RFC3339))
	_ = overwrite(path, text) // the lock holds without it, as when another user made the file
	return lock, nil
}

// release gives a lock back. Nobody is its owner then.
func release(lock *flock.Flock) error {
	_ = overwrite(lock.Path(), "") // while it is ours
	return lock.Unlock()
}

// overwrite changes what is in a file and leaves the file the same, as the lock is on the file.
func overwrite(path, text string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}

// owner says who has a lock, "" when that is not known.
func owner(path string) string {
	text, err := smallfile.Read(path, maxOwner)
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(text), "\n")
	if line = strings.TrimSpace(chars.OneLine(line)); line == "" {
		return ""
	}
	return ": " + line
}
