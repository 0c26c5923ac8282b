package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chaja/search"
	"chaja/search/analysis"
	"chaja/search/analysis/korean"
	"chaja/search/lexicon"
	"chaja/search/memindex"
	"chaja/search/service"
)

// realService answers from a few posts that have everything an answer can show.
func realService(t testing.TB) *service.Service {
	t.Helper()
	ko, err := korean.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	analyzer := analysis.New(ko)
	index := memindex.New(analyzer)
	var batch search.Batch
	for i, title := range []string{"등대지기의 하루", "파도와 등대", "Lighthouse <script>alert(1)</script>"} {
		body := "등대는 밤마다 불을 밝힌다. The lighthouse & its keeper. 파도가 높은 날에는 <b>배</b>가 없다."
		batch.Put = append(batch.Put, search.Document{
			ID: fmt.Sprintf("posts/%d.md", i), URL: fmt.Sprintf("/%d/", i), Title: title, Lang: "ko", Hash: "h", Body: body,
			Date: time.Date(2020+i, 5, 4, 0, 0, 0, 0, time.UTC), Tags: []string{"바다", `"><img src=x>`}, Categories: []string{"기록"},
			Sections: []search.Section{{Heading: "등대의 불", Level: 2, Anchor: "등대의-불", End: len(body)}},
		})
	}
	batch.Put = append(batch.Put, search.Document{ID: "bare.md", URL: "/bare/", Title: "bare", Hash: "h"})
	if err := index.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	return service.New(lexicon.Learning{Index: index, Analyzer: analyzer}, analyzer)
}

// get asks a handler and returns the answer, and its body with numbers as they are written.
func get(t *testing.T, h http.Handler, target string, headers ...string) (*httptest.ResponseRecorder, any) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	decoder := json.NewDecoder(bytes.NewReader(w.Body.Bytes()))
	decoder.UseNumber()
	var value any
	_ = decoder.Decode(&value) // not all is JSON
	return w, value
}

// describedPaths reads /openapi.json as a client does.
func describedPaths(t *testing.T, h http.Handler) (root, paths object) {
	t.Helper()
	w, _ := get(t, h, "/openapi.json")
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	var plain any // with numbers as numbers
	if err := json.Unmarshal(w.Body.Bytes(), &plain); err != nil {
		t.Fatal(err)
	}
	root = plain.(object)
	return root, root["paths"].(object)
}

// TestOpenAPIAnswers: what every path answers is what the description says: status, type and every field.
func TestOpenAPIAnswers(t *testing.T) {
	h := newAPI(t, realService(t), Options{State: func() IndexState { return IndexState{Generation: "gen-1"} }})
	root, paths := describedPaths(t, h)
	queries := []string{"", "q=등대", "q=등대&prefix=1", "q=파도 등대 없는말", "q=emdeo", "q=등데", "q=?!", "q=" + strings.Repeat("낱말 ", 100),
		"q=lighthouse&tag=바다&category=기록&sort=newest&after=2019&before=2030-01&lang=ko&page=1&per_page=2", "q=등&limit=3", "id=posts/1.md&limit=2", "id=none",
		"page=0", "limit=99", "pretty=yes", "q=" + strings.Repeat("a", MaxQueryBytes+1), "q=%"}
	for path, item := range paths {
		for _, query := range queries {
			target := path + "?" + strings.ReplaceAll(query, " ", "+")
			w, value := get(t, h, target)
			response, ok := item.(object)["get"].(object)["responses"].(object)[fmt.Sprint(w.Code)].(object)
			if !ok {
				t.Errorf("%.80s: status %d is not described", target, w.Code)
				continue
			}
			if ref, ok := response["$ref"].(string); ok {
				response = lookUp(root, ref)
			}
			checkHeaders(t, target, w, response)
			media, _, _ := mime.ParseMediaType(w.Header().Get("Content-Type"))
			content, ok := response["content"].(object)[media].(object)
			if !ok {
				t.Errorf("%.80s: type %q is not described", target, media)
				continue
			}
			if schema := content["schema"].(object); schema["type"] != "string" {
				for _, wrong := range conforms(root, schema, value, "") {
					t.Errorf("%.80s: %s", target, wrong)
				}
			}
		}
	}
}

// checkHeaders: of the headers that a client may need an answer has those that are described.
func checkHeaders(t *testing.T, target string, w *httptest.ResponseRecorder, response object) {
	t.Helper()
	described, _ := response["headers"].(object)
	for _, name := range []string{"ETag", "Retry-After", requestIDHeader} {
		if has := w.Header().Get(name) != ""; has != (described[name] != nil) {
			t.Errorf("%.80s: status %d has %s: %v, which is not as described", target, w.Code, name, has)
		}
	}
}

// TestOpenAPIRequestHeaders: every operation takes Accept-Language, and If-None-Match if it answers 304.
func TestOpenAPIRequestHeaders(t *testing.T) {
	root, paths := describedPaths(t, newAPI(t, &fake{}, Options{}))
	for path, item := range paths {
		operation := item.(object)["get"].(object)
		takes := map[string]bool{}
		for _, p := range operation["parameters"].([]any) {
			if ref, ok := p.(object)["$ref"].(string); ok {
				header := lookUp(root, ref)
				takes[header["name"].(string)] = header["in"] == "header" && header["description"] != ""
			}
		}
		notModified, _ := operation["responses"].(object)["304"].(object)
		want := map[string]bool{"Accept-Language": true}
		if notModified != nil {
			want["If-None-Match"] = true
			if headers, _ := lookUp(root, notModified["$ref"].(string))["headers"].(object); headers["ETag"] == nil {
				t.Errorf("%s: 304 without ETag", path)
			}
		}
		if diff := cmp.Diff(want, takes); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

// TestOpenAPIFailures: whatever goes wrong, the status is described, with the code that it has.
func TestOpenAPIFailures(t *testing.T) {
	for name, f := range map[string]*fake{
		"no index": {err: search.ErrNoIndex}, "another index": {err: search.ErrOutdated}, "too slow": {err: context.DeadlineExceeded},
		"busy": {err: ErrBusy}, "broken": {err: errors.New("broken")}, "too often": {}, "panic": {panics: true},
	} {
		h := newAPI(t, f, Options{Rate: 1})
		root, paths := describedPaths(t, newAPI(t, f, Options{Rate: 1}))
		for path, item := range paths {
			for range burst + 1 { // the last one is too often
				w, value := get(t, h, path+"?id=a")
				response, _ := item.(object)["get"].(object)["responses"].(object)[fmt.Sprint(w.Code)].(object)
				if response == nil {
					t.Errorf("%s, %s: status %d is not described", name, path, w.Code)
				} else if ref, _ := response["$ref"].(string); w.Code >= 400 {
					checkHeaders(t, path, w, lookUp(root, ref))
					code, _ := value.(object)["error"].(object)["code"].(string)
					if text, _ := lookUp(root, ref)["description"].(string); !strings.Contains(text, code) {
						t.Errorf("%s, %s: %d says %s, described as %s", name, path, w.Code, code, text)
					}
				}
			}
		}
	}
}

// TestOpenAPIParameters: what the description says of a parameter is what the path does with it: the largest value is
// taken and the next one refused, and no other parameter is looked at.
func TestOpenAPIParameters(t *testing.T) {
	h := newAPI(t, &fake{}, Options{})
	_, paths := describedPaths(t, h)
	for path, item := range paths {
		parameters := slices.DeleteFunc(item.(object)["get"].(object)["parameters"].([]any), func(p any) bool { return p.(object)["$ref"] != nil })
		required := url.Values{}
		for _, p := range parameters {
			if name := p.(object)["name"].(string); p.(object)["required"] == true {
				required.Set(name, "a")
			}
		}
		if w, _ := get(t, h, path); (w.Code == http.StatusBadRequest) != (len(required) > 0) {
			t.Errorf("%s without parameters: status %d", path, w.Code)
		}
		for _, p := range parameters {
			name, schema := p.(object)["name"].(string), p.(object)["schema"].(object)
			good, bad := bounds(schema)
			for _, v := range good {
				if w, _ := get(t, h, path+"?"+repeated(required, name, v)); w.Code != http.StatusOK && !(name == "page" && w.Code == 400) {
					t.Errorf("%s %s=%.40q: status %d", path, name, v, w.Code)
				}
			}
			for _, v := range bad {
				if w, _ := get(t, h, path+"?"+repeated(required, name, v)); w.Code != http.StatusBadRequest {
					t.Errorf("%s %s=%.40q: status %d, want 400", path, name, v, w.Code)
				}
			}
			if p.(object)["description"] == "" {
				t.Errorf("%s: %s is not explained", path, name)
			}
		}
	}
}

func repeated(others url.Values, name string, values []string) string {
	all := maps.Clone(others)
	all[name] = values
	return all.Encode()
}

// bounds makes of a schema values just inside and just outside of it. An empty value is inside, unless it must be longer.
func bounds(schema object) (good, bad [][]string) {
	if schema["minLength"] != nil {
		bad = append(bad, []string{""})
	} else {
		good = append(good, []string{""})
	}
	if any, ok := schema["anyOf"].([]any); ok {
		schema = any[0].(object)
	}
	switch {
	case schema["type"] == "array":
		most := int(schema["maxItems"].(float64))
		return append(good, slices.Repeat([]string{"a"}, most)), append(bad, slices.Repeat([]string{"a"}, most+1))
	case schema["type"] == "integer":
		most := int(schema["maximum"].(float64))
		return append(good, []string{fmt.Sprint(schema["minimum"])}, []string{fmt.Sprint(most)}),
			append(bad, []string{fmt.Sprint(most + 1)}, []string{"0"}, []string{"x"}, []string{"1e3"})
	case schema["enum"] != nil:
		for _, v := range schema["enum"].([]any) {
			good = append(good, []string{v.(string)})
		}
		return good, append(bad, []string{"other"})
	case schema["x-maxBytes"] != nil:
		most := int(schema["x-maxBytes"].(float64))
		good, bad = append(good, []string{strings.Repeat("a", most)}), append(bad, []string{strings.Repeat("a", most+1)}, []string{strings.Repeat("글", most/3+1)})
		if schema["pattern"] == nil { // a language has no such letters
			good = append(good, []string{strings.Repeat("글", most/3)})
		}
		return good, bad
	}
	return days(schema["pattern"].(string), good, bad)
}

// days adds what looks like a day, and is one or none by the pattern of the schema. It has the days around the ends of all
// months, in common years and leap years.
func days(pattern string, good, bad [][]string) (_, _ [][]string) {
	is := regexp.MustCompile(pattern)
	texts := []string{"2019", "0000", "9999", "2019-08", "2019-12", "2019-00", "2019-13", "19", "2019-8", "20190829", "2019-08-29T00:00", "２０１９", "-019"}
	for _, year := range []string{"2019", "2020", "1900", "2000", "2400", "2100", "0004"} {
		for month := range 14 {
			for _, day := range []int{0, 1, 28, 29, 30, 31, 32} {
				texts = append(texts, fmt.Sprintf("%s-%02d-%02d", year, month, day))
			}
		}
	}
	for _, text := range texts {
		if is.MatchString(text) {
			good = append(good, []string{text})
		} else {
			bad = append(bad, []string{text})
		}
	}
	return good, bad
}

// TestOpenAPIIsWhole: every path of the mux is described, no operation twice, every reference leads somewhere and every
// component is referred to, objects stay open to fields that come later, and what is said of fields is said of fields that exist.
func TestOpenAPIIsWhole(t *testing.T) {
	h := newAPI(t, &fake{}, Options{Rate: 1})
	root, paths := describedPaths(t, h)
	a := build(&fake{}, Options{})
	names := map[string]bool{}
	for _, rt := range a.routes() {
		if paths[rt.path] == nil || rt.about == "" || names[rt.name] {
			t.Errorf("%s is not described, or not under a name of its own", rt.path)
		}
		names[rt.name] = true
	}
	referred := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case object:
			if ref, ok := v["$ref"].(string); ok {
				referred[ref] = true
				if lookUp(root, ref) == nil {
					t.Errorf("%s leads nowhere", ref)
				}
			}
			if v["additionalProperties"] != nil {
				t.Errorf("%v closes an object to which fields may be added", v)
			}
			for _, child := range v {
				walk(child)
			}
		case []any:
			for _, child := range v {
				walk(child)
			}
		}
	}
	walk(root)
	for kind, components := range root["components"].(object) {
		for name := range components.(object) {
			if ref := "#/components/" + kind + "/" + name; !referred[ref] {
				t.Errorf("nothing refers to %s", ref)
			}
		}
	}
	schemas := root["components"].(object)["schemas"].(object)
	for field := range abouts() {
		name, key, _ := strings.Cut(field, ".")
		schema, _ := schemas[strings.ToUpper(name[:1])+name[1:]].(object)
		if properties, _ := schema["properties"].(object); properties[key] == nil {
			t.Errorf("%s is explained but does not exist", field)
		}
	}
}
