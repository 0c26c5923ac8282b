package indexer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"chaja/indexer/markdown"
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
	BuiltKind       Kind = "built"        // what the generator built in another way than is known here
	TagKind         Kind = "tags"         // tags and categories that differ only by spelling
)

// Kinds returns all kinds in order.
func Kinds() []Kind {
	return []Kind{FileKind, EncodingKind, FrontMatterKind, MarkupKind, URLKind, LinkKind, BuiltKind, TagKind}
}

// CheckReport is what is wrong with a site.
type CheckReport struct {
	Posts    int       `json:"posts"`    // found, with those that could not be read
	Problems []Problem `json:"problems"` // by kind, path and line

	Hidden    []Hidden `json:"hidden"`    // posts that are not indexed, by path; no problem, as their authors want it
	Protected []Hidden `json:"protected"` // posts that are indexed by their titles, and what their site shows of them

	IDs        []string `json:"-"` // of the posts that are indexed
	Categories []string `json:"-"` // the keys of theirs
}

// Check reads a site as Run does, without an index, and looks at the posts side by side. What is kept of a post
// is its names and links, not its text. It compares their addresses with o.Built, if there is one. Errors are those of Run.
func Check(ctx context.Context, o Options) (CheckReport, error) {
	s, err := Open(o)
	if err != nil {
		return CheckReport{}, err
	}
	defer s.Close()
	return s.check(ctx, o.Built)
}

func (s *Source) check(ctx context.Context, built *Built) (CheckReport, error) {
	r := s.run(ctx)
	r.checker = &checker{byID: map[string]*checkedPost{}}
	if err := r.write(s.listing.Posts); err != nil {
		return CheckReport{}, err
	}
	files, err := s.site.Files()
	if err != nil {
		return CheckReport{}, err
	}
	c := r.checker
	c.problems = append([]Problem{}, r.report.Problems...)
	c.urls()
	c.links(files)
	if built != nil {
		built.compare(c)
	}
	c.spellings("tag", func(p *checkedPost) []value { return p.tags })
	c.spellings("category", func(p *checkedPost) []value { return p.categories })
	slices.SortStableFunc(c.problems, func(a, b Problem) int {
		return cmp.Or(slices.Index(Kinds(), a.Kind)-slices.Index(Kinds(), b.Kind), strings.Compare(a.Path, b.Path), a.Line-b.Line)
	})
	byPath(r.report.Hidden)
	report := CheckReport{
		Posts: r.report.Found, Problems: c.problems,
		Hidden: append([]Hidden{}, r.report.Hidden...), Protected: append([]Hidden{}, r.report.Protected...),
	}
	for _, p := range c.posts {
		report.IDs = append(report.IDs, p.id)
		for _, category := range p.categories {
			report.Categories = append(report.Categories, chars.TagKey(category.name))
		}
	}
	return report, nil
}

// checker looks at all posts of a site.
type checker struct {
	posts    []*checkedPost // in order of their IDs
	byID     map[string]*checkedPost
	problems []Problem
}

func (c *checker) add(p *checkedPost) {
	c.posts = append(c.posts, p)
	c.byID[p.id] = p
}

// checkedPost is what a check keeps of a post. No string in it is a part of the text of the post, which would stay in
// memory with it.
type checkedPost struct {
	id, url    string
	other      []string // addresses that lead to the post too
	tags       []value
	categories []value
	links      []markdown.Link // each target once
	anchors    []string        // of its sections
	ids        map[string]bool // in the page, of headings and of other places
	unplaced   bool            // url is that of another page
	anyID      bool            // it has other ids, which are not known
}

// elsewhere reports whether the post is on another site.
func (p *checkedPost) elsewhere() bool { return strings.Contains(p.url, "://") }

// value is a tag or category, and the line that has it, 0 if that is not known.
type value struct {
	name string
	line int
}

func newCheckedPost(post parsed) *checkedPost {
	d := post.document
	p := &checkedPost{id: d.ID, url: strings.Clone(d.URL), ids: map[string]bool{}, anyID: post.options.IDs.Unknown, unplaced: post.page.Unplaced}
	for _, address := range post.page.Aliases {
		p.other = append(p.other, strings.Clone(address))
	}
	p.tags, p.categories = valuesIn(post.matter, d.Tags), valuesIn(post.matter, d.Categories)
	for _, s := range d.Sections {
		p.ids[strings.Clone(s.Anchor)] = true
		if s.Anchor != "" {
			p.anchors = append(p.anchors, strings.Clone(s.Anchor))
		}
	}
	links, places := markdown.Links(post.body, post.options)
	for _, place := range places {
		p.ids[strings.Clone(norm.NFC.String(place))] = true
	}
	before, seen := strings.Count(post.matter, "\n"), map[string]bool{}
	for _, l := range links {
		if !seen[l.Target] {
			seen[l.Target] = true
			p.links = append(p.links, markdown.Link{Line: post.line(l.Line + before), Target: strings.Clone(l.Target)})
		}
	}
	return p
}

// valuesIn looks up the lines of tags or categories in front matter.
func valuesIn(matter string, names []string) []value {
	values := make([]value, len(names))
	for i, name := range names {
		values[i].name = strings.Clone(name)
		if at := strings.Index(matter, name); at >= 0 {
			values[i].line = 1 + strings.Count(matter[:at], "\n")
		}
	}
	return values
}

func (c *checker) report(kind Kind, path string, line int, format string, args ...any) {
	c.problems = append(c.problems, Problem{kind, path, line, fmt.Sprintf(format, args...)})
}

// urls reports posts at the same address. Some servers, and most disks of writers, know no difference of case.
func (c *checker) urls() {
	first := map[string]*checkedPost{}
	for _, p := range c.posts {
		if p.unplaced {
			continue
		}
		key := strings.ToLower(p.url)
		switch other := first[key]; {
		case other == nil:
			first[key] = p
		case other.url == p.url:
			c.report(URLKind, p.id, 0, "has the same URL as %s: %s; both are indexed, the site shows one of them", other.id, p.url)
		default:
			c.report(URLKind, p.id, 0, "differs only by case from the URL of %s: %s; both are indexed", other.id, p.url)
		}
	}
}

// spellings reports tags or categories that look like several and have one key.
func (c *checker) spellings(what string, of func(*checkedPost) []value) {
	posts, common := map[string]int{}, map[string]string{}
	for _, p := range c.posts {
		for _, v := range of(p) {
			posts[v.name]++
		}
	}
	for name, n := range posts {
		best, ok := common[chars.TagKey(name)]
		if !ok || n > posts[best] || n == posts[best] && name < best {
			common[chars.TagKey(name)] = name
		}
	}
	reported := map[string]bool{}
	for _, p := range c.posts {
		for _, v := range of(p) {
			best := common[chars.TagKey(v.name)]
			if v.name == best || reported[v.name] {
				continue
			}
			reported[v.name] = true
			c.report(TagKind, p.id, v.line, "%s %q (%s) is spelled %q in %s; both are found as one",
				what, v.name, number(posts[v.name], "post"), best, number(posts[best], "post"))
		}
	}
}

func number(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
