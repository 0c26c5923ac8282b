package site

import (
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// mdbookGenerator is mdBook: the pages are those that SUMMARY.md names.
func mdbookGenerator() generator {
	return generator{
		name: "mdbook", title: "mdBook", files: []string{"book.toml"}, open: openMDBook,
		marks: func(_ fs.FS, _ settings, configured bool) bool { return configured },
	}
}

// honkitGenerator is HonKit, and GitBook of before.
func honkitGenerator() generator {
	return generator{
		name: "honkit", title: "HonKit", files: []string{"book.json"}, open: openHonKit,
		marks: func(site fs.FS, _ settings, configured bool) bool {
			return configured || exists(site, "SUMMARY.md") && (dependencies(site)["honkit"] != nil || dependencies(site)["gitbook-cli"] != nil)
		},
	}
}

func openMDBook(site fs.FS, s settings, _ Options) rules {
	book := bookOf(site, relative(s.table("book").text("src", "src"), "src"), decoded)
	book.puts, book.shows = mdbookIncludes, readMDBook
	html := s.table("output", "html")
	book.base = basePath(html.text("site-url", ""))
	smart := html.flag("smart-punctuation", html.flag("curly-quotes", true))
	book.ids = markdown.IDs{Name: "mdBook", Text: func(h markdown.Heading) string { return mdbookText(h, smart) }, Slug: mdbookSlug, Explicit: true}
	return book.rules()
}

func openHonKit(site fs.FS, s settings, _ Options) rules {
	book := bookOf(site, relative(s.text("root", "."), "."), strings.Clone)
	variables := s.table("variables")
	book.lines, book.puts = spaceHeadings, honkitIncludes
	book.shows = func(source string) string { return readHonKit(source, variables) }
	book.ids = markdown.IDs{
		Name: "HonKit", Text: markdown.Heading.Text, Slug: honkitSlug, Repeat: markdown.Once, Explicit: true,
		Has: func(h markdown.Heading) bool { return !strings.Contains(h.Text(), "\n") },
		Unseen: func(source string) (unseen, boxed []markdown.Span) {
			unseen, _ = insideHTML(source)
			return unseen, nil
		},
	}
	return book.rules()
}

// book is what the summary of a book says.
type book struct {
	root   string
	base   string
	listed bool              // it has a summary
	titles map[string]string // by path below root
	ids    markdown.IDs
	lines  func(lines []string) // see markdown.Options
	puts   inclusions
	shows  func(source string) string // the Prepare of markdown.Options
}

// chapter is a link in a summary.
var chapter = lazyregexp.New(`\[((?:[^\[\]\\]|\\.)+)\]\((?:<([^>#\n]+\.md)>|([^)>#\s]+\.md))`)

// bookOf reads a summary, in which names of files are written as decode reads them.
func bookOf(site fs.FS, root string, decode func(string) string) book {
	b := book{root: root, titles: map[string]string{}}
	content, err := fs.ReadFile(site, path.Join(root, "SUMMARY.md"))
	if err != nil || len(content) > maxConfig {
		return b
	}
	b.listed = true
	for _, m := range chapter().FindAllStringSubmatch(string(content), -1) {
		b.titles[stem(path.Clean(decode(m[2]+m[3])))] = markdown.Resolve(m[1])
	}
	return b
}

// decoded returns a path without percent-encoding, as it is if that is broken.
func decoded(name string) string {
	if plain, err := url.PathUnescape(name); err == nil {
		return plain
	}
	return name
}

func (b book) rules() rules {
	return documents{
		roots: []string{b.root}, form: "/{path}.html", puts: b.puts, state: fmt.Sprint(b.titles), prepare: func(o *markdown.Options) {
			o.IDs, o.Prepare = b.ids, b.shows
			if b.lines != nil {
				o.Lines = b.lines
			}
		},
		excludes: func(inside string) bool {
			if !b.listed {
				return false
			}
			_, named := b.titles[stem(inside)]
			return !named && !strings.EqualFold(stem(inside), "README") || stem(inside) == "SUMMARY"
		},
		address: func(e entry) string { return b.base + "/" + htmlPath(e.inside, false, "index", "README") },
		more:    func(page *Page, e entry) { page.Title = b.titles[e.inside] },
	}
}

// honkitComment is one in a page of HonKit, bookVariable a variable of the book.
var (
	honkitComment = lazyregexp.New(`(?s)\{###.*?###\}`)
	bookVariable  = lazyregexp.New(`\{\{-?\s*book\.([\w.]+)\s*-?\}\}`)
)

// readHonKit reads the templates of Nunjucks that HonKit's pages are: variables of the book are what its settings say.
func readHonKit(source string, variables settings) string {
	if !strings.Contains(source, "{{") && !strings.Contains(source, "{%") && !strings.Contains(source, "{###") {
		return source
	}
	source = outsideVerbatim(honkitComment().ReplaceAllStringFunc(source, lineEnds), func(text string) string {
		return bookVariable().ReplaceAllStringFunc(text, func(variable string) string {
			return oneLine(variables.text(bookVariable().FindStringSubmatch(variable)[1], ""))
		})
	})
	return expand(source, macroTag)
}

// mdbookText is what a heading shows without its pictures. Dashes that are set smartly leave no trace in ids.
func mdbookText(h markdown.Heading, smart bool) string {
	h.Pieces = slices.DeleteFunc(slices.Clone(h.Pieces), func(p markdown.Piece) bool { return p.Kind == markdown.AltPiece })
	for i, p := range h.Pieces {
		if smart && p.Kind == markdown.TextPiece {
			h.Pieces[i].Text = dashes().ReplaceAllString(p.Text, "")
		}
	}
	return strings.TrimSpace(h.Text())
}

// dashes are hyphens that smart punctuation makes one sign of.
var dashes = lazyregexp.New(`--+`)

// boundHeading begins a heading without a blank, which HonKit's Markdown (kramed) takes for one.
var boundHeading = lazyregexp.New(`^( *#{1,6})([^ ].*)$`)

func spaceHeadings(lines []string) {
	openContainers(lines)
	for i, line := range lines {
		if m := boundHeading().FindStringSubmatch(line); m != nil && strings.Trim(line, " #") != "" && (len(m[1]) >= 6 || m[2][0] != '#') {
			lines[i] = m[1] + " " + m[2]
		}
	}
}

// honkitSlug is that of github-slugid 1.0.
func honkitSlug(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(honkitSigns, r) {
			return -1
		}
		return r
	}, strings.NewReplacer("\t", "    ", "\u00a0", " ").Replace(s))
	return strings.TrimPrefix(cases.Lower(language.Und).String(strings.ReplaceAll(s, " ", "-")), "-")
}

const honkitSigns = `[]!"'#$%&()*+,./:;<=>?@\^_{|}~` + "`©∑®†“”‘’∂ƒ™℠…œŒ˚ºª•∆∞♥"

// mdbookSlug is id_from_content of mdBook 0.5.
func mdbookSlug(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_', r == '-', unicode.IsLetter(r), unicode.IsNumber(r), unicode.Is(unicode.Other_Alphabetic, r):
			return r
		case unicode.IsSpace(r):
			return '-'
		}
		return -1
	}, cases.Lower(language.Und).String(s))
}
