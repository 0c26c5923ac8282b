package generation

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"chaja/search"
)

// total is the number of documents that l has; -1 where it fails with want.
func total(t *testing.T, l *Manager, want error) int {
	t.Helper()
	found, err := now(t, l)
	if err != nil && !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
	if err != nil {
		return -1
	}
	return found.Total
}

func TestManagerFollows(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	l := NewManager(dir, engine(), slog.New(slog.DiscardHandler))
	if got := total(t, l, search.ErrNoIndex); got != -1 {
		t.Errorf("%d documents without an index", got)
	}
	if got := l.Manifest(); got.Generation != "" {
		t.Errorf("manifest %v without an index", got)
	}
	for n, ids := range [][]string{{"a"}, {"a", "b"}, {"a", "b", "c"}} {
		before := l.Manifest()
		commit(t, dir, false, search.Batch{Put: posts("1", ids...)})
		if want, err := ReadManifest(dir); err != nil || !l.Manifest().is(want) || want.Generation == before.Generation {
			t.Errorf("manifest %v after commit %d, want %v (%v)", l.Manifest(), n+1, want, err)
		}
		if got := total(t, l, nil); got != n+1 {
			t.Errorf("%d documents after commit %d", got, n+1)
		}
	}
	check(t, l.Close())
	if _, err := now(t, l); err == nil {
		t.Error("searches after Close")
	}
	check(t, l.Close())
}

// TestManagerKeeps: a generation that cannot be used does not take the place of a good one; the log says so once, and the
// next good one is taken.
func TestManagerKeeps(t *testing.T) {
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			commit(t, dir, false, search.Batch{Put: posts("1", "a")})
			var log bytes.Buffer
			l := NewManager(dir, engine(), slog.New(slog.NewTextHandler(&log, nil)))
			defer l.Close()
			total(t, l, nil)
			commit(t, dir, false, search.Batch{Put: posts("1", "b")})
			damage(t, dir)
			for range 3 {
				if got := total(t, l, nil); got != 1 {
					t.Errorf("%d documents, want the one of before", got)
				}
			}
			if n := strings.Count(log.String(), "keeping the previous index"); n != 1 {
				t.Errorf("logged %d times:\n%s", n, &log)
			}
			commit(t, dir, false, search.Batch{Put: posts("2", "a", "b", "c")})
			if got := total(t, l, nil); got != 3 {
				t.Errorf("%d documents once it is made anew", got)
			}
		})
	}
}

// TestManagerLogsOnce: each reason that there is nothing to search is logged once, however often it is asked.
func TestManagerLogsOnce(t *testing.T) {
	dir := t.TempDir()
	var log bytes.Buffer
	l := NewManager(dir, engine(), slog.New(slog.NewTextHandler(&log, nil)))
	defer l.Close()
	for range 3 {
		total(t, l, search.ErrNoIndex)
	}
	check(t, os.WriteFile(filepath.Join(dir, manifestName), []byte("no JSON"), 0o644))
	for range 3 {
		total(t, l, search.ErrOutdated)
	}
	if got := strings.Count(log.String(), `level=WARN msg="no index to search"`); got != 2 || strings.Count(log.String(), "\n") != 2 {
		t.Errorf("logged:\n%s", &log)
	}
}

// TestManagerTriesAgain: why an index cannot be opened may pass without another generation.
func TestManagerTriesAgain(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, false, search.Batch{Put: posts("1", "a")})
	away := filepath.Join(t.TempDir(), "away")
	there := generation(t, dir)
	check(t, os.Rename(there, away))
	l := NewManager(dir, engine(), slog.New(slog.DiscardHandler))
	defer l.Close()
	if got := total(t, l, search.ErrOutdated); got != -1 {
		t.Errorf("%d documents in a generation that is not there", got)
	}
	check(t, os.Rename(away, there))
	eventually(t, func() bool { return total(t, l, search.ErrOutdated) == 1 })
}

// eventually waits until something holds.
func eventually(t *testing.T, holds func() bool) {
	t.Helper()
	for start := time.Now(); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Since(start) > 20*time.Second {
			t.Fatal("it does not happen within 20 s")
		}
	}
}

// TestManagerTogether searches from many sides while generations come and go: every answer is of one generation, whole.
func TestManagerTogether(t *testing.T) {
	dir := t.TempDir()
	commit(t, dir, false, search.Batch{Put: posts("0", "a", "b", "c")})
	l := NewManager(dir, engine(), slog.New(slog.DiscardHandler))
	defer l.Close()
	end := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-end:
					return
				default:
				}
				found, err := now(t, l)
				if err != nil || found.Total != 3 {
					t.Errorf("%d documents, %v", found.Total, err)
					return
				}
				for _, hit := range found.Hits {
					if hit.Document.Hash[1:] != found.Hits[0].Document.Hash[1:] {
						t.Errorf("two generations in one answer: %s and %s", hit.Document.Hash, found.Hits[0].Document.Hash)
						return
					}
				}
			}
		})
	}
	for n := range 10 {
		commit(t, dir, n%2 == 0, search.Batch{Put: posts(fmt.Sprint(n+1), "a", "b", "c")})
	}
	close(end)
	readers.Wait()
}
