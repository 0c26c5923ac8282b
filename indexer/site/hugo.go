package site

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"chaja/indexer/frontmatter"
	"chaja/indexer/text"
)

// hugo follows Hugo from 0.111 on: every Markdown file below the folders of contents is a page.
type hugo struct {
	config     settings // keys in lower case
	zone       *time.Location
	mount      string // path that the site is mounted at
	roots      []root
	languages  map[string]bool // true for those that are published
	main       string          // default language
	permalinks settings        // template by section
	sections   settings        // the same for the pages of sections
	ignored    []*regexp.Regexp
	indexes    *indexFiles
	cascades   *cascades
	newer      bool // Hugo since 0.146
	now        time.Time
}

// root is a folder of contents. Under is the folder that it is mounted at, empty or with a slash at its end.
type root struct{ dir, language, under string }

func hugoGenerator() generator {
	return generator{
		name: "hugo", title: "Hugo", expiry: "expirydate", marks: isHugo, open: openHugo,
		files: []string{"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml",
			"config.json", "config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/config.toml",
			"config/_default/config.yaml"},
	}
}

func isHugo(site fs.FS, s settings, configured bool) bool {
	if !configured {
		return exists(site, "content") && exists(site, "archetypes", "config/_default/*.*")
	}
	_, addressed := s.lowered()["baseurl"]
	return addressed || exists(site, "hugo.*") || exists(site, "content") || exists(site, "config/_default")
}

func openHugo(site fs.FS, s settings, _ Options) rules {
	s = wholeHugoConfig(site, s)
	h := &hugo{
		config:     s,
		zone:       zoneOf(s.text("timezone", ""), time.UTC),
		mount:      basePath(s.text("baseurl", "")),
		languages:  map[string]bool{},
		main:       strings.ToLower(s.text("defaultcontentlanguage", "en")),
		permalinks: s.table("permalinks"),
		indexes:    &indexFiles{site: site, names: map[string][]string{}},
		now:        time.Now(),
	}
	h.sections = s.table("permalinks", "section")
	if pages := s.table("permalinks", "page"); len(pages) > 0 || len(h.sections) > 0 {
		h.permalinks = pages
	}
	for _, pattern := range s.list("ignorefiles") {
		if re, err := regexp.Compile(pattern); err == nil {
			h.ignored = append(h.ignored, re)
		}
	}
	h.openLanguages()
	h.cascades = &cascades{site: site, byFile: map[string][]cascade{}, all: cascadesOf(plainValue(s["cascade"]))}
	h.newer = h.isNew(site)
	return h
}

func (h *hugo) openLanguages() {
	dir := strings.Trim(h.config.text("contentdir", "content"), "/")
	h.languages[h.main] = true
	for name := range h.config.table("languages") {
		l := h.config.table("languages", name)
		off := slices.Contains(h.config.list("disablelanguages"), name)
		h.languages[name] = !off && !l.flag("disabled", false)
		if own := strings.Trim(l.text("contentdir", ""), "/"); own != "" {
			h.roots = append(h.roots, root{own + "/", name, ""})
		}
	}
	mounts := h.mounts()
	h.roots = append(h.roots, mounts...)
	if len(mounts) == 0 && !slices.ContainsFunc(h.roots, func(r root) bool { return r.dir == dir+"/" }) {
		h.roots = append(h.roots, root{dir + "/", h.main, ""})
	}
	// The deepest folder that holds a file is the one it belongs to.
	slices.SortFunc(h.roots, func(a, b root) int { return len(b.dir) - len(a.dir) })
}

func (h *hugo) permalink() string {
	if len(h.permalinks) == 0 {
		return "by the paths below " + strings.TrimSuffix(h.roots[len(h.roots)-1].dir, "/")
	}
	var forms []string
	for section := range h.permalinks {
		forms = append(forms, section+" "+h.permalinks.text(section, ""))
	}
	slices.Sort(forms)
	return strings.Join(forms, ", ") + ", others by their paths"
}

// isNew reports whether a site can only be built by a Hugo since 0.146, by what it has that older ones do not know.
func (h *hugo) isNew(site fs.FS) bool {
	if version := statedHugoVersion(site); version == "latest" || version != "" && atLeast(version, 146) {
		return true
	}
	_, typed := h.config.table("markup", "goldmark", "parser")["autoidtype"]
	return typed || exists(site, "layouts/_partials", "layouts/_shortcodes", "layouts/baseof.html", "layouts/single.html", "layouts/page.html") ||
		atLeast(h.config.table("module", "hugoversion").text("min", ""), 146)
}

// atLeast reports whether a version is 0.minor or later.
func atLeast(version string, minor int) bool {
	parts := strings.SplitN(version+".", ".", 3)
	major, err := strconv.Atoi(parts[0])
	n, err2 := strconv.Atoi(parts[1])
	return err == nil && (major > 0 || err2 == nil && n >= minor)
}

// rootOf returns the folder of contents that a file lies in.
func (h *hugo) rootOf(name string) (root, bool) {
	for _, r := range h.roots {
		if strings.HasPrefix(name, r.dir) {
			return r, true
		}
	}
	return root{}, false
}

func (h *hugo) holds(dir string) bool {
	if strings.HasPrefix(path.Base(dir), ".") && dir != "." {
		return false
	}
	return dir == "." || slices.ContainsFunc(h.roots, func(r root) bool {
		return strings.HasPrefix(dir+"/", r.dir) || strings.HasPrefix(r.dir, dir+"/")
	})
}

func (h *hugo) takes(name string) bool {
	r, ok := h.rootOf(name)
	base := path.Base(name)
	if !ok || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "#") || strings.HasSuffix(base, "~") ||
		!slices.Contains([]string{".md", ".markdown", ".mdown"}, path.Ext(name)) {
		return false
	}
	isIgnored := func(re *regexp.Regexp) bool { return re.MatchString(name) }
	return !slices.ContainsFunc(h.ignored, isIgnored) && !h.isResource(strings.TrimPrefix(name, r.dir), r.dir)
}

// isResource reports whether a file belongs to a leaf bundle: another one, called index, is its page.
func (h *hugo) isResource(inside, dir string) bool {
	file := h.file(inside, "")
	for folder := path.Dir(inside); folder != "."; folder = path.Dir(folder) {
		own := folder == path.Dir(inside) && file.base == "index"
		if !own && h.indexes.has(dir+folder, "index.") && !h.indexes.has(dir+folder, "_index.") {
			return true
		}
	}
	return false
}

// indexFiles remembers the names in each folder that begin with index or _index. Every file asks for those of its
// folders, and each folder is read once.
type indexFiles struct {
	site  fs.FS
	mu    sync.Mutex
	names map[string][]string // by folder
}

// has reports whether a name in a folder begins with this: index. or _index. or more.
func (f *indexFiles) has(dir, beginning string) bool {
	return slices.ContainsFunc(f.named(dir), func(name string) bool { return strings.HasPrefix(name, beginning) })
}

// named returns these names in a folder.
func (f *indexFiles) named(dir string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	names, known := f.names[dir]
	if !known {
		entries, _ := fs.ReadDir(f.site, dir) // a folder that cannot be read has none
		for _, e := range entries {
			if strings.HasPrefix(strings.TrimPrefix(e.Name(), "_"), "index.") {
				names = append(names, e.Name())
			}
		}
		f.names[dir] = names
	}
	return names
}

// stamp tells settings apart that lie beside the first file of the configuration.
func (h *hugo) stamp() string { return fmt.Sprint(h.newer, h.config) }

// hugoFile is the path of a page below its folder of contents, taken apart.
type hugoFile struct {
	folders  []string
	base     string // without extension and language
	language string
}

func (h *hugo) file(inside, language string) hugoFile {
	folders, base := segments(inside)
	suffix := path.Ext(base)
	if _, known := h.languages[strings.ToLower(strings.TrimPrefix(suffix, "."))]; known && suffix != "" {
		base, language = strings.TrimSuffix(base, suffix), strings.ToLower(suffix[1:])
	}
	return hugoFile{folders, base, language}
}

func (h *hugo) page(name string, content []byte, m frontmatter.Matter) Page {
	if inside, ok := bytes.CutPrefix(content, []byte("<!--\n")); ok { // front matter may hide in a comment
		m, _, _ = frontmatter.Read(text.Clean(string(inside)))
	}
	if m.Odd && !m.Broken { // empty lines may stand before it
		m, _, _ = frontmatter.Read(strings.TrimLeft(text.Clean(string(content)), " \t\n"))
	}
	r, _ := h.rootOf(name)
	f := h.file(r.under+strings.TrimPrefix(name, r.dir), r.language)
	v := valuesOf(m).lowered()
	given := h.handedDown(r, f, v["cascade"])
	for key, value := range given {
		if _, own := v[key]; !own {
			v[key] = value
		}
	}
	p := hugoPage{hugo: h, hugoFile: f, values: v}
	dates := p.dates()
	p.date = dates["date"]
	page := Page{Date: p.date, Tags: unique(v.list("tags", whole)), Categories: unique(v.list("categories", whole)), given: given}
	if len(h.config.table("languages")) > 0 {
		page.Lang = f.language
	}
	page.Hidden = p.hidden(dates)
	page.URL, page.Problem = p.url()
	return page
}
