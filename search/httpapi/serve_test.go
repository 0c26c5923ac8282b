package httpapi

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// serve starts h on a free port and returns its address, what ends it, and its result.
func serve(t *testing.T, h http.Handler) (address string, stop func(), done <-chan error) {
	t.Helper()
	return serveThat(t, newServer(h, slog.New(slog.DiscardHandler)))
}

func serveThat(t *testing.T, server *http.Server) (address string, stop func(), done <-chan error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	result := make(chan error, 1)
	go func() { result <- serveWith(ctx, l, server) }()
	return l.Addr().String(), cancel, result
}

func wait(t *testing.T, done <-chan error) error {
	t.Helper()
	select {
	case err := <-done:
		return err
	case <-time.After(5 * time.Second):
		t.Fatal("the server does not end")
		return nil
	}
}

func TestServeFinishesRunningRequests(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	address, stop, done := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(entered)
		<-release
		if r.Context().Err() == nil {
			_, _ = io.WriteString(w, "answered")
		}
	}))
	answer := make(chan string, 1)
	go func() {
		resp, err := http.Get("http://" + address)
		if err != nil {
			answer <- err.Error()
			return
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		answer <- string(body)
	}()
	<-entered
	stop()
	select {
	case err := <-done:
		t.Fatalf("ended with a request running: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(release)
	if got := <-answer; got != "answered" {
		t.Errorf("answer %q", got)
	}
	if err := wait(t, done); err != nil {
		t.Error(err)
	}
	if conn, err := net.Dial("tcp", address); err == nil {
		conn.Close()
		t.Error("the listener is still open")
	}
}

func TestServeReportsABrokenListener(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := Serve(t.Context(), l, http.NotFoundHandler(), slog.New(slog.DiscardHandler)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v, want %v", err, net.ErrClosed)
	}
}

func TestServeWhenAlreadyStopped(t *testing.T) {
	_, stop, done := serve(t, http.NotFoundHandler())
	stop()
	if err := wait(t, done); err != nil {
		t.Error(err)
	}
}

func TestServeRefusesHugeHeaders(t *testing.T) {
	address, _, _ := serve(t, http.NotFoundHandler())
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Huge", strings.Repeat("x", 2*maxHeaderBytes))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return // the server may close before it has read all
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d", resp.StatusCode)
	}
}

// TestServeCutsSlowClients: each is cut soon after its time-out, here a short one, so that it holds nothing for long.
func TestServeCutsSlowClients(t *testing.T) {
	server := newServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for range 64 {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
	}), slog.New(slog.DiscardHandler))
	for _, limit := range []*time.Duration{&server.ReadHeaderTimeout, &server.ReadTimeout, &server.WriteTimeout, &server.IdleTimeout} {
		if *limit <= 0 || *limit > time.Minute {
			t.Errorf("a time-out of %v", *limit)
		}
		*limit = 100 * time.Millisecond
	}
	address, _, _ := serveThat(t, server)
	tests := []struct {
		name, sent string
		reads      bool
	}{
		{"sends nothing", "", true},
		{"half a line", "GET / HT", true},
		{"headers without end", "GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n", true},
		{"a body that does not come", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\nx", true},
		{"never reads", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			conn, err := net.Dial("tcp", address)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			_, _ = io.WriteString(conn, tt.sent)
			if !tt.reads {
				time.Sleep(time.Second)
			}
			_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
			if _, err := io.Copy(io.Discard, conn); errors.Is(err, context.DeadlineExceeded) || isTimeout(err) {
				t.Errorf("still open: %v", err)
			}
		})
	}
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

// TestServeBesideIdleClients: connections that do nothing do not stop those that ask.
func TestServeBesideIdleClients(t *testing.T) {
	const idle = 2000
	address, _, _ := serve(t, newAPI(t, &fake{}, Options{}))
	for n := range idle { // with both ends in this process
		conn, err := net.Dial("tcp", address)
		if errors.Is(err, syscall.EMFILE) {
			t.Skipf("a process may open too few files here: %d connections", n)
		}
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := fmt.Fprint(conn, "GET /api/v1/sea"); err != nil {
			t.Fatal(err)
		}
	}
	response, err := http.Get("http://" + address + "/api/v1/search?q=a")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("status %d", response.StatusCode)
	}
}

// TestServeLastAnswer: a connection that is kept open, as balancers do, learns by its next question that the server ends.
func TestServeLastAnswer(t *testing.T) {
	ending := make(chan struct{})
	address, stop, done := serve(t, newAPI(t, &fake{}, Options{Ending: ending}))
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	answers := bufio.NewReader(conn)
	for _, want := range []int{http.StatusOK, http.StatusServiceUnavailable} {
		_, _ = io.WriteString(conn, "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
		response, err := http.ReadResponse(answers, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, response.Body)
		if last := want != http.StatusOK; response.StatusCode != want || response.Close != last {
			t.Errorf("status %d, the last one: %v", response.StatusCode, response.Close)
		}
		if want == http.StatusOK {
			stop()
			close(ending)
		}
	}
	if err := wait(t, done); err != nil {
		t.Error(err)
	}
}
