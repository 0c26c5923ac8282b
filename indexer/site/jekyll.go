package site

import (
	"bytes"
	"cmp"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"chaja/indexer/frontmatter"
	"chaja/internal/lazyregexp"
)

// jekyll follows Jekyll 4.3. It has posts in folders called _posts, documents of collections that have output, and pages:
// all other files that begin with front matter.
type jekyll struct {
	site        fs.FS
	config      settings
	zone        *time.Location
	mount       string                // path that the site is mounted at
	container   string                // folder of posts and collections with a slash at its end, empty for the site itself
	collections map[string]collection // by their label; "posts" is one of them
	defaults    []defaultSet
	exclude     []pattern
	include     []pattern
	github      githubPages
	now         time.Time
}

func jekyllGenerator() generator {
	return generator{name: "jekyll", title: "Jekyll", marks: isJekyll, open: openJekyll, files: []string{"_config.yml", "_config.yaml", "_config.toml"}}
}

// collection is a kind of document with URLs of its own.
type collection struct {
	output    bool
	permalink string
}

func isJekyll(site fs.FS, _ settings, configured bool) bool {
	otherwise := exists(site, "next.config.*", "gatsby-config.*", "astro.config.*", ".vuepress", "docs/.vuepress")
	return configured || exists(site, "_posts") && !otherwise
}

func openJekyll(site fs.FS, s settings, _ Options) rules {
	j := &jekyll{
		site:        site,
		config:      s,
		zone:        zoneOf(s.text("timezone", ""), time.Local),
		mount:       basePath(s.text("baseurl", "")),
		collections: map[string]collection{},
		include:     jekyllPatterns(s.list("include")),
		exclude: jekyllPatterns(slices.DeleteFunc(append(s.list("exclude"), ".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "node_modules",
			"vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/"),
			func(name string) bool { return slices.Contains(s.list("include"), name) })),
		now: time.Now(),
	}
	if dir := strings.Trim(s.text("collections_dir", ""), "/"); dir != "" {
		j.container = dir + "/"
	}
	j.defaults, j.github = defaultsOf(s, j.container), githubPagesOf(site, s)
	for _, label := range s.list("collections") {
		j.collections[label] = collection{false, j.suffixed("/:collection/:path")}
	}
	for label := range s.table("collections") {
		c := s.table("collections", label)
		j.collections[label] = collection{c.flag("output", false), c.text("permalink", j.suffixed("/:collection/:path"))}
	}
	delete(j.collections, "data")
	j.collections["posts"] = collection{true, s.table("collections", "posts").text("permalink", j.permalink())}
	return j
}

// permalink is the template of posts: a style by its name, or a template of the site's own.
func (j *jekyll) permalink() string {
	style := j.config.text("permalink", "date")
	return cmp.Or(map[string]string{
		"date":     "/:categories/:year/:month/:day/:title:output_ext",
		"pretty":   "/:categories/:year/:month/:day/:title/",
		"none":     "/:categories/:title:output_ext",
		"ordinal":  "/:categories/:year/:y_day/:title:output_ext",
		"weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
	}[style], style)
}

// suffixed ends a template as the site's style of permalinks does.
func (j *jekyll) suffixed(template string) string {
	switch style := j.config.text("permalink", "date"); {
	case style == "pretty", strings.HasSuffix(style, "/"):
		return template + "/"
	case style == "date", style == "ordinal", style == "none", strings.HasSuffix(style, ":output_ext"):
		return template + ":output_ext"
	}
	return template
}

// kind returns the label of the collection that a file belongs to, "pages" if it belongs to none, and its path inside the
// collection.
func (j *jekyll) kind(name string) (kind, entry string) {
	if inside, ok := strings.CutPrefix(name, j.container); ok {
		for label, c := range j.collections {
			if entry, ok := strings.CutPrefix(inside, "_"+label+"/"); ok && label != "posts" && c.output {
				return label, entry
			}
		}
		for _, folder := range []string{"_posts/", "_drafts/"} {
			if at := strings.Index("/"+inside, "/"+folder); at >= 0 && !special(j, inside[:at]) {
				return "posts", inside[at+len(folder):]
			}
		}
	}
	return "pages", name
}

// special reports whether a folder in a path is one that Jekyll does not enter.
func special(j *jekyll, dir string) bool {
	return slices.ContainsFunc(strings.Split(strings.Trim(dir, "/"), "/"), j.hidden)
}

// hidden reports whether a name is one of those that Jekyll leaves alone.
func (j *jekyll) hidden(name string) bool {
	marked := name != "" && strings.ContainsRune("._#~", rune(name[0])) || strings.HasSuffix(name, "~")
	return marked && !j.included(name)
}

// included reports whether the site asks for a name that Jekyll would leave alone. Its patterns are compared with the name,
// and not with the path.
func (j *jekyll) included(name string) bool {
	return slices.ContainsFunc(j.include, func(p pattern) bool { return p.begins(name) })
}

func (j *jekyll) holds(dir string) bool {
	switch base := path.Base(dir); {
	case dir == ".", base != "_site" && j.included(base):
		return true
	case base == "node_modules", base == "_site", strings.HasPrefix(base, "."), j.excluded(dir):
		return false
	case base == "_drafts":
		return j.config.flag("show_drafts", false)
	}
	return true
}

// dated is the name that Jekyll wants of a post.
var dated = lazyregexp.New(`^(?:.+/)*(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)$`)

func (j *jekyll) takes(name string) bool {
	kind, entry := j.kind(name)
	switch {
	case j.excluded(name), strings.EqualFold(path.Ext(name), ".mdx"):
		return false
	case kind == "pages":
		return !special(j, name) && (!j.about(name) || j.headed(name) || j.readmeIndex(name))
	case kind == "posts" && strings.Contains("/"+name, "/_drafts/"):
		return j.config.flag("show_drafts", false) && !j.hidden(path.Base(entry))
	case kind == "posts" && !dated().MatchString(stem(entry)):
		return false
	}
	return !j.hidden(entry) && !j.hidden(path.Base(entry))
}

// jekyllPatterns are those of a list of paths. They start from the folder of the site, with a slash or without.
func jekyllPatterns(texts []string) []pattern {
	trimmed := make([]string, len(texts))
	for i, text := range texts {
		trimmed[i] = strings.TrimLeft(text, "/")
	}
	return patternsOf(trimmed, fnmatchOf)
}

// begins follows Jekyll's reading of such a pattern: it is a glob, or the beginning of a path.
func (p pattern) begins(name string) bool {
	return strings.HasPrefix(name, p.text) || name+"/" == p.text || p.MatchString(name)
}

func (j *jekyll) excluded(name string) bool {
	return slices.ContainsFunc(j.exclude, func(p pattern) bool { return p.begins(name) }) && !j.included(path.Base(name))
}

// headed reports whether a file begins with front matter.
func (j *jekyll) headed(name string) bool {
	f, err := j.site.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	begin := make([]byte, 8)
	n, _ := io.ReadFull(f, begin)
	return headed().Match(bytes.TrimPrefix(begin[:n], []byte("\ufeff")))
}

// headed is the first line of what Jekyll takes for a page or the document of a collection.
var headed = lazyregexp.New(`^---\s*\n`)

func (j *jekyll) page(name string, content []byte, m frontmatter.Matter) Page {
	kind, entry := j.kind(name)
	d := document{jekyll: j, values: valuesOf(m), kind: kind, name: strings.TrimPrefix(name, j.container)}
	if kind == "pages" {
		d.name = name
		if !j.headed(name) && j.readmeIndex(name) {
			d.name = path.Join(path.Dir(name), "index"+path.Ext(name))
		}
	}
	d.date = d.dateOf(entry)
	p := Page{Date: d.date, Tags: unique(d.plural("tag", "tags")), Categories: unique(d.categories()), given: j.given(d.name, kind)}
	line, _, _ := bytes.Cut(content, []byte("\n"))
	body := bytes.TrimPrefix(content, []byte("\ufeff"))
	switch {
	case !utf8.Valid(body):
		p.Hidden, p.Unreadable = "Jekyll skips what is not UTF-8", true
	case kind != "posts" && !headed().Match(append(line, '\n')) && !(kind == "pages" && j.github.headless):
		p.Hidden = "Jekyll copies a file without front matter as it is"
	case !d.published() && !j.config.flag("unpublished", false):
		p.Hidden = "published: false"
	case kind != "pages" && d.date.After(j.now) && !j.config.flag("future", false):
		p.Hidden = "its date is in the future"
	}
	p.URL, p.Problem = d.url()
	if p.Problem == "" && kind != "pages" && d.date.IsZero() && p.URL != d.on(j.now.AddDate(-1, -1, -1)) {
		p.Problem = "no date: its URL has that of the day Jekyll builds the site"
	}
	return p
}

// published reports whether the document says nothing else. For pages the site's defaults do not count.
func (d document) published() bool {
	if d.kind == "pages" {
		return truth(d.values["published"], false, true)
	}
	return truth(d.value("published"), false, true)
}

// on is where the document is served if it is of this date.
func (d document) on(date time.Time) string {
	d.date = date.In(d.jekyll.zone)
	location, _ := d.url()
	return location
}

// stem is a name without its extension.
func stem(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }

// dateOf reads the date of a document from its front matter, else from its name. A date without a zone is in the zone of
// the site, or in UTC if it is a timestamp of YAML: bare, and with seconds.
func (d document) dateOf(entry string) time.Time {
	written := d.value("date")
	zone := d.jekyll.zone
	if bare, ok := written.(frontmatter.Bare); ok && timestamp().MatchString(string(bare)) {
		zone = time.UTC
	}
	if date, ok := frontmatter.ParseDateIn(strings.TrimSpace(scalar(written)), zone); ok {
		return date.In(d.jekyll.zone)
	}
	m := dated().FindStringSubmatch(stem(entry))
	if m == nil {
		return time.Time{}
	}
	day := m[1]
	if year, _, _ := strings.Cut(day, "-"); len(year) == 2 {
		day = cmp.Or(map[bool]string{true: "19"}[year >= "69"], "20") + day
	}
	date, _ := frontmatter.ParseDateIn(day, d.jekyll.zone)
	return date
}

// timestamp is what YAML takes for a point in time rather than for text: the seconds count.
var timestamp = lazyregexp.New(`^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d\d:\d\d`)
