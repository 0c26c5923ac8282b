package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
)

// patience is how long a test waits for what takes a moment.
const patience = 20 * time.Second

// buffer is a log that is written and read at the same time.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// server is a running chaja serve.
type server struct {
	base string // its address, as it printed it
	log  *buffer
	stop func() int // ends it and returns its exit code
}

// serveSite starts chaja serve on a free port.
func serveSite(t *testing.T, args ...string) server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	s := server{log: &buffer{}}
	exit := make(chan int, 1)
	go func() {
		exit <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), streams{strings.NewReader(""), in, s.log})
		in.Close()
	}()
	s.stop = sync.OnceValue(func() int {
		cancel()
		select {
		case code := <-exit:
			return code
		case <-time.After(patience):
			t.Error("the server does not end")
			return -1
		}
	})
	t.Cleanup(func() { s.stop() })
	line, err := bufio.NewReader(out).ReadString('\n')
	s.base = regexp.MustCompile(`http://[0-9.:]+`).FindString(line)
	if err != nil || s.base == "" {
		t.Fatalf("the server printed %q (%v)\n%s", line, err, s.log)
	}
	return s
}

// get asks the server, and returns the status and the decoded answer.
func (s server) get(t *testing.T, path string) (status int, answer map[string]any) {
	t.Helper()
	response, err := http.Get(s.base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return response.StatusCode, answer
}

// total is the number of posts that a query finds; -1 when the server fails.
func (s server) total(t *testing.T, query string) int {
	t.Helper()
	status, answer := s.get(t, "/api/v1/search?q="+url.QueryEscape(query))
	if status != http.StatusOK {
		return -1
	}
	return int(answer["total"].(float64))
}

// eventually waits until cond holds.
func eventually(t *testing.T, what string, cond func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !cond(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("after %v still not: %s", patience, what)
		}
	}
}

func TestServe(t *testing.T) {
	site := indexedSite(t)
	s := serveSite(t, "--site", site)
	for _, path := range []string{"/healthz", "/readyz", "/api/v1/tags", "/api/v1/categories"} {
		if status, answer := s.get(t, path); status != http.StatusOK {
			t.Errorf("%s: %d %v", path, status, answer)
		}
	}
	write(t, filepath.Join(site, "posts", "new.md"), "quetzalcoatl")
	fine(t, "index", "--site", site)
	if got := s.total(t, "quetzalcoatl"); got != 1 {
		t.Errorf("%d posts found after chaja index, want 1", got)
	}
	if code := s.stop(); code != exitFine {
		t.Errorf("exit %d\n%s", code, s.log)
	}
}

// TestServerAnswersAlike: search and tags print the same whether the index or a server of it is asked.
func TestServerAnswersAlike(t *testing.T) {
	site := indexedSite(t)
	s := serveSite(t, "--site", site)
	for _, args := range [][]string{
		{"tags"}, {"tags", "--json"}, {"search"}, {"search", "카프카"}, {"search", "tag:kafka -debezium"}, {"search", "?!"},
		{"search", "--tag", "kafka", "--tag", "msa"}, {"search", "--category", "kafka"}, {"search", "--lang", "en"},
		{"search", "--after", "2019-11", "--before", "2020-02-10"}, {"search", "--sort", "oldest", "--per-page", "2", "--page", "2"},
		{"search", "debezium quetzalcoatl"}, {"search", strings.Repeat("낱말 ", 100)},
	} {
		here := chaja(t, append(args[:len(args):len(args)], "--site", site)...)
		there := chaja(t, append(args[:len(args):len(args)], "--server", s.base)...)
		if diff := cmp.Diff(here, there, cmp.AllowUnexported(outcome{})); diff != "" {
			t.Errorf("%q (-index +server):\n%s", args, diff)
		}
	}
	here := decoded[search.Result](t, "search", "--json", "카프카", "--site", site)
	there := decoded[search.Result](t, "search", "--json", "카프카", "--server", s.base+"/")
	here.TookMS, there.TookMS = 0, 0
	if diff := cmp.Diff(here, there); diff != "" {
		t.Errorf("--json (-index +server):\n%s", diff)
	}
}

func TestServeWithoutIndex(t *testing.T) {
	site := sampleSite(t)
	s := serveSite(t, "--site", site)
	if status, _ := s.get(t, "/healthz"); status != http.StatusOK {
		t.Errorf("/healthz: %d; the process is well", status)
	}
	for _, path := range []string{"/readyz", "/api/v1/search?q=x", "/api/v1/tags"} {
		status, answer := s.get(t, path)
		problem := answer["error"].(map[string]any)
		if status != http.StatusServiceUnavailable || problem["code"] != "no_index" || !strings.Contains(problem["fix"].(string), "chaja index") {
			t.Errorf("%s: %d %v", path, status, answer)
		}
	}
	chaja(t, "search", "--server", s.base, "x").failed(t, exitFailed, "there is no index yet; run `chaja index`")
	if _, err := os.Stat(filepath.Join(site, ".chaja")); err == nil {
		t.Error("serve made an index folder")
	}
	fine(t, "index", "--site", site)
	if status, _ := s.get(t, "/readyz"); status != http.StatusOK {
		t.Errorf("/readyz: %d once there is an index", status)
	}
	if got := s.total(t, "tag:kafka"); got != 2 {
		t.Errorf("%d posts found, want 2", got)
	}
}

func TestServeWatch(t *testing.T) {
	site := sampleSite(t)
	s := serveSite(t, "--site", site, "--watch")
	found := func(query string, want int) {
		t.Helper()
		eventually(t, query+" is found", func() bool { return s.total(t, query) == want })
	}
	found("tag:kafka", 2)
	post := filepath.Join(site, "posts", "new.md")
	write(t, post, "quetzalcoatl")
	found("quetzalcoatl", 1)
	write(t, post, "huitzilopochtli")
	found("quetzalcoatl", 0)
	found("huitzilopochtli", 1)
	write(t, filepath.Join(site, "posts", "2025", "deep", "new.md"), "quetzalcoatl")
	found("quetzalcoatl", 1)
	if err := os.RemoveAll(filepath.Join(site, "posts", "2025")); err != nil {
		t.Fatal(err)
	}
	found("quetzalcoatl", 0)
	if err := os.Remove(post); err != nil {
		t.Fatal(err)
	}
	found("huitzilopochtli", 0)
	if code := s.stop(); code != exitFine {
		t.Errorf("exit %d\n%s", code, s.log)
	}
	if strings.Contains(s.log.String(), `msg="index site"`) {
		t.Errorf("the site was not indexed:\n%s", s.log)
	}
}

// TestServeWatchLink: a site that is a link to its folder is watched like the folder.
func TestServeWatchLink(t *testing.T) {
	site := newSite(t, map[string]string{"post.md": "text"})
	link := filepath.Join(t.TempDir(), "link")
	must(t, os.Symlink(site, link))
	s := serveSite(t, "--site", link, "--watch")
	eventually(t, "the site is indexed", func() bool { return s.total(t, "text") == 1 })
	write(t, filepath.Join(site, "new.md"), "quetzalcoatl")
	eventually(t, "the new post is found", func() bool { return s.total(t, "quetzalcoatl") == 1 })
}

// TestServeWatchUnreadable: a folder that cannot be read is named in the log, and the rest is watched.
func TestServeWatchUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads every folder")
	}
	site := newSite(t, map[string]string{"a/post.md": "text", "bad/post.md": "text", "c/post.md": "text"})
	bad := filepath.Join(site, "bad")
	must(t, os.Chmod(bad, 0))
	t.Cleanup(func() { _ = os.Chmod(bad, 0o755) })
	s := serveSite(t, "--site", site, "--watch")
	eventually(t, "the site is indexed", func() bool { return s.total(t, "text") == 2 })
	write(t, filepath.Join(site, "c", "new.md"), "quetzalcoatl")
	eventually(t, "the new post is found", func() bool { return s.total(t, "quetzalcoatl") == 1 })
	if !strings.Contains(s.log.String(), "watch "+bad+": permission denied") {
		t.Errorf("the log does not name the folder:\n%s", s.log)
	}
}
