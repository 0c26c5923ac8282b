package site

import (
	"cmp"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"chaja/internal/lazyregexp"
)

// astroCollection is a folder of entries, of which patterns choose some.
type astroCollection struct {
	name, dir string
	chosen    []string // as in glob of Astro, some with "!" before them
	asNamed   bool     // ids are paths as they are written
	route     astroRoute
	patterns  []pattern
}

var (
	// defined begins the definition of a collection.
	defined = lazyregexp.New(`([\w$]+)["']?\s*[:=]\s*defineCollection\(\s*\{`)
	// exportedNames are the names of the collections, and of what defines them.
	exportedNames = lazyregexp.New(`\bcollections\s*=\s*\{([^{}]*)\}`)
	globCall      = lazyregexp.New(`\bglob\(\s*\{`)
	keepsNames    = lazyregexp.New(`\bgenerateId\s*:\s*\(\s*\{\s*entry\s*\}\s*\)\s*=>\s*entry\.replace\(\s*/[^/\n]*\.[^/\n]*/`)
)

// beyondGlob is what globOf does not read, such as !(a|b).
var beyondGlob = lazyregexp.New(`[!+@?*]\(`)

// allButUnderscores are the entries of a collection without a loader, namesWithoutUnderscore those of Starlight.
var (
	allButUnderscores      = []string{"**/*", "!**/_*/**", "!**/_*"}
	namesWithoutUnderscore = []string{"**/[^_]*"}
)

// findCollections reads the collections that the site defines, and where they are served.
func (a *astro) findCollections(starlight bool) {
	for _, name := range scripts("src/content.config", "src/content/config") {
		content, err := fs.ReadFile(a.site, name)
		if err == nil && len(content) <= maxConfig {
			constants := constantsOf(string(content))
			for _, m := range localImport().FindAllStringSubmatch(string(content), maxImported) {
				maps.Copy(constants, constantsOf(a.module(name, m[2])))
			}
			a.collections = astroCollections(string(content), constants)
			break
		}
	}
	if starlight || exists(a.site, starlightDocs) {
		a.collections = slices.DeleteFunc(a.collections, func(c astroCollection) bool {
			return c.dir == starlightDocs && c.name == "docs" && slices.Equal(c.chosen, allButUnderscores)
		})
		if !slices.ContainsFunc(a.collections, func(c astroCollection) bool { return c.dir == starlightDocs }) {
			a.collections = append(a.collections, astroCollection{name: "docs", dir: starlightDocs, chosen: namesWithoutUnderscore})
		}
	}
	routes, byFolder := a.findRoutes()
	for collection, route := range routes { // of an Astro that needs no definition
		dir := path.Join(astroContent, collection)
		if !slices.ContainsFunc(a.collections, func(c astroCollection) bool { return c.name == collection || c.dir == dir }) {
			a.collections = append(a.collections, astroCollection{name: collection, dir: dir, chosen: allButUnderscores, route: route})
		}
	}
	for i := range a.collections {
		c := &a.collections[i]
		for _, text := range c.chosen {
			c.patterns = append(c.patterns, pattern{text, globOf(strings.TrimPrefix(strings.TrimPrefix(text, "!"), "./"))})
		}
		if c.route = routeFor(*c, routes, byFolder); c.route.note != "" && !a.hasEntries(*c) {
			c.route.note = ""
		}
	}
	slices.SortStableFunc(a.collections, func(a, b astroCollection) int {
		return cmp.Or(len(b.dir)-len(a.dir), strings.Compare(a.name, b.name))
	})
}

// routeFor returns where a collection is served: at the route that asks for it, else at the one in the folder of its name. Where a site
// has routes, and none for it, that is not known.
func routeFor(c astroCollection, routes, byFolder map[string]astroRoute) astroRoute {
	if route, found := routes[c.name]; found {
		return route
	}
	if c.dir == starlightDocs {
		return astroRoute{docs: true}
	}
	if len(byFolder) == 0 {
		return astroRoute{parts: []string{path.Base(c.dir)}}
	}
	for _, folder := range []string{path.Base(c.dir), c.name} {
		if route, found := byFolder[folder]; found {
			return route
		}
	}
	return astroRoute{
		file: c.dir, nowhere: true,
		note: "no route in src/pages asks for the collection " + c.name + "; hits in its pages lead to the home page. State their URLs with urls: in chaja.yaml, or leave them out with exclude:",
	}
}

// hasEntries reports whether a collection has any in Markdown.
func (a *astro) hasEntries(c astroCollection) bool {
	found := false
	_ = fs.WalkDir(a.site, c.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && ignoredName(d.Name()) && name != c.dir {
			return fs.SkipDir
		}
		if found = !d.IsDir() && isMarkdown(name) && c.holds(name); found {
			return fs.SkipAll
		}
		return nil
	})
	return found
}

// astroCollections reads the definitions of collections, in a program with constants.
func astroCollections(program string, constants map[string]string) (all []astroCollection) {
	names := map[string]string{} // by what defines them
	if m := exportedNames().FindStringSubmatch(program); m != nil {
		for pair := range strings.SplitSeq(m[1], ",") {
			name, variable, is := strings.Cut(pair, ":")
			if is {
				names[strings.TrimSpace(variable)] = strings.Trim(strings.TrimSpace(name), `"'`)
			}
		}
	}
	for _, at := range defined().FindAllStringSubmatchIndex(program, maxRoutes) {
		name := program[at[2]:at[3]]
		name = cmp.Or(names[name], name)
		body := program[at[1]-1:]
		body = body[:braces(body)]
		c := astroCollection{name: name, dir: path.Join(astroContent, name), chosen: allButUnderscores}
		if begin := globCall().FindStringIndex(body); begin != nil {
			r := scriptReader{rest: body[begin[1]:], constants: constants}
			loader := r.object()
			c.asNamed = keepsNames().MatchString(body)
			if base := loader.text("base", ""); base != "" || !strings.Contains(body, "base") { // else it is not known
				c.dir = relative(base, ".")
			}
			c.chosen = loader.list("pattern")
			if len(c.chosen) == 0 || slices.ContainsFunc(c.chosen, beyondGlob().MatchString) {
				c.chosen = namesWithoutUnderscore
			}
		}
		all = append(all, c)
	}
	return all
}

// holds reports whether a file is an entry of the collection.
func (c astroCollection) holds(name string) bool {
	inside, below := strings.CutPrefix(name, c.dir+"/")
	if c.dir == "." {
		inside, below = name, true
	}
	if !below {
		return false
	}
	taken := false
	for _, p := range c.patterns {
		if p.MatchString(inside) {
			taken = !strings.HasPrefix(p.text, "!")
		}
	}
	return taken
}

// collectionOf returns the collection that a file is an entry of. Folders that nobody defines are collections to an older Astro.
func (a *astro) collectionOf(name string) (astroCollection, bool) {
	within := false
	for _, c := range a.collections {
		if c.holds(name) {
			return c, true
		}
		within = within || liesIn(name, c.dir)
	}
	inside, is := strings.CutPrefix(name, astroContent+"/")
	first, _, deeper := strings.Cut(inside, "/")
	if !is || !deeper || within || hasUnderscore(inside) {
		return astroCollection{}, false
	}
	return astroCollection{name: first, dir: path.Join(astroContent, first), route: astroRoute{parts: []string{first}}}, true
}

// idOf is the id of an entry: its slug, or its path with each part a slug of GitHub's.
func (c astroCollection) idOf(e entry) string {
	if own := strings.Trim(e.values.text("slug"), "/"); own != "" && !elsewhere(own) {
		return own
	}
	id := stem(strings.TrimPrefix(e.name, c.dir+"/"))
	if c.asNamed {
		return id
	}
	return strings.TrimSuffix(eachPart(id, githubSlug), "/index")
}
