package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"chaja/search/bleveindex"

	"github.com/cespare/xxhash/v2"
	"github.com/gofrs/flock"
	"github.com/google/go-cmp/cmp"

	"chaja/search/generation"
)

func TestBadSite(t *testing.T) {
	t.Run("missing", func(t *testing.T) {
		site := filepath.Join(t.TempDir(), "nowhere")
		for _, args := range [][]string{{"index"}, {"serve", "--watch", "--addr", "127.0.0.1:0"}} {
			chaja(t, append(args, "--site", site)...).failed(t, exitFailed, "name the folder of your posts with --site")
		}
		if _, err := os.Stat(site); err == nil {
			t.Error("the missing folder was made")
		}
	})
	t.Run("a file", func(t *testing.T) {
		file := filepath.Join(newSite(t, map[string]string{"post.md": "text"}), "post.md")
		chaja(t, "index", "--site", file).failed(t, exitFailed, "not a directory")
	})
	t.Run("empty", func(t *testing.T) {
		site := t.TempDir()
		chaja(t, "index", "--site", site).failed(t, exitFailed, "no posts in")
		if left := tree(t, site); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
	t.Run("emptied, as when a disk is not mounted", func(t *testing.T) {
		site := indexedSite(t)
		if err := os.Rename(filepath.Join(site, "posts"), filepath.Join(t.TempDir(), "posts")); err != nil {
			t.Fatal(err)
		}
		chaja(t, "index", "--site", site).failed(t, exitFailed, "no posts in")
		if got := ids(t, site, "tag:kafka"); len(got) != 2 {
			t.Errorf("the old index finds %q", got)
		}
	})
}

// badPosts are sites of one good post and something bad.
var badPosts = []struct {
	name string
	make func(t *testing.T, site string)
	want counts
	says string
}{
	{"unreadable file", func(t *testing.T, site string) {
		if os.Getuid() == 0 {
			t.Skip("root reads every file; the pipe and the circle of links below stand for it")
		}
		write(t, filepath.Join(site, "bad.md"), "text")
		must(t, os.Chmod(filepath.Join(site, "bad.md"), 0))
	}, counts{Found: 2, Added: 1, Failed: 1, Problems: 1}, "bad.md: open post: permission denied"},
	{"unreadable folder", func(t *testing.T, site string) {
		if os.Getuid() == 0 {
			t.Skip("root reads every folder")
		}
		write(t, filepath.Join(site, "bad", "a.md"), "text")
		must(t, os.Chmod(filepath.Join(site, "bad"), 0))
		t.Cleanup(func() { _ = os.Chmod(filepath.Join(site, "bad"), 0o755) })
	}, counts{Found: 1, Added: 1, Problems: 1}, "bad: permission denied"},
	{"pipe", func(t *testing.T, site string) {
		must(t, syscall.Mkfifo(filepath.Join(site, "bad.md"), 0o644))
	}, counts{Found: 1, Added: 1, Problems: 1}, "bad.md: not a regular file"},
	{"folder named like a post", func(t *testing.T, site string) {
		must(t, os.Mkdir(filepath.Join(site, "bad.md"), 0o755))
	}, counts{Found: 1, Added: 1, Problems: 1}, "bad.md: a folder, not a post"},
	{"links in a circle", func(t *testing.T, site string) {
		must(t, os.Symlink("worse.md", filepath.Join(site, "bad.md")))
		must(t, os.Symlink("bad.md", filepath.Join(site, "worse.md")))
	}, counts{Found: 1, Added: 1, Problems: 2}, "bad.md: a link that cannot be followed"},
	{"link out of the site", func(t *testing.T, site string) {
		write(t, filepath.Join(filepath.Dir(site), "secret.md"), "text")
		must(t, os.Symlink("../secret.md", filepath.Join(site, "bad.md")))
	}, counts{Found: 1, Added: 1, Problems: 1}, "bad.md: a link that cannot be followed"},
	{"longer than any post", func(t *testing.T, site string) {
		write(t, filepath.Join(site, "bad.md"), strings.Repeat("long ", 2<<20))
	}, counts{Found: 2, Added: 1, Failed: 1, Problems: 1}, "bad.md: longer than 8 MiB"},
	{"front matter without end", func(t *testing.T, site string) {
		write(t, filepath.Join(site, "bad.md"), "---\ntitle: Bad\ntags: [a\n\ntext")
	}, counts{Found: 2, Added: 2, Problems: 1}, "bad.md:"},
	{"front matter that is no YAML", func(t *testing.T, site string) {
		write(t, filepath.Join(site, "bad.md"), "---\ntitle: \"Bad\n  : [\n---\ntext")
	}, counts{Found: 2, Added: 2, Problems: 1}, "bad.md:"},
	{"invalid UTF-8", func(t *testing.T, site string) {
		write(t, filepath.Join(site, "bad.md"), "---\ntitle: Bad\n---\n\xff\xfe\xfa plain \x80\x81")
	}, counts{Found: 2, Added: 2, Problems: 1}, "bad.md:"},
	{"lines of the pairs", func(t *testing.T, site string) {
		write(t, filepath.Join(site, pairsName), "파드 = pod\n리액트\na = = b\n")
	}, counts{Found: 1, Added: 1, Problems: 2}, "chaja-pairs.txt:2: a group has two words or more: write word = other word\nchaja-pairs.txt:3: a word is missing"},
	{"pairs that are a pipe", func(t *testing.T, site string) {
		must(t, syscall.Mkfifo(filepath.Join(site, pairsName), 0o644))
	}, counts{Found: 1, Added: 1, Problems: 1}, "chaja-pairs.txt: not a regular file"},
	{"pairs that are a folder", func(t *testing.T, site string) {
		must(t, os.Mkdir(filepath.Join(site, pairsName), 0o755))
	}, counts{Found: 1, Added: 1, Problems: 1}, "chaja-pairs.txt: not a regular file"},
}

// TestBadPosts: each is reported by name and counted, keeps what the index has of it, and does not stop the rest.
func TestBadPosts(t *testing.T) {
	for _, test := range badPosts {
		t.Run(test.name, func(t *testing.T) {
			site := filepath.Join(t.TempDir(), "site")
			write(t, filepath.Join(site, "good.md"), "---\ntitle: Good\n---\nquetzalcoatl")
			test.make(t, site)
			text := chaja(t, "index", "--site", site, "--index", filepath.Join(t.TempDir(), "index"))
			code := exitFine
			if strings.Contains(test.name, "unreadable") || test.name == "links in a circle" { // and nothing to keep
				code = exitFailed
			}
			if text.code != code || !strings.HasPrefix(text.err, test.says) {
				t.Errorf("exit %d, stderr %q, want %q", text.code, text.err, test.says)
			}
			if diff := cmp.Diff(test.want, index(t, site, "--allow-missing")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got := ids(t, site, "quetzalcoatl"); len(got) != 1 {
				t.Errorf("the good post is not found: %q", got)
			}
			strict := chaja(t, "index", "--site", site, "--strict", "--index", filepath.Join(t.TempDir(), "index"))
			if strict.code != exitFailed || !strings.Contains(strict.err, "--strict was given") {
				t.Errorf("with --strict exit %d, %q", strict.code, strict.err)
			}
			if checked := chaja(t, "check", "--site", site); !strings.Contains(checked.out, strings.TrimSuffix(test.says, ":")) {
				t.Errorf("check says %q", checked.out)
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestUnreadableKeepsItsDocument: what cannot be read keeps what the index has of it, however the index is made anew. A
// circle of links stands for what cannot be read, as root reads all else.
func TestUnreadableKeepsItsDocument(t *testing.T) {
	site := newSite(t, map[string]string{"good.md": "text", "bad.md": "quetzalcoatl"})
	fine(t, "index", "--site", site)
	bad := filepath.Join(site, "bad.md")
	must(t, os.Remove(bad))
	must(t, os.Symlink("bad.md", bad))
	manifest := filepath.Join(site, ".chaja", "CURRENT")
	for _, args := range [][]string{{}, {"--full"}, {"--strict"}, {"of another format"}, {"of another analysis"}} {
		name := strings.Join(args, " ")
		switch name {
		case "of another format":
			current(`"format": `+strconv.Itoa(bleveindex.Format), `"format": 1`)(t, filepath.Dir(manifest))
			args = nil
		case "of another analysis":
			current(`"analysis": "`, `"analysis": "0`)(t, filepath.Dir(manifest))
			args = nil
		}
		got := chaja(t, append([]string{"index", "--site", site}, args...)...)
		if strict := len(args) > 0 && args[0] == "--strict"; (got.code == exitFine) == strict || !strings.Contains(got.err, "bad.md: a link that cannot") {
			t.Errorf("%s: exit %d, %s", name, got.code, got.err)
		}
		for _, word := range []string{"quetzalcoatl", "text"} {
			if got := ids(t, site, word); len(got) != 1 {
				t.Errorf("%s: found of %s: %q", name, word, got)
			}
		}
	}
}

// TestPoorerIndex: an index that cannot be read is not replaced by one without the posts that cannot be read either, unless
// told so.
func TestPoorerIndex(t *testing.T) {
	site := newSite(t, map[string]string{"good.md": "text", "bad.md": "quetzalcoatl"})
	fine(t, "index", "--site", site)
	bad := filepath.Join(site, "bad.md")
	must(t, os.Remove(bad))
	must(t, os.Symlink("bad.md", bad))
	files, err := filepath.Glob(filepath.Join(site, ".chaja", "gen-*", "store", "root.bolt"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	must(t, os.Truncate(files[0], 100))
	manifest, err := os.ReadFile(filepath.Join(site, ".chaja", "CURRENT"))
	must(t, err)
	got := chaja(t, "index", "--site", site)
	got.failed(t, exitFailed, "bad.md: a link that cannot be followed")
	got.failed(t, exitFailed, "--allow-missing")
	if now, _ := os.ReadFile(filepath.Join(site, ".chaja", "CURRENT")); string(now) != string(manifest) {
		t.Errorf("the manifest is now %s", now)
	}
	fine(t, "index", "--site", site, "--allow-missing")
	if got := ids(t, site, "text"); len(got) != 1 {
		t.Errorf("found %q", got)
	}
	if got := chaja(t, "index", "--site", site); got.code != exitFailed || !strings.Contains(got.err, "1 path of the site cannot be read") {
		t.Errorf("exit %d, %s", got.code, got.err)
	}
}

// TestPostTurnsBad: what cannot be read any more is still found as it was.
func TestPostTurnsBad(t *testing.T) {
	site := newSite(t, map[string]string{"good.md": "text", "bad.md": "quetzalcoatl"})
	index(t, site)
	must(t, os.Remove(filepath.Join(site, "bad.md")))
	must(t, syscall.Mkfifo(filepath.Join(site, "bad.md"), 0o644))
	if diff := cmp.Diff(counts{Found: 1, Unchanged: 1, Problems: 1}, index(t, site)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := ids(t, site, "quetzalcoatl"); len(got) != 1 {
		t.Errorf("found %q", got)
	}
}

// damage spoils the index in the folder dir.
type damage func(t *testing.T, dir string)

// current replaces something in the manifest, which then has the checksum of what it says.
func current(old, new string) damage {
	return func(t *testing.T, dir string) {
		path := filepath.Join(dir, "CURRENT")
		content, err := os.ReadFile(path)
		must(t, err)
		changed := strings.Replace(string(content), old, new, 1)
		if changed == string(content) {
			t.Fatalf("%s lacks %q:\n%s", path, old, content)
		}
		if sum := regexp.MustCompile(`"sum": "([0-9a-f]{16})"\n}`).FindStringSubmatch(changed); sum != nil {
			changed = strings.Replace(changed, sum[1]+"\"\n}", "0000000000000000\"\n}", 1)
			changed = strings.Replace(changed, "0000000000000000\"\n}", fmt.Sprintf("%016x\"\n}", xxhash.Sum64String(changed)), 1)
		}
		write(t, path, changed)
	}
}

func cut(pattern string, size int64) damage {
	return func(t *testing.T, dir string) {
		paths, _ := filepath.Glob(filepath.Join(dir, pattern))
		if len(paths) != 1 {
			t.Fatalf("%s: %q", pattern, paths)
		}
		must(t, os.Truncate(paths[0], size))
	}
}

func overwrite(pattern string, from int, with byte) damage {
	return func(t *testing.T, dir string) {
		paths, _ := filepath.Glob(filepath.Join(dir, pattern))
		content, err := os.ReadFile(paths[0])
		must(t, err)
		tail := content[from:]
		copy(tail, bytes.Repeat([]byte{with}, len(tail)))
		must(t, os.WriteFile(paths[0], content, 0o600))
	}
}

func remove(pattern string) damage {
	return func(t *testing.T, dir string) {
		paths, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, path := range paths {
			must(t, os.RemoveAll(path))
		}
	}
}

// TestBadIndex: whoever searches is told how to mend it, at the terminal and over HTTP, and chaja index mends it.
func TestBadIndex(t *testing.T) {
	const (
		anew  = "make it anew with: chaja index --site FOLDER"
		words = "give the same --words as chaja index had, or make it anew with these: chaja index --site FOLDER"
	)
	tests := []struct {
		name       string
		damage     damage
		says, hint string
		code       string
	}{
		{"none yet", remove("*"), "no index in", "make one with: chaja index --site FOLDER", "no_index"},
		{"of another format", current(`"format": `, `"format": 9`), "it has format 9", anew, "outdated_index"},
		{"of another analysis", current(`"analysis": "`, `"analysis": "other-`), "by another version of chaja, or with other words", words, "outdated_index"},
		{"CURRENT is no JSON", current(`{`, `}`), "is damaged: read CURRENT", anew, "outdated_index"},
		{"CURRENT is empty", cut("CURRENT", 0), "is damaged: read CURRENT", anew, "outdated_index"},
		{"generation missing", remove("gen-*"), "no such file or directory", anew, "outdated_index"},
		{"generation without description", remove("gen-*/store/root.bolt"), "is damaged: gen-", anew, "outdated_index"},
		{"store cut short", cut("gen-*/store/root.bolt", 20000), "is damaged: gen-", anew, "outdated_index"},
		{"segment cut short", cut("gen-*/store/*.zap", 100), "is damaged: gen-", anew, "outdated_index"},
		{"store overwritten behind its first pages", overwrite("gen-*/store/root.bolt", 8192, 0xa5), "store/root.bolt is not what was written", anew, "outdated_index"},
		{"store of zeroes", overwrite("gen-*/store/root.bolt", 0, 0), "is damaged: ", anew, "outdated_index"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			site := indexedSite(t)
			test.damage(t, filepath.Join(site, ".chaja"))
			for _, command := range []string{"search", "tags"} {
				got := chaja(t, command, "--site", site)
				got.failed(t, exitFailed, test.says)
				got.failed(t, exitFailed, "\n       "+test.hint+"\n")
			}
			s := serveSite(t, "--site", site)
			status, answer := s.get(t, "/api/v1/search?q=tag:kafka")
			if problem := answer["error"].(map[string]any); status != http.StatusServiceUnavailable || problem["code"] != test.code {
				t.Errorf("HTTP %d %v", status, answer)
			}
			if got := index(t, site); got.Added != 26 {
				t.Errorf("made anew: %+v", got)
			}
			if got := s.total(t, "tag:kafka"); got != 2 {
				t.Errorf("%d posts found by the server once it is made anew", got)
			}
		})
	}
}

// TestServeKeepsGoodIndex: an index that turns bad under a running server does not reach the searches.
func TestServeKeepsGoodIndex(t *testing.T) {
	site := indexedSite(t)
	s := serveSite(t, "--site", site)
	write(t, filepath.Join(site, ".chaja", "CURRENT"), "no JSON")
	for range 3 {
		if got := s.total(t, "tag:kafka"); got != 2 {
			t.Errorf("%d posts found", got)
		}
	}
	if n := strings.Count(s.log.String(), "keeping the previous index"); n != 1 {
		t.Errorf("logged %d times\n%s", n, s.log)
	}
}

func TestBusy(t *testing.T) {
	site := indexedSite(t)
	lock := flock.New(filepath.Join(site, ".chaja", "lock"))
	if ok, err := lock.TryLock(); !ok || err != nil {
		t.Fatal("the lock is taken", err)
	}
	got := chaja(t, "index", "--site", site)
	got.failed(t, exitFailed, generation.ErrBusy.Error())
	got.failed(t, exitFailed, "wait until it is done")
	if got := ids(t, site, "tag:kafka"); len(got) != 2 {
		t.Errorf("the index finds %q while it is written", got)
	}
	s := serveSite(t, "--site", site, "--watch")
	eventually(t, "the watcher meets the lock", func() bool { return strings.Contains(s.log.String(), generation.ErrBusy.Error()) })
	write(t, filepath.Join(site, "posts", "new.md"), "quetzalcoatl")
	time.Sleep(time.Second)
	if strings.Contains(s.log.String(), "level=ERROR") {
		t.Errorf("who waits for another logs an error:\n%s", s.log)
	}
	must(t, lock.Unlock())
	eventually(t, "the watcher tries again", func() bool { return s.total(t, "quetzalcoatl") == 1 })
}

func TestPortInUse(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	chaja(t, "serve", "--site", t.TempDir(), "--addr", listener.Addr().String()).failed(t, exitFailed, "choose another address with --addr")
}

func TestServerUnreachable(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	base := "http://" + listener.Addr().String()
	listener.Close()
	for _, args := range [][]string{{"search", "x"}, {"tags"}} {
		chaja(t, append(args, "--server", base)...).failed(t, exitFailed, "start a server with: chaja serve")
	}
}

// TestBadQuery: no query is an error to who asks; what of it was not used is said once.
func TestBadQuery(t *testing.T) {
	site := indexedSite(t)
	s := serveSite(t, "--site", site)
	tests := []struct {
		name, query, notice, first string
	}{
		{"nothing", "", "", "26 posts"},
		{"blanks", " \t\n", "", "26 posts"},
		{"only punctuation", `?!.,;:()[]{}"'`, "no letter or digit", "no post found"},
		{"only a minus", "-", "no letter or digit", "no post found"},
		{"10,000 words", strings.Repeat("카프카 ", 10000), "너무 길어서 앞부분만", "3 posts"},
		{"one endless word", strings.Repeat("가", 100000), "너무 길어서", ""},
		{"invalid UTF-8", "\xff\xfeDebezium\x80", "", "1 post"},
		{"NUL and escape", "Debezium\x00\x1b[31m", "", ""},
		{"open quote", `"replication slot`, "", "1 post"},
		{"signs of other query languages", `*:* OR ~2 ^3 /.*/ \\ From:-1 && ||`, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := chaja(t, "search", "--site", site, "--", test.query)
			if got.code != exitFine || !strings.HasPrefix(got.out, test.first) {
				t.Errorf("exit %d, stdout %.80q, want %q", got.code, got.out, test.first)
			}
			if !strings.Contains(got.err, test.notice) || strings.Count(got.err, "\n") > 1 || test.notice == "" && got.err != "" && test.first != "" {
				t.Errorf("stderr %q, want one line with %q", got.err, test.notice)
			}
			if len(test.query) > 16<<10 {
				if status, answer := s.get(t, "/api/v1/search?q="+url.QueryEscape(test.query[:20<<10])); status != http.StatusBadRequest {
					t.Errorf("HTTP %d %v", status, answer)
				}
			} else if status, answer := s.get(t, "/api/v1/search?q="+url.QueryEscape(test.query)); status != http.StatusOK {
				t.Errorf("HTTP %d %v", status, answer)
			}
		})
	}
}
