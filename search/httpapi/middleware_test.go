package httpapi

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/catalog"
)

// from is a request that comes from an address, with headers.
func from(t *testing.T, remote, method, target string, headers ...string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, nil)
	r.RemoteAddr = remote
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

func do(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func prefixes(t *testing.T, texts ...string) (all []netip.Prefix) {
	t.Helper()
	for _, text := range texts {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}

func TestSharing(t *testing.T) {
	const good = "https://blog.example"
	tests := []struct {
		name, origin string
		allowed      []string
		want         string
	}{
		{"none allowed", good, nil, ""},
		{"allowed", good, []string{"https://other.example", good}, good},
		{"null", "null", []string{good}, ""},
		{"longer", good + ".evil.example", []string{good}, ""},
		{"shorter", "https://blog.exampl", []string{good}, ""},
		{"below", "https://evil.blog.example", []string{good}, ""},
		{"other scheme", "http://blog.example", []string{good}, ""},
		{"other port", good + ":8443", []string{good}, ""},
		{"other case", "https://BLOG.example", []string{good}, ""},
		{"no origin", "", []string{good}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newAPI(t, &fake{}, Options{CORSOrigins: tt.allowed})
			for _, method := range []string{"GET", "OPTIONS", "POST"} {
				w := do(h, from(t, "203.0.113.7:1", method, "/api/v1/search", "Origin", tt.origin))
				header := w.Header()
				if got := header.Get("Access-Control-Allow-Origin"); got != tt.want || header.Get("Access-Control-Allow-Credentials") != "" {
					t.Errorf("%s: allowed %q, want %q", method, got, tt.want)
				}
				if got := header.Get("Access-Control-Allow-Methods") != ""; got != (method == "OPTIONS" && tt.want != "") {
					t.Errorf("%s: methods %v", method, got)
				}
				if varies := strings.Contains(strings.Join(header.Values("Vary"), ","), "Origin"); varies != (tt.allowed != nil) {
					t.Errorf("%s: Vary %v", method, header.Values("Vary"))
				}
			}
		})
	}
}

func TestCheckOrigin(t *testing.T) {
	for origin, want := range map[string]bool{
		"https://blog.example": true, "http://localhost:3000": true, "https://[::1]:80": true,
		"*": false, "null": false, "": false, "blog.example": false, "https://": false, "https://a/": false, "https://a/b": false,
		"https://u:p@a": false, "https://a?x": false, "ftp://a": false, "https://a\nb": false, "HTTPS://a": false,
	} {
		if err := CheckOrigin(origin); (err == nil) != want {
			t.Errorf("%q: %v", origin, err)
		}
	}
}

// TestConditional: an ETag holds as long as the generation and the program.
func TestConditional(t *testing.T) {
	state, f := IndexState{Generation: "gen-1"}, &fake{}
	options := Options{Version: "1", State: func() IndexState { return state }}
	h := newAPI(t, f, options)
	tag := do(h, from(t, "203.0.113.7:1", "GET", "/api/v1/search?q=a")).Header().Get("ETag")
	if !strings.HasPrefix(tag, `W/"`) {
		t.Fatalf("ETag %q", tag)
	}
	next, older := state, options
	next.Generation, older.Version = "gen-2", "0"
	tests := []struct {
		name, target, have string
		h                  http.Handler
		state              IndexState
		want               int
	}{
		{"the same", "/api/v1/search?q=a", tag, h, state, 304},
		{"one of several", "/api/v1/search?q=a", `"x", ` + tag, h, state, 304},
		{"strong", "/api/v1/search?q=a", strings.TrimPrefix(tag, "W/"), h, state, 304},
		{"any", "/api/v1/search?q=a", "*", h, state, 304},
		{"suggestions", "/api/v1/suggest?q=a", tag, h, state, 304},
		{"another", "/api/v1/search?q=a", `W/"other"`, h, state, 200},
		{"none", "/api/v1/search?q=a", "", h, state, 200},
		{"the next generation", "/api/v1/search?q=a", tag, h, next, 200},
		{"another program", "/api/v1/search?q=a", tag, newAPI(t, f, older), state, 200},
		{"no index", "/api/v1/search?q=a", tag, h, IndexState{}, 200},
		{"a bad request", "/api/v1/search?page=0", tag, h, state, 400},
		{"not of the index", "/healthz", tag, h, state, 200},
	}
	current := state
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			state = tt.state
			defer func() { state = current }()
			f.ctx = nil
			w := do(tt.h, from(t, "203.0.113.7:1", "GET", tt.target, "If-None-Match", tt.have))
			if w.Code != tt.want || w.Code == 304 && (w.Body.Len() > 0 || f.ctx != nil || w.Header().Get("ETag") != tag) {
				t.Errorf("status %d, body %q, ETag %q", w.Code, w.Body, w.Header().Get("ETag"))
			}
			if w.Code >= 400 && w.Header().Get("ETag") != "" {
				t.Error("an error has an ETag")
			}
		})
	}
}

// TestConditionalLate: an answer that lacks what a query means is not what the index answers, so it has no ETag.
func TestConditionalLate(t *testing.T) {
	options := Options{State: func() IndexState { return IndexState{Generation: "gen-1"} }}
	h := newAPI(t, &fake{result: search.Result{WithoutMeaning: true}}, options)
	header := do(h, from(t, "203.0.113.7:1", "GET", "/api/v1/search?q=a")).Header()
	if header.Get("ETag") != "" || header.Get("Cache-Control") != "no-cache" {
		t.Errorf("ETag %q, Cache-Control %q", header.Get("ETag"), header.Get("Cache-Control"))
	}
}

func TestCacheControl(t *testing.T) {
	h := newAPI(t, &fake{}, Options{})
	for target, want := range map[string]string{
		"/api/v1/search": "no-cache", "/api/v1/tags": "no-cache", "/opensearch/suggest?q=a": "no-cache", "/api/v1/search?page=0": "no-store",
		"/openapi.json": "max-age=3600, stale-while-revalidate=86400", "/opensearch.xml": "max-age=3600, stale-while-revalidate=86400", "/healthz": "no-store", "/metrics": "no-store", "/nothing": "no-store",
	} {
		w := do(h, from(t, "203.0.113.7:1", "GET", target))
		if got := w.Header().Get("Cache-Control"); got != want {
			t.Errorf("%s: %q, want %q", target, got, want)
		}
		if h := w.Header(); h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Security-Policy") == "" || len(h.Get(requestIDHeader)) != 16 {
			t.Errorf("%s: %v", target, h)
		}
	}
}

func TestMethods(t *testing.T) {
	h := newAPI(t, &fake{}, Options{})
	for _, path := range []string{"/api/v1/search", "/healthz", "/openapi.json", "/metrics", "/opensearch.xml", "/nothing"} {
		if w := do(h, from(t, "203.0.113.7:1", "OPTIONS", path)); w.Code != 204 || w.Header().Get("Allow") != "GET, HEAD, OPTIONS" || w.Body.Len() > 0 {
			t.Errorf("OPTIONS %s: %d %v", path, w.Code, w.Header())
		}
	}
	server := httptest.NewServer(h)
	defer server.Close()
	response, err := http.Head(server.URL + "/api/v1/search?q=a")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, _ := io.ReadAll(response.Body); len(body) > 0 || response.StatusCode != 200 || response.Header.Get("Content-Type") != mediaJSON {
		t.Errorf("HEAD: %d %v %q", response.StatusCode, response.Header, body)
	}
}

func TestCompressed(t *testing.T) {
	long := search.Result{Hits: []search.Hit{{Title: strings.Repeat("긴 제목 ", 1000)}}}
	plain := do(newAPI(t, &fake{result: long}, Options{}), from(t, "203.0.113.7:1", "GET", "/api/v1/search"))
	tests := []struct {
		name, accept, want string
		result             search.Result
	}{
		{"long", "gzip", "gzip", long},
		{"short", "gzip", "", search.Result{}},
		{"not wanted", "", "", long},
		{"refused", "gzip;q=0", "", long},
		{"unknown", "br, zstd", "", long},
		{"a list without end", strings.Repeat("x,", 20_000) + "gzip", "gzip", long},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := do(newAPI(t, &fake{result: tt.result}, Options{}), from(t, "203.0.113.7:1", "GET", "/api/v1/search", "Accept-Encoding", tt.accept))
			if got := w.Header().Get("Content-Encoding"); got != tt.want {
				t.Fatalf("encoding %q", got)
			}
			if !strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("Vary %v", w.Header().Values("Vary"))
			}
			if tt.want == "" {
				return
			}
			z, err := gzip.NewReader(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(z)
			if err != nil || !bytes.Equal(body, plain.Body.Bytes()) {
				t.Errorf("%d bytes, %v", len(body), err)
			}
		})
	}
}

func TestPretty(t *testing.T) {
	h := newAPI(t, &fake{}, Options{})
	for target, lines := range map[string]int{"/healthz": 1, "/healthz?pretty=0": 1, "/healthz?pretty=1": 3, "/api/v1/search?page=0&pretty=1": 7} {
		w := do(h, from(t, "203.0.113.7:1", "GET", target))
		if got := strings.Count(w.Body.String(), "\n"); got != lines {
			t.Errorf("%s: %d lines, want %d: %s", target, got, lines, w.Body)
		}
	}
}

// TestLanguages: errors are in the language of the client.
func TestLanguages(t *testing.T) {
	for header, want := range map[string]string{
		"": "en", "ko": "ko", "ko-KR,ko;q=0.9,en-US;q=0.8": "ko", "en-US,en;q=0.9,ko;q=0.8": "en", "ja, ko;q=0.5": "ko", "fr": "en",
		"ko;q=0, en;q=0.1": "en", "*": "en", "\x00": "en", "ko;q=x": "en", "en;q=0.1,ko;q=0.2": "ko", strings.Repeat("-", 5000): "en", strings.Repeat("ko,", 5000): "ko",
	} {
		w := do(newAPI(t, &fake{}, Options{}), from(t, "203.0.113.7:1", "GET", "/api/v1/search?page=0", "Accept-Language", header))
		e := errorOf(t, w)
		if got := w.Header().Get("Content-Language"); got != want || strings.Contains(e.Message, "매개변수") != (want == "ko") {
			t.Errorf("%.40q: %s, %+v", header, got, e)
		}
	}
}

// TestTexts: every error, and every problem with a parameter, has its texts, and none of them stays with a placeholder.
func TestTexts(t *testing.T) {
	texts := catalog.Embedded().Languages()
	codes := map[string]bool{}
	for _, f := range faults[1:] {
		codes[f.code] = true
		if texts[0].Errors[f.code] == (catalog.Advice{}) {
			t.Errorf("no text of %s", f.code)
		}
	}
	if len(texts[0].Errors) != len(codes) {
		t.Errorf("texts of %d errors, of which there are %d", len(texts[0].Errors), len(codes))
	}
	said := map[string]bool{}
	for _, c := range append(paramCases, paramCase{query: "prefix=2"}, paramCase{query: "id="}) {
		for _, params := range []Params{SearchParams(new(search.Request)), new(relatedRequest).params()} {
			bad, ok := errors.AsType[*badParameter](params.read(c.query))
			if !ok {
				continue
			}
			said[bad.problem] = true
			for _, texts := range texts {
				if message, fix := advise(bad, texts); message == "" || fix == "" || strings.Contains(message+fix, "{") {
					t.Errorf("%s, %s: %q, %q", texts.Lang, c.name, message, fix)
				}
			}
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(texts[0].Parameters.Problems)), slices.Sorted(maps.Keys(said))); diff != "" {
		t.Errorf("problems (-texts +said):\n%s", diff)
	}
}

// TestLog: a line for each request, with its id and without what was asked or who asked; a trusted proxy may give the id.
func TestLog(t *testing.T) {
	var log bytes.Buffer
	h := newAPI(t, &fake{}, Options{Log: slog.New(slog.NewTextHandler(&log, nil)), TrustedProxies: prefixes(t, "10.0.0.0/8")})
	tests := []struct {
		name, remote, target, given, want string
		logged                            bool
	}{
		{"a search", "203.0.113.7:1", "/api/v1/search?q=secret", "", "method=GET path=/api/v1/search status=200 bytes=", true},
		{"an error", "203.0.113.7:1", "/api/v1/search?q=secret&page=0", "", "status=400", true},
		{"a path with control characters", "203.0.113.7:1", "/a%0Ab", "", `path="/a\nb" status=404`, true},
		{"an id from anybody", "203.0.113.7:1", "/api/v1/tags", "mine", "status=200", true},
		{"an id from a proxy", "10.0.0.1:1", "/api/v1/tags", "its-own.1", "id=its-own.1 ", true},
		{"a bad id from a proxy", "10.0.0.1:1", "/api/v1/tags", "a\nb", "status=200", true},
		{"a probe", "203.0.113.7:1", "/healthz", "", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			log.Reset()
			w := do(h, from(t, tt.remote, "GET", tt.target, requestIDHeader, tt.given))
			line, id := log.String(), w.Header().Get(requestIDHeader)
			if tt.logged != (line != "") || !strings.Contains(line, tt.want) || tt.logged && !strings.Contains(line, "id="+id+" ") {
				t.Errorf("id %q, logged %q", id, line)
			}
			if strings.Contains(line, "secret") || strings.Contains(line, "203.0.113.7") || strings.Count(line, "\n") > 1 || strings.Contains(line, "mine") {
				t.Errorf("logged %q", line)
			}
		})
	}
}

// TestPage: what is not of the API is the page's, with the same protection, and a page that fails does not end the server.
func TestPage(t *testing.T) {
	page := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/before":
			panic("before")
		case "/amid":
			_, _ = io.WriteString(w, "half")
			panic("amid")
		}
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		_, _ = io.WriteString(w, "<p>page")
	})
	h := newAPI(t, &fake{}, Options{Pages: func(b Backend) (http.Handler, error) {
		mux := http.NewServeMux()
		mux.Handle("/", page)
		mux.Handle("/none", b.Other)
		return mux, nil
	}})
	w := do(h, from(t, "203.0.113.7:1", "GET", "/"))
	got := []string{w.Body.String(), w.Header().Get("Cache-Control"), w.Header().Get("Content-Security-Policy"), w.Header().Get("X-Content-Type-Options")}
	if diff := cmp.Diff([]string{"<p>page", "no-cache", "default-src 'self'", "nosniff"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if w := do(h, from(t, "203.0.113.7:1", "GET", "/before", "Accept-Encoding", "gzip")); w.Code != 500 || errorOf(t, w).Code != "internal" {
		t.Errorf("a panic: %d %q", w.Code, w.Body)
	}
	if w := do(h, from(t, "203.0.113.7:1", "GET", "/none")); w.Code != 404 || errorOf(t, w).Code != "not_found" {
		t.Errorf("no page: %d %q", w.Code, w.Body)
	}
	server := httptest.NewServer(h)
	defer server.Close()
	if response, err := http.Get(server.URL + "/amid"); err == nil {
		defer response.Body.Close()
		if body, err := io.ReadAll(response.Body); err == nil {
			t.Errorf("half an answer looks whole: %q", body)
		}
	}
}
