package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// startServer starts chaja serve as a process of its own, with more variables in its environment, and returns its address.
func startServer(t *testing.T, env []string, args ...string) (*process, server) {
	t.Helper()
	p := &process{Cmd: exec.Command(os.Args[0], append([]string{"serve", "--addr", "127.0.0.1:0", "--rate-limit", "0"}, args...)...),
		done: make(chan struct{})}
	p.Env = append(append(os.Environ(), asMain+"=1"), env...)
	log := &buffer{}
	p.Stderr = log
	out, err := p.StdoutPipe()
	must(t, err)
	must(t, p.Start())
	t.Cleanup(func() { _ = p.Process.Kill(); <-p.done })
	lines := make(chan string, 1)
	go func() {
		var line strings.Builder
		for b := make([]byte, 1); ; {
			if _, err := out.Read(b); err != nil || b[0] == '\n' {
				break
			}
			line.Write(b)
		}
		lines <- line.String()
		_, _ = io.Copy(io.Discard, out)
		_ = p.Wait()
		close(p.done)
	}()
	select {
	case line := <-lines:
		base := regexp.MustCompile(`http://[0-9.:]+`).FindString(line)
		if base == "" {
			t.Fatalf("the server printed %q\n%s", line, log)
		}
		return p, server{base: base, log: log}
	case <-time.After(patience):
		t.Fatalf("the server does not begin\n%s", log)
		return nil, server{}
	}
}

// TestWatchKilled kills a server that watches at random moments while posts change. Afterwards the index is that of some moment,
// whole, and a server that is started again brings it up to date and leaves nothing behind.
func TestWatchKilled(t *testing.T) {
	kills := 10
	if n, err := strconv.Atoi(os.Getenv(killsVariable)); err == nil {
		kills = n
	} else if testing.Short() {
		kills = 2
	}
	const posts = 100
	site := bigSite(t, posts)
	dir := filepath.Join(site, ".chaja")
	fine(t, "index", "--site", site)
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	written, indexed := 0, 0
	for round := 1; round <= kills; round++ {
		p, _ := startServer(t, nil, "--site", site, "--watch")
		first := written
		for end := time.Now().Add(time.Duration(random.Int64N(int64(1500 * time.Millisecond)))); time.Now().Before(end); {
			written++
			write(t, filepath.Join(site, "marker.new"), marker(written)) // whole, or not at all
			must(t, os.Rename(filepath.Join(site, "marker.new"), filepath.Join(site, "marker.md")))
			time.Sleep(time.Duration(random.Int64N(int64(200 * time.Millisecond))))
		}
		must(t, p.Process.Signal(syscall.SIGKILL))
		p.exit(t)
		if out := fine(t, "search", "--site", site); !strings.HasPrefix(out, fmt.Sprintf("%d posts", posts+1)) {
			t.Fatalf("round %d: %.40q", round, out)
		}
		found := -1
		for n := indexed; n <= written; n++ {
			if marked(t, site, n) == 1 {
				if found >= 0 {
					t.Fatalf("round %d: the index has the post as it was in %d and in %d", round, found, n)
				}
				found = n
			}
		}
		if found < 0 {
			t.Fatalf("round %d: the index has the post as it never was, after %d to %d", round, first, written)
		}
		p, s := startServer(t, nil, "--site", site, "--watch")
		eventually(t, "the last state of the post is found", func() bool { return s.total(t, fmt.Sprintf("tag:round%d", written)) == 1 })
		must(t, p.Process.Signal(syscall.SIGTERM))
		if code := p.exit(t); code != exitFine {
			t.Fatalf("round %d: exit %d\n%s", round, code, s.log)
		}
		indexed = written
		fine(t, "index", "--site", site) // the server may have ended before it looked
		checkNoLeftovers(t, dir)
	}
	t.Logf("killed %d times during %d changes", kills, written)
}

// checkNoLeftovers checks that an index folder holds one generation.
func checkNoLeftovers(t *testing.T, dir string) {
	t.Helper()
	if all := generations(dir); len(all) != 1 {
		t.Errorf("generations %q", all)
	}
	if half, _ := filepath.Glob(filepath.Join(dir, "CURRENT-*")); len(half) > 0 {
		t.Errorf("left behind: %q", half)
	}
}

// TestWatchMoved: a site that is linked elsewhere is indexed, and what is gone from it is found no more.
func TestWatchMoved(t *testing.T) {
	old, next := newSite(t, map[string]string{"a.md": "quetzalcoatl"}), newSite(t, map[string]string{"b.md": "huitzilopochtli"})
	link, index := filepath.Join(t.TempDir(), "current"), t.TempDir()
	must(t, os.Symlink(old, link))
	s := serveSite(t, "--site", link, "--index", index, "--watch")
	eventually(t, "the first site is found", func() bool { return s.total(t, "quetzalcoatl") == 1 })
	must(t, os.Symlink(next, link+".new"))
	must(t, os.Rename(link+".new", link))
	eventually(t, "the next site is found", func() bool { return s.total(t, "huitzilopochtli") == 1 && s.total(t, "quetzalcoatl") == 0 })
	must(t, os.Rename(next, next+".away"))
	eventually(t, "the log says that the site is gone", func() bool { return strings.Contains(s.log.String(), "no such site folder") })
	if s.total(t, "huitzilopochtli") != 1 {
		t.Error("the index of a site that is gone is gone too")
	}
	must(t, os.Rename(next+".away", next))
	write(t, filepath.Join(next, "c.md"), "tezcatlipoca")
	eventually(t, "the site is back", func() bool { return s.total(t, "tezcatlipoca") == 1 })
	if n := strings.Count(s.log.String(), "level=ERROR"); n != 1 {
		t.Errorf("%d errors are logged\n%s", n, s.log)
	}
}

// TestWatchLatency prints how long a change takes to be found and what it costs. The folder in CHAJA_TEST_SITE, of which a copy is
// made, is the site; without it posts of random words are.
func TestWatchLatency(t *testing.T) {
	site := copiedSite(t)
	fine(t, "index", "--site", site)
	p, s := startServer(t, nil, "--site", site, "--watch")
	eventually(t, "the site is indexed", func() bool { return s.total(t, "") > 0 })
	var took, cost []time.Duration
	for range 5 {
		before := processorTime(p.Process.Pid)
		word := "" // so long that no other is taken for it
		for range 20 {
			word += string(rune('a' + rand.IntN(26)))
		}
		began := time.Now()
		write(t, filepath.Join(site, postFolder(site), "chaja-latency.md"), "---\ntitle: latency\n---\n"+word)
		eventually(t, "the change is found", func() bool { return s.total(t, word) == 1 })
		took = append(took, time.Since(began).Round(time.Millisecond))
		time.Sleep(time.Second) // what is done afterwards counts too
		cost = append(cost, (processorTime(p.Process.Pid) - before).Round(10*time.Millisecond))
	}
	t.Logf("found after %v", took)
	t.Logf("processor   %v", cost)
}
