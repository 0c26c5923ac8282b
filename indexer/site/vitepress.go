package site

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// docFolders are the folders of a repository that usually hold its documents, the repository itself first.
func docFolders() []string {
	return []string{".", "docs", "website", "site", "documentation", "doc", "src", "content", "blog", "wiki"}
}

// vitepressGenerator is VitePress 1: every Markdown file below the folder that holds .vitepress is a page.
func vitepressGenerator() generator {
	files := inFolders(docFolders(), append(scripts(".vitepress/config", ".vitepress/config/index"), ".vitepress/config.json")...)
	return generator{
		name: "vitepress", title: "VitePress", files: files, open: openVitePress,
		marks: func(site fs.FS, _ settings, _ bool) bool { return holderOf(site, ".vitepress") != "" },
	}
}

// vuepressGenerator is VuePress 1 and 2, from which VitePress came.
func vuepressGenerator() generator {
	files := inFolders(docFolders(), scripts(".vuepress/config")...)
	return generator{
		name: "vuepress", title: "VuePress", files: files, open: openVuePress,
		marks: func(site fs.FS, _ settings, _ bool) bool { return holderOf(site, ".vuepress") != "" },
	}
}

// holderOf returns the folder of documents that holds a file or folder, empty for none.
func holderOf(site fs.FS, name string) string {
	for _, dir := range docFolders() {
		if exists(site, path.Join(dir, name)) {
			return dir
		}
	}
	return ""
}

func openVitePress(site fs.FS, s settings, _ Options) rules {
	root := path.Join(holderOf(site, ".vitepress"), relative(s.text("srcDir", "."), "."))
	excluded := patternsOf(s.list("srcExclude"), globOf)
	base, clean := basePath(s.text("base", "")), s.flag("cleanUrls", false)
	rewrites := rewritesOf(s.table("rewrites"))
	languages := s.table("locales")
	g := documents{roots: []string{root}, form: "/{path}.html", shows: showVue, puts: together(vitepressIncludes(root), mdxIncludes(root)), prepare: func(o *markdown.Options) {
		o.IDs, o.Shown, o.NoNotes = vitepressIDs(), showEmoji, !plugged(site, "footnote", vitepressGenerator().files)
		o.Captions = codeLabel()
		if speaksOf(site, ownSlugs(), vitepressGenerator().files) {
			o.IDs = unknownIDs()
		}
	}}
	if clean {
		g.form = "/{path}"
	}
	g.excludes = func(inside string) bool {
		return strings.Contains(inside, "[")
	}
	g.withheld = func(_, inside string) string { return firstMatch("srcExclude", excluded, inside) }
	g.address = func(e entry) string { return base + "/" + htmlPath(rewrites.of(e.inside), clean, "index") }
	g.more = func(page *Page, e entry) {
		folder, _, _ := strings.Cut(e.inside, "/")
		page.Lang = languages.table(folder).text("lang", languages.table("root").text("lang", s.text("lang", "")))
		if title := firstTitle(e.body); e.matter.Title == "" && strings.Contains(title, "<Badge") {
			page.Title = strings.TrimSpace(strings.ReplaceAll(badge().ReplaceAllString(title, ""), "`", ""))
		}
		if e.values.text("layout") == "home" {
			page.home(e, languageTitle(s, folder, "root"))
		}
	}
	return g
}

// notAmong returns what names a setting and its patterns for a path that is none of those that they choose, of which some begin
// with "!" and leave out; nil for no patterns.
func notAmong(setting string, patterns []string) func(root, inside string) string {
	if len(patterns) == 0 {
		return nil
	}
	return func(_, inside string) string {
		chosen := false
		for _, text := range patterns {
			glob, out := strings.CutPrefix(text, "!")
			if globOf(glob).MatchString(inside) {
				chosen = !out
			}
		}
		if chosen {
			return ""
		}
		return setting + ": " + strings.Join(patterns, " ")
	}
}

// htmlPath returns the address of a page that is a file, or of its folder if it is called index. A clean one has no extension.
func htmlPath(inside string, clean bool, indexes ...string) string {
	if folder, is := folderPage(inside, indexes...); is {
		return folder
	}
	if clean {
		return inside
	}
	return inside + ".html"
}

// rewrites change the paths of pages, as VitePress has them: packages/:name/index.md to :name.md.
type rewrites []struct {
	from *regexp.Regexp
	to   string
}

var pathParameter = lazyregexp.New(`:(\w+)(\(\.\*\)|\*|\\\*)?`)

func rewritesOf(table settings) (all rewrites) {
	for from := range table {
		to := table.text(from, "")
		expression := pathParameter().ReplaceAllStringFunc(regexp.QuoteMeta(stem(from)), func(p string) string {
			m := pathParameter().FindStringSubmatch(p)
			if m[2] != "" || strings.HasSuffix(p, "*") {
				return "(?P<" + m[1] + ">.*)"
			}
			return "(?P<" + m[1] + ">[^/]+)"
		})
		all = append(all, struct {
			from *regexp.Regexp
			to   string
		}{wholeName(expression), pathParameter().ReplaceAllString(stem(to), "$${$1}")})
	}
	slices.SortFunc(all, func(a, b struct {
		from *regexp.Regexp
		to   string
	}) int {
		return strings.Compare(b.from.String(), a.from.String())
	})
	return all
}

func (r rewrites) of(inside string) string {
	for _, rule := range r {
		if m := rule.from.FindStringSubmatchIndex(inside); m != nil {
			return string(rule.from.ExpandString(nil, rule.to, inside, m))
		}
	}
	return inside
}

func openVuePress(site fs.FS, s settings, _ Options) rules {
	base, root := basePath(s.text("base", "")), holderOf(site, ".vuepress")
	theme, _, themeText, _ := readSettings(site, inFolders([]string{root}, scripts(".vuepress/theme")...)...)
	locked := settings{} // of vuepress-theme-hope: passwords by the beginnings of addresses
	for _, encrypt := range []settings{s.under("encrypt"), theme.under("encrypt")} {
		maps.Copy(locked, encrypt.table("config"))
		if encrypt.flag("global", false) {
			locked["/"] = true
		}
	}
	return documents{
		state:    string(themeText),
		withheld: notAmong("pagePatterns", s.list("pagePatterns")),
		more: func(page *Page, e entry) {
			if truth(e.values["home"], true, false) {
				folder, _, _ := strings.Cut(e.inside, "/")
				page.home(e, languageTitle(s, "/"+folder+"/", "/"))
			}
			for beginning := range locked {
				if strings.HasPrefix("/"+e.inside+"/", beginning) {
					page.given = map[string]any{"password": "of " + beginning}
				}
			}
		},
		roots: []string{root}, form: "/{path}.html", puts: vuepressIncludes(root), shows: showVue,
		prepare: func(o *markdown.Options) {
			o.IDs, o.Shown, o.NoNotes = vitepressIDs(), showEmoji, !plugged(site, "footnote", vuepressGenerator().files)
			o.Captions = codeTitle()
			o.IDs.Name, o.IDs.Explicit = "VuePress", false
			o.IDs.Text = func(h markdown.Heading) string { return markdown.Entities(vitepressText(h)) }
		},
		address: func(e entry) string {
			if own := e.values.text("permalink"); own != "" && !elsewhere(own) {
				return base + "/" + own
			}
			return base + "/" + htmlPath(e.inside, false, "index", "readme")
		},
	}
}

// languageTitle is the title of a site in the language with this name, or in the one that has no folder of its own.
func languageTitle(s settings, name, root string) string {
	languages := s.table("locales")
	if _, is := languages[name]; !is {
		name = root
	}
	return languages.table(name).text("title", s.text("title", ""))
}

// badge is one in a heading, which is no part of the title of a page.
var badge = lazyregexp.New(`<Badge\b[^<>]*(?:/>|>[^<]*</Badge>)`)

// codeLabel is the label of a block of code in a group of them.
var codeLabel = lazyregexp.New("[`~]{3,}.*\\[([^\\]\n]+)\\]")

// ownSlugs is the setting by which a site makes ids in its own way.
var ownSlugs = lazyregexp.New(`\bslugify\b`)

// unknownIDs are those that a function of the site makes: links lead to the page, but for ids that headings state.
func unknownIDs() markdown.IDs {
	ids := markdown.NoIDs()
	ids.Explicit, ids.Unknown = true, true
	return ids
}

// vitepressIDs is the way of VitePress and VuePress (slugify of @mdit-vue/shared): letters are taken apart, and Hangul stays so.
func vitepressIDs() markdown.IDs {
	return markdown.IDs{Name: "VitePress", Text: vitepressText, Slug: vitepressSlug, Explicit: true}
}

// vitepressText is what an id is made of: escapes are resolved, entities are not, and emoji by name are left out.
func vitepressText(h markdown.Heading) string {
	return h.Join(func(text string) string {
		return dropEmoji(escape().ReplaceAllStringFunc(text, func(e string) string { return e[1:] }))
	})
}

var (
	vitepressSigns = lazyregexp.New(`[\s~` + "`" + `!@#$%^&*()\-_+=\[\]{}|\\;:"'“”‘’<>,.?/]+`)
	firstDigit     = lazyregexp.New(`^\d`)
)

func vitepressSlug(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f || r < ' ' {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
	s = strings.Trim(vitepressSigns().ReplaceAllString(s, "-"), "-")
	return strings.ToLower(firstDigit().ReplaceAllString(s, "_$0"))
}
