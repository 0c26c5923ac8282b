package site

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// docusaurusGenerator is Docusaurus 3: documents, a blog and pages, in several languages and versions.
func docusaurusGenerator() generator {
	return generator{
		name: "docusaurus", title: "Docusaurus", files: inFolders(docFolders(), scripts("docusaurus.config")...), open: openDocusaurus,
		marks: func(_ fs.FS, _ settings, configured bool) bool { return configured },
	}
}

var docusaurusShows = attributesOf("TabItem: label", "Admonition: title")

// docusaurus knows what each folder of a site is.
type docusaurus struct {
	base  string
	slash string // at the end of an address: "/", or "-" for none, empty for that of the page
	parts map[string]docusaurusPart
}

// docusaurusPart is a folder of Docusaurus: where it is served, and what lies in it.
type docusaurusPart struct {
	route    string
	language string // empty for that of the site
	blog     bool
	pages    bool
	numbered bool      // numbers before names stay
	excluded []pattern // paths that are no pages
}

func openDocusaurus(site fs.FS, s settings, _ Options) rules {
	home := "."
	for _, dir := range docFolders() {
		if exists(site, inFolders([]string{dir}, scripts("docusaurus.config")...)...) {
			home = dir
			break
		}
	}
	d := docusaurus{base: basePath(s.text("baseUrl", "")), parts: map[string]docusaurusPart{}}
	d.slash = map[string]string{"true": "/", "false": "-"}[s.text("trailingSlash", "")]
	instances := docusaurusInstances(s)
	docsAt, blogAt := "docs", "blog"
	for _, in := range instances {
		if d.addInstance(site, home, in, s.table("i18n")); in.id == "" && in.kind == "docs" {
			docsAt = in.route
		} else if in.id == "" && in.kind == "blog" {
			blogAt = in.route
		}
	}
	var roots []string
	for dir := range d.parts {
		roots = append(roots, dir)
	}
	slices.Sort(roots)
	return documents{
		roots: roots, excludes: hasUnderscore, withheld: d.withheld, puts: mdxIncludes(home), address: d.address, more: d.more, form: path.Join("/", docsAt, "{path}") + ", " + path.Join("/", blogAt, "{date}/{slug}"),
		prepare: func(o *markdown.Options) {
			*o = readMDX(*o, docusaurusShows)
			o.Captions = codeTitle()
			o.IDs.Shown = 2
		},
	}
}

// withheld says how the settings of a part leave out a page of it.
func (d *docusaurus) withheld(root, inside string) string {
	return firstMatch("exclude", d.parts[root].excluded, inside)
}

// numberPrefix is what Docusaurus takes off a name: 01-basics, but not a date or a version.
var (
	numberPrefix = lazyregexp.New(`^\d+\s*[-_.]+\s*([^-_.\s].*)$`)
	noPrefix     = lazyregexp.New(`^\d+[-_.]\d+`)
	blogName     = lazyregexp.New(`^(.*?)(\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(.*?)(?:/index)?$`)
)

func withoutNumber(name string) string {
	if m := numberPrefix().FindStringSubmatch(name); m != nil && !noPrefix().MatchString(name) {
		return m[1]
	}
	return name
}

func (d *docusaurus) address(e entry) string {
	part := d.parts[e.root]
	inside := d.inside(part, e)
	at := d.base + "/" + strings.Trim(part.route, "/") + "/" + strings.TrimPrefix(inside, "/")
	switch trimmed := strings.TrimRight(at, "/"); {
	case trimmed == "" || trimmed == d.base:
		return d.base + "/"
	case d.slash == "/":
		return trimmed + "/"
	case d.slash == "-":
		return trimmed
	case inside == "":
		return trimmed
	}
	return at
}

// inside returns the address of a page below that of its part.
func (d *docusaurus) inside(part docusaurusPart, e entry) string {
	own := e.values.text("slug")
	if elsewhere(own) {
		own = ""
	}
	switch {
	case part.pages:
		folder, _ := folderPage(e.inside, "index")
		return folder
	case part.blog && own != "":
		return own
	case part.blog:
		if m := blogName().FindStringSubmatch(e.inside); m != nil {
			return strings.ReplaceAll(m[2], "-", "/") + "/" + m[1] + m[3]
		}
		return strings.TrimSuffix(e.inside, "/index")
	case strings.HasPrefix(own, "/"):
		return own
	}
	bare := withoutNumber
	if part.numbered {
		bare = strings.Clone
	}
	folder, base := eachPart(e.folder(), bare), bare(e.stem())
	if own == "" && slices.ContainsFunc([]string{"index", "readme", path.Base(e.folder())}, func(n string) bool { return strings.EqualFold(n, base) }) {
		return folder + "/"
	}
	return path.Join(folder, cmp.Or(own, e.values.text("id"), base))
}

// more takes the date of a post of the blog from its path.
func (d *docusaurus) more(page *Page, e entry) {
	if m := blogName().FindStringSubmatch(e.inside); m != nil && d.parts[e.root].blog && page.Date.IsZero() {
		page.Date, _ = frontmatter.ParseDate(strings.ReplaceAll(m[2], "/", "-"))
	}
	page.Lang = d.parts[e.root].language
	if tags, is := e.values["tags"].([]any); is {
		page.Tags = nil
		for _, tag := range tags {
			if table, is := tag.(map[string]any); is {
				tag = table["label"] // beside its permalink
			}
			page.Tags = append(page.Tags, scalar(tag))
		}
		page.Tags = unique(page.Tags)
	}
	if p := d.parts[e.root]; !p.blog && !p.pages && e.matter.Title == "" && !beginsWithTitle(e.body) {
		if page.Title = e.values.text("id"); page.Title == "" && p.numbered {
			page.Title = e.stem()
		} else if page.Title == "" {
			page.Title = withoutNumber(e.stem())
		}
	}
}
