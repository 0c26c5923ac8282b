//go:build unix

package generation

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"chaja/search"
)

// childVariable makes a test of this package do the part of its child process, in the folder that it names.
const childVariable = "CHAJA_TEST_CHILD"

// child starts this test again as a process of its own.
func child(t *testing.T, dir string, more ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(append(os.Environ(), childVariable+"="+dir), more...)
	return cmd
}

// kills is how often TestFaultsOfKill kills where all faults are tried.
const kills = 200

// TestFaultsOfKill kills a process that writes one generation after the other, full ones among them, at random moments.
// Afterwards the index is that of a revision, whole, and not an older one than the last that was committed.
func TestFaultsOfKill(t *testing.T) {
	if dir := os.Getenv(childVariable); dir != "" {
		writeForEver(t, dir)
	}
	dir := filepath.Join(t.TempDir(), "index")
	c, revision, between := &tally{kind: "kill -9"}, 0, 0
	for n := range kills / stride() {
		c.try(t, fmt.Sprintf("kill %d", n+1), func() (err error) {
			cmd := child(t, dir, "CHAJA_TEST_REVISION="+strconv.Itoa(revision+1))
			out, err := cmd.StdoutPipe()
			check(t, err)
			check(t, cmd.Start())
			lines := bufio.NewScanner(out)
			if !lines.Scan() {
				return fmt.Errorf("the child writes nothing: %w", cmd.Wait())
			}
			time.AfterFunc(time.Duration(rand.Int64N(int64(60*time.Millisecond))), func() { _ = cmd.Process.Kill() })
			for lines.Scan() {
				if committed, err := strconv.Atoi(lines.Text()); err == nil {
					revision = committed
				}
			}
			_ = cmd.Wait()
			if entries, _ := os.ReadDir(dir); len(entries) > 3 {
				between++
			}
			revision, err = wholeRevision(dir, revision)
			return err
		})
	}
	c.report(t)
	_, err := index(t.Context(), system{}, dir, false, blog("1"))
	check(t, err)
	if left := leftovers(t, dir); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	if t.Logf("%d kills left two generations in the folder", between); between == 0 {
		t.Error("no kill came in the middle of an update")
	}
}

// writeForEver writes revisions, and prints the number of each once it is committed.
func writeForEver(t *testing.T, dir string) {
	revision, err := strconv.Atoi(os.Getenv("CHAJA_TEST_REVISION"))
	check(t, err)
	for fmt.Println("ready"); ; revision++ {
		damage, err := index(t.Context(), system{}, dir, revision%3 == 0, blog(strconv.Itoa(revision)))
		if err != nil || damage != nil {
			t.Fatal(err, damage)
		}
		fmt.Println(revision)
	}
}

// wholeRevision returns the revision of the index, which is that of all its posts, and last or later.
func wholeRevision(dir string, last int) (revision int, err error) {
	g, err := openVerified(system{}, dir, engine(), everything)
	if errors.Is(err, search.ErrNoIndex) && last == 0 {
		return 0, nil
	}
	if err != nil {
		return last, err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	found, err := search.Ask(bg(), g.snapshot, search.Query{Size: 100})
	if err != nil {
		return last, err
	}
	for _, hit := range found.Hits {
		if of, changes := strings.CutPrefix(hit.Document.Hash, "new-a"); changes {
			if revision, err = strconv.Atoi(of); err != nil {
				return last, err
			}
		}
	}
	for _, hit := range found.Hits {
		if d := hit.Document; strings.HasPrefix(d.ID, "new") && d.Hash != d.ID+strconv.Itoa(revision) || found.Total != len(blog("")) {
			return revision, fmt.Errorf("%d posts, and %s in revision %d", found.Total, d.Hash, revision)
		}
	}
	if revision < last {
		return revision, fmt.Errorf("revision %d was committed, and %d is there", last, revision)
	}
	return revision, nil
}

// TestFaultsOfLimits opens and updates an index in a process that may open few files, or write short ones. What cannot be
// done is told as what it is, never as damage, and the index stays.
func TestFaultsOfLimits(t *testing.T) {
	if dir := os.Getenv(childVariable); dir != "" {
		inLimits(t, dir)
		return
	}
	from := template(t, "1")
	old, anew := expected(t, blog("1")), expected(t, blog("2"))
	limits := map[string][]int{"files": nil, "bytes": {0, 1, 100, 1000, 4096, 8192, 20000, 40000, 65536, 100000}}
	for n := 8; n < 40; n += 2 {
		limits["files"] = append(limits["files"], n)
	}
	for kind, values := range limits {
		c := &tally{kind: "limit of " + kind}
		for _, value := range values {
			c.try(t, fmt.Sprint(value), func() error {
				dir := copied(t, from)
				out, err := child(t, dir, fmt.Sprintf("CHAJA_TEST_LIMIT=%s %d", kind, value)).CombinedOutput()
				if strings.Contains(string(out), "is damaged") || strings.Contains(string(out), "panic") {
					return fmt.Errorf("it is told otherwise: %s", out)
				}
				told, openErr := answersIn(dir)
				if openErr != nil || told != old && told != anew || told == old && err == nil {
					return fmt.Errorf("the index is lost, or was not updated without a word: %w\n%s", openErr, out)
				}
				if _, err := index(t.Context(), system{}, dir, false, blog("2")); err != nil {
					return err
				}
				if left := leftovers(t, dir); len(left) > 0 {
					return fmt.Errorf("left behind: %q", left)
				}
				return nil
			})
		}
		c.report(t)
	}
}

// inLimits updates the index to revision 2 under the limit that the parent names.
func inLimits(t *testing.T, dir string) {
	var kind string
	var value uint64
	_, err := fmt.Sscan(os.Getenv("CHAJA_TEST_LIMIT"), &kind, &value)
	check(t, err)
	resource := syscall.RLIMIT_NOFILE
	if kind == "bytes" {
		signal.Ignore(syscall.SIGXFSZ) // the write fails with EFBIG
		resource = syscall.RLIMIT_FSIZE
	}
	check(t, syscall.Setrlimit(resource, &syscall.Rlimit{Cur: value, Max: value}))
	damage, err := index(t.Context(), system{}, dir, false, blog("2"))
	if err != nil || damage != nil {
		fmt.Println(err, damage)
		os.Exit(1)
	}
	os.Exit(0)
}

// TestFaultsOfTwoWriters lets several writers begin at once, again and again. One writes, the others are told so.
func TestFaultsOfTwoWriters(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	c := &tally{kind: "several writers at once"}
	var revisions, written, busy atomic.Int64
	var writers sync.WaitGroup
	var mu sync.Mutex
	for range 4 {
		writers.Go(func() {
			for range 25 {
				revision := revisions.Add(1)
				_, err := index(t.Context(), system{}, dir, revision%5 == 0, blog(fmt.Sprint(revision)))
				switch {
				case err == nil:
					written.Add(1)
				case errors.Is(err, ErrBusy):
					busy.Add(1)
				}
				mu.Lock()
				c.try(t, fmt.Sprint(revision), func() error {
					if err != nil && !errors.Is(err, ErrBusy) {
						return err
					}
					_, err := wholeRevision(dir, 0)
					return err
				})
				mu.Unlock()
				time.Sleep(time.Duration(rand.Int64N(int64(20 * time.Millisecond))))
			}
		})
	}
	writers.Wait()
	c.report(t)
	t.Logf("%d wrote, %d were told that another writes", written.Load(), busy.Load())
	if written.Load() == 0 || busy.Load() == 0 {
		t.Error("they were never at once")
	}
	if left := leftovers(t, dir); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// clock is a disk whose clock shows what it is set to.
type clock struct {
	system
	at time.Time
}

func (c clock) now() time.Time { return c.at }

// TestFaultsOfClock lets the clock stand, go back and jump. Every generation has a name of its own, and who reads follows.
func TestFaultsOfClock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	m := NewManager(dir, engine(), quietLog())
	defer m.Close()
	c, names := &tally{kind: "a clock that jumps"}, map[string]bool{}
	now := time.Now()
	for i, at := range []time.Time{now, now, now, now.Add(-time.Hour), time.Unix(0, 0), time.Unix(-1, 0), time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), now, {}, now.Add(time.Second)} {
		c.try(t, at.String(), func() error {
			revision := fmt.Sprint(i)
			if _, err := index(t.Context(), clock{at: at}, dir, i%4 == 3, blog(revision)); err != nil {
				return err
			}
			name := m.Manifest().Generation
			if names[name] || !generationName.MatchString(name) {
				return fmt.Errorf("the generation is named %s, as another, or not as one", name)
			}
			names[name] = true
			if left := leftovers(t, dir); len(left) > 0 {
				return fmt.Errorf("left behind: %q", left)
			}
			s, _, err := m.Acquire(t.Context())
			if err != nil {
				return err
			}
			defer s.Close()
			if doc, _, err := search.Lookup(t.Context(), s, "new-a"); err != nil || doc.Hash != "new-a"+revision {
				return fmt.Errorf("a reader sees %s: %w", doc.Hash, err)
			}
			return nil
		})
	}
	c.report(t)
}
