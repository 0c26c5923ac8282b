package site

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// mkdocsGenerator is MkDocs 1.6, with Material for MkDocs and its blog.
func mkdocsGenerator() generator {
	return generator{
		name: "mkdocs", title: "MkDocs", files: []string{"mkdocs.yml", "mkdocs.yaml"}, open: openMkDocs,
		marks: func(_ fs.FS, _ settings, configured bool) bool { return configured },
	}
}

// mkdocs knows the navigation and the blog of a site.
type mkdocs struct {
	site   fs.FS
	base   string
	flat   bool              // pages are files, not folders
	titles map[string]string // that the navigation gives, by path below the documents
	blog   string            // folder of the blog, empty for none
	posts  string            // form of the addresses of its posts, and dates that of the dates in them
	dates  string

	languages mkdocsLanguages
	macros    bool   // the plugin macros reads templates in pages
	locked    string // what all pages want a password for, empty for none
	levels    bool   // pages want one that say level:
}

func openMkDocs(site fs.FS, s settings, _ Options) rules {
	m := mkdocs{site: site, macros: names(s["plugins"])["macros"], base: basePath(s.text("site_url", "")), flat: !s.flag("use_directory_urls", true), titles: map[string]string{}}
	m.readNavigation(s["nav"], 0)
	m.languages = mkdocsLanguagesOf((settings{"": s["plugins"]}).under("i18n"))
	docs := relative(s.text("docs_dir", "docs"), "docs")
	if plugins := s["plugins"]; names(plugins)["blog"] || names(plugins)["material/blog"] {
		own := (settings{"": plugins}).under("blog")
		m.blog, m.posts = own.text("blog_dir", "blog"), own.text("post_url_format", "{date}/{slug}")
		m.dates = babelDate.Replace(own.text("post_url_date_format", "yyyy/MM/dd"))
	}
	if names(s["plugins"])["encryptcontent"] {
		own := (settings{"": s["plugins"]}).under("encryptcontent")
		m.locked, m.levels = own.text("global_password", ""), true
	}
	plugins := settings{"": s["plugins"]}
	excluded, unsearched := patternsOf(plugins.under("exclude").list("glob"), globOf), patternsOf(plugins.under("exclude-search").list("exclude"), globOf)
	notBuilt, drafts := gitPatterns(s.text("exclude_docs", "")), gitPatterns(s.text("draft_docs", ""))
	g := documents{roots: []string{docs}, address: m.address, more: m.more, form: "/{path}/"}
	g.puts, g.behind = m.includes(s, docs)
	g.excludes = func(inside string) bool {
		return strings.HasPrefix(inside, "templates/") || isReadmeBesideIndex(site, docs, inside)
	}
	g.withheld = func(_, inside string) string {
		return cmp.Or(matchesGit("exclude_docs", notBuilt, inside), matchesGit("draft_docs", drafts, inside),
			firstMatch("plugin exclude", excluded, inside), firstMatch("plugin exclude-search", unsearched, inside))
	}
	if m.flat {
		g.form = "/{path}.html"
	}
	g.prepare = func(o *markdown.Options) { m.options(s, o) }
	return g
}

// names returns the names in a list of extensions or plugins, each alone or with its settings.
func names(list any) map[string]bool {
	found := map[string]bool{}
	switch v := list.(type) {
	case []any:
		for _, e := range v {
			for name := range names(e) {
				found[name] = true
			}
		}
	case settings:
		for name := range v {
			found[name] = true
		}
	case string:
		found[v] = true
	}
	return found
}

// ids finds the slugify function that the configuration names by a tag of YAML.
func (mkdocs) ids(site fs.FS) markdown.IDs {
	for _, name := range mkdocsGenerator().files {
		content, err := fs.ReadFile(site, name)
		if err != nil || len(content) > maxConfig {
			continue
		}
		text := string(content)
		switch {
		case strings.Contains(text, "toc.slugify_unicode"):
			return pythonIDs("Python-Markdown (Unicode)", pythonUnicodeSlug)
		case strings.Contains(text, "pymdownx.slugs") && (strings.Contains(text, "uslugify") && !strings.Contains(text, "uslugify_cased") || pymdownLower().MatchString(text)):
			return pythonIDs("PyMdown", pymdownSlug)
		case strings.Contains(text, "pymdownx.slugs"):
			return pythonIDs("PyMdown (cased)", pymdownCased)
		}
	}
	return pythonIDs("Python-Markdown", pythonSlug)
}

var pymdownLower = lazyregexp.New(`case:\s*['"]?lower`)

// maxNavigation bounds the depth of a navigation.
const maxNavigation = 20

// readNavigation reads the titles of pages.
func (m mkdocs) readNavigation(nav any, depth int) {
	if depth > maxNavigation {
		return
	}
	switch v := nav.(type) {
	case []any:
		for _, e := range v {
			m.readNavigation(e, depth+1)
		}
	case settings:
		for title, below := range v {
			if file, ok := below.(string); ok {
				m.titles[file] = title
			} else {
				m.readNavigation(below, depth+1)
			}
		}
	}
}

func (m mkdocs) address(e entry) string {
	inside, _ := m.languages.of(e.inside)
	if m.isPost(e) {
		slug := cmp.Or(e.values.text("slug"), pymdownSlug(m.postTitle(e)))
		inside = path.Join(m.blog, strings.NewReplacer("{date}", e.date.Format(m.dates), "{slug}", slug, "{file}", e.stem(),
			"{categories}", pymdownSlug(strings.Join(e.matter.Categories[:min(1, len(e.matter.Categories))], ""))).Replace(m.posts))
	}
	folder, is := folderPage(inside, "index", "README")
	switch {
	case is:
		return m.base + "/" + folder
	case m.flat:
		return m.base + "/" + inside + ".html"
	}
	return m.base + "/" + inside + "/"
}

// isPost reports whether a page is a post of the blog.
func (m mkdocs) isPost(e entry) bool {
	return m.blog != "" && liesIn(e.inside, path.Join(m.blog, "posts")) && !e.date.IsZero()
}

func (m mkdocs) postTitle(e entry) string {
	return cmp.Or(e.matter.Title, firstTitle(e.body), e.stem())
}

func (m mkdocs) more(page *Page, e entry) {
	_, page.Lang = m.languages.of(e.inside)
	if page.Title = m.titles[strings.TrimPrefix(e.name, e.root+"/")]; page.Title == "" && e.matter.Title == "" && !beginsWithTitle(e.body) {
		if page.Title = strings.NewReplacer("-", " ", "_", " ").Replace(e.stem()); strings.ToLower(page.Title) == page.Title {
			page.Title = capital(page.Title)
		}
		if inside, _ := m.languages.of(e.inside); inside == "index" || inside == "README" {
			page.Title = "Home"
		}
	}
	switch {
	case m.locked != "":
		page.given = map[string]any{"password": "global_password"}
	case m.levels && e.values.text("level") != "":
		page.given = map[string]any{"password": "level: " + e.values.text("level")}
	}
}

// isReadmeBesideIndex reports whether a README gives way to the index of its folder.
func isReadmeBesideIndex(site fs.FS, docs, inside string) bool {
	dir, base := path.Split(inside)
	return stem(base) == "README" && exists(site, path.Join(docs, dir, "index.md"))
}

// gitPattern is a line of a .gitignore.
type gitPattern struct {
	pattern
	keeps bool // it begins with !
}

// gitPatterns reads lines as git reads .gitignore.
func gitPatterns(lines string) (all []gitPattern) {
	for line := range strings.SplitSeq(lines, "\n") {
		line = strings.TrimSpace(line)
		text, keeps := strings.CutPrefix(line, "!")
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		glob := strings.Trim(text, "/")
		if !strings.Contains(strings.TrimSuffix(text, "/"), "/") {
			glob = "**/" + glob
		}
		for _, form := range []string{glob, glob + "/**"} {
			if form == glob && strings.HasSuffix(text, "/") {
				continue
			}
			all = append(all, gitPattern{pattern{line, globOf(form)}, keeps})
		}
	}
	return all
}

// matchesGit returns the setting and the last pattern that matches one of names, empty if that keeps it or there is none.
func matchesGit(setting string, all []gitPattern, names ...string) string {
	for _, p := range slices.Backward(all) {
		if slices.ContainsFunc(names, p.MatchString) {
			if p.keeps {
				return ""
			}
			return setting + ": " + p.text
		}
	}
	return ""
}
