package generation

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chaja/search"
)

// spoilings are ways in which a file turns bad. Each returns false where it changes nothing.
func spoilings(content []byte) map[string]func(path string) error {
	put := func(changed []byte) func(string) error {
		return func(path string) error { return os.WriteFile(path, changed, 0o644) }
	}
	ways := map[string]func(string) error{
		"removed":  os.Remove,
		"grown":    put(append(slices.Clone(content), 0)),
		"a folder": func(path string) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o755)) },
	}
	n := len(content)
	for _, size := range []int{0, 1, n / 3, n / 2, n - 1} {
		if size < n {
			ways[fmt.Sprintf("cut to %d", size)] = put(content[:size])
		}
	}
	const places = 16
	for i := range places {
		at := i * (n - 1) / (places - 1)
		for _, bit := range []byte{1, 0x80} {
			flipped := slices.Clone(content)
			flipped[at] ^= bit
			ways[fmt.Sprintf("bit %#x of byte %d flipped", bit, at)] = put(flipped)
		}
	}
	if n > 8192 {
		zeros := slices.Clone(content)
		clear(zeros[4096:8192])
		if !bytes.Equal(zeros, content) {
			ways["a page of zeros"] = put(zeros)
		}
	}
	return ways
}

// TestFaultsOfFiles flips, cuts and removes every file of an index in turn. Who opens it is told which file it is, and what
// chaja index does, to bring the index up to date, mends it.
func TestFaultsOfFiles(t *testing.T) {
	from := template(t, "1")
	want := expected(t, blog("1"))
	m, err := ReadManifest(from)
	check(t, err)
	files := []string{manifestName}
	for _, f := range m.Files {
		files = append(files, m.Generation+"/"+f.Name)
	}
	for _, file := range files {
		t.Run(strings.TrimPrefix(file, m.Generation+"/"), func(t *testing.T) {
			t.Parallel() // they wait for the disk
			found, healed := &tally{kind: "found and named, " + file}, &tally{kind: "healed by chaja index, " + file}
			content, err := os.ReadFile(filepath.Join(from, filepath.FromSlash(file)))
			check(t, err)
			ways := spoilings(content)
			if file == manifestName {
				delete(ways, "a folder") // that is a folder of others: TestForeignFolder
			}
			for i, what := range slices.Sorted(maps.Keys(ways)) {
				if i%stride() > 0 {
					continue
				}
				dir := copied(t, from)
				check(t, ways[what](filepath.Join(dir, filepath.FromSlash(file))))
				found.try(t, what, func() error { return isNamed(dir, file) })
				healed.try(t, what, func() error { return isHealed(dir, file, want) })
			}
			found.report(t)
			healed.report(t)
		})
	}
}

// isNamed opens an index whose file is damaged.
func isNamed(dir, file string) error {
	g, err := Open(dir, engine())
	if err == nil {
		return errors.Join(errors.New("it is opened"), g.Close())
	}
	missing := file == manifestName && errors.Is(err, search.ErrNoIndex)
	if !missing && (!errors.Is(err, search.ErrOutdated) || !strings.Contains(err.Error(), file) || strings.Contains(err.Error(), "\n")) {
		return fmt.Errorf("it is not told: %w", err)
	}
	return nil
}

// isHealed does what chaja index does, and compares the answers with those of before.
func isHealed(dir, file, want string) error {
	damage, err := index(context.Background(), system{}, dir, false, blog("1"))
	if err != nil {
		return err
	}
	if damage == nil && file != manifestName {
		return errors.New("the damage is not told")
	}
	if told, err := answersIn(dir); err != nil || told != want {
		return fmt.Errorf("other answers than before (%w)", err)
	}
	m, err := ReadManifest(dir)
	if left := strays(dir, m); len(left) > 0 {
		return fmt.Errorf("left behind: %q", left)
	}
	return err
}

// TestFaultsUnderReaders cuts every file of an index under a manager that answers from it. Each request gets its answer or
// an error that says what is damaged, the process lives, other indexes go on, and what is whole again answers again.
func TestFaultsUnderReaders(t *testing.T) {
	from, other := template(t, "1"), template(t, "1")
	want := expected(t, blog("1"))
	healthy := NewManager(other, engine(), slog.New(slog.DiscardHandler))
	t.Cleanup(func() { check(t, healthy.Close()) })
	m, err := ReadManifest(from)
	check(t, err)
	for _, f := range m.Files {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel() // they wait for the second look
			c := &tally{kind: "cut under readers, " + f.Name}
			for _, size := range []int64{0, 1, f.Bytes / 2, f.Bytes / 2 &^ int64(os.Getpagesize()-1)} {
				c.try(t, fmt.Sprintf("cut to %d", size), func() error {
					return readsWhileCut(t, copied(t, from), filepath.FromSlash(f.Name), size, want, healthy)
				})
			}
			c.report(t)
		})
	}
}

func readsWhileCut(t *testing.T, dir, file string, size int64, want string, healthy *Manager) error {
	m := NewManager(dir, engine(), slog.New(slog.DiscardHandler))
	defer m.Close()
	if told, err := answers(t.Context(), m); err != nil || told != want {
		return fmt.Errorf("before the cut: %w", err)
	}
	path := filepath.Join(generation(t, dir), file)
	content, err := os.ReadFile(path)
	check(t, err)
	check(t, os.Truncate(path, size))
	if size%int64(os.Getpagesize()) != 0 { // the rest of a page reads as zeros, which only the size tells
		eventually(t, func() bool { _, err := answers(t.Context(), m); return errors.Is(err, search.ErrOutdated) })
	}
	var readers sync.WaitGroup
	failures := make(chan error, 100)
	for range 4 {
		readers.Go(func() {
			for range 5 {
				told, err := answers(context.Background(), m)
				if err != nil && !errors.Is(err, search.ErrOutdated) || err == nil && told != want {
					failures <- fmt.Errorf("other answers, or an error that is no damage: %w", err)
				}
			}
		})
	}
	readers.Wait()
	close(failures)
	if err := <-failures; err != nil {
		return err
	}
	if told, err := answers(t.Context(), healthy); err != nil || told != want {
		return fmt.Errorf("the other index: %w", err)
	}
	check(t, os.WriteFile(path, content, 0o644))
	eventually(t, func() bool {
		told, err := answers(t.Context(), m)
		return err == nil && told == want
	})
	return nil
}

// TestFaultsFoundLater: what no sample finds is found in the background. Until all is verified the generation before is kept,
// and is returned to; what was verified and turns bad answers no more; both are told to who can make the index anew.
func TestFaultsFoundLater(t *testing.T) {
	dir := copied(t, template(t, "1"))
	want := map[string]string{"1": expected(t, blog("1")), "2": expected(t, blog("2")), "3": expected(t, blog("3"))}
	var log lockedBuffer
	m := NewManager(dir, engine(), slog.New(slog.NewTextHandler(&log, nil)))
	m.sample = 0
	defer m.Close()
	answersOf := func() string { told, _ := answers(t.Context(), m); return told }
	whole := func() bool { m.mu.Lock(); defer m.mu.Unlock(); return m.current != nil && m.current.whole }
	if answersOf() != want["1"] {
		t.Fatal("other answers at first")
	}
	eventually(t, whole)

	_, err := index(t.Context(), system{}, dir, false, blog("2"))
	check(t, err)
	name := flip(t, dir)
	answersOf()
	told(t, m)
	if answersOf() != want["1"] {
		t.Error("the manager does not go back to the index before")
	}
	if n := strings.Count(log.String(), "keeping the previous index"); n != 1 || !strings.Contains(log.String(), name) {
		t.Errorf("logged %d times, with %s:\n%s", n, name, &log)
	}

	damage, err := index(t.Context(), system{}, dir, false, blog("3"))
	check(t, err)
	if damage == nil || answersOf() != want["3"] {
		t.Errorf("not healed, of %v", damage)
	}
	eventually(t, whole)

	request, _, err := m.Acquire(t.Context())
	check(t, err)
	defer request.Close()
	m.mu.Lock()
	_ = m.current.fail(errors.New("a fault"))
	m.mu.Unlock()
	if _, err := request.Search(t.Context(), search.Query{}); !errors.Is(err, search.ErrOutdated) {
		t.Errorf("error %v", err)
	}
	told(t, m)
	eventually(t, func() bool { return answersOf() == want["3"] }) // its files are whole
}

// told waits until the manager tells that the index is broken.
func told(t *testing.T, m *Manager) {
	t.Helper()
	select {
	case <-m.Broken():
	case <-time.After(20 * time.Second):
		t.Fatal("nobody is told")
	}
}

// flip flips a bit in the middle of the largest file of the generation in force, whose name it returns.
func flip(t *testing.T, dir string) (name string) {
	t.Helper()
	m, err := ReadManifest(dir)
	check(t, err)
	largest := slices.MaxFunc(m.Files, func(a, b File) int { return int(a.Bytes - b.Bytes) })
	path := filepath.Join(dir, m.Generation, filepath.FromSlash(largest.Name))
	content, err := os.ReadFile(path)
	check(t, err)
	content[len(content)/2] ^= 4
	check(t, os.WriteFile(path, content, 0o644))
	return largest.Name
}

// lockedBuffer is a log that several goroutines write.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// TestOldManifest: an index of before there were checksums is read, and made anew by the next update, as nobody knows
// whether it is whole.
func TestOldManifest(t *testing.T) {
	dir := copied(t, template(t, "1"))
	m, err := ReadManifest(dir)
	check(t, err)
	for _, name := range []string{markName, "notes"} { // which were not there then
		check(t, os.Remove(filepath.Join(dir, m.Generation, name)))
	}
	m.Bytes, err = Size(filepath.Join(dir, m.Generation))
	check(t, err)
	old := fmt.Sprintf(`{"format": %d, "analysis": %q, "learned": 0, "generation": %q, "bytes": %d, "built": "2024-01-01T00:00:00Z"}`,
		m.Format, m.Analysis, m.Generation, m.Bytes)
	check(t, os.WriteFile(filepath.Join(dir, manifestName), []byte(old), 0o644))
	want := expected(t, blog("1"))
	if told, err := answersIn(dir); err != nil || told != want {
		t.Errorf("it is not read: %v", err)
	}
	if _, err := index(t.Context(), system{}, dir, false, blog("1")); err != nil {
		t.Error(err)
	}
	if m, err = ReadManifest(dir); err != nil || len(m.Files) == 0 || len(strays(dir, m)) > 0 {
		t.Errorf("it has no checksums, or leaves %q: %v", strays(dir, m), err)
	}
}

// TestUnreadableManifest: a manifest that cannot be read now costs nothing: neither the generation nor what else is there.
func TestUnreadableManifest(t *testing.T) {
	want := expected(t, blog("1"))
	for name, full := range map[string]bool{"update": false, "full": true} {
		t.Run(name, func(t *testing.T) {
			dir := copied(t, template(t, "1"))
			d := &faulty{err: fs.ErrPermission, only: "open", at: 1, stays: true}
			if _, err := index(t.Context(), d, dir, full, blog("2")); !errors.Is(err, fs.ErrPermission) {
				t.Errorf("error %v, want %v", err, fs.ErrPermission)
			}
			if told, err := answersIn(dir); err != nil || told != want {
				t.Errorf("the index is not what it was: %v", err)
			}
		})
	}
}
