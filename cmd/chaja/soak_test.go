package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Variables of the tests that take long.
const (
	soakVariable = "CHAJA_TEST_SOAK" // how long TestSoak takes, such as 10m
	siteVariable = "CHAJA_TEST_SITE" // the site that it and TestWatchLatency copy, in place of one of random words
)

// copiedSite returns a site that may be changed.
func copiedSite(t *testing.T) string {
	t.Helper()
	from := os.Getenv(siteVariable)
	if from == "" {
		return bigSite(t, 200)
	}
	to := filepath.Join(t.TempDir(), "site")
	must(t, os.CopyFS(to, os.DirFS(from)))
	must(t, os.RemoveAll(filepath.Join(to, ".chaja")))
	return to
}

// postFolder is the folder of a site that has the most posts.
func postFolder(site string) string {
	counts := map[string]int{}
	_ = filepath.WalkDir(site, func(path string, _ os.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" {
			dir, _ := filepath.Rel(site, filepath.Dir(path))
			counts[dir]++
		}
		return nil
	})
	best := "."
	for dir, n := range counts {
		if n > counts[best] || n == counts[best] && dir < best {
			best = dir
		}
	}
	return best
}

// processorTime is what a process has used of processors so far; 0 where /proc does not tell.
func processorTime(pid int) time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, found := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	if err != nil || !found || len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond // USER_HZ is 100
}

// sample is what a server holds at one moment.
type sample struct {
	at         time.Duration
	resident   float64 // MB
	heap       float64 // MB
	files      float64
	goroutines float64
	requests   int64
	edits      int64
	reloads    int
}

// soak is a server under load.
type soak struct {
	t        *testing.T
	site     string
	p        *process
	s        server
	began    time.Time
	requests atomic.Int64
	edits    atomic.Int64
	rebuilds atomic.Int64
	failed   atomic.Int64
	failure  atomic.Value // the first
}

// TestSoak asks, edits, rebuilds and reloads for some time, 20 seconds without CHAJA_TEST_SOAK, and prints what the server holds, and
// by how much that grows. It may not grow.
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long")
	}
	lasts, err := time.ParseDuration(cmp.Or(os.Getenv(soakVariable), "20s"))
	must(t, err)
	if _, err := os.Stat("/proc/self/fd"); err != nil {
		t.Skip("this system does not tell what a process holds")
	}
	site := copiedSite(t)
	fine(t, "index", "--site", site)
	k := &soak{t: t, site: site, began: time.Now()}
	k.p, k.s = startServer(t, nil, "--site", site, "--watch")
	ctx, cancel := context.WithTimeout(t.Context(), lasts)
	defer cancel()
	var load sync.WaitGroup
	for i := range 3 {
		load.Go(func() { k.ask(ctx, uint64(i)) })
	}
	load.Go(func() { k.edit(ctx) })
	load.Go(func() { k.rebuild(ctx, lasts/8) })
	var samples []sample
	for ctx.Err() == nil {
		sleep(ctx, lasts/20)
		samples = append(samples, k.sample())
	}
	load.Wait()
	must(t, k.p.Process.Signal(syscall.SIGTERM))
	if code := k.p.exit(t); code != exitFine {
		t.Errorf("exit %d", code)
	}
	t.Logf("%d requests, %d failed, %d edits, %d rebuilds\n%s", k.requests.Load(), k.failed.Load(), k.edits.Load(), k.rebuilds.Load(), table(samples))
	if k.failed.Load() > 0 {
		t.Errorf("the first failure: %v\n%s", k.failure.Load(), tail(k.s.log.String()))
	}
	if k.rebuilds.Load() == 0 || k.edits.Load() == 0 || samples[len(samples)-1].reloads < 2 {
		t.Errorf("%d rebuilds, %d edits, %d reloads", k.rebuilds.Load(), k.edits.Load(), samples[len(samples)-1].reloads)
	}
	checkGrowth(t, samples)
	fine(t, "index", "--site", site) // the last rebuild was killed
	checkNoLeftovers(t, filepath.Join(site, ".chaja"))
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// ask asks what people ask, one thing after the other.
func (k *soak) ask(ctx context.Context, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 3))
	words := strings.Fields("도서관 자원봉사 서버 server latency 스프링 kafka ㅅㅍㄹ tjqj 쿠버 cache 없는낱말")
	word := func() string { return url.QueryEscape(words[random.IntN(len(words))]) }
	client := &http.Client{Timeout: patience}
	for ctx.Err() == nil {
		path := ""
		switch random.IntN(8) {
		case 0:
			path = "/api/v1/suggest?q=" + word()
		case 1:
			path = "/api/v1/tags"
		case 2:
			path = "/api/v1/search?sort=newest&page=2&q=" + word()
		case 3:
			path = "/?q=" + word()
		case 4:
			path = "/readyz"
		case 5:
			path = "/api/v1/search?q=%22" + word() + "+" + word() + "%22+-" + word()
		default:
			path = "/api/v1/search?q=" + word() + "+" + word()
		}
		k.requests.Add(1)
		if err := get(ctx, client, k.s.base+path); err != nil && ctx.Err() == nil {
			k.failed.Add(1)
			k.failure.CompareAndSwap(nil, fmt.Sprintf("%s: %v", path, err))
		}
		sleep(ctx, 5*time.Millisecond)
	}
}

// get asks for a page and reads all of it.
func get(ctx context.Context, client *http.Client, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, response.Body)
	if response.StatusCode != http.StatusOK {
		err = errors.Join(err, fmt.Errorf("%s: %s", address, response.Status))
	}
	return errors.Join(err, response.Body.Close())
}

// edit writes, moves and removes posts of its own.
func (k *soak) edit(ctx context.Context) {
	random := rand.New(rand.NewPCG(1, 4))
	dir := filepath.Join(k.site, postFolder(k.site))
	for ctx.Err() == nil {
		path := filepath.Join(dir, fmt.Sprintf("soak-%d.md", random.IntN(20)))
		switch random.IntN(4) {
		case 0:
			_ = os.Remove(path)
		case 1:
			_ = os.Rename(path, filepath.Join(dir, fmt.Sprintf("soak-%d.md", random.IntN(20))))
		default:
			text := fmt.Sprintf("---\ntitle: soak %d\ntags: [t%d]\n---\n", random.IntN(1e6), random.IntN(50)) + strings.Repeat("서버 server 도서관 ", random.IntN(500))
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				k.t.Error(err)
				return
			}
		}
		k.edits.Add(1)
		sleep(ctx, time.Duration(random.IntN(1000))*time.Millisecond)
	}
}

// rebuild makes the index anew by another process, which often finds the server writing.
func (k *soak) rebuild(ctx context.Context, every time.Duration) {
	for ctx.Err() == nil {
		sleep(ctx, every)
		for ctx.Err() == nil {
			cmd := exec.CommandContext(ctx, os.Args[0], "index", "--site", k.site, "--full")
			cmd.Env = append(os.Environ(), asMain+"=1")
			if cmd.Run() == nil {
				k.rebuilds.Add(1)
				break
			}
			sleep(ctx, 100*time.Millisecond)
		}
	}
}

func (k *soak) sample() sample {
	s := sample{at: time.Since(k.began), requests: k.requests.Load(), edits: k.edits.Load()}
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", k.p.Process.Pid))
	for line := range strings.Lines(string(status)) {
		if value, found := strings.CutPrefix(line, "VmRSS:"); found {
			kb, _ := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")))
			s.resident = float64(kb) / 1024
		}
	}
	files, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", k.p.Process.Pid))
	s.files = float64(len(files))
	response, err := http.Get(k.s.base + "/metrics")
	if err == nil {
		metrics, _ := io.ReadAll(response.Body)
		response.Body.Close()
		s.goroutines = metric(string(metrics), "go_goroutines")
		s.heap = metric(string(metrics), "go_memstats_heap_inuse_bytes") / (1 << 20)
	}
	s.reloads = strings.Count(k.s.log.String(), "index reloaded")
	return s
}

func metric(metrics, name string) float64 {
	_, rest, _ := strings.Cut(metrics, "\n"+name+" ")
	value, _, _ := strings.Cut(rest, "\n")
	n, _ := strconv.ParseFloat(value, 64)
	return n
}

// held is what a server holds, by its name.
var held = []struct {
	name  string
	value func(sample) float64
	noise float64 // that does not count as growth, beside a quarter
}{
	{"memory MB", func(s sample) float64 { return s.resident }, 64},
	{"heap MB", func(s sample) float64 { return s.heap }, 48},
	{"files", func(s sample) float64 { return s.files }, 20},
	{"goroutines", func(s sample) float64 { return s.goroutines }, 20},
}

func table(samples []sample) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%8s %9s %7s %8s", "time", "requests", "edits", "reloads")
	for _, c := range held {
		fmt.Fprintf(&b, " %12s", c.name)
	}
	for _, s := range samples {
		fmt.Fprintf(&b, "\n%8s %9d %7d %8d", s.at.Round(time.Second), s.requests, s.edits, s.reloads)
		for _, c := range held {
			fmt.Fprintf(&b, " %12.1f", c.value(s))
		}
	}
	fmt.Fprintf(&b, "\n%35s", "slope an hour, without the first fifth")
	b.WriteString("\n" + strings.Repeat(" ", 35))
	for _, c := range held {
		fmt.Fprintf(&b, " %+12.1f", slope(samples[len(samples)/5:], c.value))
	}
	return b.String()
}

// slope is the growth an hour by least squares.
func slope(samples []sample, value func(sample) float64) float64 {
	var n, x, y, xx, xy float64
	for _, s := range samples {
		at, v := s.at.Hours(), value(s)
		n, x, y, xx, xy = n+1, x+at, y+v, xx+at*at, xy+at*v
	}
	if d := n*xx - x*x; d != 0 {
		return (n*xy - x*y) / d
	}
	return 0
}

// checkGrowth compares the middle of the last quarter with that of the second.
func checkGrowth(t *testing.T, samples []sample) {
	t.Helper()
	quarter := len(samples) / 4
	for _, c := range held {
		middle := func(part []sample) float64 {
			var values []float64
			for _, s := range part {
				values = append(values, c.value(s))
			}
			slices.Sort(values)
			return values[len(values)/2]
		}
		before, after := middle(samples[quarter:2*quarter]), middle(samples[3*quarter:])
		if before == 0 || after > before*1.25+c.noise {
			t.Errorf("%s grows from %.1f to %.1f", c.name, before, after)
		}
	}
}

func tail(log string) string { return log[max(0, len(log)-2000):] }
