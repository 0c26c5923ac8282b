package site

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// astroGenerator is Astro: pages in src/pages, and collections, which the site's own routes serve.
func astroGenerator() generator {
	return generator{
		name: "astro", title: "Astro", files: scripts("astro.config"), open: openAstro,
		marks: func(_ fs.FS, _ settings, configured bool) bool { return configured },
	}
}

// astro follows Astro 5, and Starlight, which is built on it.
type astro struct {
	documents
	site        fs.FS
	collections []astroCollection
	base        string
	end         string // of an address
}

// starlightShows are the attributes that the components of Starlight show.
var starlightShows = attributesOf("Card: title", "LinkCard: title, description", "TabItem: label", "Aside: title", "Badge: text")

// Folders of Astro.
const (
	astroPages    = "src/pages"
	astroContent  = "src/content"
	starlightDocs = "src/content/docs"
)

func openAstro(site fs.FS, s settings, _ Options) rules {
	a := &astro{site: site, base: basePath(s.text("base", "")), end: "/"}
	if s.text("trailingSlash", "") == "never" || s.table("build").text("format", "") == "file" {
		a.end = ""
	}
	a.findCollections(s.find("starlight") != nil)
	a.documents = documents{roots: []string{astroPages, astroContent}, puts: mdxIncludes("."), address: a.address, more: a.more, form: "/{collection}/{path}" + a.end}
	for _, c := range a.collections {
		a.state += fmt.Sprint(c)
		if c.route.note != "" {
			a.notes = append(a.notes, Note{Path: c.route.file, Of: c.dir, Reason: c.route.note})
		}
		if !liesIn(c.dir, astroContent) && !slices.Contains(a.roots, c.dir) {
			a.roots = append(a.roots, c.dir)
		}
	}
	slices.Sort(a.roots)
	a.prepare = func(o *markdown.Options) {
		o.IDs, o.Captions = sluggerIDs(), codeTitle()
		o.IDs.Text = func(h markdown.Heading) string { return h.Join(smartDashes) }
		o.IDs.Explicit = false
	}
	return a
}

// takes reports whether a file is a page, or an entry of a collection.
func (a *astro) takes(name string) bool {
	if !a.documents.takes(name) {
		return false
	}
	if liesIn(name, astroPages) {
		return !hasUnderscore(strings.TrimPrefix(name, astroPages+"/"))
	}
	_, ok := a.collectionOf(name)
	return ok
}

// more knows of pages whose addresses have parameters, and of what Starlight shows of the front matter.
func (a *astro) more(page *Page, e entry) {
	if e.root == astroPages && strings.Contains(e.inside, "[") {
		page.Hidden = "its path has parameters, for which Markdown has no values"
	}
	if c, ok := a.collectionOf(e.name); ok && e.root != astroPages {
		_, known := c.route.of(c.idOf(e), e)
		if page.Unplaced = !known; !known {
			page.URL = a.base + "/"
			if c.route.note == "" {
				page.Problem = "its route wants a field that its front matter does not have; hits in it lead to the home page"
			}
		}
	}
	if liesIn(e.name, starlightDocs) && heroOf(e.values) != nil {
		page.Above = homeTexts(e.values)
	}
}

// hasUnderscore reports whether a part of a path begins with an underscore, which keeps it from being a page.
func hasUnderscore(inside string) bool {
	return slices.ContainsFunc(strings.Split(inside, "/"), func(part string) bool { return strings.HasPrefix(part, "_") })
}

// twoDashes are what smartypants makes one of.
var twoDashes = lazyregexp.New(`(^|[^-])--($|[^-])`)

// smartDashes is what Astro's smartypants does to the dashes of a text. Quotes leave no trace in ids.
func smartDashes(s string) string {
	return twoDashes().ReplaceAllString(markdown.Resolve(s), "$1—$2")
}

func (a *astro) address(e entry) string {
	inside := ""
	if e.root == astroPages {
		inside, _ = folderPage(e.inside, "index")
		inside = strings.TrimSuffix(inside, "/")
	} else if c, ok := a.collectionOf(e.name); ok {
		inside, _ = c.route.of(c.idOf(e), e)
	}
	return a.base + "/" + inside + a.endOf(inside)
}

// endOf is the end of an address below the base.
func (a *astro) endOf(inside string) string {
	switch strings.Trim(inside, "/") {
	case "":
		return ""
	case "404", "500": // pages of errors are files
		return ".html"
	}
	return a.end
}

// githubSlug is the slug of github-slugger, of a heading or of a part of a path.
func githubSlug(s string) string { return markdown.Words(s, " ") }

// sluggerIDs is the way of generators that use github-slugger. It is GitHub's, but for headings of several lines.
func sluggerIDs() markdown.IDs {
	ids := markdown.GitHubIDs()
	ids.Slug = githubSlug
	return ids
}
