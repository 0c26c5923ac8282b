// Package searchbox is what people see of chaja: the search box, which is a web component for any site, and the pages for
// searches and tags, which work without a script.
//
// Texts of posts and queries reach a page by html/template or as text nodes only. The pages allow no script, style or
// connection but their own, set no cookie and ask nobody else.
package searchbox

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"chaja/search/httpapi"
)

// policy allows only what the pages need. Trusted Types are required and no policy may make any, so no script can write
// HTML.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// pages answers the requests for pages.
type pages struct {
	httpapi.Backend
	Blog
	templates *template.Template
}

// policy is that of the pages of a blog: its logo may be elsewhere.
func (p *pages) policy() string {
	if _, origin := p.logo(); origin != "" {
		return strings.Replace(policy, "img-src 'self'", "img-src 'self' "+origin, 1)
	}
	return policy
}

// New returns the handler of /, /tags, the search box and the few files that the pages need, for httpapi.Options.Pages.
// Other paths are not found, unless they are those of posts that only the pages can show.
func New(b httpapi.Backend, blog Blog) (http.Handler, error) {
	templates, err := template.New("").Funcs(template.FuncMap{"marked": segments}).ParseFS(assets, "assets/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse pages: %w", err)
	}
	script, err := bundle(b.Texts)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	if err := serveBox(mux, script); err != nil {
		return nil, err
	}
	for name, contentType := range map[string]string{"page.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml", "tags.js": "text/javascript; charset=utf-8"} {
		content, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return nil, fmt.Errorf("read asset: %w", err)
		}
		mux.Handle("GET /search-"+name, newAsset(contentType, content))
	}
	p := &pages{b, blog, templates}
	mux.HandleFunc("/", p.notFound)
	mux.HandleFunc("GET /{$}", p.search)
	mux.HandleFunc("GET /tags", p.tags)
	return mux, nil
}
