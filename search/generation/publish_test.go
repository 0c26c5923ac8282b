package generation

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"chaja/search"
)

// TestPublishUnderReaders: servers that read two copies see one generation after the other whole, without an error, while
// eight of them are published.
func TestPublishUnderReaders(t *testing.T) {
	const generations = 8
	origin, copies := t.TempDir(), []string{t.TempDir(), filepath.Join(t.TempDir(), "new", "folder")}
	next := func(n int) {
		t.Helper()
		commit(t, origin, false, search.Batch{Put: posts("x", fmt.Sprint(n))})
		for _, to := range copies {
			p, err := Publish(t.Context(), origin, to)
			check(t, err)
			if p.Copied == 0 || p.Manifest.Posts != n {
				t.Errorf("generation %d: %d bytes copied, %d posts", n, p.Copied, p.Manifest.Posts)
			}
		}
	}
	next(1)
	var searches atomic.Int64
	var readers sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	for _, dir := range copies {
		m := NewManager(dir, engine(), slog.New(slog.DiscardHandler))
		defer func() { check(t, m.Close()) }()
		for range 2 {
			readers.Go(func() {
				for last := 0; ctx.Err() == nil; searches.Add(1) {
					total, err := totalNow(m)
					if err != nil || total < last {
						t.Errorf("after %d searches: %d posts after %d, %v", searches.Load(), total, last, err)
						return
					}
					last = total
				}
			})
		}
	}
	for n := 2; n <= generations; n++ {
		for before := searches.Load(); searches.Load() < before+500 && !t.Failed(); {
			_, err := ReadManifest(copies[0])
			check(t, err)
		}
		next(n)
	}
	stop()
	readers.Wait()
	t.Logf("%d generations in %d copies, %d searches", generations, len(copies), searches.Load())
	for _, dir := range copies {
		if left, _ := filepath.Glob(filepath.Join(dir, generationPrefix+"*")); len(left) != 1 {
			t.Errorf("%s holds %v", dir, left)
		}
	}
}

func totalNow(m *Manager) (total int, err error) {
	s, _, err := m.Acquire(context.Background())
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	all, err := search.Ask(context.Background(), s, search.Query{})
	return all.Total, err
}

// TestPublishAgain: what is there already is not copied, unless it is damaged; and what is not chaja's is left alone.
func TestPublishAgain(t *testing.T) {
	origin, to := t.TempDir(), t.TempDir()
	commit(t, origin, false, search.Batch{Put: posts("x", "a", "b", "c")})
	first, err := Publish(t.Context(), origin, to)
	check(t, err)
	again, err := Publish(t.Context(), origin, to)
	if check(t, err); again.Copied != 0 || !again.Manifest.is(first.Manifest) {
		t.Errorf("the second time %d bytes are copied", again.Copied)
	}
	commit(t, origin, false, search.Batch{Put: posts("x", "d")})
	second, err := Publish(t.Context(), origin, to)
	if check(t, err); second.Copied == 0 || second.Copied >= second.Manifest.Bytes {
		t.Errorf("of %d bytes %d are copied, though one post is new", second.Manifest.Bytes, second.Copied)
	}
	for _, f := range second.Manifest.Files {
		check(t, os.WriteFile(filepath.Join(to, second.Manifest.Generation, f.Name), []byte("damaged"), 0o644))
	}
	healed, err := Publish(t.Context(), origin, to)
	if check(t, err); healed.Copied == 0 {
		t.Error("a damaged copy stays")
	}
	x, err := Open(to, engine())
	check(t, err)
	check(t, x.Close())

	if _, err := Publish(t.Context(), origin, origin); !errors.Is(err, errItself) {
		t.Errorf("into itself: %v", err)
	}
	if _, err := Publish(t.Context(), t.TempDir(), to); !errors.Is(err, search.ErrNoIndex) {
		t.Errorf("from an empty folder: %v", err)
	}
	foreign := t.TempDir()
	check(t, os.WriteFile(filepath.Join(foreign, "post.md"), nil, 0o644))
	if _, err := Publish(t.Context(), origin, foreign); !errors.Is(err, ErrForeign) {
		t.Errorf("into a folder of posts: %v", err)
	}
}

// TestPublishFaults: whatever fails, and wherever it is interrupted, readers of the copy see the old generation or the new
// one, and the next Publish succeeds.
func TestPublishFaults(t *testing.T) {
	for step := 0; ; step++ {
		origin, to := t.TempDir(), t.TempDir()
		commit(t, origin, false, search.Batch{Put: posts("x", "a")})
		_, err := Publish(t.Context(), origin, to)
		check(t, err)
		commit(t, origin, false, search.Batch{Put: posts("x", "b")})
		m, err := ReadManifest(origin)
		check(t, err)
		ctx := &endsAt{Context: t.Context(), left: step}
		_, err = publish(ctx, system{}, filepath.Join(origin, m.Generation), to, m)
		if err == nil {
			if step < 3 {
				t.Errorf("it was interrupted %d times", step)
			}
			return
		}
		x, err := Open(to, engine())
		check(t, err)
		if x.Manifest.Posts != 1 {
			t.Errorf("step %d: %d posts are in force", step, x.Manifest.Posts)
		}
		check(t, x.Close())
		p, err := Publish(t.Context(), origin, to)
		if check(t, err); p.Manifest.Posts != 2 {
			t.Errorf("step %d: %d posts after the next one", step, p.Manifest.Posts)
		}
	}
}

// endsAt is a context that ends when it has been asked so often.
type endsAt struct {
	context.Context
	left int
}

func (c *endsAt) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}
