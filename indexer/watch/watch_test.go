package watch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"chaja/indexer/site"
)

// patience is how long a test waits for what takes a moment.
const patience = time.Minute

// watched is a site in a folder that is watched. Each run reads the paths of its posts.
type watched struct {
	dir  string
	runs atomic.Int32
	log  logged

	mu    sync.Mutex
	posts []string
	err   error // of the next runs
	fails []string

	again chan struct{}
}

type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (s *watched) look() (site.Scope, error) {
	opened, err := site.Open(s.dir, site.Options{})
	if err != nil {
		return site.Scope{}, err
	}
	defer opened.Close()
	return opened.Scope("chaja-pairs.txt"), nil
}

func (s *watched) run(context.Context) error {
	s.runs.Add(1)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return s.err
	}
	opened, err := site.Open(s.dir, site.Options{})
	if err != nil {
		return err
	}
	defer opened.Close()
	listing, err := opened.Posts()
	s.posts = nil
	for _, p := range listing.Posts {
		content, err := opened.Read(p, func(int64) error { return nil })
		if err == nil {
			s.posts = append(s.posts, p.ID+"="+string(content))
		}
	}
	return err
}

func (s *watched) fail(err error, again time.Duration) {
	s.fails = append(s.fails, fmt.Sprintf("%v after %v", err, again))
}

func (s *watched) setError(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}

// start watches a site in which there is a post. Change may be nil; it changes how the system tells of changes.
func start(t *testing.T, dir string, change func(*notifier)) *watched {
	t.Helper()
	s := &watched{dir: dir, again: make(chan struct{})}
	log := slog.New(slog.NewTextHandler(&s.log, nil))
	w := &watcher{Options: Options{Dir: dir, Look: s.look, Run: s.run, Fail: s.fail, Log: log, Again: s.again}, notify: newNotifier(dir, log), failed: once{}}
	if change != nil {
		change(w.notify)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var background sync.WaitGroup
	background.Go(func() { w.loop(ctx) })
	t.Cleanup(func() { cancel(); background.Wait() })
	eventually(t, "the first run", func() bool { return s.runs.Load() > 0 })
	return s
}

func eventually(t *testing.T, what string, cond func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !cond(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("after %v still not: %s", patience, what)
		}
	}
}

// has waits for a run that reads these posts, each name=content.
func (s *watched) has(t *testing.T, posts ...string) {
	t.Helper()
	eventually(t, fmt.Sprintf("the posts are %q", posts), func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return slices.Equal(s.posts, posts)
	})
}

// idle waits until nothing is run any more, and returns how often something was.
func (s *watched) idle() int32 {
	for n := s.runs.Load(); ; n = s.runs.Load() {
		time.Sleep(2 * longest)
		if s.runs.Load() == n {
			return n
		}
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	must(t, os.WriteFile(path, []byte(content), 0o644))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newSite(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	write(t, filepath.Join(dir, "a.md"), "1")
	return dir
}

// ways are the ways in which changes are seen: told by the system, and looked for where it tells nothing.
var ways = map[string]func(*notifier){
	"told": nil,
	"no watcher": func(n *notifier) {
		n.open = func() (*fsnotify.Watcher, error) { return nil, os.NewSyscallError("inotify_init", syscall.EMFILE) }
	},
	"network": func(n *notifier) {
		n.remote = func(string) bool { return true }
		n.open = func() (*fsnotify.Watcher, error) { // which tells nothing
			w, err := fsnotify.NewWatcher()
			if err == nil {
				events := w.Events
				w.Events = make(chan fsnotify.Event)
				go func() {
					for range events { // they are not told
					}
				}()
			}
			return w, err
		}
	},
}

// TestChanges: whatever happens to posts is seen, also in folders that are new, moved and made anew, and as editors save.
func TestChanges(t *testing.T) {
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := newSite(t)
			in := func(name string) string { return filepath.Join(dir, name) }
			s := start(t, dir, way)
			s.has(t, "a.md=1")
			write(t, in("a.md"), "22")
			s.has(t, "a.md=22")
			write(t, in("a.md.tmp"), "333") // as editors save
			must(t, os.Rename(in("a.md.tmp"), in("a.md")))
			s.has(t, "a.md=333")
			must(t, os.Rename(in("a.md"), in("a.md~"))) // and others
			write(t, in("a.md"), "4444")
			must(t, os.Remove(in("a.md~")))
			s.has(t, "a.md=4444")
			write(t, in("x/y/z/b.md"), "1")
			s.has(t, "a.md=4444", "x/y/z/b.md=1")
			must(t, os.Rename(in("x/y"), in("x/w")))
			s.has(t, "a.md=4444", "x/w/z/b.md=1")
			write(t, in("x/w/z/b.md"), "22")
			s.has(t, "a.md=4444", "x/w/z/b.md=22")
			must(t, os.Rename(in("x"), in(".x")))
			write(t, in("x/w/z/b.md"), "333") // another folder of that name
			s.has(t, "a.md=4444", "x/w/z/b.md=333")
			write(t, in("x/w/z/b.md"), "4444")
			s.has(t, "a.md=4444", "x/w/z/b.md=4444")
			must(t, os.RemoveAll(in("x")))
			s.has(t, "a.md=4444")
			write(t, in("x/w/z/b.md"), "55555")
			s.has(t, "a.md=4444", "x/w/z/b.md=55555")
			write(t, in("x/w/z/b.md"), "666666")
			s.has(t, "a.md=4444", "x/w/z/b.md=666666")
			before := s.idle()
			write(t, in("chaja-pairs.txt"), "a = b")
			eventually(t, "a run after a setting", func() bool { return s.runs.Load() > before })
		})
	}
}

// TestRoot: a site that is moved, made anew or linked elsewhere is seen, and so is what changes in it then.
func TestRoot(t *testing.T) {
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := newSite(t)
			link := filepath.Join(t.TempDir(), "current")
			must(t, os.Symlink(dir, link))
			s := start(t, link, way)
			s.has(t, "a.md=1")
			next := newSite(t)
			write(t, filepath.Join(next, "a.md"), "22")
			must(t, os.Symlink(next, link+".new"))
			must(t, os.Rename(link+".new", link)) // as deployments do
			s.has(t, "a.md=22")
			write(t, filepath.Join(next, "a.md"), "333")
			s.has(t, "a.md=333")
			must(t, os.Rename(next, next+".old"))
			write(t, filepath.Join(next, "b.md"), "1")
			s.has(t, "b.md=1")
			write(t, filepath.Join(next, "b.md"), "22")
			s.has(t, "b.md=22")
			must(t, os.RemoveAll(next))
			time.Sleep(rootInterval)
			write(t, filepath.Join(next, "c.md"), "1")
			s.has(t, "c.md=1")
			write(t, filepath.Join(next, "c.md"), "22")
			s.has(t, "c.md=22")
		})
	}
}

// TestNeverStarves: whatever is written all the time, a new post is seen. TestSchedule says how soon.
func TestNeverStarves(t *testing.T) {
	for _, name := range []string{"log.txt", "node_modules/x/a.md", ".git/index", "draft.md", "sub/draft.md"} {
		t.Run(name, func(t *testing.T) {
			dir := newSite(t)
			write(t, filepath.Join(dir, name), "0")
			s := start(t, dir, nil)
			ctx, cancel := context.WithCancel(t.Context())
			var writer sync.WaitGroup
			defer func() { cancel(); writer.Wait() }()
			writer.Go(func() {
				for i := 0; ctx.Err() == nil; i++ {
					_ = os.WriteFile(filepath.Join(dir, name), fmt.Appendf(nil, "%d", i), 0o644)
					time.Sleep(10 * time.Millisecond)
				}
			})
			time.Sleep(200 * time.Millisecond)
			write(t, filepath.Join(dir, "new.md"), "quetzalcoatl")
			began := time.Now()
			eventually(t, "the new post is read", func() bool {
				s.mu.Lock()
				defer s.mu.Unlock()
				return slices.Contains(s.posts, "new.md=quetzalcoatl")
			})
			t.Logf("read after %v", time.Since(began).Round(time.Millisecond))
		})
	}
}

// TestStorm: of a hundred thousand events a few make a run, and what is there at last is read.
func TestStorm(t *testing.T) {
	dir := newSite(t)
	s := start(t, dir, nil)
	s.has(t, "a.md=1")
	began := time.Now()
	const events = 100_000 // each renaming is two
	for i := range events / 2 {
		from, to := "a.md", "b.md"
		if i%2 == 1 {
			from, to = to, from
		}
		must(t, os.Rename(filepath.Join(dir, from), filepath.Join(dir, to)))
	}
	write(t, filepath.Join(dir, "last.md"), "2")
	took := time.Since(began)
	s.has(t, "a.md=1", "last.md=2")
	if runs := s.idle(); runs > int32(took/quiet)+20 {
		t.Errorf("%d runs in %v", runs, took)
	}
}

// TestLeftAlone: what is no post and no setting makes no run.
func TestLeftAlone(t *testing.T) {
	dir := newSite(t)
	for _, name := range []string{"node_modules/x/README.md", ".git/HEAD", ".chaja/CURRENT"} {
		write(t, filepath.Join(dir, name), "0")
	}
	s := start(t, dir, nil)
	before := s.idle()
	for i := range 20 {
		for _, name := range []string{"node_modules/x/README.md", "node_modules/y/README.md", ".git/HEAD", ".git/x/HEAD", ".chaja/CURRENT",
			".chaja/gen-1/words", "a.txt", ".a.md.swp", "4913", "pic/a.png"} {
			write(t, filepath.Join(dir, name), fmt.Sprint(i))
		}
		time.Sleep(20 * time.Millisecond)
	}
	if n := s.idle() - before; n > 1 { // the new folder may be one
		t.Errorf("%d runs", n)
	}
}

// TestTriedAgain: what fails is tried again without a change, and told once for each kind.
func TestTriedAgain(t *testing.T) {
	dir := newSite(t)
	s := start(t, dir, nil)
	s.has(t, "a.md=1")
	s.setError(fmt.Errorf("write x1: %w", &os.PathError{Op: "write", Path: "gen-1", Err: syscall.ENOSPC}))
	write(t, filepath.Join(dir, "a.md"), "22")
	before := s.runs.Load()
	eventually(t, "three runs", func() bool { return s.runs.Load() >= before+3 })
	s.setError(errors.Join(os.NewSyscallError("open", syscall.EMFILE), errors.New("and more")))
	before = s.runs.Load()
	eventually(t, "another run", func() bool { return s.runs.Load() > before })
	s.setError(nil)
	s.has(t, "a.md=22")
	s.setError(syscall.ENOSPC)
	write(t, filepath.Join(dir, "a.md"), "333")
	before = s.runs.Load()
	eventually(t, "two more runs", func() bool { return s.runs.Load() >= before+2 })
	s.setError(nil)
	s.has(t, "a.md=333")
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.fails) != 3 || !strings.Contains(s.fails[0], "no space left") || !strings.Contains(s.fails[1], "too many open files") {
		t.Errorf("told of %q", s.fails)
	}
}

// TestAgain: a run can be asked for, and is one, however often it is asked for.
func TestAgain(t *testing.T) {
	s := start(t, newSite(t), nil)
	before := s.idle()
	for range 5 {
		s.again <- struct{}{}
	}
	eventually(t, "a run", func() bool { return s.runs.Load() > before })
	if n := s.idle() - before; n != 1 {
		t.Errorf("%d runs", n)
	}
}

// TestToldOnce: why changes are seen late is logged once, with what to do.
func TestToldOnce(t *testing.T) {
	dir := newSite(t)
	s := start(t, dir, ways["no watcher"])
	for i := range 3 {
		write(t, filepath.Join(dir, "a.md"), strings.Repeat("x", i+2))
		s.has(t, "a.md="+strings.Repeat("x", i+2))
	}
	if n := strings.Count(s.log.String(), "not watched"); n != 1 || !strings.Contains(s.log.String(), "max_user_instances") {
		t.Errorf("logged %d times\n%s", n, &s.log)
	}
}

// TestUnreadableFolder: a folder that may not be read is named, its rest is watched, and it is seen when it may be read.
func TestUnreadableFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads every folder")
	}
	dir := newSite(t)
	bad := filepath.Join(dir, "bad")
	write(t, filepath.Join(bad, "b.md"), "1")
	must(t, os.Chmod(bad, 0))
	t.Cleanup(func() { _ = os.Chmod(bad, 0o755) })
	s := start(t, dir, nil)
	s.has(t, "a.md=1")
	if want := "watch " + bad + ": permission denied"; !strings.Contains(s.log.String(), want) {
		t.Errorf("the log has no %q\n%s", want, &s.log)
	}
	must(t, os.Chmod(bad, 0o755))
	s.has(t, "a.md=1", "bad/b.md=1")
}
