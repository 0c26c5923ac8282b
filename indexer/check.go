package indexer

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/indexer/site"
	"chaja/indexer/text"
	"chaja/search"
	"chaja/search/chars"
)

// Kind groups what can be wrong with a site.
type Kind string

// The kinds, in the order in which they are reported.
const (
	FileKind        Kind = "files"        // could not be read, or not as posts
	EncodingKind    Kind = "encoding"     // bytes and characters
	FrontMatterKind Kind = "front matter" // what posts say about themselves
	MarkupKind      Kind = "markup"       // Markdown that could not be read as such
	URLKind         Kind = "urls"         // permalinks that are not used, posts at the same address
	LinkKind        Kind = "links"        // links inside the site that lead nowhere
	TagKind         Kind = "tags"         // tags and categories that differ only by spelling
)

// Kinds returns all kinds in order.
func Kinds() []Kind {
	return []Kind{FileKind, EncodingKind, FrontMatterKind, MarkupKind, URLKind, LinkKind, TagKind}
}

// CheckReport is what is wrong with a site.
type CheckReport struct {
	Posts    int       `json:"posts"`    // found, with those that could not be read
	Problems []Problem `json:"problems"` // by kind, path and line
}

// Check reads a site as Run does, without an index, and looks at the posts side by side. Errors are those of Run.
func Check(ctx context.Context, o Options) (CheckReport, error) {
	all := &collector{byID: map[string]*search.Document{}}
	run, err := Run(ctx, o, all)
	if err != nil {
		return CheckReport{}, err
	}
	c := &checker{posts: all, problems: append([]Problem{}, run.Problems...)}
	if err := c.read(ctx, o); err != nil {
		return CheckReport{}, err
	}
	c.urls()
	c.links()
	c.spellings("tag", func(d *search.Document) []string { return d.Tags })
	c.spellings("category", func(d *search.Document) []string { return d.Categories })
	slices.SortStableFunc(c.problems, func(a, b Problem) int {
		return cmp.Or(slices.Index(Kinds(), a.Kind)-slices.Index(Kinds(), b.Kind), strings.Compare(a.Path, b.Path), a.Line-b.Line)
	})
	return CheckReport{run.Found, c.problems}, nil
}

// collector is a search.Writer that keeps documents without their text.
type collector struct {
	byID map[string]*search.Document
	ids  []string // in order
}

// Hashes implements search.Writer: it holds nothing that need not be read.
func (c *collector) Hashes(context.Context) (map[string]string, error) { return nil, nil }

// Apply implements search.Writer.
func (c *collector) Apply(_ context.Context, b search.Batch) error {
	for _, d := range b.Put {
		d.Body, d.Code = "", nil
		c.byID[d.ID] = &d
		c.ids = append(c.ids, d.ID)
	}
	return nil
}

// checker looks at all posts of a site.
type checker struct {
	posts    *collector
	files    []string     // of the site, all of them
	sources  []postSource // in order of the listing
	problems []Problem
}

// postSource is what a check needs to know of the source of a post.
type postSource struct {
	id     string
	matter string // front matter as it stands
	links  []markdown.Link
	other  []string // addresses that lead to the post too
	places []string // in the post that links lead to, beside headings
}

func (c *checker) report(kind Kind, path string, line int, format string, args ...any) {
	c.problems = append(c.problems, Problem{kind, path, line, fmt.Sprintf(format, args...)})
}

// read reads the sources, several at a time.
func (c *checker) read(ctx context.Context, o Options) error {
	s, err := site.Open(cmp.Or(o.Site, "."), o.As)
	if err != nil {
		return err
	}
	defer s.Close()
	listing, err := s.Posts()
	if err != nil {
		return err
	}
	if c.files, err = filesIn(cmp.Or(o.Site, ".")); err != nil {
		return err
	}
	c.sources = make([]postSource, len(listing.Posts))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(cmp.Or(o.Jobs, runtime.GOMAXPROCS(0)))
	for i, p := range listing.Posts {
		group.Go(func() error {
			if content, err := s.Read(p); err == nil { // otherwise Run has reported it
				c.sources[i] = sourceOf(p.ID, content, s.Markdown)
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("read posts: %w", err)
	}
	return nil
}

// sourceOf takes steps of Parse once more.
func sourceOf(id string, content []byte, o markdown.Options) postSource {
	p := postSource{id: id}
	whole, _, _ := text.Decode(content)
	matter, rest, _ := frontmatter.Read(whole)
	for _, key := range []string{"aliases", "alias", "redirect_from"} {
		p.other = append(p.other, addresses(matter.Values[key])...)
	}
	p.matter = whole[:len(whole)-len(rest)]
	before := strings.Count(p.matter, "\n")
	p.links, p.places = markdown.Links(rest, o)
	for i := range p.links {
		p.links[i].Line += before
	}
	return p
}

// addresses returns the texts in a value.
func addresses(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case frontmatter.Bare:
		return []string{string(v)}
	case []any:
		var all []string
		for _, e := range v {
			all = append(all, addresses(e)...)
		}
		return all
	}
	return nil
}

// urls reports posts at the same address. Some servers, and most disks of writers, know no difference of case.
func (c *checker) urls() {
	first := map[string]*search.Document{}
	for _, id := range c.posts.ids {
		d := c.posts.byID[id]
		key := strings.ToLower(d.URL)
		switch other := first[key]; {
		case other == nil:
			first[key] = d
		case other.URL == d.URL:
			c.report(URLKind, id, 0, "has the same URL as %s: %s; both are indexed, the site shows one of them", other.ID, d.URL)
		default:
			c.report(URLKind, id, 0, "differs only by case from the URL of %s: %s; both are indexed", other.ID, d.URL)
		}
	}
}

// spellings reports tags or categories that are one to chaja and look like several.
func (c *checker) spellings(what string, of func(*search.Document) []string) {
	posts, common := map[string]int{}, map[string]string{}
	for _, id := range c.posts.ids {
		for _, value := range of(c.posts.byID[id]) {
			posts[value]++
		}
	}
	for value, n := range posts {
		best, ok := common[chars.TagKey(value)]
		if !ok || n > posts[best] || n == posts[best] && value < best {
			common[chars.TagKey(value)] = value
		}
	}
	reported := map[string]bool{}
	for _, source := range c.sources {
		d := c.posts.byID[source.id]
		if d == nil {
			continue
		}
		for _, value := range of(d) {
			best := common[chars.TagKey(value)]
			if value == best || reported[value] {
				continue
			}
			reported[value] = true
			c.report(TagKind, d.ID, lineOf(source.matter, value), "%s %q (%s) is spelled %q in %s; both are found as one",
				what, value, number(posts[value], "post"), best, number(posts[best], "post"))
		}
	}
}

// lineOf returns the line in which a value stands in front matter, 0 if it cannot be found there.
func lineOf(matter, value string) int {
	i := strings.Index(matter, value)
	if i < 0 {
		return 0
	}
	return 1 + strings.Count(matter[:i], "\n")
}

func number(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
