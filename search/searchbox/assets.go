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
	"regexp"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/tdewolff/minify/v2"
	minifycss "github.com/tdewolff/minify/v2/css"
	minifyjs "github.com/tdewolff/minify/v2/js"

	"chaja/search/catalog"
)

//go:embed assets
var assets embed.FS

// modules are the parts of the search box. Each stands after those that it imports.
var modules = [...]string{"texts", "settings", "dom", "style", "keys", "client", "ask", "memory", "choices", "addresses", "forms", "highlight", "view", "pane", "start", "opener", "panel", "box"}

// bundle makes one script of the modules, their style sheet and the texts of all languages, so that a site needs one file
// and no build step, as a module or as a classic script. Each module is a file that a browser or node runs as it is; in the
// script its imports and exports fall away. So every import and export must begin a line. Where there is no document, as when
// a framework renders on a server, the script does nothing.
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
	fmt.Fprintf(&b, "(() => {\nif (!globalThis.customElements) return;\nconst { css, languages } = %s;\n", files) // JSON is JavaScript
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
	contentType, tag    string
	content, compressed []byte
}

// newAsset makes the ETag, a weak one, as the file may be sent compressed; and compresses it as far as that goes, once.
func newAsset(contentType string, content []byte) *asset {
	sum := sha256.Sum256(content)
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(content) // into memory, which does not fail
	_ = w.Close()
	return &asset{contentType, `W/"` + hex.EncodeToString(sum[:8]) + `"`, content, b.Bytes()}
}

// ServeHTTP answers with the file. Any site may use it: browsers run a module of another origin only if that header
// allows it.
func (a *asset) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.contentType)
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("ETag", a.tag)
	content := a.content
	if len(a.compressed) < len(content)*9/10 && takesGzip(r.Header.Values("Accept-Encoding")) {
		content = a.compressed
		h.Set("Content-Encoding", "gzip")
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

var unwanted = regexp.MustCompile(`;\s*q=0(\.0*)?\s*$`)

// takesGzip reads Accept-Encoding (RFC 9110, 12.5.3), of which only a weight of zero matters here.
func takesGzip(accept []string) bool {
	for coding := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		name, _, _ := strings.Cut(coding, ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			return !unwanted.MatchString(coding)
		}
	}
	return false
}
