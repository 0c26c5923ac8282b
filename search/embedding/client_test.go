package embedding

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// server answers with what handle writes, and keeps what it was asked.
func server(t *testing.T, handle func(w http.ResponseWriter, r request, n int)) (address string, asked *[]request) {
	t.Helper()
	asked = new([]request)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body request
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		*asked = append(*asked, body)
		handle(w, body, len(*asked))
	}))
	t.Cleanup(s.Close)
	return s.URL, asked
}

// well answers as a server should, in reverse order, with vectors that are not of length 1.
func well(w http.ResponseWriter, r request, _ int) {
	var parts []string
	for i := len(r.Input) - 1; i >= 0; i-- {
		parts = append(parts, fmt.Sprintf(`{"index":%d,"embedding":[%d,0,4]}`, i, 3*(i+1)))
	}
	fmt.Fprintf(w, `{"data":[%s]}`, strings.Join(parts, ","))
}

func client(t *testing.T, o Options) *Client {
	t.Helper()
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	c.wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	return c
}

func TestPassages(t *testing.T) {
	address, asked := server(t, well)
	c := client(t, Options{URL: address, Model: "m", QueryModel: "m-query", QueryPrefix: "query: ", PassagePrefix: "passage: ", InputType: "document"})
	got, err := c.Passages(context.Background(), []string{"첫째", " 둘\x00째\xff "})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0][0] != 0.6 || got[1][0] != float32(6/math.Sqrt(52)) {
		t.Errorf("vectors are not in the order of the texts, or not of length 1: %v", got)
	}
	if _, err := c.Query(context.Background(), "무엇"); err != nil {
		t.Fatal(err)
	}
	want := []request{{"m", []string{"passage: 첫째", "passage: 둘 째"}, "document"}, {"m-query", []string{"query: 무엇"}, "query"}}
	if diff := cmp.Diff(want, *asked); diff != "" {
		t.Errorf("asked (-want +got)\n%s", diff)
	}
}

func TestLongTexts(t *testing.T) {
	address, asked := server(t, well)
	c := client(t, Options{URL: address})
	if _, err := c.Passages(context.Background(), []string{strings.Repeat("가", 1<<20), "\x00 "}); err != nil {
		t.Fatal(err)
	}
	texts := (*asked)[0].Input
	if n := len(texts[0]); n > MaxText || n < MaxText-3 || !strings.HasSuffix(texts[0], "가") {
		t.Errorf("%d bytes are sent of a long text", n)
	}
	if texts[1] == "" {
		t.Error("an empty text is sent, which servers refuse")
	}
}

// TestBadAnswers says what a person reads of each, and how often the server is asked.
func TestBadAnswers(t *testing.T) {
	say := func(status int, body string) func(http.ResponseWriter, request, int) {
		return func(w http.ResponseWriter, _ request, _ int) {
			w.Header().Set("Location", "http://127.0.0.1:1/elsewhere")
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		}
	}
	tests := []struct {
		name   string
		handle func(http.ResponseWriter, request, int)
		reason Reason
		want   string
		asked  int
	}{
		{"HTML", say(200, " <!doctype html><p>Hello"), Answer, "page of HTML", 1},
		{"NaN", say(200, `{"data":[{"embedding":[NaN]}]}`), Answer, "cannot be read", 1},
		{"null", say(200, `{"data":[{"embedding":[null,null]}]}`), Answer, "no direction", 1},
		{"too large a number", say(200, `{"data":[{"embedding":[1e300]}]}`), Answer, "cannot be read", 1},
		{"no number", say(200, `{"data":[{"embedding":[]}]}`), Answer, "of 0 numbers", 1},
		{"none", say(200, `{"data":[]}`), Answer, "0 vectors for 1 text", 1},
		{"another text", say(200, `{"data":[{"index":7,"embedding":[1]}]}`), Answer, "text 7 of 1", 1},
		{"cut", say(200, `{"data":[{"index"`), Answer, "cannot be read", 1},
		{"401", say(401, `{"error":{"message":"no such\nkey"}}`), Refused, "401 Unauthorized: no such key", 1},
		{"404", say(404, `{"error":"model not found"}`), Refused, "404 Not Found: model not found", 1},
		{"redirect", say(302, ""), Refused, "not followed", 1},
		{"429", say(429, `{"message":"slow down"}`), Limited, "429 Too Many Requests: slow down", tries},
		{"500", say(500, "<html>"), Broken, "500 Internal Server Error: a page of HTML", tries},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			address, asked := server(t, test.handle)
			_, err := client(t, Options{URL: address}).Passages(context.Background(), []string{"글"})
			failure, ok := errors.AsType[*Error](err)
			if !ok || failure.Reason != test.reason || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), address) {
				t.Errorf("got %v, want %s: %q and the address", err, test.reason, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("more than a line: %v", err)
			}
			if len(*asked) != test.asked {
				t.Errorf("asked %d times, want %d", len(*asked), test.asked)
			}
		})
	}
}

func TestTwoDimensionsInOneAnswer(t *testing.T) {
	if _, err := decode([]byte(`{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}`), 2); err == nil {
		t.Error("vectors of two lengths are taken")
	}
}

func TestLimitThatPasses(t *testing.T) {
	address, asked := server(t, func(w http.ResponseWriter, r request, n int) {
		if n < 3 {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		well(w, r, n)
	})
	c := client(t, Options{URL: address})
	var waited []time.Duration
	c.wait = func(_ context.Context, d time.Duration) error { waited = append(waited, d); return nil }
	if _, err := c.Passages(context.Background(), []string{"글"}); err != nil || len(*asked) != 3 {
		t.Errorf("asked %d times, error %v", len(*asked), err)
	}
	if diff := cmp.Diff([]time.Duration{7 * time.Second, 7 * time.Second}, waited); diff != "" {
		t.Errorf("waited (-want +got)\n%s", diff)
	}
}

func TestAwayAndSlow(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	_, err := client(t, Options{URL: gone.URL}).Query(context.Background(), "글")
	if failure, ok := errors.AsType[*Error](err); !ok || failure.Reason != Away {
		t.Errorf("got %v of a server that is away", err)
	}
	address, _ := server(t, func(_ http.ResponseWriter, _ request, _ int) { time.Sleep(100 * time.Millisecond) })
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	_, err = client(t, Options{URL: address}).Query(ctx, "글")
	if failure, ok := errors.AsType[*Error](err); !ok || failure.Reason != Slow {
		t.Errorf("got %v of a server that is slow", err)
	}
}

func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"http://127.0.0.1:8000":               "http://127.0.0.1:8000/v1/embeddings",
		"http://127.0.0.1:8000/v1/":           "http://127.0.0.1:8000/v1/embeddings",
		"https://a.example/api/v1/embeddings": "https://a.example/api/v1/embeddings",
		"127.0.0.1:8000":                      "",
		"ftp://a.example":                     "",
		"":                                    "",
	} {
		if got, err := endpointOf(address); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v; want %q", address, got, err, want)
		}
	}
}

func TestFingerprint(t *testing.T) {
	seen := map[string]bool{}
	for _, o := range []Options{{}, {Model: "m"}, {QueryModel: "m"}, {QueryPrefix: "m"}, {PassagePrefix: "m"}, {InputType: "m"}} {
		o.URL, o.Key = fmt.Sprintf("http://a%d.example", len(seen)), "secret"
		text := client(t, o).Fingerprint()
		if seen[text] || strings.Contains(text, "secret") {
			t.Errorf("%+v has the fingerprint of another, or tells the key", o)
		}
		seen[text] = true
	}
}

func TestReadKey(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if key, err := ReadKey(write("good", " sk-abc\n", 0o600)); key != "sk-abc" || err != nil {
		t.Errorf("got %q, %v", key, err)
	}
	for name, path := range map[string]string{
		"chmod 600":    write("open", "sk-abc", 0o644),
		"holds no key": write("empty", "\n", 0o600),
		"one line":     write("two", "a\nb", 0o600),
		"no such file": filepath.Join(dir, "none"),
	} {
		if _, err := ReadKey(path); !errors.Is(err, ErrKey) || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), path) {
			t.Errorf("got %v, want one that says %q", err, name)
		}
	}
}
