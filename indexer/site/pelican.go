package site

import (
	"cmp"
	"io/fs"
	"path"
	"strings"

	"github.com/mozillazg/go-unidecode"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// pelicanGenerator is Pelican 4: a post begins with lines of metadata, without dashes around them.
func pelicanGenerator() generator {
	return generator{
		name: "pelican", title: "Pelican", files: []string{"pelicanconf.py"}, open: openPelican,
		marks: func(_ fs.FS, _ settings, configured bool) bool { return configured },
	}
}

// pelicanText is a setting of Python that is text.
var pelicanText = lazyregexp.New(`(?m)^([A-Z_]+)\s*=\s*['"]([^'"\n]*)['"]`)

var (
	pelicanStatus  = lazyregexp.New(`(?m)^DEFAULT_METADATA\s*=\s*\{[^}]*['"]status['"]\s*:\s*['"](\w+)['"]`)
	pelicanIgnored = lazyregexp.New(`(?m)^(IGNORE_FILES|ARTICLE_EXCLUDES|PAGE_EXCLUDES)\s*=\s*\[([^\]]*)\]`)
)

// pelican knows where a site keeps and serves its posts.
type pelican struct {
	settings map[string]string
	base     string
	status   string // of posts that state none
}

func openPelican(site fs.FS, _ settings, _ Options) rules {
	p := pelican{settings: map[string]string{"PATH": "content", "ARTICLE_URL": "{slug}.html", "PAGE_URL": "pages/{slug}.html"}}
	ids, ignored := markdown.NoIDs(), map[string][]pattern{} // by setting
	for _, name := range []string{"pelicanconf.py", "publishconf.py"} {
		content, err := fs.ReadFile(site, name)
		if err != nil || len(content) > maxConfig {
			continue
		}
		for _, m := range pelicanText().FindAllStringSubmatch(string(content), -1) {
			p.settings[m[1]] = m[2]
		}
		if m := pelicanStatus().FindSubmatch(content); m != nil {
			p.status = string(m[1])
		}
		for _, m := range pelicanIgnored().FindAllSubmatch(content, -1) {
			for _, text := range quoted().FindAllSubmatch(m[2], -1) {
				glob := string(text[1]) + string(text[2])
				ignored[string(m[1])] = append(ignored[string(m[1])], pattern{glob, globOf(glob)}, pattern{glob, globOf(strings.Trim(glob, "/") + "/**")})
			}
		}
		if strings.Contains(string(content), "markdown.extensions.toc") {
			ids = pythonIDs("Python-Markdown", pythonSlug)
		}
	}
	ids.Explicit = true // "extra" has attr_list
	p.base = basePath(p.settings["SITEURL"])
	return documents{
		withheld: func(_, inside string) string {
			reason := ""
			for _, setting := range []string{"IGNORE_FILES", "ARTICLE_EXCLUDES", "PAGE_EXCLUDES"} {
				reason = cmp.Or(reason, firstMatch(setting, ignored[setting], inside, path.Base(inside)))
			}
			return reason
		},
		roots: []string{relative(p.settings["PATH"], "content")}, address: p.address, more: p.more, form: "/" + p.settings["ARTICLE_URL"],
		prepare: func(o *markdown.Options) { o.IDs, o.Prepare = ids, dropMetadata },
	}
}

// metadata are the lines that a post begins with.
var (
	metadataLine = lazyregexp.New(`^ {0,3}([A-Za-z0-9_-]+):[ \t]*(.*)$`)
	metadataMore = lazyregexp.New(`^ {4,}(.+)$`)
)

// maxMetadata bounds the lines of metadata, which are a few in any real post.
const maxMetadata = 256

// readMetadata returns the fields of the metadata, with their names in lower case, and the number of lines that they take.
func readMetadata(source string) (fields map[string]string, lines int) {
	fields = map[string]string{}
	last := ""
	for line := range strings.SplitSeq(source, "\n") {
		line = strings.TrimRight(line, "\r")
		if lines == maxMetadata {
			break
		}
		if m := metadataLine().FindStringSubmatch(line); m != nil {
			last = strings.ToLower(m[1])
			fields[last] = strings.TrimSpace(m[2])
		} else if m := metadataMore().FindStringSubmatch(line); m != nil && last != "" {
			fields[last] += " " + strings.TrimSpace(m[1])
		} else {
			break
		}
		lines++
	}
	return fields, lines
}

// dropMetadata leaves the lines of metadata empty.
func dropMetadata(source string) string {
	_, lines := readMetadata(source)
	rest := source
	for range lines {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	return strings.Repeat("\n", lines) + rest
}

// field returns what a post states, in its metadata or in front matter.
func (p pelican) field(e entry, name string) string {
	fields, _ := readMetadata(strings.TrimPrefix(e.body, "\ufeff"))
	return cmp.Or(fields[name], e.values.text(name))
}

func (p pelican) address(e entry) string {
	slug := cmp.Or(p.field(e, "slug"), pelicanSlug(cmp.Or(p.field(e, "title"), e.stem())))
	form := p.settings["ARTICLE_URL"]
	if liesIn(e.inside, "pages") {
		form = p.settings["PAGE_URL"]
	}
	date, _ := frontmatter.ParseDate(p.field(e, "date"))
	form = strings.NewReplacer("{slug}", slug, "{category}", pelicanSlug(p.category(e)), "{lang}", p.field(e, "lang"),
		"{date:%Y}", date.Format("2006"), "{date:%m}", date.Format("01"), "{date:%d}", date.Format("02"), "{date:%b}", date.Format("Jan")).Replace(form)
	return p.base + "/" + form
}

// pelicanSlug is slugify of Pelican.
func pelicanSlug(s string) string { return pythonUnicodeSlug(unidecode.Unidecode(s)) }

// category is the one that a post states, or the folder that it lies in.
func (p pelican) category(e entry) string {
	folder, _, deeper := strings.Cut(e.folder(), "/")
	if own := p.field(e, "category"); own != "" || deeper || folder == "" {
		return cmp.Or(own, path.Base(e.folder()))
	}
	return folder
}

func (p pelican) more(page *Page, e entry) {
	page.Title = p.field(e, "title")
	if date, ok := frontmatter.ParseDate(p.field(e, "date")); ok {
		page.Date = date
	}
	if tags := p.field(e, "tags"); tags != "" {
		page.Tags = unique(strings.FieldsFunc(tags, func(r rune) bool { return r == ',' || r == ';' }))
	}
	if category := p.field(e, "category"); category != "" {
		page.Categories = []string{category}
	}
	switch status := strings.ToLower(cmp.Or(p.field(e, "status"), p.status)); status {
	case "draft", "hidden", "skip":
		page.Hidden = "Status: " + status
	}
}
