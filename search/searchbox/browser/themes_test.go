package browser

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// hexoVariable names a folder with Hexo's node_modules.
const hexoVariable = "CHAJA_HEXO"

// TestThemes builds each example of docs/themes with its generator, where it is installed, and searches in it.
func TestThemes(t *testing.T) {
	w := need(t)
	themes := []struct {
		name, public string
		build        []string
	}{
		{"html", ".", nil},
		{"jekyll", "_site", []string{"jekyll", "build", "--quiet"}},
		{"hugo", "public", []string{"hugo", "--quiet"}},
		{"hexo", "public", []string{filepath.Join(os.Getenv(hexoVariable), "node_modules", ".bin", "hexo"), "generate", "--silent"}},
	}
	for _, theme := range themes {
		t.Run(theme.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS("../../../docs/themes/"+theme.name)); err != nil {
				t.Fatal(err)
			}
			if theme.build != nil {
				build(t, dir, theme.build)
			}
			site := serveStatic(t, filepath.Join(dir, theme.public), w.blog.URL)
			p := open(t, site, desktop)
			p.until("the box is there", `!!document.querySelector("chaja-search").shadowRoot`)
			p.run(`window.$ = (s) => document.querySelector("chaja-search").shadowRoot.querySelector(s)`)
			p.press("/")
			p.until("the dialog is open", `$("dialog").open`)
			p.write("쿼리")
			p.until("there are results", `!!$(".open .post")`)
		})
	}
}

func build(t *testing.T, dir string, command []string) {
	t.Helper()
	path, err := exec.LookPath(command[0])
	if err != nil {
		t.Skipf("the generator is not installed: %v", err)
	}
	if modules := filepath.Join(os.Getenv(hexoVariable), "node_modules"); filepath.Base(path) == "hexo" {
		if err := os.Symlink(modules, filepath.Join(dir, "node_modules")); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(path, command[1:]...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", command[0], err, out)
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
