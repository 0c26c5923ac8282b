package httpapi

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
)

type paramCase struct {
	name    string
	query   string
	want    func(*search.Request) // what differs from the defaults
	problem string
}

// paramCases has every parameter with good and bad values; it also seeds the fuzzer. A case with a problem is
// answered 400 and the message names the parameter.
var paramCases = []paramCase{
	{"nothing", "", func(*search.Request) {}, ""},
	{"unknown parameters", "utm=1&Q=x&page[]=2", func(*search.Request) {}, ""},
	{"a facet of an internal field", "facet=_id&facet=", func(*search.Request) {}, ""}, // not refused, as there is no such parameter

	{"q", "q=%EC%84%B1%EB%8A%A5+go", func(r *search.Request) { r.Query = "성능 go" }, ""},
	{"q with encoded signs", "q=C%2B%2B+100%25", func(r *search.Request) { r.Query = "C++ 100%" }, ""},
	{"q empty", "q=", func(*search.Request) {}, ""},
	{"q twice", "q=a&q=b", func(r *search.Request) { r.Query = "a" }, ""},
	{"q of invalid UTF-8", "q=a%FFb", func(r *search.Request) { r.Query = "a\ufffdb" }, ""},
	{"q with NUL", "q=a%00b", func(r *search.Request) { r.Query = "a b" }, ""},
	{"q of markup", "q=%3Cscript%3E", func(r *search.Request) { r.Query = "<script>" }, ""},
	{"q as long as allowed", "q=" + strings.Repeat("a", MaxQueryBytes), func(r *search.Request) { r.Query = strings.Repeat("a", MaxQueryBytes) }, ""},
	{"q of 20,000 words", "q=" + strings.Repeat("a+", 20_000), nil, "q"},
	{"q too long", "q=" + strings.Repeat("a", MaxQueryBytes+1), nil, "q"},
	{"stray percent sign", "q=100%", nil, "q"},
	{"percent sign and no digits", "page=1&tag=%zz", nil, "tag"},
	{"semicolon", "q=a;b", nil, "q"},
	{"unknown parameters, badly encoded", "utm=%zz&%zz=1&a;b", func(*search.Request) {}, ""},

	{"tag", "tag=Go", func(r *search.Request) { r.Tags = []string{"Go"} }, ""},
	{"tags", "tag=Go&tag=spring+boot", func(r *search.Request) { r.Tags = []string{"Go", "spring boot"} }, ""},
	{"tag empty", "tag=&tag=+", func(*search.Request) {}, ""},
	{"tag of invalid UTF-8", "tag=%FF", func(r *search.Request) { r.Tags = []string{"\ufffd"} }, ""},
	{"as many tags as allowed", strings.Repeat("tag=a&", MaxFilters), func(r *search.Request) { r.Tags = strings.Fields(strings.Repeat("a ", MaxFilters)) }, ""},
	{"too many tags", strings.Repeat("tag=a&", MaxFilters+1), nil, "tag"},
	{"tag too long", "tag=" + strings.Repeat("a", MaxValueBytes+1), nil, "tag"},
	{"category", "category=dev", func(r *search.Request) { r.Categories = []string{"dev"} }, ""},
	{"too many categories", strings.Repeat("category=a&", MaxFilters+1), nil, "category"},

	{"lang", "lang=ko", func(r *search.Request) { r.Lang = "ko" }, ""},
	{"lang with region", "lang=en-US", func(r *search.Request) { r.Lang = "en-US" }, ""},
	{"lang of other letters", "lang=%ED%95%9C", nil, "lang"},
	{"lang with a blank", "lang=k+o", nil, "lang"},

	{"after a year", "after=2019", func(r *search.Request) { r.After = kst(2019, 1, 1) }, ""},
	{"after a month", "after=2019-08", func(r *search.Request) { r.After = kst(2019, 8, 1) }, ""},
	{"after a day", "after=2019-08-29", func(r *search.Request) { r.After = kst(2019, 8, 29) }, ""},
	{"before a year", "before=2020", func(r *search.Request) { r.Before = kst(2020, 1, 1) }, ""},
	{"dates empty", "after=&before=", func(*search.Request) {}, ""},
	{"after nonsense", "after=soon", nil, "after"},
	{"after month 13", "after=2019-13", nil, "after"},
	{"before a European date", "before=29/08/2019", nil, "before"},

	{"sort by relevance", "sort=relevance", func(*search.Request) {}, ""},
	{"sort newest", "sort=newest", func(r *search.Request) { r.Sort = search.Newest }, ""},
	{"sort oldest", "sort=oldest", func(r *search.Request) { r.Sort = search.Oldest }, ""},
	{"sort empty", "sort=", func(*search.Request) {}, ""},
	{"sort by a field", "sort=-_id", nil, "sort"},

	{"page", "page=3", func(r *search.Request) { r.Page = 3 }, ""},
	{"page empty", "page=", func(*search.Request) {}, ""},
	{"page 0", "page=0", nil, "page"},
	{"page negative", "page=-1", nil, "page"},
	{"page NaN", "page=NaN", nil, "page"},
	{"page in exponents", "page=1e9", nil, "page"},
	{"page beyond any integer", "page=99999999999999999999", nil, "page"},
	{"per_page", "per_page=100", func(r *search.Request) { r.PerPage = 100 }, ""},
	{"per_page 0", "per_page=0", nil, "per_page"},
	{"per_page too large", "per_page=101", nil, "per_page"},
	{"last page", "page=10&per_page=100", func(r *search.Request) { r.Page, r.PerPage = 10, 100 }, ""},
	{"a page too deep", "page=11&per_page=100", nil, "page"},
	{"last page of the default size", "page=100", func(r *search.Request) { r.Page = 100 }, ""},
	{"a page too deep of the default size", "page=101", nil, "page"},
}

func kst(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.FixedZone("", 9*60*60))
}

func TestParameters(t *testing.T) {
	for _, tt := range paramCases {
		t.Run(tt.name, func(t *testing.T) {
			f := &fake{}
			w, _ := ask(t, f, "GET", "/api/v1/search?"+tt.query)
			checkJSON(t, w)
			if tt.problem != "" {
				e := errorOf(t, w)
				if w.Code != 400 || e.Code != "bad_parameter" || !strings.HasPrefix(e.Message, "parameter "+tt.problem+" ") || e.Fix == "" {
					t.Errorf("status %d, %+v", w.Code, e)
				}
				return
			}
			want := search.Request{Sort: search.ByRelevance, Way: search.WordsAndMeaning, Page: 1, PerPage: search.DefaultPerPage}
			tt.want(&want)
			if diff := cmp.Diff(want, f.asked); w.Code != 200 || diff != "" {
				t.Errorf("status %d, request (-want +got):\n%s", w.Code, diff)
			}
		})
	}
}

// TestClientEncodes: what the client writes of a request is read as the same request.
func TestClientEncodes(t *testing.T) {
	for _, tt := range paramCases {
		var want, got search.Request
		if tt.problem != "" {
			continue
		}
		if err := SearchParams(&want).read(tt.query); err != nil {
			t.Fatal(err)
		}
		if err := SearchParams(&got).read(SearchParams(&want).encode().Encode()); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestReadLoosely: a page takes what it can use of an address, and its links show that.
func TestReadLoosely(t *testing.T) {
	for _, tt := range paramCases {
		given, _ := url.ParseQuery(tt.query)
		var strict, loose search.Request
		kept := SearchParams(&loose).ReadLoosely(given)
		if tt.problem != "" {
			if kept.Has(tt.problem) && tt.problem != "page" && len(kept[tt.problem]) < MaxFilters {
				t.Errorf("%s: kept %q", tt.name, kept)
			}
			continue
		}
		if err := SearchParams(&strict).read(tt.query); err != nil {
			t.Fatal(err)
		}
		if strict.PerPage = search.DefaultPerPage; !cmp.Equal(strict, loose) {
			t.Errorf("%s (-API +page):\n%s", tt.name, cmp.Diff(strict, loose))
		}
	}
	var r search.Request
	given := url.Values{"q": {" a\x00b "}, "tag": {"x", " ", strings.Repeat("a", MaxValueBytes+1), "y"}, "lang": {"k o"}, "sort": {"relevance"},
		"after": {"2019-08"}, "before": {"soon"}, "page": {"5000"}, "per_page": {"3"}, "explain": {"1"}, "utm": {"1"}}
	kept := SearchParams(&r).ReadLoosely(given)
	if diff := cmp.Diff(url.Values{"q": {"a b"}, "tag": {"x", "y"}, "after": {"2019-08"}}, kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	want := search.Request{Query: "a b", Tags: []string{"x", "y"}, After: kst(2019, 8, 1), Sort: search.ByRelevance, Way: search.WordsAndMeaning, Page: search.MaxDepth, PerPage: search.DefaultPerPage}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("request (-want +got):\n%s", diff)
	}
}

// TestManyWords: of as many words as a query may have some are used, and the answer says so.
func TestManyWords(t *testing.T) {
	w := do(newAPI(t, realService(t), Options{}), from(t, "203.0.113.7:1", "GET", "/api/v1/search?q="+strings.Repeat("a+", MaxQueryBytes/2)))
	var result search.Result
	if err := json.Unmarshal(w.Body.Bytes(), &result); err != nil || w.Code != http.StatusOK || result.Warning == "" || !result.Truncated {
		t.Errorf("status %d, notice %q, truncated %t, %v", w.Code, result.Warning, result.Truncated, err)
	}
}

// TestNoticeLanguage: what is said of a query is in the language of the client, and caches know.
func TestNoticeLanguage(t *testing.T) {
	api := newAPI(t, realService(t), Options{State: func() IndexState { return IndexState{Generation: "g"} }})
	tags := map[string]string{}
	for language, want := range map[string]string{"ko": "검색어를 입력하세요", "en-US": "type a word", "": "type a word"} {
		r := from(t, "203.0.113.7:1", "GET", "/api/v1/search?q=%3F")
		if language != "" {
			r.Header.Set("Accept-Language", language)
		}
		w := do(api, r)
		var result search.Result
		if err := json.Unmarshal(w.Body.Bytes(), &result); err != nil || !strings.Contains(result.Warning, want) {
			t.Errorf("%q: notice %q, want %q in it (%v)", language, result.Warning, want, err)
		}
		if !slices.Contains(w.Header().Values("Vary"), "Accept-Language") {
			t.Errorf("%q: Vary is %q", language, w.Header().Values("Vary"))
		}
		tags[language] = w.Header().Get("ETag")
	}
	if tags["ko"] == tags["en-US"] || tags["ko"] == "" {
		t.Errorf("ETags %q", tags)
	}
}

// TestBadEncoding: the message names what is wrong, and nothing that a page or terminal could stumble over.
func TestBadEncoding(t *testing.T) {
	for query, want := range map[string]string{
		"q=%zz": `parameter q has "%zz", which must be encoded`, "q=100%": `parameter q has "%", which must be encoded`,
		"q=a;b": `parameter q has ";", which must be encoded`, "tag=%\x01\x02": `parameter tag has "%\x01\x02", which must be encoded`,
	} {
		r := from(t, "203.0.113.7:1", "GET", "/api/v1/search")
		r.URL.RawQuery = query
		if e := errorOf(t, do(newAPI(t, &fake{}, Options{}), r)); e.Code != "bad_parameter" || e.Message != want {
			t.Errorf("%q: %+v", query, e)
		}
	}
}

// TestRelated: without an id there is nothing to be like.
func TestRelated(t *testing.T) {
	for target, want := range map[string]int{"": 400, "?id=": 400, "?id=+": 404, "?id=%00": 404, "?id=%E2%80%8B": 404, "?limit=3": 400, "?id=posts/1.md": 200, "?id=nope": 404} {
		h := newAPI(t, realService(t), Options{State: func() IndexState { return IndexState{Generation: "gen-1"} }})
		for _, have := range []string{"", "*", `W/"other"`} {
			w := do(h, from(t, "203.0.113.7:1", "GET", "/api/v1/related"+target, "If-None-Match", have))
			if w.Code != want && !(want == 200 && have == "*" && w.Code == 304) {
				t.Errorf("%q, If-None-Match %s: status %d %s", target, have, w.Code, w.Body)
			}
			if want == 400 && !strings.HasPrefix(errorOf(t, w).Message, "parameter id ") {
				t.Errorf("%q: %s", target, w.Body)
			}
		}
	}
}

// FuzzHandler: whatever is asked, the answer is no failure, and well-formed of its type: no input gets out of its place.
func FuzzHandler(f *testing.F) {
	for _, c := range paramCases {
		if len(c.query) < 1000 { // the fuzzer is slow with long seeds, and the limits have their cases above
			f.Add("GET", "/api/v1/search", c.query, "en", "")
		}
	}
	f.Add("GET", "/api/v1/tags", "q=%", "ko", "W/\"x\"")
	f.Add("POST", "/readyz", "", "", "")
	f.Add("OPTIONS", "/api/v1/suggest", "q=%3Cscript%3E&limit=3", "ko-KR,ko;q=0.9", "*")
	f.Add("HEAD", "/opensearch/suggest", "q=%22&pretty=1", "", "")
	f.Add("GET", "/opensearch.xml", "", "", "")
	f.Add("GET", "/openapi.json", "pretty=1", "", "")
	f.Add("GET", "/api/v1/%00", "", "", "")
	handler := newAPI(f, realService(f), Options{CORSOrigins: []string{"https://blog.example"}, State: func() IndexState { return IndexState{Generation: "gen-1"} }})
	f.Fuzz(func(t *testing.T, method, path, rawQuery, language, header string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Method, r.URL = method, &url.URL{Path: path, RawQuery: rawQuery}
		r.Host = header
		for _, name := range []string{"If-None-Match", "Origin", "X-Forwarded-For", requestIDHeader} {
			r.Header.Set(name, header)
		}
		r.Header.Set("Accept-Encoding", "identity")
		r.Header.Set("Accept-Language", language)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code >= 500 || !wellFormed(w) {
			t.Errorf("%s %q?%q: status %d, %v, %q", method, path, rawQuery, w.Code, w.Header(), w.Body)
		}
	})
}

// wellFormed checks an answer by its type.
func wellFormed(w *httptest.ResponseRecorder) bool {
	if w.Code >= 300 && w.Code < 400 || w.Code == http.StatusNoContent {
		return w.Body.Len() == 0
	}
	media, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
	switch media {
	case mediaJSON, mediaSuggestions:
		return json.Valid(w.Body.Bytes()) && !bytes.ContainsFunc(w.Body.Bytes(), func(r rune) bool { return r < ' ' && r != '\n' || r == 0x202e })
	case mediaOpenSearch:
		return xml.Unmarshal(w.Body.Bytes(), new(openSearchDescription)) == nil
	}
	return media == "text/plain"
}
