package browser

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"chaja/indexer"
	"chaja/search"
)

const sampleSite = "../../../data"

// strict is the policy of the blog: as strict as a page with a script can be.
const strict = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; " +
	"base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// blog is a site that shows the posts of the sample site with a search box on every page, and has chaja behind /search/,
// as a proxy would do it.
type blog struct {
	*httptest.Server
	posts map[string]search.Document
	delay atomic.Int64 // of answers of the API, in nanoseconds
	down  atomic.Bool  // the API fails
	other atomic.Int64 // not chaja answers but something before it, with this status

	mu    sync.Mutex
	asked []string // queries that were searched for, in order
}

func newBlog(chaja string) (*blog, error) {
	b := &blog{posts: map[string]search.Document{}}
	if _, err := indexer.Run(context.Background(), indexer.Options{Site: sampleSite}, collector{b.posts}); err != nil {
		return nil, fmt.Errorf("read posts: %w", err)
	}
	target, err := url.Parse(chaja)
	if err != nil {
		return nil, fmt.Errorf("parse address: %w", err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ErrorHandler = func(http.ResponseWriter, *http.Request, error) {} // cancelled by the browser
	mux := http.NewServeMux()
	mux.Handle("/search/", http.StripPrefix("/search", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			b.note(r)
			select {
			case <-time.After(time.Duration(b.delay.Load())):
			case <-r.Context().Done():
				return
			}
			if status := b.other.Load(); status != 0 {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(int(status))
				fmt.Fprint(w, `{"name": "something else"}`)
				return
			}
			if b.down.Load() {
				http.Error(w, "down", http.StatusBadGateway)
				return
			}
		}
		proxy.ServeHTTP(w, r)
	})))
	mux.HandleFunc("/favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("/blog.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		fmt.Fprint(w, blogStyle)
	})
	mux.HandleFunc("/", b.page)
	b.Server = httptest.NewServer(mux)
	return b, nil
}

// note keeps what is searched for.
func (b *blog) note(r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if q := r.FormValue("q"); q != "" && strings.HasSuffix(r.URL.Path, "/search") {
		b.asked = append(b.asked, q)
	}
}

// questions returns what was searched for since the last call.
func (b *blog) questions() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	asked := b.asked
	b.asked = nil
	return asked
}

// collector is an index that keeps the documents of the sample site by their URL.
type collector struct{ posts map[string]search.Document }

func (c collector) Hashes(context.Context) (map[string]string, error) { return nil, nil }

func (c collector) Apply(_ context.Context, batch search.Batch) error {
	for _, d := range batch.Put {
		c.posts[d.URL] = d
	}
	return nil
}

const blogStyle = `:root{color-scheme:light dark}
body{font:1.05rem/1.75 "Noto Sans CJK KR",system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem;word-break:keep-all;
background:light-dark(#fff,#141518);color:light-dark(#222,#ddd)}
nav{display:flex;justify-content:space-between;align-items:center}`

// blogPage is a page of the blog; ?box= are attributes of the box, which html/template would not let through as they are.
var blogPage = template.Must(template.New("").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{.Doc.Title}}</title>
<link rel="stylesheet" href="/blog.css"><script {{.Script}} src="/search/search-box.js"></script></head>
<body dir="{{.Dir}}">
<nav><a href="/">blog</a>
<chaja-search {{.Box}}>{{if not .Empty}}<form action="/search/" role="search"><input type="search" name="q" aria-label="search"><button>go</button></form>{{end}}</chaja-search>
</nav>
<main><h1>{{.Doc.Title}}</h1>
<label>comment <textarea id="comment">pasted 쿼리</textarea></label>
{{range .Sections}}{{.Heading}}<p>{{.Text}}</p>
{{end}}</main></body></html>`))

type blogSection struct {
	Heading template.HTML
	Text    string
}

func (b *blog) page(w http.ResponseWriter, r *http.Request) {
	lang, box := r.FormValue("lang"), r.FormValue("box")
	if lang == "" {
		lang = "ko"
	}
	if box == "" {
		box = "highlight"
	}
	doc, ok := b.posts[r.URL.EscapedPath()]
	if !ok && r.URL.Path != "/" {
		http.NotFound(w, r)
		return
	}
	if !ok {
		doc.Title = "chaja blog: 쿼리"
	}
	var sections []blogSection
	for _, s := range doc.Sections {
		heading := ""
		if s.Level > 0 {
			level := max(s.Level, 2)
			heading = fmt.Sprintf("<h%d id=%q>%s</h%[1]d>", level, s.Anchor, template.HTMLEscapeString(s.Heading))
		}
		sections = append(sections, blogSection{template.HTML(heading), doc.Body[s.Start:s.End]})
	}
	w.Header().Set("Content-Security-Policy", strict)
	_ = blogPage.Execute(w, struct {
		Lang     string
		Box      template.HTMLAttr
		Script   template.HTMLAttr
		Dir      string
		Empty    bool
		Doc      search.Document
		Sections []blogSection
	}{lang, template.HTMLAttr(box), template.HTMLAttr(cmp.Or(r.FormValue("script"), `type="module"`)), cmp.Or(r.FormValue("dir"), "ltr"), r.FormValue("empty") != "", doc, sections})
}

// elsewhere is a site at another origin than chaja, as strict as a site can be that uses it: it names the one address.
func elsewhere(chaja string) http.Handler {
	policy := strings.NewReplacer("img-src 'self'", "img-src 'self'", "style-src 'self'; ", "", "'self'", chaja).Replace(strict)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Cross-Origin-Embedder-Policy", "require-corp")
		fmt.Fprintf(w, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>elsewhere</title>
<script type="module" src="%s/search-box.js"></script></head>
<body><chaja-search highlight><form action="%[1]s/" role="search"><input type="search" name="q" aria-label="search"><button>go</button></form></chaja-search></body></html>`, chaja)
	})
}
