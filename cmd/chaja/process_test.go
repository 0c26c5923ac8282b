package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chaja/search/generation"
)

// killsVariable sets how often TestKilled kills; 20 times without it.
const killsVariable = "CHAJA_TEST_KILLS"

// process is chaja as a process of its own.
type process struct {
	*exec.Cmd
	out, err bytes.Buffer
	done     chan struct{} // closed once it has ended
}

func startProcess(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(os.Args[0], args...), done: make(chan struct{})}
	p.Env = append(os.Environ(), asMain+"=1")
	p.Stdout, p.Stderr = &p.out, &p.err
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = p.Wait(); close(p.done) }()
	t.Cleanup(func() { _ = p.Process.Kill(); <-p.done })
	return p
}

// exit waits for the end of the process and returns its exit code, -1 when a signal ended it.
func (p *process) exit(t *testing.T) int {
	t.Helper()
	select {
	case <-p.done:
	case <-time.After(time.Minute):
		t.Fatal("the process does not end")
	}
	return p.ProcessState.ExitCode()
}

// staging waits until the process has begun to write the next generation of the index in dir. It reports false when the
// process ended before that was seen.
func (p *process) staging(dir string) bool {
	before := generations(dir)
	for {
		select {
		case <-p.done:
			return false
		case <-time.After(time.Millisecond):
			if now := generations(dir); len(now) > 0 && !slices.Equal(now, before) {
				return true
			}
		}
	}
}

func generations(dir string) []string {
	found, _ := filepath.Glob(filepath.Join(dir, "gen-*"))
	return found
}

// bigSite makes a site that takes long enough to index to be interrupted: posts of random words, the same every time.
func bigSite(t *testing.T, posts int) string {
	t.Helper()
	words := strings.Fields("도서관 자원봉사 빵집 발효 오븐 등대 파도 새벽 우체국 편지 기차역 시간표 server latency queue batch deploy rollback cache index")
	endings := strings.Fields("은 는 이 가 을 를 에서 으로 까지 처럼")
	random := rand.New(rand.NewPCG(1, 2))
	files := map[string]string{"marker.md": marker(0)}
	for i := range posts {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: post %d\n---\n", i)
		for n := range 500 {
			b.WriteString(words[random.IntN(len(words))] + endings[random.IntN(len(endings))] + " ")
			if n%50 == 0 {
				fmt.Fprintf(&b, "\n\n## part %d\n\n", n/50)
			}
		}
		files[fmt.Sprintf("posts/%03d.md", i)] = b.String()
	}
	return newSite(t, files)
}

// marker is a post that tells the indexes of different rounds apart; marked counts it.
func marker(round int) string { return fmt.Sprintf("---\ntags: [round%d]\n---\nmarker", round) }

func marked(t *testing.T, site string, round int) int {
	t.Helper()
	return len(ids(t, site, fmt.Sprintf("tag:round%d", round)))
}

// TestKilled kills chaja index at random moments while it writes. Afterwards the index is the old one or the new one,
// whole; and the next run succeeds and leaves nothing behind.
func TestKilled(t *testing.T) {
	kills := 20
	if n, err := strconv.Atoi(os.Getenv(killsVariable)); err == nil {
		kills = n
	} else if testing.Short() {
		kills = 3
	}
	const posts = 300
	site := bigSite(t, posts)
	dir := filepath.Join(site, ".chaja")
	took := func() time.Duration { return decoded[indexReport](t, "index", "--site", site, "--json").Duration }
	tookAll := took()
	write(t, filepath.Join(site, "marker.md"), marker(-1))
	tookOne := took()
	write(t, filepath.Join(site, "marker.md"), marker(0))
	took()
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	old, anew, late := 0, 0, 0
	for round := 1; round <= kills; round++ {
		write(t, filepath.Join(site, "marker.md"), marker(round))
		args, longest := []string{"index", "--site", site}, tookOne // from a copy
		if round%2 == 0 {
			args, longest = append(args, "--full"), tookAll // from nothing
		}
		p := startProcess(t, args...)
		if p.staging(dir) {
			time.Sleep(time.Duration(random.Int64N(int64(longest))))
		}
		_ = p.Process.Signal(syscall.SIGKILL)
		if p.exit(t) == exitFine {
			late++
		}
		switch before, after := marked(t, site, round-1), marked(t, site, round); {
		case before == 1 && after == 0:
			old++
		case before == 0 && after == 1:
			anew++
		default:
			t.Fatalf("round %d: %d and %d posts of the old and the new index", round, before, after)
		}
		if out := fine(t, "search", "--site", site); !strings.HasPrefix(out, fmt.Sprintf("%d posts", posts+1)) {
			t.Fatalf("round %d: %.40q", round, out)
		}
		fine(t, "index", "--site", site)
		if got := marked(t, site, round); got != 1 {
			t.Fatalf("round %d: after the next run %d posts are found", round, got)
		}
		checkTidy(t, dir)
	}
	t.Logf("killed %d times: %d left the old index, %d the new one, %d of these had ended", kills, old, anew, late)
	if kills >= 20 && old == 0 {
		t.Error("no run was killed while it wrote")
	}
}

// checkTidy checks that an index folder holds nothing but one generation.
func checkTidy(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	m, err := generation.ReadManifest(dir)
	must(t, err)
	if diff := cmp.Diff([]string{".gitignore", "CURRENT", m.Generation, "lock"}, names); diff != "" {
		t.Errorf("index folder (-want +got):\n%s", diff)
	}
}

// TestLeftoversGo: a run that changes nothing removes what a killed one left.
func TestLeftoversGo(t *testing.T) {
	site := indexedSite(t)
	dir := filepath.Join(site, ".chaja")
	write(t, filepath.Join(dir, "gen-0dlbjkq2w6ix", "store", "root.bolt"), "half") // of an older chaja, which left no mark
	write(t, filepath.Join(dir, "gen-0dlbjkq2w6iy", "chaja-generation"), "mark")
	write(t, filepath.Join(dir, "CURRENT-123"), "{")
	fine(t, "index", "--site", site)
	checkTidy(t, dir)
}

func TestIndexInterrupted(t *testing.T) {
	site := bigSite(t, 300)
	p := startProcess(t, "index", "--site", site)
	if !p.staging(filepath.Join(site, ".chaja")) {
		t.Fatalf("the process ended too early\n%s", &p.err)
	}
	must(t, p.Process.Signal(os.Interrupt))
	outcome{p.exit(t), p.out.String(), p.err.String()}.failed(t, exitSignal+int(syscall.SIGINT), "run it again to finish")
	if left := generations(filepath.Join(site, ".chaja")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestTwoIndexers(t *testing.T) {
	site := bigSite(t, 300)
	p := startProcess(t, "index", "--site", site)
	if !p.staging(filepath.Join(site, ".chaja")) {
		t.Fatalf("the process ended too early\n%s", &p.err)
	}
	chaja(t, "index", "--site", site).failed(t, exitFailed, generation.ErrBusy.Error())
	if code := p.exit(t); code != exitFine {
		t.Errorf("the first one: exit %d\n%s", code, &p.err)
	}
	checkTidy(t, filepath.Join(site, ".chaja"))
}

// TestServeInterrupted: a signal ends the server in good order, though a client holds a connection.
func TestServeInterrupted(t *testing.T) {
	site := indexedSite(t)
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), os.Args[0], "serve", "--site", site, "--addr", "127.0.0.1:0")
			cmd.Env = append(os.Environ(), asMain+"=1")
			out, err := cmd.StdoutPipe()
			must(t, err)
			must(t, cmd.Start())
			line, err := bufio.NewReader(out).ReadString('\n')
			must(t, err)
			response, err := http.Get(regexp.MustCompile(`http://[0-9.:]+`).FindString(line) + "/readyz")
			must(t, err)
			response.Body.Close() // the connection stays open, as browsers keep theirs
			must(t, cmd.Process.Signal(signal))
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			select {
			case err := <-ended:
				must(t, err)
			case <-time.After(10 * time.Second):
				t.Error("still serving after 10 s")
			}
		})
	}
}

// TestExitCodes: the codes reach the shell.
func TestExitCodes(t *testing.T) {
	for want, args := range map[int][]string{
		exitFine:   {"version"},
		exitFailed: {"index", "--site", filepath.Join(t.TempDir(), "nowhere")},
		exitUsage:  {"serach"},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		cmd := exec.CommandContext(ctx, os.Args[0], args...)
		cmd.Env = append(os.Environ(), asMain+"=1")
		err := cmd.Run()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		if got := cmd.ProcessState.ExitCode(); got != want {
			t.Errorf("chaja %q: exit %d, want %d", args, got, want)
		}
	}
}
