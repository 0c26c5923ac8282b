package site

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"chaja/indexer/markdown"
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
	site   fs.FS
	config settings
	routes map[string]string // by folder of a collection, the path that its entries are served below
	base   string
	end    string // of an address
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
	a := astro{site: site, config: s, routes: map[string]string{}, base: basePath(s.text("base", "")), end: "/"}
	if s.text("trailingSlash", "") == "never" || s.table("build").text("format", "") == "file" {
		a.end = ""
	}
	a.findRoutes()
	g := documents{roots: []string{astroPages, astroContent}, excludes: hasUnderscore, puts: mdxIncludes("."), address: a.address, form: "/{collection}/{path}" + a.end}
	for dir := range a.routes {
		if !liesIn(dir, astroContent) {
			g.roots = append(g.roots, dir)
		}
	}
	slices.Sort(g.roots)
	g.more = func(page *Page, e entry) {
		if liesIn(e.name, starlightDocs) && heroOf(e.values) != nil {
			page.Above = homeTexts(e.values)
		}
	}
	g.prepare = func(o *markdown.Options) {
		o.IDs, o.Captions = sluggerIDs(), codeTitle
		o.IDs.Text = func(h markdown.Heading) string { return h.Join(smartDashes) }
		o.IDs.Explicit = false
	}
	return g
}

// hasUnderscore reports whether a part of a path begins with an underscore, which keeps it from being a page.
func hasUnderscore(inside string) bool {
	return slices.ContainsFunc(strings.Split(inside, "/"), func(part string) bool { return strings.HasPrefix(part, "_") })
}

// twoDashes are what smartypants makes one of.
var twoDashes = regexp.MustCompile(`(^|[^-])--($|[^-])`)

// smartDashes is what Astro's smartypants does to the dashes of a text. Quotes leave no trace in ids.
func smartDashes(s string) string { return twoDashes.ReplaceAllString(markdown.Resolve(s), "$1—$2") }

var (
	// loaderBase is a collection with a loader, and the folder it loads.
	loaderBase = regexp.MustCompile(`(?s)(\w+)\s*=\s*defineCollection\(\s*\{.{0,400}?base:\s*(?:['"` + "`" + `](?:\./)?([^'"` + "`" + `]+)|(\w+)\b)`)
	// named is a constant in a template.
	named = regexp.MustCompile(`\$\{(\w+)\}`)
	// asksFor is a route that asks for a collection.
	asksFor = regexp.MustCompile(`get(?:Collection|LiveCollection)\(\s*['"]([\w-]+)['"]`)
)

// maxRoutes bounds the files of routes that are looked at.
const maxRoutes = 500

// findRoutes finds out where the collections are served: by the dynamic routes of the site that ask for them.
func (a *astro) findRoutes() {
	folders := map[string]string{} // by collection
	for _, name := range scripts("src/content.config", "src/content/config") {
		content, err := fs.ReadFile(a.site, name)
		if err != nil || len(content) > maxConfig {
			continue
		}
		constants := constantsOf(string(content))
		for _, m := range loaderBase.FindAllSubmatch(content, -1) {
			base := named.ReplaceAllStringFunc(string(m[2]), func(part string) string { return constants[part[2:len(part)-1]] })
			folders[string(m[1])] = relative(base+constants[string(m[3])], astroContent)
		}
		break
	}
	for collection, route := range a.routesByCollection() {
		dir, ok := folders[collection]
		if !ok {
			dir = path.Join(astroContent, collection)
		}
		a.routes[dir] = route
	}
	if a.config.find("starlight") != nil || exists(a.site, starlightDocs) {
		if _, own := a.routes[starlightDocs]; !own {
			a.routes[starlightDocs] = ""
		}
	}
	for _, dir := range folders {
		if _, served := a.routes[dir]; !served {
			a.routes[dir] = path.Base(dir)
		}
	}
}

// routesByCollection reads the dynamic routes: [...slug].astro, or index.astro in a folder of that name, in the folder of the
// address. Of several for one collection that counts which shows an entry, then one whose parameter has the name of an entry,
// then the one with the longest name: the others are lists of posts.
func (a *astro) routesByCollection() map[string]string {
	routes, ranks := map[string]string{}, map[string]int{}
	looked := 0
	_ = fs.WalkDir(a.site, astroPages, func(name string, d fs.DirEntry, err error) error {
		inside := strings.TrimPrefix(name, astroPages)
		if err != nil || d.IsDir() || !strings.Contains(inside, "[") || looked == maxRoutes {
			return nil
		}
		looked++
		content, err := fs.ReadFile(a.site, name)
		m := dynamicRoute.FindStringSubmatch(inside)
		if err != nil || len(content) > maxConfig || m == nil || strings.HasSuffix(m[2], "page") {
			return nil
		}
		route, rank := strings.Trim(m[1], "/"), 1+len(m[1])
		if entryName.MatchString(m[2]) {
			rank += maxConfig
		}
		if showsEntry.Match(content) {
			rank += 2 * maxConfig
		}
		for _, m := range asksFor.FindAllSubmatch(content, -1) {
			if collection := string(m[1]); rank > ranks[collection] {
				routes[collection], ranks[collection] = route, rank
			}
		}
		return nil
	})
	return routes
}

var (
	// dynamicRoute is the path of a route with one parameter, its last part: what stands before, and the name.
	dynamicRoute = regexp.MustCompile(`^([^\[]*)/\[(?:\.\.\.)?(\w+)\](?:/index)?\.astro$`)
	entryName    = regexp.MustCompile(`(?i)^(?:slug|id|post|entry|path|article|doc)`)
	showsEntry   = regexp.MustCompile(`\brender\(|<Content\b`)
)

func (a *astro) address(e entry) string {
	if e.root == astroPages {
		inside, _ := folderPage(e.inside, "index")
		return a.base + "/" + strings.TrimSuffix(inside, "/") + a.endOf(inside)
	}
	dir := a.collectionOf(e)
	id := strings.TrimPrefix(e.name, dir+"/")
	id = strings.TrimSuffix(eachPart(stem(id), githubSlug), "/index")
	if own := strings.Trim(e.values.text("slug"), "/"); own != "" && !elsewhere(own) {
		id = own
	}
	route, ok := a.routes[dir]
	if !ok {
		route = path.Base(dir)
	}
	if id == "index" && dir == starlightDocs {
		id = ""
	}
	inside := path.Join(route, id)
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

// collectionOf returns the folder of the collection that an entry belongs to.
func (a *astro) collectionOf(e entry) string {
	best := e.root
	if e.root == astroContent {
		first, _, _ := strings.Cut(e.inside, "/")
		best = path.Join(astroContent, first)
	}
	for dir := range a.routes {
		if liesIn(e.name, dir) && len(dir) > len(best) {
			best = dir
		}
	}
	return best
}

// githubSlug is the slug of github-slugger, of a heading or of a part of a path.
func githubSlug(s string) string { return markdown.Words(s, " ") }

// sluggerIDs is the way of generators that use github-slugger. It is GitHub's, but for headings of several lines.
func sluggerIDs() markdown.IDs {
	ids := markdown.GitHubIDs()
	ids.Slug = githubSlug
	return ids
}
