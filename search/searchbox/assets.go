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

	"chaja/search/catalog"
)

//go:embed assets
var assets embed.FS

// modules are the parts of the search box, each after those that it imports.
var modules = [...]string{"texts", "dom", "keys", "client", "highlight", "view", "box"}

// bundle makes one script of the modules, their style sheet and the texts of all languages, so that a site needs one file and nobody a build step.
// Each module is a file that a browser or node runs as it stands; here their imports and exports fall away. A module's
// imports and exports each begin a line, and nothing of a line's indentation or of a line of comment matters.
func bundle(texts *catalog.Catalog) ([]byte, error) {
	css, err := fs.ReadFile(assets, "assets/box/box.css")
	if err != nil {
		return nil, fmt.Errorf("read style: %w", err)
	}
	style, err := json.Marshal(squeeze(string(css), "/*")) // a JSON string is a JavaScript string
	if err != nil {
		return nil, fmt.Errorf("quote style: %w", err)
	}
	languages := map[string]any{}
	for _, t := range texts.Languages() {
		languages[strings.ToLower(t.Lang)] = struct {
			Lang string `json:"lang"`
			catalog.Common
			catalog.Box
		}{t.Lang, t.Common, t.Box}
	}
	said, err := json.Marshal(languages)
	if err != nil {
		return nil, fmt.Errorf("quote texts: %w", err)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "// The search box of chaja. Apache-2.0.\nconst css = %s;\nconst languages = %s;\n", style, said)
	for _, name := range modules {
		source, err := fs.ReadFile(assets, "assets/box/"+name+".js")
		if err != nil {
			return nil, fmt.Errorf("read script: %w", err)
		}
		for line := range strings.Lines(squeeze(string(source), "//")) {
			if !strings.HasPrefix(line, "import ") {
				b.WriteString(strings.TrimPrefix(line, "export "))
			}
		}
	}
	return b.Bytes(), nil
}

// squeeze leaves out indentation, empty lines and comments. A comment begins a line or, in a script, stands behind blanks
// and ahead of one; a comment of CSS goes up to its end.
func squeeze(source, comment string) string {
	var b strings.Builder
	inside := false
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(line)
		begins := strings.HasPrefix(line, comment)
		if line, _, _ := strings.Cut(line, " // "); line != "" && !begins && !inside {
			b.WriteString(strings.TrimSpace(line) + "\n")
		}
		inside = comment == "/*" && (inside || begins) && !strings.HasSuffix(line, "*/")
	}
	return b.String()
}

// asset is a file that browsers keep and ask for again with its tag.
type asset struct {
	contentType, tag string
	content          []byte
}

// newAsset makes the tag, a weak one as the file may be sent compressed.
func newAsset(contentType string, content []byte) *asset {
	sum := sha256.Sum256(content)
	return &asset{contentType, `W/"` + hex.EncodeToString(sum[:8]) + `"`, content}
}

// ServeHTTP answers with the file. Any site may use it: a module of another origin is only run with that header.
func (a *asset) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.contentType)
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("ETag", a.tag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.content))
}
