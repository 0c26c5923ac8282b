package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

// daemonProcess is a server as a process of its own, to which signals can be sent.
type daemonProcess struct {
	server
	*exec.Cmd
	ended chan error
}

func startDaemon(t *testing.T, args ...string) daemonProcess {
	t.Helper()
	d := daemonProcess{server: server{log: &buffer{}}, ended: make(chan error, 1)}
	d.Cmd = exec.Command(os.Args[0], append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	d.Env, d.Stderr = append(os.Environ(), asMain+"=1"), d.log
	out, err := d.StdoutPipe()
	must(t, err)
	must(t, d.Start())
	t.Cleanup(func() { _ = d.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if d.base = regexp.MustCompile(`https?://[0-9.:]+`).FindString(line); err != nil || d.base == "" {
		t.Fatalf("the server printed %q (%v)\n%s", line, err, d.log)
	}
	go func() { d.ended <- d.Wait() }()
	return d
}

// hangup sends SIGHUP and waits for what the log says of it.
func (d daemonProcess) hangup(t *testing.T, says string) {
	t.Helper()
	before := strings.Count(d.log.String(), says)
	must(t, d.Process.Signal(syscall.SIGHUP))
	eventually(t, "the log says "+says, func() bool { return strings.Count(d.log.String(), says) > before })
}

const readAnew, notRead = "settings and dictionary are read again", "settings are not read again"

// allowsOrigin asks whether the server lets a page of an origin read its answers.
func (d daemonProcess) allowsOrigin(t *testing.T, origin string) bool {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, d.base+"/healthz", nil)
	must(t, err)
	r.Header.Set("Origin", origin)
	response, err := http.DefaultClient.Do(r)
	must(t, err)
	response.Body.Close()
	return response.Header.Get("Access-Control-Allow-Origin") == origin
}

// TestHangup: SIGHUP reads the settings and the dictionary again. What cannot be used leaves all as it was, and the server
// answers all the while.
func TestHangup(t *testing.T) {
	site := indexedSite(t)
	settings, words := filepath.Join(site, settingsName), filepath.Join(site, "words.txt")
	write(t, settings, "serve:\n  cors-origin: https://a.example\n")
	d := startDaemon(t, "--site", site, "--rate-limit", "0")
	answers := func(when string) {
		t.Helper()
		if got := d.total(t, "카프카"); got <= 0 {
			t.Fatalf("%s %d posts are found\n%s", when, got, d.log)
		}
	}
	stop := make(chan struct{})
	failed := make(chan string, 1)
	go func() {
		defer close(failed)
		for {
			select {
			case <-stop:
				return
			default:
			}
			response, err := http.Get(d.base + "/api/v1/search?q=kafka")
			if err != nil {
				failed <- err.Error()
				return
			}
			response.Body.Close()
			if response.StatusCode != http.StatusOK {
				failed <- response.Status
				return
			}
		}
	}()

	write(t, settings, "serve:\n  cors-origin: https://b.example\n")
	d.hangup(t, readAnew)
	if d.allowsOrigin(t, "https://a.example") || !d.allowsOrigin(t, "https://b.example") {
		t.Error("the settings are as they were")
	}
	for what, text := range map[string]string{
		"a value": "serve:\n  cors-origin: '*'\n", "a key": "serve:\n  corsorigin: x\n", "the syntax": "serve: {\n", "no file": "words: none.txt\n",
		"half a certificate": "serve:\n  tls-cert: chaja.yaml\n", "no token": "serve:\n  admin-token-file: words.txt\n",
	} {
		write(t, words, "")
		write(t, settings, text)
		d.hangup(t, notRead)
		if !d.allowsOrigin(t, "https://b.example") {
			t.Errorf("%s: the settings are others", what)
		}
	}
	if log := d.log.String(); !strings.Contains(log, settingsName+":2: --cors-origin wants") {
		t.Errorf("the log does not name the line:\n%s", log)
	}

	write(t, settings, "serve:\n  cors-origin: https://b.example\npin:\n  quetzalcoatl: posts/2021-03-02-load-test.md\n")
	d.hangup(t, readAnew)
	if got := d.total(t, "quetzalcoatl"); got != 1 {
		t.Errorf("%d posts are found of a query with a pin", got)
	}
	write(t, settings, "words: words.txt\nserve:\n  cors-origin: https://b.example\n")
	write(t, words, "카프카브로커: 카프카 브로커\n")
	d.hangup(t, readAnew) // which makes the index anew
	answers("with other words")
	if got := chaja(t, "search", "--site", site, "카프카"); got.code != exitFine {
		t.Errorf("the index is not that of the words: %s", got.err)
	}
	write(t, words, "kafka\n카프카: 카\n")
	d.hangup(t, notRead)
	answers("with wrong words")
	if !strings.Contains(d.log.String(), "words.txt:1: ") {
		t.Errorf("the log does not name the line:\n%s", d.log)
	}
	write(t, words, "")
	write(t, filepath.Join(site, pairsName), "debezium = 데베지움\n")
	d.hangup(t, readAnew)
	if d.total(t, "데베지움") != d.total(t, "debezium") {
		t.Error("the pairs are not learned")
	}
	close(stop)
	if why := <-failed; why != "" {
		t.Errorf("a search meanwhile: %s\n%s", why, d.log)
	}
	d.exits(t)
}

// exits ends the server by SIGTERM.
func (d daemonProcess) exits(t *testing.T) {
	t.Helper()
	must(t, d.Process.Signal(syscall.SIGTERM))
	select {
	case err := <-d.ended:
		if err != nil {
			t.Errorf("%v\n%s", err, d.log)
		}
	case <-time.After(10 * time.Second):
		t.Error("still serving after 10 s")
	}
}

// TestHangupKeepsFlags: what the command line says goes before the file, also when that is read again.
func TestHangupKeepsFlags(t *testing.T) {
	site := indexedSite(t)
	d := startDaemon(t, "--site", site, "--cors-origin", "https://a.example", "--cors-origin", "https://b.example")
	write(t, filepath.Join(site, settingsName), "serve:\n  cors-origin: https://c.example\n")
	d.hangup(t, readAnew)
	for origin, want := range map[string]bool{"https://a.example": true, "https://b.example": true, "https://c.example": false} {
		if got := d.allowsOrigin(t, origin); got != want {
			t.Errorf("%s: %v", origin, got)
		}
	}
	d.exits(t)
}

// TestHangupWatched: a server that watches goes on watching, with the settings that hold.
func TestHangupWatched(t *testing.T) {
	site := newSite(t, map[string]string{"a.md": "글"})
	d := startDaemon(t, "--site", site, "--watch")
	eventually(t, "the site is indexed", func() bool { return d.total(t, "글") == 1 })
	for round, settings := range []string{"url: /x/{slug}/\n", "url: [\n"} {
		write(t, filepath.Join(site, settingsName), settings)
		d.hangup(t, []string{readAnew, notRead}[round])
		word := []string{"quetzalcoatl", "mictlantecuhtli"}[round]
		write(t, filepath.Join(site, word+".md"), word)
		eventually(t, "the new post is found", func() bool { return d.total(t, word) == 1 })
		_, answer := d.get(t, "/api/v1/search?q="+word)
		if u := answer["hits"].([]any)[0].(map[string]any)["url"]; u != "/x/"+word+"/" {
			t.Errorf("round %d: url %v", round, u)
		}
	}
	d.exits(t)
}

// TestDrains: from SIGTERM on nobody is let in, what is being asked is answered, and /readyz says that the server ends.
func TestDrains(t *testing.T) {
	d := startDaemon(t, "--site", indexedSite(t))
	address := strings.TrimPrefix(d.base, "http://")
	var asking []net.Conn
	for _, path := range []string{"/readyz", "/api/v1/search?q=kafka"} {
		conn, err := net.Dial("tcp", address)
		must(t, err)
		defer conn.Close()
		_, err = fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: x\r\n", path)
		must(t, err)
		asking = append(asking, conn)
	}
	d.total(t, "kafka") // and so all that came before has been read
	time.Sleep(100 * time.Millisecond)
	begin := time.Now()
	must(t, d.Process.Signal(syscall.SIGTERM))
	eventually(t, "nobody is let in", func() bool {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			conn.Close()
		}
		return errors.Is(err, syscall.ECONNREFUSED)
	})
	for i, want := range []int{http.StatusServiceUnavailable, http.StatusOK} {
		_, err := io.WriteString(asking[i], "\r\n")
		must(t, err)
		response, err := http.ReadResponse(bufio.NewReader(asking[i]), nil)
		must(t, err)
		body, err := io.ReadAll(response.Body)
		must(t, err)
		if response.StatusCode != want || !json.Valid(body) {
			t.Errorf("status %d, want %d: %s", response.StatusCode, want, body)
		}
	}
	if err := <-d.ended; err != nil || time.Since(begin) > 10*time.Second {
		t.Errorf("ended after %v: %v\n%s", time.Since(begin), err, d.log)
	}
}

// TestEndsInTime: a client that never ends its question does not keep the server from ending.
func TestEndsInTime(t *testing.T) {
	d := startDaemon(t, "--site", indexedSite(t))
	conn, err := net.Dial("tcp", strings.TrimPrefix(d.base, "http://"))
	must(t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, "GET /readyz HTTP/1.1\r\nHost: x\r\n")
	must(t, err)
	d.total(t, "kafka")
	d.exits(t)
}

// TestReindexOnDemand: POST /api/v1/reindex brings the index up to date, one run at a time, also when another process
// writes first.
func TestReindexOnDemand(t *testing.T) {
	site := indexedSite(t)
	file := filepath.Join(t.TempDir(), "token")
	write(t, file, "0123456789abcdef\n")
	s := serveSite(t, "--site", site, "--admin-token-file", file)
	ask := func(token string) int {
		r, err := http.NewRequest(http.MethodPost, s.base+"/api/v1/reindex", nil)
		must(t, err)
		r.Header.Set("Authorization", "Bearer "+token)
		response, err := http.DefaultClient.Do(r)
		must(t, err)
		response.Body.Close()
		return response.StatusCode
	}
	write(t, filepath.Join(site, "posts", "new.md"), "quetzalcoatl")
	lock := flock.New(filepath.Join(site, ".chaja", "lock"))
	if locked, err := lock.TryLock(); err != nil || !locked {
		t.Fatal(locked, err)
	}
	if status := ask("0123456789abcdeX"); status != http.StatusUnauthorized {
		t.Errorf("without the token: status %d", status)
	}
	if first, second := ask("0123456789abcdef"), ask("0123456789abcdef"); first != http.StatusAccepted || second != http.StatusConflict {
		t.Errorf("status %d, then %d", first, second)
	}
	if _, answer := s.get(t, "/readyz"); answer["status"] != "ready" || answer["indexing"] == nil {
		t.Errorf("/readyz: %v", answer)
	}
	must(t, lock.Unlock())
	eventually(t, "the new post is found", func() bool { return s.total(t, "quetzalcoatl") == 1 })
	eventually(t, "the run has ended", func() bool { _, answer := s.get(t, "/readyz"); return answer["indexing"] == nil })
	if !strings.Contains(s.log.String(), "msg=indexed") {
		t.Errorf("not logged:\n%s", s.log)
	}
	for _, text := range []string{"", "short", "0123456789 abcdef", "0123456789abcde\xff"} {
		write(t, file, text)
		chaja(t, "serve", "--addr", "127.0.0.1:0", "--site", site, "--admin-token-file", file).failed(t, exitFailed, "it holds no token of 16 characters or more")
	}
}

// TestFirstStart: a server that makes the first index says so, and how far it is.
func TestFirstStart(t *testing.T) {
	s := serveSite(t, "--site", bigSite(t, 300), "--watch")
	seen := map[string]bool{}
	eventually(t, "the index is there", func() bool {
		status, answer := s.get(t, "/readyz")
		if problem, ok := answer["error"].(map[string]any); ok {
			seen[problem["code"].(string)] = true
			if problem["code"] == "indexing" && !regexp.MustCompile(`: \d+ of \d+ posts so far`).MatchString(problem["message"].(string)) {
				t.Errorf("says %v", problem)
			}
		}
		return status == http.StatusOK
	})
	if !seen["indexing"] || seen["outdated_index"] {
		t.Errorf("said %v", seen)
	}
	if log := s.log.String(); !strings.Contains(log, "the index is being made") || strings.Contains(log, "searches fail until") {
		t.Errorf("the log says\n%s", log)
	}
}
