package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // sites name time zones, and not every machine knows them

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
)

// ErrOptions says that Options are wrong. The errors that wrap it say what to write.
var ErrOptions = errors.New("wrong option")

// Options say what cannot be seen in a site. With the zero value the generator is found from the site's files.
type Options struct {
	Generator string // one of Generators; empty to look for it
	URL       string // pattern of URLs for plain Markdown, such as /{YYYY}/{MM}/{slug}/

	// URLs are patterns for folders whose pages lie elsewhere than the generator says, or than URL does. Of several the
	// deepest counts.
	URLs []FolderURL

	// Exclude are globs of files and folders that are not indexed, relative to the site. One without a slash is of names
	// wherever they lie.
	Exclude []string
}

// Page is what a generator makes of a file.
type Page struct {
	URL        string    // the path it is served at, with the site's base path, percent-encoded once
	Hidden     string    // why it is not published; empty if it is
	Unreadable bool      // that is not what its author wants: the generator cannot read it
	Title      string    // what the generator calls it, empty for what its front matter or its first heading says
	Date       time.Time // zero if it has none
	Tags       []string
	Categories []string
	Lang       string   // empty if neither the site nor the page states one
	Problem    string   // what was wrong and how it was read, empty if nothing was
	Aliases    []string // addresses that lead to it too, as its front matter has them
	Names      []string // that its author calls it by too, beside its title
	Above      []string // texts of its front matter that it shows above its own
	Protected  string   // why only its title and Abstract are shown to everybody; empty if all of it is
	Abstract   string   // what its site shows of it, if it is Protected

	Elsewhere string // address of the page on another site, where it is to be read; its headings have no known ids there

	Unplaced bool // its own URL cannot be known: URL is that of another page, and its headings have no ids there

	own   bool           // URL is what its front matter says
	given map[string]any // fields that its site sets for it, which its front matter may set otherwise
}

// Rules are what the generator of a site makes of its files.
type Rules struct {
	Generator string           // one of Generators
	Found     string           // what told so, for a person
	Markdown  markdown.Options // how it reads Markdown
	Stamp     string           // equal for equal rules
	expiry    string           // see generator
	excluded  []pattern
	places    folderURLs
	rules
}

// rules are one generator's view of one site. Paths are relative to the site, as the file system spells them.
type rules interface {
	// holds reports whether pages may lie in a folder.
	holds(dir string) bool
	// takes reports whether a Markdown file is a page, as far as its path tells.
	takes(name string) bool
	// page says what becomes of a file with this content.
	page(name string, content []byte, m frontmatter.Matter) Page
	// options say how it reads Markdown.
	options() markdown.Options
	// permalink is the form of the URLs of most posts, for a person.
	permalink() string
}

// generator is what a generator hands in. The file that is named after it says all of it.
type generator struct {
	name     string
	title    string   // for a person
	files    []string // the names that its configuration may have
	patterns bool     // its URLs have the form that Options give
	expiry   string   // field of front matter with the day from which on a post is hidden, in lower case; empty for none
	// marks reports whether a site that has such a configuration, or none, is this generator's.
	marks func(site fs.FS, s settings, configured bool) bool
	open  func(site fs.FS, s settings, o Options) rules
}

// generators lists them in the order in which they are looked for. The last one takes anything.
func generators() []generator {
	return []generator{
		astroGenerator(), vitepressGenerator(), vuepressGenerator(), docusaurusGenerator(), nextraGenerator(), gatsbyGenerator(),
		eleventyGenerator(), quartzGenerator(), mkdocsGenerator(), mdbookGenerator(), honkitGenerator(), zolaGenerator(), pelicanGenerator(),
		hugoGenerator(), hexoGenerator(), jekyllGenerator(), docsifyGenerator(), wikiGenerator(), obsidianGenerator(), plainGenerator(),
	}
}

// Generators returns the names that Options.Generator may have.
func Generators() []string {
	var names []string
	for _, g := range generators() {
		names = append(names, g.name)
	}
	return names
}

// PlainRules are those of the generator that takes anything.
func PlainRules() Rules {
	all := generators()
	r, _ := rulesOf(embed.FS{}, Options{Generator: all[len(all)-1].name})
	return r
}

// rulesOf finds out whose site this is. A configuration that cannot be read is an error beside usable rules.
func rulesOf(site fs.FS, o Options) (Rules, error) {
	if o.Generator != "" && !slices.Contains(Generators(), o.Generator) {
		return Rules{}, fmt.Errorf("%w: unknown generator %q; choose one of %s", ErrOptions, o.Generator, strings.Join(Generators(), ", "))
	}
	for _, g := range generators() {
		s, config, content, err := readSettings(site, g.files...)
		switch {
		case o.Generator != "" && o.Generator != g.name:
			continue
		case o.Generator == "" && !g.marks(site, s, config != ""):
			continue
		}
		if o.URL != "" {
			if err := o.checkURL(g); err != nil {
				return Rules{}, err
			}
		}
		excluded, wrong := exclusions(o.Exclude)
		if wrong != nil {
			return Rules{}, wrong
		}
		places, wrong := folderURLsOf(o.URLs)
		if wrong != nil {
			return Rules{}, wrong
		}
		r := Rules{Generator: g.name, expiry: g.expiry, excluded: excluded, places: places, rules: g.open(site, s, o)}
		r.Markdown = r.options()
		ids := cmp.Or(r.Markdown.IDs.Name, markdown.GitHubIDs().Name)
		r.Found = fmt.Sprintf("%s%s, URLs %s, heading ids of %s", g.title, by(g, config, o), r.permalink()+places.String(), ids)
		r.Stamp = fmt.Sprintf("%s %s %s %x", g.name, o.URL, clock(time.Local), sha256.Sum256(content))
		if len(places) > 0 {
			r.Stamp += fmt.Sprintf(" %q", places)
		}
		if more, ok := r.rules.(interface{ stamp() string }); ok {
			r.Stamp += fmt.Sprintf(" %x", sha256.Sum256([]byte(more.stamp())))
		}
		if err != nil {
			err = configError{config, err}
		}
		return r, err
	}
	return PlainRules(), nil // the last row takes anything
}

// clock returns a name that two time zones share only if their clocks do. The zone of a machine is called Local wherever
// the machine stands. It looks at every Sunday that posts are dated by, as clocks are changed on Sundays (and whoever does it
// on another day has another clock on the next).
func clock(zone *time.Location) string {
	h := sha256.New()
	last := time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
	for at := time.Date(1970, 1, 4, 12, 0, 0, 0, time.UTC); at.Before(last); at = at.AddDate(0, 0, 7) {
		name, offset := at.In(zone).Zone()
		fmt.Fprintln(h, name, offset)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// noDate is told of a page without a date whose URL has one.
const noDate = "no date, though its URL wants one; write date: 2019-08-29 in its front matter"

// checkURL returns an error unless the pattern of URLs is one that the generator fills.
func (o Options) checkURL(g generator) error {
	if !g.patterns {
		return fmt.Errorf("%w: URLs of a %s site are its own; leave --url out, or add --generator plain", ErrOptions, g.title)
	}
	return checkPattern(o.URL, "--url")
}

// by says what a generator was known by.
func by(g generator, config string, o Options) string {
	switch {
	case o.Generator != "":
		return " as told"
	case config != "":
		return " by " + config
	case len(g.files) > 0:
		return " by its folders"
	}
	return ""
}

// configError is a configuration that cannot be read.
type configError struct {
	name string
	err  error
}

func (e configError) Error() string { return fmt.Sprintf("read %s: %v", e.name, e.err) }
func (e configError) Unwrap() error { return e.err }

// Note says what of a site cannot be known, with the file that makes it so.
type Note struct {
	Path   string // relative to the site
	Of     string // the folder or page that it concerns, likewise
	Reason string
}

// Notes returns what of the site cannot be known and its owner has not stated.
func (r Rules) Notes() (notes []Note) {
	teller, ok := r.rules.(interface{ told() []Note })
	if !ok {
		return nil
	}
	for _, n := range teller.told() {
		if _, stated := r.places.of(path.Join(n.Of, "index.md")); !stated {
			notes = append(notes, n)
		}
	}
	return notes
}

// Page says what becomes of a post with this content and front matter.
func (r Rules) Page(p Post, content []byte, m frontmatter.Matter) Page {
	page := r.page(p.Path, content, m)
	if place, ok := r.places.of(p.Path); ok && !page.own {
		page.URL, page.Problem, page.Unplaced = place.url(p.Path, m, page.Date), "", false
		if page.Date.IsZero() && dateful.MatchString(place.Pattern) {
			page.Problem = noDate
		}
	}
	for _, key := range []string{"aliases", "alias", "redirect_from"} {
		page.Aliases = append(page.Aliases, values(m.Values).list(key, whole)...)
	}
	page.keepBack(m)
	return page
}

// Options say how the Markdown of a post is read.
func (r Rules) Options(p Post) markdown.Options {
	if isMDX(p.Path) && r.Markdown.Prepare == nil {
		shown := mdxAttributes(nil)
		if r.Generator == astroGenerator().name {
			shown = starlightShows
		}
		return readMDX(r.Markdown, shown)
	}
	return r.Markdown
}

// EmptyLines reports whether the generator reads front matter that stands after empty lines.
func (r Rules) EmptyLines() bool { return r.Generator == "hugo" || r.Generator == "astro" }

// Fill replaces what stands for other text in a page, wherever it stands in it: variables of the page, macros. Every line stays
// where it is.
func (r Rules) Fill(p Post, body string, m frontmatter.Matter) string {
	if isMDX(p.Path) && r.Generator == astroGenerator().name { // which makes ids of it
		return fillMDX(body, m)
	}
	if filler, ok := r.rules.(interface {
		fill(body string, m frontmatter.Matter) string
	}); ok {
		return filler.fill(body, m)
	}
	return body
}

// Show replaces what the page shows something else for, and that its headings have their ids of all the same. Every line stays where
// it is.
func (r Rules) Show(p Post, body string, m frontmatter.Matter) string {
	if d, ok := r.rules.(documents); ok && d.shows != nil {
		body = d.shows(body, m)
	}
	if isMDX(p.Path) || r.Generator == "docusaurus" || r.Generator == "nextra" {
		body = fillMDX(body, m)
	}
	return body
}

func isMDX(name string) bool { return strings.EqualFold(path.Ext(name), ".mdx") }

// MayExpire reports whether this content may name the day from which on its post is hidden. Then the post must be read
// again, though nothing in it has changed.
func (r Rules) MayExpire(content []byte) bool {
	return r.expiry != "" && bytes.Contains(bytes.ToLower(content), []byte(r.expiry))
}

// exists reports whether the site has a file or folder; of a pattern, whether anything matches.
func exists(site fs.FS, patterns ...string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		found, err := fs.Glob(site, p)
		return err == nil && len(found) > 0
	})
}
