package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Variables of the environment that name folders with node_modules. In that of frameworks, each framework has a folder.
const (
	hexoVariable       = "CHAJA_HEXO"
	generatorsVariable = "CHAJA_NODE_GENERATORS"
	frameworksVariable = "CHAJA_FRAMEWORKS"
)

// theme is an example of docs/themes. write writes a page for a post into it, where the site shows posts without loading.
type theme struct {
	name, public string
	build        []string // the first is a program, or one of node_modules
	modules      string   // the folder of node_modules
	page, source string   // path of the page of a post, and its source
}

// The post that all sites have, as the sample site has it.
const (
	postPath    = "2021/08/postgresql-slow-query-index"
	postHeading = "타입이 다를 때"
	postAnchor  = "타입이-다를-때"
	postText    = "로그의 쿼리를 복사해서 실행했다."
	postJSX     = `<h1>post</h1><h2 id="` + postAnchor + `">` + postHeading + `</h2><p>` + postText + `</p>`
)

// themes are all examples; slow ones take a minute each to build.
func themes() []theme {
	hexo, generators := os.Getenv(hexoVariable), os.Getenv(generatorsVariable)
	return []theme{
		{name: "html", public: "."},
		{name: "jekyll", public: "_site", build: []string{"jekyll", "build", "--quiet"}},
		{name: "hugo", public: "public", build: []string{"hugo", "--quiet"}},
		{name: "hexo", public: "public", build: []string{"hexo", "generate", "--silent"}, modules: hexo},
		{name: "astro", public: "dist", build: []string{"astro", "build", "--silent"}, modules: generators, page: "src/pages/" + postPath + ".astro",
			source: "---\nimport Layout from \"../../../components/Layout.astro\";\n---\n<Layout title=\"post\">" + postJSX + "</Layout>\n"},
		{name: "vitepress", public: ".vitepress/dist", build: []string{"vitepress", "build"}, modules: generators, page: postPath + "/index.md",
			source: "# post\n\n## " + postHeading + " {#" + postAnchor + "}\n\n" + postText + "\n"},
		{name: "next", public: "out", build: []string{"next", "build"}, modules: framework("next"), page: "app/" + postPath + "/page.tsx",
			source: "export default function Post() {\n  return <article>" + postJSX + "</article>;\n}\n"},
		{name: "docusaurus", public: "build", build: []string{"docusaurus", "build"}, modules: framework("docusaurus"), page: "src/pages/" + postPath + ".js",
			source: "import Layout from \"@theme/Layout\";\nexport default function Post() {\n  return <Layout><main>" + postJSX + "</main></Layout>;\n}\n"},
		{name: "gatsby", public: "public", build: []string{"gatsby", "build"}, modules: framework("gatsby"), page: "src/pages/" + postPath + ".js",
			source: "import React from \"react\";\nimport Layout from \"../../../components/layout\";\nexport default function Post() {\n  return <Layout>" + postJSX + "</Layout>;\n}\n"},
	}
}

func framework(name string) string {
	if dir := os.Getenv(frameworksVariable); dir != "" {
		return filepath.Join(dir, name)
	}
	return ""
}

// TestThemes builds each example of docs/themes with its generator, where it is installed, and searches in it. Where the
// site navigates without loading, a result does so too, and its words are marked.
func TestThemes(t *testing.T) {
	need(t)
	for _, theme := range themes() {
		t.Run(theme.name, func(t *testing.T) { theme.search(t, filepath.Join(theme.make(t), theme.public)) })
	}
}

// search types into the box of a built site, and follows a result.
func (theme theme) search(t *testing.T, dir string) {
	t.Helper()
	p := open(t, serveStatic(t, dir, shared.blog.URL), view{900, 560, 1, false, "en"})
	p.until("the box is there", `!!document.querySelector("chaja-search")?.shadowRoot`)
	p.run(`localStorage.clear(); window.$ = (s) => document.querySelector("chaja-search").shadowRoot.querySelector(s)`)
	p.until("the key opens the dialog", `(document.activeElement.blur?.(), document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true, composed: true })), $("dialog").open)`)
	p.write("쿼리")
	p.until("there are results", `!!$(".open .section")`)
	if dir := os.Getenv(shotsVariable); dir != "" {
		p.save(filepath.Join(dir, "theme-"+theme.name+".png"))
	}
	if theme.page == "" {
		return
	}
	p.run(`window.stays = true`)
	p.press(down, down, enter)
	p.until("the section is there", fmt.Sprintf(`location.pathname.includes(%q) && !!document.getElementById(%q)`, postPath, postAnchor))
	p.until("its words are marked, and the address is clean", `[...(CSS.highlights.get("chaja") ?? [])].some((r) => String(r) === "쿼리" && document.contains(r.startContainer)) && !location.search`)
	p.is(true, `window.stays === true && decodeURIComponent(location.hash) === "#`+postAnchor+`"`)
}

// make copies the example and builds it. It returns its folder.
func (theme theme) make(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../../docs/themes/"+theme.name)); err != nil {
		t.Fatal(err)
	}
	if theme.build == nil {
		return dir
	}
	program, err := exec.LookPath(theme.build[0])
	if theme.modules != "" || theme.page != "" {
		program, err = exec.LookPath(filepath.Join(theme.modules, "node_modules", ".bin", theme.build[0]))
		theme.take(t, dir)
	}
	if err != nil && theme.modules != "" && os.Getenv(requiredVariable) != "" {
		t.Fatalf("the generator must be installed: %v", err)
	}
	if err != nil {
		t.Skipf("the generator is not installed: %v", err)
	}
	if filepath.IsAbs(program) && theme.modules != "" {
		program = filepath.Join(dir, "node_modules", ".bin", theme.build[0])
	}
	cmd := exec.Command(program, theme.build[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CI=1", "NODE_ENV=production", "NEXT_TELEMETRY_DISABLED=1", "GATSBY_TELEMETRY_DISABLED=1", "ASTRO_TELEMETRY_DISABLED=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", theme.build, err, out)
	}
	return dir
}

// take gives the example the modules of its generator, as links that look like files, since some generators follow links
// out of the site; the types of the box; and the page of the post.
func (theme theme) take(t *testing.T, dir string) {
	t.Helper()
	modules := filepath.Join(theme.modules, "node_modules")
	if _, err := os.Stat(modules); theme.modules == "" || err != nil {
		return
	}
	copied := filepath.Join(dir, "node_modules")
	if exec.Command("cp", "-al", modules, copied).Run() != nil { // on another disk
		if out, err := exec.Command("cp", "-a", modules, copied).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	types, err := os.ReadFile("../assets/npm/search-box.d.ts")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{theme.page: theme.source, "app/search-box.d.ts": string(types)} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if _, err := os.Stat(filepath.Join(dir, strings.Split(name, "/")[0])); name == "" || (err != nil && name != theme.page) {
			continue // only Next.js has a folder app
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// serveStatic serves a built site, with chaja behind /search/, and returns its address.
func serveStatic(t *testing.T, dir, blog string) string {
	t.Helper()
	target, err := url.Parse(blog)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/search/", httputil.NewSingleHostReverseProxy(target))
	mux.HandleFunc("/favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.Handle("/", http.FileServer(http.Dir(dir)))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// TestRecipes: the component that the page shows is that of the example, which is built.
func TestRecipes(t *testing.T) {
	page, err := os.ReadFile("../../../docs/themes/README.md")
	if err != nil {
		t.Fatal(err)
	}
	component, err := os.ReadFile("../../../docs/themes/next/app/search.tsx")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), "```tsx\n"+string(component)+"```\n") {
		t.Error("docs/themes/README.md shows another component than next/app/search.tsx")
	}
	for _, theme := range themes() {
		if !strings.Contains(string(page), "]("+theme.name) {
			t.Errorf("docs/themes/README.md does not name %s", theme.name)
		}
	}
}
