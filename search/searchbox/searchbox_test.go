package searchbox

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/catalog"
	"chaja/search/httpapi"
)

// maxScript is what the script may weigh, compressed, with its styles; maxLanguage what one more language adds.
const (
	maxScript   = 14 << 10
	maxLanguage = 1 << 10
)

// withThird is the catalog of the program and a third language, with as much to say as Korean and in other letters.
func withThird(t *testing.T) *catalog.Catalog {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"en.json", "ko.json"} {
		source, err := os.ReadFile("../catalog/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: source}
	}
	other := func(r rune) rune {
		if r >= '가' && r <= '힣' {
			return '가' + (r-'가'+4321)%('힣'-'가')
		}
		return r
	}
	files["ja.json"] = &fstest.MapFile{Data: bytes.Map(other, files["ko.json"].Data)}
	texts, err := catalog.New(files)
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// TestBundleIsSmall: as it is, and what a third language adds.
func TestBundleIsSmall(t *testing.T) {
	script, err := bundle(withThird(t))
	if err != nil {
		t.Fatal(err)
	}
	h, err := httpapi.New(hostile{}, httpapi.Options{Texts: withThird(t), Pages: func(b httpapi.Backend) (http.Handler, error) {
		return New(b, Blog{})
	}})
	if err != nil {
		t.Fatal(err)
	}
	third := get(h, "/search-box.js", "Accept-Encoding", "gzip").Body.Len()
	size := ask(t, hostile{}, "/search-box.js", "Accept-Encoding", "gzip").Body.Len()
	t.Logf("%d bytes, compressed %d; with a third language %d", len(script), size, third)
	if size > maxScript || third > size+maxLanguage {
		t.Errorf("the search box weighs %d bytes, want at most %d; a language %d, want at most %d", size, maxScript, third-size, maxLanguage)
	}
	for _, line := range strings.Split(string(script), "\n") {
		if strings.HasPrefix(line, "import ") || strings.HasPrefix(line, "export ") {
			t.Errorf("the bundle still has %q", line)
		}
	}
	for _, sink := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", ".style."} {
		if strings.Contains(string(script), sink) {
			t.Errorf("the bundle has %s", sink)
		}
	}
}

func TestSegments(t *testing.T) {
	tests := []struct {
		name, field string
		want        []segment
	}{
		{"plain", "a &lt;b&gt; &amp;amp;", []segment{{Text: "a <b> &amp;"}}},
		{"marked", "x<mark>성능</mark>을", []segment{{Text: "x"}, {"성능", true}, {Text: "을"}}},
		{"other markup stays text", "<img src=x>", []segment{{Text: "<img src=x>"}}},
		{"empty", "", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, segments(test.field)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// hostile answers with markup in every field.
type hostile struct{}

const attack = `"><script>alert(1)</script>`

func (hostile) Search(_ context.Context, r search.Request) (search.Result, error) {
	return search.Result{
		Query: r.Query, Total: 30, Full: 30, Warning: attack, Suggestion: &search.Suggestion{Query: attack},
		Hits: []search.Hit{{URL: "javascript:alert(1)", Title: attack, TitleHTML: attack, Tags: []string{attack}, Missing: []string{attack},
			Sections: []search.HitSection{{HeadingHTML: attack, ExcerptHTML: attack, URL: "javascript:alert(1)"}}}},
		Facets: search.Facets{Tags: []search.Facet{{Value: attack, Count: 3}}, Years: []search.Facet{{Value: "2021", Count: 3}}},
	}, nil
}

func (hostile) Suggest(context.Context, string, int) (search.Suggestions, error) {
	return search.Suggestions{}, nil
}

func (hostile) Related(context.Context, string, int) ([]search.Hit, error) { return nil, nil }

func (hostile) Ready(context.Context) error { return nil }

func (hostile) Facets(context.Context) (search.Facets, error) {
	return search.Facets{Tags: []search.Facet{{Value: attack, Count: 3}}}, nil
}

func TestPagesEscape(t *testing.T) {
	for _, path := range []string{"/", "/?q=%22%3E%3Cscript%3E", "/?q=a&tag=%22%3E%3Cscript%3E&after=2021&before=2022&page=99999&sort=no", "/tags"} {
		answer := ask(t, hostile{}, path)
		body := answer.Body.String()
		if answer.Code != http.StatusOK || strings.Contains(body, "<script>") || strings.Contains(body, `href="javascript:`) {
			t.Errorf("%s answers %d:\n%s", path, answer.Code, body)
		}
		if got := answer.Header().Get("Content-Security-Policy"); got != policy {
			t.Errorf("%s has the policy %q", path, got)
		}
		if answer.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
	}
}
