package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
)

// fake answers what its fields say and keeps the last request.
type fake struct {
	result search.Result
	facets search.Facets
	err    error
	panics bool

	suggestions search.Suggestions
	asked       search.Request
	ctx         context.Context
}

var _ Searcher = (*fake)(nil)

func (f *fake) Search(ctx context.Context, r search.Request) (search.Result, error) {
	f.asked, f.ctx = r, ctx
	if f.panics {
		panic("secret in /srv/index")
	}
	result := f.result
	result.Query, result.Page, result.PerPage = r.Query, r.Page, r.PerPage
	return result, f.err
}

func (f *fake) Suggest(_ context.Context, typed string, _ int) (search.Suggestions, error) {
	f.asked.Query = typed
	f.suggestions.Query = typed
	return f.suggestions, f.err
}

func (f *fake) Related(context.Context, string, int) ([]search.Hit, error) {
	return append([]search.Hit{}, f.result.Hits...), f.err
}

func (f *fake) Facets(context.Context) (search.Facets, error) { return f.facets, f.err }

func (f *fake) Ready(context.Context) error { return f.err }

// failuresTo logs what the operator must look at, without a line for each request.
func failuresTo(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// newAPI is New, which must succeed.
func newAPI(t testing.TB, s Searcher, o Options) http.Handler {
	t.Helper()
	h, err := New(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// ask sends one request to the API over s and returns the answer and what was logged.
func ask(t *testing.T, s Searcher, method, target string) (*httptest.ResponseRecorder, string) {
	t.Helper()
	var log bytes.Buffer
	w := httptest.NewRecorder()
	newAPI(t, s, Options{Log: failuresTo(&log)}).ServeHTTP(w, httptest.NewRequest(method, target, nil))
	return w, log.String()
}

// checkJSON states what holds for every answer.
func checkJSON(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	if !json.Valid(w.Body.Bytes()) {
		t.Errorf("not JSON: %q", w.Body)
	}
	want := []string{"application/json", "nosniff", fmt.Sprint(w.Body.Len())}
	h := w.Header()
	got := []string{h.Get("Content-Type"), h.Get("X-Content-Type-Options"), h.Get("Content-Length")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

func errorOf(t *testing.T, w *httptest.ResponseRecorder) errorBody {
	t.Helper()
	var answer errorAnswer
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatalf("decode %q: %v", w.Body, err)
	}
	return answer.Error
}

func TestAnswers(t *testing.T) {
	full := &fake{
		result: search.Result{
			Total: 2, Full: 1, TookMS: 1.234,
			Hits: []search.Hit{{
				ID: "a.md", URL: "/a/", Title: "빌드 & 캐시", TitleHTML: "빌드 &amp; <mark>캐시</mark>",
				Date: time.Date(2019, 8, 29, 0, 0, 0, 0, time.UTC), Score: 1.5, Tags: []string{}, Categories: []string{}, Sections: []search.HitSection{{Heading: "캐시", Level: 2}},
			}},
			Facets: search.Facets{Tags: []search.Facet{}, Categories: []search.Facet{}, Years: []search.Facet{{Value: "2019", Count: 1}}},
		},
		suggestions: search.Suggestions{Suggestions: []search.Completion{{Text: "C++", TextHTML: "<mark>C</mark>++", Kind: "tag"}}},
		facets:      search.Facets{Tags: []search.Facet{{Value: "C++", Count: 2}, {Value: "<b>", Count: 1}}, Categories: []search.Facet{}},
	}
	tests := []struct{ name, target, want string }{
		{"search", "/api/v1/search?q=%EC%BA%90%EC%8B%9C", `{"query":"캐시","total":2,"full":1,"truncated":false,"took_ms":1.234,"page":1,"per_page":10,` +
			`"hits":[{"id":"a.md","url":"/a/","title":"빌드 & 캐시","title_html":"빌드 &amp; <mark>캐시</mark>",` +
			`"date":"2019-08-29T00:00:00Z","tags":[],"categories":[],"lang":"","score":1.5,"full":false,"excerpt_html":"",` +
			`"sections":[{"path":null,"heading":"캐시","heading_html":"","level":2,"anchor":"","url":"","excerpt_html":""}]}],` +
			`"facets":{"tags":[],"categories":[],"years":[{"value":"2019","count":1}]},"suggestion":null}`},
		{"suggest", "/api/v1/suggest?q=c", `{"query":"c","suggestions":[{"text":"C++","text_html":"<mark>C</mark>++","kind":"tag","url":""}]}`},
		{"suggest, nothing typed", "/api/v1/suggest?limit=3", `{"query":"","suggestions":[{"text":"C++","text_html":"<mark>C</mark>++","kind":"tag","url":""}]}`},
		{"tags", "/api/v1/tags", `{"tags":[{"value":"C++","count":2},{"value":"<b>","count":1}]}`},
		{"categories, none", "/api/v1/categories", `{"categories":[]}`},
		{"healthz", "/healthz", `{"status":"ok"}`},
		{"readyz", "/readyz", `{"status":"ready"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, _ := ask(t, full, "GET", tt.target)
			checkJSON(t, w)
			if diff := cmp.Diff(tt.want+"\n", w.Body.String()); w.Code != 200 || diff != "" {
				t.Errorf("status %d, (-want +got):\n%s", w.Code, diff)
			}
			if head, _ := ask(t, full, "HEAD", tt.target); head.Code != 200 {
				t.Errorf("HEAD: status %d", head.Code)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	noIndex := fmt.Errorf("open /srv/index: %w", search.ErrNoIndex)
	broken := errors.New("read /srv/index/store: input/output error")
	tests := []struct {
		name   string
		fake   fake
		method string
		path   string
		status int
		code   string
		logged bool
	}{
		{"no index, search", fake{err: noIndex}, "GET", "/api/v1/search", 503, "no_index", false},
		{"no index, tags", fake{err: noIndex}, "GET", "/api/v1/tags", 503, "no_index", false},
		{"no index, categories", fake{err: noIndex}, "GET", "/api/v1/categories", 503, "no_index", false},
		{"no index, readyz", fake{err: noIndex}, "GET", "/readyz", 503, "no_index", false},
		{"outdated index, search", fake{err: search.ErrOutdated}, "GET", "/api/v1/search", 503, "outdated_index", false},
		{"no index, healthz", fake{err: noIndex}, "GET", "/healthz", 200, "", false},
		{"broken index, search", fake{err: broken}, "GET", "/api/v1/search", 500, "internal", true},
		{"broken index, readyz", fake{err: broken}, "GET", "/readyz", 503, "not_ready", true},
		{"too slow", fake{err: context.DeadlineExceeded}, "GET", "/api/v1/search", 503, "timeout", true},
		{"cancelled", fake{err: context.Canceled}, "GET", "/api/v1/search", 503, "cancelled", true},
		{"panic", fake{panics: true}, "GET", "/api/v1/search", 500, "internal", true},
		{"cannot be encoded", fake{result: search.Result{Hits: []search.Hit{{Date: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}}}},
			"GET", "/api/v1/search", 500, "internal", true},
		{"bad value", fake{}, "GET", "/api/v1/search?page=0", 400, "bad_parameter", false},
		{"unknown path", fake{}, "GET", "/api/v1/nothing", 404, "not_found", false},
		{"unknown version", fake{}, "GET", "/api/v2/search", 404, "not_found", false},
		{"below a path", fake{}, "GET", "/api/v1/search/", 404, "not_found", false},
		{"root", fake{}, "GET", "/", 404, "not_found", false},
		{"unknown path, POST", fake{}, "POST", "/nothing", 405, "method_not_allowed", false},
		{"POST", fake{}, "POST", "/api/v1/search", 405, "method_not_allowed", false},
		{"DELETE", fake{}, "DELETE", "/api/v1/tags", 405, "method_not_allowed", false},
		{"invented method", fake{}, "FIND", "/healthz", 405, "method_not_allowed", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, log := ask(t, &tt.fake, tt.method, tt.path)
			checkJSON(t, w)
			e := errorOf(t, w)
			if w.Code != tt.status || e.Code != tt.code || (log != "") != tt.logged {
				t.Errorf("status %d, code %q, logged %q; want %d, %q, %v", w.Code, e.Code, log, tt.status, tt.code, tt.logged)
			}
			if tt.code != "" && (e.Message == "" || e.Fix == "") {
				t.Errorf("no message or no fix: %+v", e)
			}
			if strings.Contains(w.Body.String(), "/srv") {
				t.Errorf("a path of the server is in the answer: %s", w.Body)
			}
			if allow := w.Header().Get("Allow"); (allow != "") != (tt.status == 405) {
				t.Errorf("Allow %q with status %d", allow, tt.status)
			}
		})
	}
}

func TestRequestIsBounded(t *testing.T) {
	f := &fake{}
	ask(t, f, "GET", "/api/v1/search")
	if _, ok := f.ctx.Deadline(); !ok {
		t.Error("no deadline")
	}
}

func TestClientGone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var log bytes.Buffer
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/api/v1/search", nil)
	newAPI(t, &fake{err: context.Canceled}, Options{Log: failuresTo(&log)}).ServeHTTP(w, r)
	if log.Len() > 0 {
		t.Errorf("logged %q", log.String())
	}
}
