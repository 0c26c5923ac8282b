// Package searchbox is what people see of chaja: the search box, a web component for any site, and the search page and
// the tag cloud, rendered here and whole without a script.
//
// Texts of posts and queries reach a page by html/template or as text nodes only. The pages allow no script, style or
// connection but their own, set no cookie and ask nobody else.
package searchbox

import (
	"context"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"

	"chaja/search"
)

// Searcher is what the pages need of the search service; httpapi.Searcher has the same contract.
type Searcher interface {
	Search(ctx context.Context, r search.Request) (search.Result, error)
	Facets(ctx context.Context) (search.Facets, error)
}

// policy allows what the pages need. Trusted Types are required and no policy may make any: nothing writes HTML.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// pages answers the requests for pages.
type pages struct {
	searcher  Searcher
	site      *url.URL
	log       *slog.Logger
	templates *template.Template
}

// New returns a handler of /, /tags, /search-box.js and the few files that the pages need. All else is nothing, as it
// tells browsers; others are left to other. It relies on what package httpapi puts around it. site is where the posts are,
// their URLs being relative to it; nil when they are at the address of the pages. Failures that are not a state of the
// server are logged to log.
func New(s Searcher, site *url.URL, other http.Handler, log *slog.Logger) (http.Handler, error) {
	templates, err := template.New("").Funcs(template.FuncMap{"marked": segments}).ParseFS(assets, "assets/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse pages: %w", err)
	}
	script, err := bundle()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for _, file := range []struct{ path, contentType, source string }{
		{"/search-box.js", "text/javascript; charset=utf-8", ""},
		{"/search-page.css", "text/css; charset=utf-8", "assets/page.css"},
		{"/search-icon.svg", "image/svg+xml", "assets/icon.svg"},
	} {
		content := script
		if file.source != "" {
			if content, err = assets.ReadFile(file.source); err != nil {
				return nil, fmt.Errorf("read asset: %w", err)
			}
		}
		mux.Handle("GET "+file.path, newAsset(file.contentType, content))
	}
	p := &pages{s, site, log, templates}
	mux.Handle("/", p.notFound(other))
	mux.HandleFunc("GET /{$}", p.search)
	mux.HandleFunc("GET /tags", p.tags)
	return mux, nil
}
