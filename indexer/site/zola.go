package site

import (
	"io/fs"
	"path"
	"strings"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// zolaGenerator is Zola: paths and ids are romanized.
func zolaGenerator() generator {
	return generator{
		name: "zola", title: "Zola", files: []string{"zola.toml", "config.toml"}, open: openZola,
		marks: func(_ fs.FS, s settings, _ bool) bool { return s["base_url"] != nil },
	}
}

// zola knows how a site writes paths: "on" romanizes them, "safe" and "off" keep their letters.
type zola struct{ base, paths string }

func openZola(_ fs.FS, s settings, _ Options) rules {
	z := zola{basePath(s.text("base_url", "")), s.table("slugify").text("paths", "on")}
	anchors := romanSlug
	if s.table("slugify").text("anchors", "on") != "on" {
		anchors = githubSlug
	}
	ignored := patternsOf(s.list("ignored_content"), globOf)
	return documents{
		withheld: func(_, inside string) string {
			return firstMatch("ignored_content", ignored, inside, "content/"+inside)
		},
		roots: []string{"content"}, address: z.address, more: z.more, form: "/{path}/",
		prepare: func(o *markdown.Options) {
			o.IDs = markdown.IDs{Name: "Zola", Text: markdown.Heading.Text, Slug: anchors, Explicit: true}
			o.Prepare = dropShortcodes
		},
	}
}

func (z zola) part(name string) string {
	if z.paths == "on" {
		return romanSlug(name)
	}
	return name
}

func (z zola) address(e entry) string {
	if own := e.values.text("path"); own != "" && !elsewhere(own) {
		return z.base + "/" + strings.Trim(own, "/") + "/"
	}
	folder, is := folderPage(e.inside, "index", "_index")
	folder = strings.TrimSuffix(folder, "/")
	dir, name := path.Split(folder)
	if _, undated := zolaName(name); undated != "" {
		name = undated
	}
	if own := e.values.text("slug"); own != "" && (!is || e.stem() == "index") {
		name = own
	}
	return z.base + "/" + eachPart(dir+name, z.part) + "/"
}

// zolaDate is the day that the name of a file begins with.
var zolaDate = lazyregexp.New(`^(\d{4}-\d\d-\d\d)(?:T[^_-]*)?[-_](.+)$`)

func zolaName(name string) (day, rest string) {
	if m := zolaDate().FindStringSubmatch(name); m != nil {
		return m[1], m[2]
	}
	return "", ""
}

func (z zola) more(page *Page, e entry) {
	folder, _ := folderPage(e.inside, "index", "_index")
	if day, _ := zolaName(path.Base(folder)); page.Date.IsZero() {
		page.Date, _ = frontmatter.ParseDate(day)
	}
	if groups, ok := e.values["taxonomies"].(map[string]any); ok {
		named := values(groups).lowered()
		page.Tags = unique(append(page.Tags, named.list("tags", whole)...))
		page.Categories = unique(append(page.Categories, named.list("categories", whole)...))
	}
	if e.values.text("render") == "false" {
		page.Hidden = "render: false"
	}
}

// zolaShortcode is a call of a shortcode, and the end of one with a body.
var zolaShortcode = lazyregexp.New(`\{\{[ \t]*\w+\([^{}]*\)[ \t]*\}\}|\{%-?[ \t]*(?:\w+\([^{}]*\)|end)[ \t]*-?%\}`)

// dropShortcodes leaves the bodies of shortcodes.
func dropShortcodes(source string) string {
	return zolaShortcode().ReplaceAllStringFunc(source, func(call string) string {
		return strings.Repeat("\n", strings.Count(call, "\n"))
	})
}
