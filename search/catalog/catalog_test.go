package catalog

import (
	"encoding/json"
	"io/fs"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// placeholders returns for every text below value, by its path, the placeholders it has. The forms of a plural are one
// text, that of other.
func placeholders(value any, path string) map[string]string {
	if text, ok := value.(string); ok {
		names := regexp.MustCompile(`{\w*}`).FindAllString(text, -1)
		slices.Sort(names)
		return map[string]string{path: strings.Join(names, " ")}
	}
	found := map[string]string{}
	object, _ := value.(map[string]any)
	if other, ok := object["other"]; ok {
		return placeholders(other, path)
	}
	for key, value := range object {
		for path, names := range placeholders(value, path+"/"+key) {
			found[path] = names
		}
	}
	return found
}

// TestLanguagesAreWhole: all languages have the same keys, and the same placeholders in their texts.
func TestLanguagesAreWhole(t *testing.T) {
	names, err := fs.Glob(files, "*.json")
	if err != nil || len(names) < 2 {
		t.Fatalf("%q, %v", names, err)
	}
	var want map[string]string
	for _, name := range append([]string{Fallback + ".json"}, names...) {
		source, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var value any
		if err := json.Unmarshal(source, &value); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := placeholders(value, "")
		if want == nil {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-%s +%s):\n%s", name, Fallback, name, diff)
		}
	}
}

// TestNoTextIsEmpty: what the types name is in the files.
func TestNoTextIsEmpty(t *testing.T) {
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		switch v.Kind() {
		case reflect.String:
			if v.String() == "" {
				t.Errorf("%s is empty", path)
			}
		case reflect.Map:
			if v.Len() == 0 {
				t.Errorf("%s is empty", path)
			}
			for _, key := range v.MapKeys() {
				walk(v.MapIndex(key), path+"/"+key.String())
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if field := v.Type().Field(i); field.IsExported() {
					walk(v.Field(i), path+"/"+field.Name)
				}
			}
		}
	}
	for _, texts := range Embedded().Languages() {
		walk(reflect.ValueOf(*texts), texts.Lang)
	}
}

func TestMatch(t *testing.T) {
	c := catalog(t, map[string]string{"en": "{}", "ko": "{}", "ja": "{}", "pt-BR": "{}"})
	for accept, want := range map[string]string{
		"": "en", "ko": "ko", "ko-KR,ko;q=0.9,en-US;q=0.8": "ko", "en-US,en;q=0.9,ko;q=0.8": "en", "fr, ko;q=0.5": "ko", "fr": "en",
		"ko;q=0, en;q=0.1": "en", "*": "en", "\x00": "en", "ko;q=x": "en", "en;q=0.1,ko;q=0.2": "ko", "ja-JP": "ja", "ko;q=0.5, ja": "ja", "pt": "pt-BR",
		strings.Repeat("-", 5000): "en", strings.Repeat("ko,", 5000): "ko", "%!s(": "en",
	} {
		if got := c.Match(accept).Lang; got != want {
			t.Errorf("%.40q gets %s, want %s", accept, got, want)
		}
	}
}

// catalog reads a catalog of files, by tag.
func catalog(t *testing.T, sources map[string]string) *Catalog {
	t.Helper()
	files := fstest.MapFS{}
	for tag, source := range sources {
		files[tag+".json"] = &fstest.MapFile{Data: []byte(source)}
	}
	c, err := New(files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestFallback: a text that a language lacks is that of the fallback.
func TestFallback(t *testing.T) {
	c := catalog(t, map[string]string{"en": `{"common": {"search": "Search", "hint": "What?"}}`, "ja": `{"common": {"search": "検索"}}`})
	if got := c.Match("ja"); got.Search != "検索" || got.Hint != "What?" {
		t.Errorf("%+v", got.Common)
	}
	if got := c.Match("en"); got.Search != "Search" {
		t.Errorf("%+v", got.Common)
	}
}

func TestBadFiles(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"no fallback":  {"ko.json": {Data: []byte("{}")}},
		"no JSON":      {"en.json": {Data: []byte("{")}},
		"another key":  {"en.json": {Data: []byte(`{"comon": {}}`)}},
		"no language":  {"en.json": {Data: []byte("{}")}, "english.texts.json": {Data: []byte("{}")}},
		"another type": {"en.json": {Data: []byte(`{"common": {"search": 1}}`)}},
	} {
		if _, err := New(files); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// TestPlural: each language counts as it does.
func TestPlural(t *testing.T) {
	texts := `{"common": {"posts": {"one": "{n} пост", "few": "{n} поста", "other": "{n} постов"}, "some": "{full} + {rest}"}}`
	c := catalog(t, map[string]string{"en": `{"common": {"posts": {"one": "1 post", "other": "{n} posts"}}}`, "ru": texts})
	for want, got := range map[string]string{
		"0 posts": c.Match("en").Count(0, 0), "1 post": c.Match("en").Count(1, 1), "2 posts": c.Match("en").Count(2, 2),
		"21 пост": c.Match("ru").Count(21, 0), "3 поста": c.Match("ru").Count(3, 3), "5 постов": c.Match("ru").Count(5, 0), "2 + 3": c.Match("ru").Count(5, 2),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestWith: a value that looks like a placeholder stays as it is.
func TestWith(t *testing.T) {
	if got := Text("{a} and {b}, {c}").With("a", "{b}", "b", 2); got != "{b} and 2, {c}" {
		t.Error(got)
	}
	if text := Text("so {query}?"); text.Before() != "so " || text.After() != "?" {
		t.Errorf("%q %q", text.Before(), text.After())
	}
}
