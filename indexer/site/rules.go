package site

import (
	"bytes"
	"embed"
	"path"
	"strings"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
)

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

// PlainRules are those of the generator that takes anything.
func PlainRules() Rules {
	all := generators()
	r, _ := rulesOf(embed.FS{}, Options{Generator: all[len(all)-1].name})
	return r
}

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
		if page.Date.IsZero() && dateful().MatchString(place.Pattern) {
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
