package site

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// documents are the rules of a generator that serves each Markdown file below some folders at an address made of its path. Most
// generators of today do. What they differ by are the functions here.
type documents struct {
	roots    []string                                       // folders of the pages, "." for the site; one may lie in another
	excludes func(inside string) bool                       // of a path below its root, that it is no page; nil if all are
	withheld func(root, inside string) string               // of such a path, what of the settings keeps it from being shown; nil if nothing does
	address  func(e entry) string                           // the path that it is served at, not encoded
	more     func(page *Page, e entry)                      // what else is known of the page; nil for nothing
	prepare  func(o *markdown.Options)                      // how it reads Markdown; nil for GitHub's
	shows    func(body string, m frontmatter.Matter) string // see Rules.Show; nil for nothing
	form     string                                         // of the addresses, for a person
	puts     inclusions                                     // the files that a page puts into its text; nil for none
	behind   []inclusion                                    // the files that stand behind every page
	notes    []Note                                         // see Rules.Notes
	state    string                                         // of files beside the configuration that pages depend on
}

// codeTitle is the title of a block of code, as the generators of today have it behind the language.
var codeTitle = lazyregexp.New(`\b(?:title|filename)=(?:"([^"\n]*)"|'([^'\n]*)')`)

// entry is a file on its way to a page.
type entry struct {
	name   string // its path in the site
	root   string
	inside string // its path below root, without the extension
	date   time.Time
	matter frontmatter.Matter
	body   string // the content, front matter included
	values values // of the front matter, keys in lower case
}

// stem returns the name of the file, without folders and extension.
func (e entry) stem() string { return path.Base(e.inside) }

// folder returns its folder below the root, empty for the root itself.
func (e entry) folder() string {
	if dir := path.Dir(e.inside); dir != "." {
		return dir
	}
	return ""
}

func (g documents) permalink() string { return g.form }

func (g documents) includes() inclusions { return g.puts }

func (g documents) appended() []inclusion { return g.behind }

func (g documents) told() []Note { return g.notes }

func (g documents) stamp() string { return g.state }

func (g documents) options() markdown.Options {
	o := markdown.Options{Lines: openContainers}
	if g.prepare != nil {
		g.prepare(&o)
	}
	return o
}

func (g documents) holds(dir string) bool {
	if dir == "." || ignoredName(path.Base(dir)) {
		return dir == "."
	}
	return slices.ContainsFunc(g.roots, func(root string) bool {
		return root == "." || liesIn(root, dir) || liesIn(dir, root)
	})
}

func (g documents) takes(name string) bool {
	root, inside := g.below(name)
	return root != "" && !ignoredName(path.Base(name)) && (g.excludes == nil || !g.excludes(inside))
}

// below returns the deepest root that holds a file, empty for none, and its path below that.
func (g documents) below(name string) (root, inside string) {
	for _, r := range g.roots {
		if r == "." && root == "" {
			root, inside = r, name
		} else if rest, ok := strings.CutPrefix(name, r+"/"); ok && len(r) > len(strings.TrimPrefix(root, ".")) {
			root, inside = r, rest
		}
	}
	return root, inside
}

func (g documents) page(name string, content []byte, m frontmatter.Matter) Page {
	root, inside := g.below(name)
	e := entry{name: name, root: root, inside: stem(inside), matter: m, body: string(content), values: values(m.Values).lowered()}
	e.date = statedDate(m, e.values)
	if day, _ := Name(name); e.date.IsZero() {
		e.date, _ = frontmatter.ParseDate(day)
	}
	page := Page{Date: e.date, Tags: m.Tags, Categories: m.Categories}.hiddenBy(e.values)
	if g.withheld != nil && page.Hidden == "" {
		page.Hidden = g.withheld(root, inside)
	}
	page.URL = encoded(squeezed("/" + g.address(e)))
	if g.more != nil {
		g.more(&page, e)
	}
	return page
}

// dateFields are the fields of front matter that state the day of a post, as folded makes them. The first that does counts;
// that of the last change goes before none.
var dateFields = strings.Fields(`
	pubdate pubdatetime publishdate publisheddate publicationdate publishedat publishedon published publishedtime datepublished
	postdate postedat posted dateposted createdat createdon createddate creationdate datecreated created
	lastmod lastmodified lastmodifiedat modified modifiedat datemodified moddatetime updateddate updatedat
	dateupdated updated lastupdated lastupdatedat lastupdate lastedited`)

// statedDate returns the date that front matter states, zero for none.
func statedDate(m frontmatter.Matter, v values) time.Time {
	if !m.Date.IsZero() {
		return m.Date
	}
	if dates, ok := v["date"].(map[string]any); ok { // of Material for MkDocs
		if date, ok := frontmatter.ParseDate(scalar(dates["created"])); ok {
			return date
		}
	}
	found, at := time.Time{}, len(dateFields)
	for _, key := range slices.Sorted(maps.Keys(v)) {
		if i := slices.Index(dateFields[:at], folded(key)); i >= 0 {
			text := v.text(key)
			if table, is := v[key].(map[string]any); is { // last_update of Docusaurus
				text = scalar(table["date"])
			}
			if date, ok := frontmatter.ParseDate(text); ok {
				found, at = date, i
			}
		}
	}
	return found
}

// ignoredName reports whether a file or folder of this name holds no page in any generator.
func ignoredName(base string) bool { return strings.HasPrefix(base, ".") || base == "node_modules" }

// liesIn reports whether a path is a folder or lies in it.
func liesIn(name, dir string) bool { return name == dir || strings.HasPrefix(name, dir+"/") }

// eachPart joins the parts of a path, each changed.
func eachPart(name string, change func(string) string) string {
	all := strings.Split(name, "/")
	for i, part := range all {
		all[i] = change(part)
	}
	return strings.Join(all, "/")
}

// folderPage returns the path without the name of its file, if that is the page of its folder.
func folderPage(name string, names ...string) (string, bool) {
	if !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(path.Base(name), n) }) {
		return name, false
	}
	dir, _ := path.Split(name)
	return dir, true
}

// relative returns a folder of a configuration as a path in the site, otherwise if it leads out of it.
func relative(dir, otherwise string) string {
	dir = path.Clean(strings.TrimPrefix(cmp.Or(dir, otherwise), "/"))
	if dir == ".." || strings.HasPrefix(dir, "../") {
		return otherwise
	}
	return dir
}
