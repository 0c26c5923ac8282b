package site

import (
	"io/fs"
	"path"
	"strings"

	"chaja/internal/lazyregexp"
)

// astroRoute is where a collection is served: the path of the file in src/pages that asks for it, with the values of its parameters.
type astroRoute struct {
	file    string
	parts   []string          // of the path before the entry; those in brackets are parameters
	last    string            // the parameter that is the entry, empty for its id
	values  map[string]string // expressions, by parameter
	bare    bool              // folders that begin with "_" are no part of an entry
	docs    bool              // it is Starlight's
	nowhere bool              // it is not known where
	note    string            // what is not known of it
}

var (
	// asksFor is a call by which a program asks for a collection.
	asksFor = lazyregexp.New(`get(?:Collection|LiveCollection|Entry|LiveEntry)\(\s*['"]([\w-]+)['"]`)
	// dynamicRoute is the path of a route whose last part is a parameter: what stands before, and the name.
	dynamicRoute = lazyregexp.New(`^(.*)/\[(?:\.\.\.)?(\w+)\](?:/index)?\.astro$`)
	parameter    = lazyregexp.New(`^\[(?:\.\.\.)?(\w+)\]$`)
	entryName    = lazyregexp.New(`(?i)^(?:slug|id|post|entry|path|article|doc)`)
	showsEntry   = lazyregexp.New(`\brender\(|<Content\b`)
	localImport  = lazyregexp.New(`(?:import|export)\s+([^;'"]{0,300}?)\s*from\s*["']((?:\.{1,2}|@|~|src)[\w@/.-]*)["']`)
	leavesUnder  = lazyregexp.New(`startsWith\(\s*["']_["']\s*\)`)
)

// maxRoutes bounds the files of routes that are looked at, and the collections.
const maxRoutes = 500

// findRoutes reads the dynamic routes: [...slug].astro, or index.astro in a folder of that name, in the folder of the address. Of
// several for one collection that counts which shows an entry, then one whose parameter has the name of an entry, then one without
// other parameters, then the one with the longest name: the others are lists of posts. They
// are found by the collections that they ask for, and by the paths of their folders.
func (a *astro) findRoutes() (routes, byFolder map[string]astroRoute) {
	routes, byFolder = map[string]astroRoute{}, map[string]astroRoute{}
	ranks, looked := map[string]int{}, 0
	_ = fs.WalkDir(a.site, astroPages, func(name string, d fs.DirEntry, err error) error {
		inside := strings.TrimPrefix(name, astroPages)
		if err != nil || d.IsDir() || !strings.Contains(inside, "[") || looked == maxRoutes {
			return nil
		}
		looked++
		content, err := fs.ReadFile(a.site, name)
		m := dynamicRoute().FindStringSubmatch(inside)
		if err != nil || len(content) > maxConfig || m == nil || strings.HasSuffix(m[2], "page") || hasUnderscore(strings.Trim(m[1], "/")) {
			return nil
		}
		rank := 1 + len(m[1])
		for i, better := range []bool{!strings.Contains(m[1], "["), entryName().MatchString(m[2]), showsEntry().Match(content)} {
			if better {
				rank += maxConfig << i
			}
		}
		if folder := strings.Trim(m[1], "/"); rank > ranks["/"+folder] {
			ranks["/"+folder], byFolder[folder] = rank, a.routeOf(name, m, string(content), "")
		}
		for collection, from := range a.askedFor(name, string(content)) {
			if rank > ranks[collection] {
				ranks[collection], routes[collection] = rank, a.routeOf(name, m, string(content), from)
			}
		}
		return nil
	})
	return routes, byFolder
}

// askedFor returns the collections that a route asks for, itself or in a file that it imports, with the text that does.
func (a *astro) askedFor(name, content string) map[string]string {
	asked := map[string]string{}
	for _, m := range asksFor().FindAllStringSubmatch(content, -1) {
		asked[m[1]] = content
	}
	if len(asked) > 0 || !strings.Contains(content, "getStaticPaths") {
		return asked
	}
	for _, m := range localImport().FindAllStringSubmatch(content, maxImported) {
		program := a.module(name, m[2])
		for _, m := range asksFor().FindAllStringSubmatch(program, -1) {
			asked[m[1]] = program
		}
	}
	return asked
}

// module returns the text of a file that another imports, empty if it is no file of the site. "@" and "~" stand for src.
func (a *astro) module(from, name string) string {
	file := besideFile(from, name)
	if !strings.HasPrefix(name, ".") {
		file = path.Join("src", strings.TrimPrefix(strings.TrimLeft(strings.TrimPrefix(name, "src/"), "@~"), "/"))
	}
	for _, candidate := range append([]string{file}, append(scripts(file), scripts(path.Join(file, "index"))...)...) {
		if !fs.ValidPath(candidate) || path.Ext(candidate) == "" || !isFile(a.site, candidate) {
			continue
		}
		if content, err := fs.ReadFile(a.site, candidate); err == nil && len(content) <= maxConfig {
			return string(content)
		}
	}
	return ""
}

// routeOf reads a route, of which asks is the text that asks for the collection.
func (a *astro) routeOf(name string, m []string, content, asks string) astroRoute {
	r := astroRoute{file: name, last: m[2], values: routeValues(content)}
	if r.values == nil {
		r.values = routeValues(asks)
	}
	if before := strings.Trim(m[1], "/"); before != "" {
		r.parts = strings.Split(before, "/")
	}
	for _, i := range localImport().FindAllStringSubmatch(content, maxImported) {
		for _, function := range strings.FieldsFunc(i[1], func(c rune) bool { return strings.ContainsRune("{}, \n\t", c) }) {
			if strings.HasPrefix(r.values[r.last], function+"(") && leavesUnder().MatchString(a.module(name, i[2])) {
				r.bare = true
			}
		}
	}
	r.note = r.unknown()
	return r
}
