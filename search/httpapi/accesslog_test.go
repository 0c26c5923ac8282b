package httpapi

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"chaja/search"
)

// lines is a log that several goroutines write to.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *lines) logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

// TestEverythingPasses: whatever is asked, over a connection, the answer has the headers that protect it, an ID that the log
// has too, and is counted.
func TestEverythingPasses(t *testing.T) {
	for _, request := range []string{
		"GET //healthz HTTP/1.1", "GET /api/../api/v1/search HTTP/1.1", "GET /api/v1/./search HTTP/1.1", "GET /api//v1/search HTTP/1.1",
		"GET /%2e%2e/healthz HTTP/1.1", "GET //evil.example/%2e%2e HTTP/1.1", "CONNECT evil.example:443 HTTP/1.1", "CONNECT /api/v1/tags HTTP/1.1",
		"OPTIONS * HTTP/1.1", "GET http://evil.example/healthz/ HTTP/1.1", "TRACE / HTTP/1.1", "PRI / HTTP/1.1", "HEAD /nothing HTTP/1.1",
		"GET /tags/ HTTP/1.1", "POST /readyz/ HTTP/1.1", "GET /metrics/x HTTP/1.0",
	} {
		t.Run(request, func(t *testing.T) {
			var log lines
			h := newAPI(t, &fake{}, Options{Log: log.logger(), Pages: func(b Backend) (http.Handler, error) {
				mux := http.NewServeMux() // which pages may use
				mux.Handle("GET /tags", b.Other)
				mux.Handle("/", b.Other)
				return mux, nil
			}})
			address, _, _ := serve(t, h)
			conn, err := net.Dial("tcp", address)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			fmt.Fprintf(conn, "%s\r\nHost: search.example\r\nConnection: close\r\n\r\n", request)
			method, _, _ := strings.Cut(request, " ")
			response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: strings.Replace(method, "CONNECT", "GET", 1)})
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, response.Body)
			id := response.Header.Get(requestIDHeader)
			if id == "" || response.Header.Get("X-Content-Type-Options") != "nosniff" || response.Header.Get("Content-Security-Policy") == "" ||
				response.Header.Get("Referrer-Policy") == "" || response.Header.Get("Cache-Control") == "" {
				t.Errorf("status %d, headers %v", response.StatusCode, response.Header)
			}
			if _, err := io.Copy(io.Discard, conn); err != nil { // until it is closed, and so logged
				t.Fatal(err)
			}
			if n := strings.Count(log.String(), "msg=request id="+id+" "); n != 1 {
				t.Errorf("%d lines of the log: %s", n, log.String())
			}
			w := do(h, from(t, "203.0.113.7:1", "GET", "/metrics"))
			if !regexp.MustCompile(fmt.Sprintf(`chaja_request_seconds_count\{code="%d",endpoint="[^"]*"\} 1`, response.StatusCode)).Match(w.Body.Bytes()) {
				t.Error("the request is not counted")
			}
		})
	}
}

// TestLogIsBounded: what is refused a thousand times has ten lines, and one that says how many more there were. What is
// answered has its lines.
func TestLogIsBounded(t *testing.T) {
	tests := []struct {
		name, method, target string
		fake                 fake
		status               int
	}{
		{"too often", "GET", "/api/v1/tags", fake{}, 429},
		{"a method", "POST", "/api/v1/tags", fake{}, 405},
		{"no path", "GET", "/nothing", fake{}, 404},
		{"a bad parameter", "GET", "/api/v1/search?page=0", fake{}, 400},
		{"busy", "GET", "/api/v1/tags", fake{err: ErrBusy}, 503},
		{"no index", "GET", "/api/v1/tags", fake{err: search.ErrNoIndex}, 503},
		{"a failure", "GET", "/api/v1/tags", fake{err: errors.New("read /srv/index")}, 500},
		{"options", "OPTIONS", "/api/v1/tags", fake{}, 204},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var log lines
				o := Options{Log: log.logger()}
				if tt.status == 429 {
					o.Rate = 1
				}
				h := newAPI(t, &tt.fake, o)
				const all = 1000
				refused := 0
				for range all {
					if do(h, from(t, "203.0.113.7:1", tt.method, tt.target)).Code == tt.status {
						refused++
					}
				}
				time.Sleep(2 * lineInterval)
				synctest.Wait()
				status := fmt.Sprintf("status=%d", tt.status)
				if n := strings.Count(log.String(), status); n != linesEach {
					t.Errorf("%d lines", n)
				}
				if more := fmt.Sprintf(`lines="request %d: %d"`, tt.status, refused-linesEach); strings.Count(log.String(), more) != 1 {
					t.Errorf("not told: %s in\n%s", more, log.String())
				}
				before := log.String()
				do(h, from(t, "203.0.113.8:1", tt.method, tt.target))
				if log.String() == before {
					t.Error("no line afterwards")
				}
				time.Sleep(2 * lineInterval) // the timer ends inside of the test
			})
		})
	}
	t.Run("answers", func(t *testing.T) {
		var log lines
		h := newAPI(t, &fake{}, Options{Log: log.logger()})
		for range 50 {
			do(h, from(t, "203.0.113.7:1", "GET", "/api/v1/tags"))
		}
		if n := strings.Count(log.String(), "\n"); n != 50 {
			t.Errorf("%d lines of 50", n)
		}
	})
}

// TestOneLine: a failure is one line with its error, be it answered or cut, of a probe or not.
func TestOneLine(t *testing.T) {
	broken := errors.New("read /srv/index: input/output error")
	for target, f := range map[string]*fake{
		"/api/v1/search": {err: broken}, "/readyz": {err: broken}, "/api/v1/search?q=panics": {panics: true}, "/amid": {},
	} {
		t.Run(target, func(t *testing.T) {
			var log lines
			h := newAPI(t, f, Options{Log: log.logger(), Pages: func(Backend) (http.Handler, error) {
				return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					_, _ = io.WriteString(w, strings.Repeat("half ", 10_000))
					panic("amid")
				}), nil
			}})
			func() {
				defer func() { _ = recover() }()
				do(h, from(t, "203.0.113.7:1", "GET", target))
			}()
			if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "level=ERROR") || !strings.Contains(got, "error=") || !strings.Contains(got, "id=") {
				t.Errorf("logged %q", got)
			}
		})
	}
}

// TestConnectionLog: what net/http says of a connection is a line without the address, and bounded.
func TestConnectionLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log lines
		server := newServer(http.NotFoundHandler(), log.logger())
		for n := range 1000 {
			server.ErrorLog.Printf("http: TLS handshake error from 203.0.113.7:%d: EOF", n)
			server.ErrorLog.Printf("http: Accept error: %v; retrying in 5ms", syscall.EMFILE)
		}
		time.Sleep(2 * lineInterval)
		synctest.Wait()
		got := log.String()
		if strings.Contains(got, "203.0.113.7") || strings.Count(got, "\n") != 2*linesEach+1 || !strings.Contains(got, "too many open files") {
			t.Errorf("logged\n%s", got)
		}
	})
}

// full is a listener of a process that has no more files to open, for a while.
type full struct {
	net.Listener
	mu   sync.Mutex
	left int
}

func (f *full) Accept() (net.Conn, error) {
	f.mu.Lock()
	refuse := f.left > 0
	f.left--
	f.mu.Unlock()
	if refuse {
		return nil, &net.OpError{Op: "accept", Net: "tcp", Err: syscall.EMFILE}
	}
	return f.Listener.Accept()
}

// TestServeWithoutFiles: a server that could not accept for lack of files goes on once it can.
func TestServeWithoutFiles(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var log lines
	go func() {
		_ = Serve(t.Context(), &full{Listener: l, left: 3}, newAPI(t, &fake{}, Options{}), log.logger())
	}()
	response, err := http.Get("http://" + l.Addr().String() + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK || !strings.Contains(log.String(), "too many open files") {
		t.Errorf("status %d, logged %q", response.StatusCode, log.String())
	}
}
