package browser

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestHexoScript: the script that docs/themes has for Hexo puts a box that searches into a theme that knows nothing of it.
func TestHexoScript(t *testing.T) {
	need(t)
	readme, err := os.ReadFile("../../../docs/themes/README.md")
	if err != nil {
		t.Fatal(err)
	}
	script := regexp.MustCompile("(?s)```js\n(hexo\\..*?)```").FindSubmatch(readme)
	if script == nil {
		t.Fatal("docs/themes/README.md has no script for Hexo")
	}
	hexo := theme{name: "hexo", public: "public", build: []string{"hexo", "generate", "--silent"}, modules: os.Getenv(hexoVariable),
		page: "scripts/chaja.js", source: string(script[1])}
	dir := filepath.Join(hexo.make(t), hexo.public)
	built, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	bare := regexp.MustCompile(`(?s)<script[^>]*></script>\s*<chaja-search highlight>\s*<form.*?</chaja-search>`).ReplaceAllString(string(built), "") // the partial of the example
	if n := strings.Count(bare, "<chaja-search"); n != 1 {
		t.Fatalf("the page has %d boxes of the script, want 1:\n%s", n, built)
	}
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte(bare), 0o644); err != nil {
		t.Fatal(err)
	}
	theme{name: "hexo-script"}.search(t, dir)
}
