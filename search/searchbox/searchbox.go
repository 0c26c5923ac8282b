// Package searchbox is what people see of chaja: the search box, a web component for any site, and the search page and
// the tag cloud, rendered here and whole without a script.
//
// Texts of posts and queries reach a page by html/template or as text nodes only. The pages allow no script, style or
// connection but their own, set no cookie and ask nobody else.
package searchbox

import (
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"

	"chaja/search/httpapi"
)

// policy allows what the pages need. Trusted Types are required and no policy may make any: nothing writes HTML.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// pages answers the requests for pages.
type pages struct {
	httpapi.Backend
	site      *url.URL
	log       *slog.Logger
	templates *template.Template
}

// New returns a handler of /, /tags, /search-box.js and the few files that the pages need, for httpapi.Options.Pages. All
// else is nothing: browsers are told so in a page, and others are left to b.Other. site is where the posts are, their URLs
// being relative to it; nil when they are at the address of the pages. Failures that are not a state of the server are
// logged to log.
func New(b httpapi.Backend, site *url.URL, log *slog.Logger) (http.Handler, error) {
	templates, err := template.New("").Funcs(template.FuncMap{"marked": segments}).ParseFS(assets, "assets/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse pages: %w", err)
	}
	script, err := bundle(b.Texts)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /search-box.js", newAsset("text/javascript; charset=utf-8", script))
	for name, contentType := range map[string]string{"page.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"} {
		content, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return nil, fmt.Errorf("read asset: %w", err)
		}
		mux.Handle("GET /search-"+name, newAsset(contentType, content))
	}
	p := &pages{b, site, log, templates}
	mux.HandleFunc("/", p.notFound)
	mux.HandleFunc("GET /{$}", p.search)
	mux.HandleFunc("GET /tags", p.tags)
	return mux, nil
}
