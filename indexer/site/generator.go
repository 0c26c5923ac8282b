package site

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // sites name time zones, and not every machine knows them

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

// exists reports whether the site has a file or folder; of a pattern, whether anything matches.
func exists(site fs.FS, patterns ...string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		found, err := fs.Glob(site, p)
		return err == nil && len(found) > 0
	})
}
