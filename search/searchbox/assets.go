package searchbox

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"github.com/tdewolff/minify/v2"
	minifycss "github.com/tdewolff/minify/v2/css"
	minifyjs "github.com/tdewolff/minify/v2/js"

	"chaja/search/catalog"
)

//go:embed assets
var assets embed.FS

// modules are the parts of the search box. Each stands after those that it imports.
var modules = [...]string{"texts", "dom", "style", "keys", "client", "ask", "memory", "choices", "addresses", "forms", "highlight", "view", "panel", "box"}

// bundle makes one script of the modules, their style sheet and the texts of all languages, so that a site needs one file
// and no build step, as a module or as a classic script. Each module is a file that a browser or node runs as it is; in the
// script its imports and exports fall away. So every import and export must begin a line.
func bundle(texts *catalog.Catalog) ([]byte, error) {
	css, err := fs.ReadFile(assets, "assets/box/box.css")
	if err != nil {
		return nil, fmt.Errorf("read style: %w", err)
	}
	languages := map[string]any{}
	for _, t := range texts.Languages() {
		languages[strings.ToLower(t.Lang)] = struct {
			Lang string `json:"lang"`
			catalog.Common
			catalog.Box
		}{t.Lang, t.Common, t.Box}
	}
	small := minify.New()
	small.AddFunc("css", minifycss.Minify)
	small.AddFunc("js", minifyjs.Minify)
	if css, err = small.Bytes("css", css); err != nil {
		return nil, fmt.Errorf("make style small: %w", err)
	}
	files, err := json.Marshal(map[string]any{"css": string(css), "languages": languages})
	if err != nil {
		return nil, fmt.Errorf("quote style and texts: %w", err)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "(() => {\nconst { css, languages } = %s;\n", files) // JSON is JavaScript
	for _, name := range modules {
		source, err := fs.ReadFile(assets, "assets/box/"+name+".js")
		if err != nil {
			return nil, fmt.Errorf("read script: %w", err)
		}
		for line := range strings.Lines(string(source)) {
			if !strings.HasPrefix(line, "import ") {
				b.WriteString(strings.TrimPrefix(line, "export "))
			}
		}
	}
	b.WriteString("})();\n")
	script, err := small.Bytes("js", b.Bytes())
	if err != nil {
		return nil, fmt.Errorf("make script small: %w", err)
	}
	return append([]byte("// The search box of chaja. Apache-2.0.\n"), script...), nil
}

// asset is a file that browsers keep, and ask for again with its ETag.
type asset struct {
	contentType, tag string
	content          []byte
}

// newAsset makes the ETag. It is a weak one, as the file may be sent compressed.
func newAsset(contentType string, content []byte) *asset {
	sum := sha256.Sum256(content)
	return &asset{contentType, `W/"` + hex.EncodeToString(sum[:8]) + `"`, content}
}

// ServeHTTP answers with the file. Any site may use it: browsers run a module of another origin only if that header
// allows it.
func (a *asset) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.contentType)
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("ETag", a.tag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.content))
}
