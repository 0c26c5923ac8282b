package main

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"chaja/search/bleveindex"
	"chaja/search/generation"
	"chaja/search/hangul"
	"chaja/search/httpapi"
	"chaja/search/service"
)

// hostile are requests that look for what breaks: each gets a whole answer of its status, soon. What a connection can do
// wrong, and what many clients can, is tested in package httpapi.
var hostile = []struct {
	name   string
	path   string // with what is not q
	q      string
	status int
}{
	{"everything", "", "*", 200},
	{"two wildcards", "", "**", 200},
	{"a wildcard on both sides", "", "*가*", 200},
	{"a question mark", "", "?", 200},
	{"a regular expression", "", "/.*/", 200},
	{"a regular expression that explodes", "", "/(.{1,30}){1,30}/", 200},
	{"a regular expression too long", "", "/" + strings.Repeat("(a|b)*", 17<<10) + "/", 431},
	{"a fuzzy word", "", "가~2", 200},
	{"a fuzzy word of nine", "", "가~9", 200},
	{"a boost beyond any number", "", "가나^1e999", 200},
	{"a boost of no number", "", "가나^NaN", 200},
	{"as many words as fit", "", strings.Repeat("a ", httpapi.MaxQueryBytes/2), 200},
	{"20,000 words", "", strings.Repeat("a ", 20_000), 400},
	{"as many different words as are used", "", manyWords(32), 200},
	{"any of as many words", "", strings.ReplaceAll(manyWords(16), " ", " OR "), 200},
	{"none of as many words", "", "-" + strings.ReplaceAll(manyWords(24), " ", " -"), 200},
	{"phrases of as many words", "", `"` + strings.ReplaceAll(manyWords(24), " ", `" "`) + `"`, 200},
	{"as many words in titles", "", "title:" + strings.ReplaceAll(manyWords(24), " ", " title:"), 200},
	{"as many words that no post has", "", reversed(manyWords(32)), 200},
	{"as many words of two", "", pairedWords(32), 200},
	{"as many words on the other layout", "", hangul.ToLatin(pairedWords(32)), 200},
	{"as many words on the other layout that no post has", "", hangul.ToLatin(reversed(manyWords(32))), 200},
	{"as many words as one", "", strings.ReplaceAll(manyWords(24), " ", ""), 200},
	{"a long phrase of words that all have", "", `"` + manyWords(24) + `"`, 200},
	{"a megabyte", "", strings.Repeat("가", 1<<20/3), 431},
	{"brackets without end", "", strings.Repeat("(", 10_000), 200},
	{"minuses without end", "", strings.Repeat("-", 10_000), 200},
	{"minuses and words", "", strings.Repeat("-a ", 4000), 200},
	{"an open quote", "", `"느려진 쿼리`, 200},
	{"open quotes without end", "", strings.Repeat(`"a" `, 4000), 200},
	{"a phrase without end", "", `"` + strings.Repeat("a ", 4000) + `"`, 200},
	{"operators", "", "AND OR NOT && || !", 200},
	{"a particle", "", "을", 200},
	{"particles", "", "은 는 이 가", 200},
	{"nothing wanted", "", "-가나", 200},
	{"pages before the first", "page=-1", "", 400},
	{"fewer than none on a page", "per_page=-1", "", 400},
	{"a billion on a page", "per_page=1000000000", "", 400},
	{"page a billion", "page=1e9", "", 400},
	{"page beyond any number", "page=" + strings.Repeat("9", 400), "", 400},
	{"page of no number", "page=NaN", "", 400},
	{"the product beyond any number", "page=9223372036854775807&per_page=100", "", 400},
	{"deep pages", "page=11&per_page=100", "", 400},
	{"the deepest page", "page=10&per_page=100", "", 200},
	{"one initial consonant", "prefix=1", "ㄱ", 200},
	{"many initial consonants", "", "ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅅ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ", 200},
	{"ten thousand laughs", "", strings.Repeat("ㅋ", 5000), 200},
	{"a half-typed letter", "prefix=1", "이", 200},
	{"one vowel", "", "ㅏ", 200},
	{"conjoining letters", "", "\u1100\u1161\u11a8", 200},
	{"a half-width letter", "", "\uffa1", 200},
	{"the filler", "", "\u3164", 200},
	{"old Hangul", "", "\u1112\u119e\u11ab", 200},
	{"decomposed", "", "\u110f\u116f\u1105\u1175", 200},
	{"invalid UTF-8", "q=%FF%FE", "", 200},
	{"overlong UTF-8", "q=%C0%AF", "", 200},
	{"half a pair", "q=%ED%A0%80", "", 200},
	{"controls", "q=%00%01%1b%5b31m%7f", "", 200},
	{"marks of direction", "", "\ufeff\u200b\u200d\u202eabc", 200},
	{"a script", "tag=%3Cscript%3E", "<script>alert(1)</script>", 200},
	{"an image", "category=%3Cimg%3E", `"><img src=x onerror=alert(1)>`, 200},
	{"a bad escape", "q=%zz", "", 400},
	{"a query twice", "q=a&q=b", "", 200},
	{"a thousand tags", strings.Repeat("tag=a&", 1000), "", 400},
	{"a field to sort by", "sort=_id", "", 400},
	{"a field to count", "facet=_id", "", 200},
	{"a day that is none", "after=2019-13-45", "", 400},
	{"the last year", "after=9999&before=0001", "", 200},
}

// manyWords are the different words of a query as long as is used.
func manyWords(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("%s%s", vocabulary()[i%len(vocabulary())], []string{"", "에서"}[i/len(vocabulary())%2])
	}
	return strings.Join(words, " ")
}

// pairedWords are different words that are two of the vocabulary without a blank.
func pairedWords(n int) string {
	words := make([]string, n)
	for i := range words {
		all := vocabulary()[:18] // Hangul
		words[i] = all[i%len(all)] + all[(i*7+i/len(all)+1)%len(all)]
	}
	return strings.Join(words, " ")
}

// reversed is text written backwards.
func reversed(text string) string {
	letters := []rune(text)
	slices.Reverse(letters)
	return string(letters)
}

// markup is what a value of an answer must not bring along into a page.
var markup = regexp.MustCompile(`_html": *"[^"]*<(script|img)`)

func TestHostile(t *testing.T) {
	site := indexedSite(t)
	write(t, filepath.Join(site, "posts", "bad.md"), "---\ntitle: <script>alert(1)</script>\ntags: ['\"><img src=x>']\npermalink: javascript:alert(1)\n---\n# <img src=x>\n\nquetzalcoatl <script>alert(1)</script>")
	fine(t, "index", "--site", site)
	s := serveSite(t, "--site", site)
	for _, tt := range hostile {
		for _, path := range []string{"/api/v1/search?", "/api/v1/suggest?", "/opensearch/suggest?"} {
			if tt.status == 400 && tt.path != "" && !strings.Contains(tt.path, "%zz") && path != "/api/v1/search?" {
				continue // a parameter that only a search has
			}
			t.Run(tt.name+" "+path, func(t *testing.T) {
				target := s.base + path + tt.path
				if tt.q != "" {
					target += "&q=" + url.QueryEscape(tt.q)
				}
				begin := time.Now()
				response, err := http.Get(target)
				must(t, err)
				defer response.Body.Close()
				body, err := io.ReadAll(response.Body)
				must(t, err)
				if took := time.Since(begin); response.StatusCode != tt.status || took > patience {
					t.Errorf("status %d after %v, want %d: %.200s", response.StatusCode, took, tt.status, body)
				}
				if markup.Match(body) || strings.ContainsAny(string(body), "\x00\x1b\u202e") {
					t.Errorf("what was asked is let through: %.300s", body)
				}
			})
		}
	}
	_, answer := s.get(t, "/api/v1/search?q=quetzalcoatl")
	hit := answer["hits"].([]any)[0].(map[string]any)
	if u := hit["url"].(string); !strings.HasPrefix(u, "/") || strings.HasPrefix(u, "//") {
		t.Errorf("url %q", u)
	}
}

// TestHostileFindsFew: what has no word to look for does not find all that there is.
func TestHostileFindsFew(t *testing.T) {
	site := indexedSite(t)
	s := serveSite(t, "--site", site)
	all := s.total(t, "-quetzalcoatl") // all others
	for _, query := range []string{"*", "?", "/.*/", "~2", "^NaN", "AND", "OR NOT", "&& ||", "( )", "을", "은 는", "the", "ㅏ", "\u3164", `"`} {
		if got := s.total(t, query); got < 0 || got >= all {
			t.Errorf("%q finds %d of %d", query, got, all)
		}
	}
}

// TestHostileDates: days at the ends of the calendar, and beyond them by the clock of another place, are indexed, found and
// shown.
func TestHostileDates(t *testing.T) {
	site := newSite(t, map[string]string{
		"last.md":  "---\ndate: 9999-12-31 23:59 -1200\n---\nquetzalcoatl",
		"first.md": "---\ndate: 0000-01-01 00:00 +1400\n---\nquetzalcoatl",
		"leap.md":  "---\ndate: 2016-12-31 23:59:60 +0000\n---\nquetzalcoatl",
	})
	fine(t, "index", "--site", site)
	s := serveSite(t, "--site", site)
	for query, want := range map[string]int{
		"quetzalcoatl": 3, "quetzalcoatl after:9999": 1, "quetzalcoatl before:0001": 1, "quetzalcoatl after:2016-12-31 before:2017-01-01": 1,
	} {
		if got := s.total(t, query); got != want {
			t.Errorf("%q finds %d, want %d", query, got, want)
		}
	}
	if out := fine(t, "search", "--site", site, "--json", "quetzalcoatl"); !strings.Contains(out, `"2016-12-31T`) {
		t.Errorf("a leap second: %s", out)
	}
}

// TestHostileSpellings: one word in different forms of Unicode finds the same.
func TestHostileSpellings(t *testing.T) {
	s := serveSite(t, "--site", indexedSite(t))
	want := s.total(t, "쿼리")
	for _, other := range []string{"\u110f\u116f\u1105\u1175", "쿼\u200b리", "\ufeff쿼리", "쿼리\x00"} {
		if got := s.total(t, other); got != want || want == 0 {
			t.Errorf("%+q finds %d, want %d", other, got, want)
		}
	}
}

// TestHostileBodies: no path reads a body, so none can be too deep, too long or inflate: it is refused or not looked at.
func TestHostileBodies(t *testing.T) {
	s := serveSite(t, "--site", indexedSite(t))
	tests := []struct {
		name, method, encoding string
		body                   io.Reader
		status                 int
	}{
		{"JSON a million deep", "POST", "", strings.NewReader(strings.Repeat("[", 1_000_000)), 405},
		{"ten megabytes", "POST", "", io.LimitReader(endless{}, 10<<20), 405},
		{"ten megabytes with GET", "GET", "", io.LimitReader(endless{}, 10<<20), 200},
		{"gzip that inflates", "POST", "gzip", io.LimitReader(endless{}, 1<<20), 405},
		{"gzip with GET", "GET", "gzip", io.LimitReader(endless{}, 1<<10), 200},
		{"keys twice", "PUT", "", strings.NewReader(`{"q":1,"q":[]}`), 405},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), tt.method, s.base+"/api/v1/search?q=쿼리", tt.body)
			must(t, err)
			r.Header.Set("Content-Encoding", tt.encoding)
			response, err := http.DefaultClient.Do(r)
			if err != nil {
				return // the server closed before it had read all of it
			}
			defer response.Body.Close()
			if response.StatusCode != tt.status {
				t.Errorf("status %d, want %d", response.StatusCode, tt.status)
			}
		})
	}
	if got := s.total(t, "쿼리"); got <= 0 {
		t.Errorf("afterwards %d posts are found", got)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// vocabulary is what the posts of BenchmarkHostile are written with. All words are in nearly all posts, which no real
// site has, so that every word of a query walks the whole index.
func vocabulary() []string {
	return strings.Fields("도서관 자원봉사 빵집 발효 오븐 등대 파도 새벽 우체국 편지 기차역 시간표 인덱스 쿼리 이미지 이벤트 server latency queue batch deploy rollback cache index")
}

// syntheticSite writes posts of random words of the vocabulary, and a few of their own.
func syntheticSite(tb testing.TB, posts int) string {
	tb.Helper()
	words, random := vocabulary(), rand.New(rand.NewPCG(3, 4))
	endings := strings.Fields("은 는 이 가 을 를 에서 으로 까지 처럼")
	dir := tb.TempDir()
	for i := range posts {
		file, err := os.Create(filepath.Join(dir, fmt.Sprintf("%05d.md", i)))
		if err != nil {
			tb.Fatal(err)
		}
		out := bufio.NewWriter(file)
		fmt.Fprintf(out, "---\ntitle: %s %s %d\ndate: %d-05-04\ntags: [%s, t%d]\n---\n", words[random.IntN(len(words))], words[random.IntN(len(words))], i,
			2000+i%25, words[random.IntN(len(words))], i%500)
		for n := range 150 {
			fmt.Fprintf(out, "%s%s ", words[random.IntN(len(words))], endings[random.IntN(len(endings))])
			if n%50 == 0 {
				fmt.Fprintf(out, "\n\n## %s w%d\n\n", words[random.IntN(len(words))], random.IntN(5000))
			}
		}
		if err := out.Flush(); err != nil {
			tb.Fatal(err)
		}
		file.Close()
	}
	return dir
}

// BenchmarkHostile asks the hostile queries of 10,000 posts that have all the words, through the whole handler: one client
// after the other, so that a row is the time that one request takes.
func BenchmarkHostile(b *testing.B) {
	site := syntheticSite(b, 10_000)
	if code := run(b.Context(), []string{"index", "--site", site}, streams{nil, io.Discard, io.Discard}); code != exitFine {
		b.Fatalf("chaja index: exit %d", code)
	}
	analyzer, err := new(dictionary).analyzer()
	if err != nil {
		b.Fatal(err)
	}
	index := generation.NewManager(filepath.Join(site, ".chaja"), bleveindex.NewEngine(analyzer), slog.New(slog.DiscardHandler))
	defer index.Close()
	handler, err := httpapi.New(service.New(index, analyzer), httpapi.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, tt := range hostile {
		if tt.status != http.StatusOK {
			continue
		}
		b.Run(tt.name, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, "/api/v1/search?"+tt.path+"&q="+url.QueryEscape(tt.q), nil)
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				if handler.ServeHTTP(w, r); w.Code != http.StatusOK {
					b.Fatalf("status %d: %.200s", w.Code, w.Body)
				}
			}
		})
	}
	b.Run("related posts", func(b *testing.B) { related(b, handler) })
}

// related asks for the posts like one after the other, and reports how long all but a hundredth of the answers take.
func related(b *testing.B, handler http.Handler) {
	var took []time.Duration
	for b.Loop() {
		r := httptest.NewRequest(http.MethodGet, fmt.Sprintf("/api/v1/related?id=%05d.md", len(took)*7%10_000), nil)
		w := httptest.NewRecorder()
		begin := time.Now()
		if handler.ServeHTTP(w, r); w.Code != http.StatusOK {
			b.Fatalf("status %d: %.200s", w.Code, w.Body)
		}
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
