package indexer

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"chaja/indexer/frontmatter"
	"chaja/indexer/text"
	"chaja/search"
)

// facts are what a generator says of a page: what it calls it, when it was written, what it is tagged with. What it does not say
// is empty.
type facts struct {
	title string
	date  time.Time
	tags  []string
}

// factsOf reads them from the columns of a list: the title, the time, and the tags with a bar between them.
func factsOf(columns []string) (f facts) {
	if len(columns) < 3 {
		return f
	}
	f.title = columns[0]
	f.date, _ = time.Parse(time.RFC3339, columns[1])
	if columns[2] != "" {
		f.tags = strings.Split(columns[2], "|")
	}
	return f
}

// tagLink is the address of a list of all pages with a tag.
var tagLink = regexp.MustCompile(`/tags?/[^/]`)

// shownFacts reads them from a page: its title, its first time, and what leads to lists of tags.
func shownFacts(root *html.Node) (f facts) {
	if title := element(root, "title"); title != nil {
		f.title = rawText(title)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			switch {
			case n.Data == "time" && a.Key == "datetime" && f.date.IsZero():
				f.date, _ = frontmatter.ParseDate(a.Val)
			case n.Data == "abbr" && a.Key == "title" && f.date.IsZero(): // of Pelican
				f.date, _ = frontmatter.ParseDate(a.Val)
			case a.Key == "class" && a.Val == "md-tag": // of Material for MkDocs
				f.tags = append(f.tags, strings.TrimSpace(rawText(n)))
			case n.Data == "a" && a.Key == "href" && tagLink.MatchString(a.Val):
				f.tags = append(f.tags, strings.TrimSpace(rawText(n)))
			}
		}
	}
	return f
}

// compareFacts counts what of a document is as its generator says. A title counts if its source states one or the page shows one, a
// date if the index has one, tags if the page has any.
func (c *comparison) compareFacts(d search.Document, page string) {
	f, listed := c.p.facts[d.ID]
	if !listed {
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			return
		}
		f = shownFacts(root)
	}
	source, _ := os.ReadFile(filepath.Join(c.dir, filepath.FromSlash(d.ID)))
	m, _, _ := frontmatter.Read(string(source))
	if f.title = plainTitle(f.title); f.title != "" && !c.mended[d.ID] && (m.Title != "" || !listed && strings.ContainsAny(f.title, "|-–—·")) {
		c.fact("title", strings.HasPrefix(letters(f.title), letters(d.Title)), d.ID, d.Title, f.title)
	}
	if !f.date.IsZero() && !d.Date.IsZero() {
		const day = time.DateOnly
		c.fact("date", d.Date.Equal(f.date) || d.Date.Format(day) == f.date.Format(day), d.ID, d.Date.String(), f.date.String())
	}
	if len(f.tags) > 0 {
		have, want := sortedTags(d.Tags), sortedTags(f.tags)
		c.fact("tags", slices.Equal(have, want), d.ID, strings.Join(have, ", "), strings.Join(want, ", "))
	}
}

func (c *comparison) fact(kind string, right bool, id, have, want string) {
	if right {
		c.right[kind]++
		return
	}
	c.wrong(kind, "%s: %q, want %q", id, have, want)
}

// letters are the words of a text without what is between them, and what nobody sees.
func letters(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text.Clean(html.UnescapeString(s))), func(r rune) bool { return !isWordRune(r) }), " ")
}

func sortedTags(tags []string) []string {
	var all []string
	for _, t := range tags {
		if t = letters(t); t != "" {
			all = append(all, t)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
