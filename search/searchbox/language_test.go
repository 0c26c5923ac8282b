package searchbox

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"chaja/search"
	"chaja/search/catalog"
	"chaja/search/httpapi"
)

// TestThirdLanguage: a file in the catalog is enough for a language to be offered by the API, the pages and the box, and
// asked of the search.
func TestThirdLanguage(t *testing.T) {
	texts, err := catalog.New(fstest.MapFS{
		"en.json": {Data: []byte(`{"common": {"search": "Search"}, "page": {"dates": "Dates"}, "errors": {"not_found": {"message": "nothing"}}}`)},
		"ja.json": {Data: []byte(`{"common": {"search": "検索", "posts": {"other": "記事{n}件"}}, "errors": {"not_found": {"message": "ありません"}}}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	var locale string
	h, err := httpapi.New(listening{locale: &locale}, httpapi.Options{Texts: texts, Pages: func(b httpapi.Backend) (http.Handler, error) {
		return New(b, Blog{})
	}})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string][]string{
		"/?q=a":              {`<html lang="ja">`, "検索", "記事30件", "Dates"},
		"/tags":              {`<html lang="ja">`, "検索"},
		"/api/v1/nothing":    {`"message":"ありません"`},
		"/api/v1/search?q=a": {`"total":30`},
		"/search-box.js":     {`ja:{lang:"ja",search:"検索"`},
	} {
		locale = ""
		w := get(h, path, "Accept-Language", "fr, ja-JP;q=0.9")
		for _, text := range want {
			if !strings.Contains(w.Body.String(), text) {
				t.Errorf("%s lacks %s: %s", path, text, w.Body)
			}
		}
		if strings.Contains(path, "q=a") && locale != "ja" {
			t.Errorf("%s asks in %q", path, locale)
		}
		if got := w.Header().Get("Content-Language"); w.Code == http.StatusNotFound && got != "ja" {
			t.Errorf("%s is in %q", path, got)
		}
	}
}

// listening keeps the language that it is asked in.
type listening struct {
	hostile
	locale *string
}

func (l listening) Search(ctx context.Context, r search.Request) (search.Result, error) {
	*l.locale = r.Locale
	return l.hostile.Search(ctx, r)
}

// TestBoxLanguages: the box takes the language of its page, or the nearest there is, and counts as that does.
func TestBoxLanguages(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("SKIP: no node on this machine")
	}
	source, err := assets.ReadFile("assets/box/texts.js")
	if err != nil {
		t.Fatal(err)
	}
	script := strings.Replace(string(source), `import languages from "./languages.json";`,
		`const languages = { en: { lang: "en", posts: { one: "1 post", other: "{n} posts" } }, ko: { lang: "ko", posts: { other: "글 {n}개" } }, "pt-br": { lang: "pt-BR", posts: {} } };`, 1) + `
for (const lang of ["ko", "ko-KR", "KO", "korean", "pt-BR", "pt", "", "en-GB", undefined]) {
  const t = textsFor(lang);
  console.log(t.lang, t.posts.other ? counted(t, t.posts, 1) + counted(t, t.posts, 2) : "");
}`
	file := filepath.Join(t.TempDir(), "texts.mjs")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(node, file).CombinedOutput()
	const want = "ko 글 1개글 2개\nko 글 1개글 2개\nko 글 1개글 2개\nen 1 post2 posts\npt-BR \nen 1 post2 posts\nen 1 post2 posts\nen 1 post2 posts\nen 1 post2 posts\n"
	if err != nil || string(out) != want {
		t.Errorf("%v: %s", err, out)
	}
}
