package searchbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/catalog"
	"chaja/search/httpapi"
)

// failing fails with its error, and keeps the context it was asked in.
type failing struct {
	hostile
	err error
	ctx *context.Context
}

func (f failing) Search(ctx context.Context, _ search.Request) (search.Result, error) {
	if f.ctx != nil {
		*f.ctx = ctx
	}
	return search.Result{}, f.err
}

func (f failing) Facets(context.Context) (search.Facets, error) { return search.Facets{}, f.err }

// serve is the whole server over s, which logs what an operator must look at to log.
func serve(t *testing.T, s httpapi.Searcher, log *bytes.Buffer) http.Handler {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	h, err := httpapi.New(s, httpapi.Options{
		Log: logger, CORSOrigins: []string{"https://blog.example"},
		Pages: func(b httpapi.Backend) (http.Handler, error) { return New(b, Blog{}) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// in returns the texts of the program in a language.
func in(lang string) *catalog.Texts { return catalog.Embedded().Match(lang) }

// backend is what pages are made with, without a queue.
func backend(s httpapi.Searcher) httpapi.Backend {
	now := func(_ context.Context, work func() error) error { return work() }
	return httpapi.Backend{Searcher: s, Texts: catalog.Embedded(), InTurn: now, Other: http.NotFoundHandler()}
}

// ask sends one request to the whole server over s.
func ask(t *testing.T, s httpapi.Searcher, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return get(serve(t, s, new(bytes.Buffer)), target, headers...)
}

func get(h http.Handler, target string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestPagesFail: a page says in the language of its reader why it shows nothing, and a state of the server is no failure
// in the log.
func TestPagesFail(t *testing.T) {
	tests := []struct {
		name, lang string
		err        error
		status     int
		retry      string
		says       string
		logged     bool
	}{
		{"busy", "ko", httpapi.ErrBusy, 503, "2", in("ko").Busy, false},
		{"busy, in English", "en", httpapi.ErrBusy, 503, "2", in("en").Busy, false},
		{"no index", "ko", fmt.Errorf("open: %w", search.ErrNoIndex), 503, "30", in("ko").NoIndex, false},
		{"another index", "ko", search.ErrOutdated, 503, "30", in("ko").NoIndex, false},
		{"too slow", "ko", context.DeadlineExceeded, 503, "5", in("ko").Failed, true},
		{"broken", "ko", errors.New("read /srv/index"), 500, "", in("ko").Failed, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, path := range []string{"/?q=a", "/", "/tags"} {
				var log bytes.Buffer
				w := get(serve(t, failing{err: tt.err}, &log), path, "Accept-Language", tt.lang)
				if w.Code != tt.status || w.Header().Get("Retry-After") != tt.retry || (log.Len() > 0) != tt.logged {
					t.Errorf("%s: status %d, Retry-After %q, logged %q", path, w.Code, w.Header().Get("Retry-After"), log.String())
				}
				if body := w.Body.String(); !strings.Contains(body, tt.says) || !strings.Contains(body, `<html lang="`+tt.lang) || strings.Contains(body, "/srv") {
					t.Errorf("%s says %s", path, body)
				}
			}
		})
	}
}

// TestTemplateFails: even then the reader is told so in a page.
func TestTemplateFails(t *testing.T) {
	var log bytes.Buffer
	h, err := httpapi.New(hostile{}, httpapi.Options{Log: slog.New(slog.NewTextHandler(&log, nil)), Pages: func(b httpapi.Backend) (http.Handler, error) {
		p := &pages{b, Blog{}, template.Must(template.New("tags.html").Parse("half {{.Nothing}}"))}
		return http.HandlerFunc(p.tags), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	w := get(h, "/tags", "Accept-Language", "ko")
	body, media := w.Body.String(), w.Header().Get("Content-Type")
	if w.Code != 500 || media != "text/html; charset=utf-8" || !strings.Contains(body, in("ko").Failed) || strings.Contains(body, "half") || !strings.Contains(log.String(), "render page") {
		t.Errorf("status %d, %s, logged %q: %s", w.Code, media, log.String(), body)
	}
}

// TestNotFound: people get a page, from which the way back leads to the start however deep they are; programs get JSON.
func TestNotFound(t *testing.T) {
	const browser = "text/html,application/xhtml+xml,*/*;q=0.8"
	tests := []struct {
		name, path, accept string
		root               string // of a page; empty for JSON
	}{
		{"a browser", "/nothing", browser, "./"},
		{"a browser, below", "/a/b/c", browser, "../../"},
		{"a browser, in a folder", "/a/", browser, "../"},
		{"an encoded slash", "/a%2Fb", browser, "./"},
		{"a browser, deeper than anything", "/" + strings.Repeat("a/", 1000), browser, strings.Repeat("../", maxRoot)},
		{"a browser at the API", "/api/v2/search", browser, ""},
		{"curl", "/nothing", "*/*", ""},
		{"a script", "/nothing", "application/json", ""},
		{"nothing said", "/nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := ask(t, hostile{}, tt.path, "Accept", tt.accept, "Accept-Language", "ko")
			media, body := w.Header().Get("Content-Type"), w.Body.String()
			want := "application/json"
			if tt.root != "" {
				want = "text/html; charset=utf-8"
				for _, part := range []string{in("ko").NotFound, `action="` + tt.root + `"`, `class="brand" href="` + tt.root + `"`, `href="` + tt.root + `search-page.css"`} {
					if !strings.Contains(body, part) {
						t.Errorf("no %s in %s", part, body)
					}
				}
			}
			if w.Code != 404 || media != want || !slices.Contains(varies(w), "Accept") || w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("status %d, %v: %s", w.Code, w.Header(), body)
			}
		})
	}
}

func varies(w *httptest.ResponseRecorder) []string {
	return strings.Split(strings.Join(w.Header().Values("Vary"), ", "), ", ")
}

// TestNoPath: what comes without a path, as a proxy may pass it on, is at the root.
func TestNoPath(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.URL.Path = ""
	if b := (&pages{Backend: backend(hostile{})}).base(httptest.NewRecorder(), r); b.Root != "./" {
		t.Errorf("root %q", b.Root)
	}
}

// TestPageHeaders: what the server says of every answer, pages do not take back, and files hold longer than pages.
func TestPageHeaders(t *testing.T) {
	const page, file = "no-cache", "max-age=3600, stale-while-revalidate=86400"
	for path, want := range map[string][]string{
		"/": {page, "Accept-Encoding,Accept-Language,Origin"}, "/?q=a": {page, "Accept-Encoding,Accept-Language,Origin"}, "/tags": {page, "Accept-Encoding,Accept-Language,Origin"},
		"/search-box.js": {file, "Accept-Encoding,Origin"}, "/search-page.css": {file, "Accept-Encoding,Origin"}, "/search-icon.svg": {file, "Accept-Encoding,Origin"},
	} {
		w := ask(t, hostile{}, path)
		h := w.Header()
		vary := varies(w)
		slices.Sort(vary)
		got := []string{h.Get("Cache-Control"), strings.Join(vary, ",")}
		if diff := cmp.Diff(want, got); w.Code != 200 || diff != "" {
			t.Errorf("%s: %d (-want +got):\n%s", path, w.Code, diff)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" || len(h.Values("Cache-Control")) != 1 {
			t.Errorf("%s: %v", path, h)
		}
	}
}

// TestFiles: compressed for those who take it, not sent again to those who have it, and for pages of any origin.
func TestFiles(t *testing.T) {
	whole := ask(t, hostile{}, "/search-box.js")
	tag := whole.Header().Get("ETag")
	tests := []struct {
		name, accept, have string
		status             int
		encoding           string
	}{
		{"gzip", "gzip, br", "", 200, "gzip"},
		{"no gzip", "gzip;q=0", "", 200, ""},
		{"no gzip, in other words", "gzip; q=0.0, identity", "", 200, ""},
		{"nothing said", "", "", 200, ""},
		{"had already", "gzip", tag, 304, ""},
		{"had another", "gzip", `W/"other"`, 200, "gzip"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := ask(t, hostile{}, "/search-box.js", "Accept-Encoding", tt.accept, "If-None-Match", tt.have)
			h := w.Header()
			if w.Code != tt.status || h.Get("Content-Encoding") != tt.encoding || h.Get("ETag") != tag || !strings.HasPrefix(h.Get("Cache-Control"), "max-age=") {
				t.Errorf("status %d, %v", w.Code, h)
			}
			if h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
				t.Errorf("%v", h)
			}
			if tt.status == 200 && (tt.encoding == "") != bytes.Equal(w.Body.Bytes(), whole.Body.Bytes()) {
				t.Errorf("%d bytes", w.Body.Len())
			}
		})
	}
}

// TestPageIsBounded: the work for a page ends as that for an answer.
func TestPageIsBounded(t *testing.T) {
	var ctx context.Context
	ask(t, failing{ctx: &ctx}, "/?q=a")
	if _, ok := ctx.Deadline(); !ok {
		t.Error("no deadline")
	}
}

// TestPagesTellBrowsers: every page names how a browser searches here, relative to where the pages are.
func TestPagesTellBrowsers(t *testing.T) {
	for path, root := range map[string]string{"/": "./", "/?q=a": "./", "/tags": "./", "/a/b": "../"} {
		body := ask(t, hostile{}, path, "Accept", "text/html", "Accept-Language", "ko").Body.String()
		if want := `<link rel="search" type="application/opensearchdescription+xml" title="검색" href="` + root + `opensearch.xml">`; !strings.Contains(body, want) {
			t.Errorf("%s lacks %s: %s", path, want, body)
		}
		if strings.Contains(body, `="/`) {
			t.Errorf("%s has a link that is not relative: %s", path, body)
		}
	}
}

// TestAddress: what would lead to another place than the site leads nowhere.
func TestAddress(t *testing.T) {
	site, err := url.Parse("https://blog.example/base/")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, path, here, there string }{
		{"a path", "/2021/a/", "/2021/a/", "https://blog.example/base/2021/a/"},
		{"a path with the folder", "/base/2021/%EA%B0%80/", "/base/2021/%EA%B0%80/", "https://blog.example/base/2021/%EA%B0%80/"},
		{"a folder that begins alike", "/based/", "/based/", "https://blog.example/base/based/"},
		{"an anchor", "/a/#%EA%B0%80", "/a/#%EA%B0%80", "https://blog.example/base/a/#%EA%B0%80"},
		{"a script", "javascript:alert(1)", "", ""},
		{"data", "data:text/html,x", "", ""},
		{"another host", "//evil.example/a", "", ""},
		{"a post on another site", "https://other.example/a?b=c", "https://other.example/a?b=c", "https://other.example/a?b=c"},
		{"another site without a host", "https:///a", "", ""},
		{"another site with a user", "https://blog.example@evil.example/", "", ""},
		{"another scheme", "ftp://evil.example/a", "", ""},
		{"another host by backslashes", `/\evil.example`, "/%5Cevil.example", "https://blog.example/base/%5Cevil.example"},
		{"another host behind a tab", "/\t/evil.example", "", ""},
		{"a user for a host", "//blog.example@evil.example/", "", ""},
		{"many slashes", "////evil.example", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{tt.here, tt.there}, []string{Blog{}.address(tt.path), Blog{URL: site}.address(tt.path)}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
