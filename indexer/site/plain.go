package site

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// plain is a folder of Markdown in which every file is a page. A program that is not known here publishes it, such as one
// made with Next.js, Gatsby or VuePress.
type plain struct{ pattern string }

func plainGenerator() generator {
	return generator{
		name: "plain", title: "Plain Markdown", patterns: true, open: openPlain,
		marks: func(fs.FS, settings, bool) bool { return true },
	}
}

func openPlain(_ fs.FS, _ settings, o Options) rules { return plain{o.URL} }

func (plain) options() markdown.Options {
	return markdown.Options{Lines: openContainers}
}
func (plain) fill(body string, _ frontmatter.Matter) string { return showMDN(stateIDs(body)) }

// commentID is the id of a heading in a comment of MDX, which sites of MDX have in .md too: ## 제목 {/*id*/}.
var commentID = lazyregexp.New(`(?m)^([ \t]{0,3}#{1,6}[ \t].*)\{/\*[ \t]*#?([^\s*/{}]+)[ \t]*\*/\}[ \t]*$`)

// stateIDs writes such ids as GitHub's Markdown has them, outside of code.
func stateIDs(source string) string {
	if !strings.Contains(source, "{/*") {
		return source
	}
	var b strings.Builder
	for code, part := range markdown.Fenced(source) {
		if !code {
			part = commentID().ReplaceAllString(part, "$1{#$2}")
		}
		b.WriteString(part)
	}
	return b.String()
}

func (plain) holds(dir string) bool { return !ignoredFolder(dir) }
func (plain) takes(name string) bool {
	return !ignoredFile(name) && !ignoredFolder(name) && !slices.Contains(repositoryFiles(), path.Base(name))
}

// repositoryFiles are about the repository, too, when they are written just so; in small letters they may be posts.
func repositoryFiles() []string {
	return []string{"AGENTS.md", "CLAUDE.md", "GEMINI.md", "CHANGELOG.md", "SECURITY.md", "MAINTAINERS.md"}
}

func (p plain) permalink() string {
	if p.pattern != "" {
		return p.pattern
	}
	return "/{YYYY}/{MM}/{slug}/ by dated file names, others by their paths"
}

func (p plain) page(name string, _ []byte, m frontmatter.Matter) Page {
	v := values(m.Values).lowered() // no strict reader is known here
	page := Page{Date: statedDate(m, v), Tags: m.Tags, Categories: m.Categories}
	if date, _ := Name(name); page.Date.IsZero() {
		page.Date, _ = frontmatter.ParseDate(date)
	}
	page.URL = p.url(name, m)
	page.Elsewhere = onAnotherSite(v.text("url"))
	switch own := v.text("permalink"); {
	case own == "":
	case elsewhere(own):
		page.Problem = refused(own)
	default:
		page.URL, page.own = encodedOnce(squeezed("/"+strings.TrimSpace(own))), true
		return page.hiddenBy(v)
	}
	if page.Date.IsZero() && dateful().MatchString(p.pattern) {
		page.Problem = noDate
	}
	return page.hiddenBy(v)
}

// hiddenBy returns the page with why it is not published, if its front matter says so.
func (page Page) hiddenBy(v values) Page {
	if truth(v["draft"], true, false) {
		page.Hidden = "draft: true"
	}
	for _, key := range []string{"published", "publish", "public"} {
		if !truth(v[key], true, true) {
			page.Hidden = key + ": false"
		}
	}
	return page
}

// url returns where a file is: by the pattern, whose {dir} leaves out the folder of contents, or by its path.
func (p plain) url(name string, m frontmatter.Matter) string {
	if p.pattern == "" {
		return URL(name)
	}
	folders, _ := segments(name)
	return fill(p.pattern, name, name, contents(folders), m, m.Date)
}

// ignoredFolder reports whether a folder of this name holds something else than posts: hidden files, templates, drafts,
// packages, or what a generator has written. Some names mean that only at the top of a site.
func ignoredFolder(name string) bool {
	base := path.Base(name)
	switch {
	case name == ".":
		return false
	case strings.HasPrefix(base, "."), slices.Contains([]string{"node_modules", "_includes", "_layouts", "_sass", "_drafts", "_site"}, base):
		return true
	}
	return slices.Contains([]string{"scaffolds", "archetypes", "layouts", "themes", "vendor", "public"}, name)
}

// ignoredFile reports whether a file is about the repository rather than part of the site.
func ignoredFile(name string) bool {
	stem := strings.ToLower(stem(name))
	about := []string{"readme", "license", "licence", "license_docs", "contributing", "code_of_conduct"}
	return slices.Contains(about, strings.NewReplacer("-", "_", " ", "_").Replace(stem))
}

// container begins or ends a box of VuePress, Docusaurus or Zenn, with its title.
var container = lazyregexp.New(`^([ \t]*):{3,}[ \t]*[a-zA-Z-]*[ \t]*(.*)$`)

// containerSettings stand behind the title of a box.
var containerSettings = lazyregexp.New(`[ \t]*\{[^{}]*\}[ \t]*$`)

// openContainers leaves the titles of boxes.
func openContainers(lines []string) {
	for i, line := range lines {
		if m := container().FindStringSubmatch(line); m != nil {
			title := containerSettings().ReplaceAllString(m[2], "")
			if inner, is := strings.CutPrefix(title, "["); is {
				title = strings.TrimSuffix(inner, "]")
			}
			lines[i] = m[1] + title
			if title != "" {
				lines[i] += "  " // the end of a line, and nothing at the end of a paragraph
			}
		}
	}
}
