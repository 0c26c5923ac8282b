package site

import (
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"chaja/indexer/markdown"
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
	book := bookOf(site, relative(s.table("book").text("src", "src"), "src"))
	book.base = basePath(s.table("output", "html").text("site-url", ""))
	book.ids = markdown.IDs{Name: "mdBook", Text: textAndPictures, Slug: mdbookSlug, Repeat: markdown.Counted, Explicit: true}
	return book.rules()
}

func openHonKit(site fs.FS, s settings, _ Options) rules {
	book := bookOf(site, relative(s.text("root", "."), "."))
	book.ids = markdown.GitHubIDs()
	book.ids.Name, book.ids.Repeat = "HonKit", markdown.Once
	book.ids.Slug = func(text string) string { return strings.ReplaceAll(githubSlug(text), "_", "") }
	return book.rules()
}

// book is what the summary of a book says.
type book struct {
	root   string
	base   string
	titles map[string]string // by path below root
	ids    markdown.IDs
}

// chapter is a link in a summary.
var chapter = regexp.MustCompile(`\[((?:[^\[\]\\]|\\.)+)\]\(<?([^)>#\s]+\.md)`)

func bookOf(site fs.FS, root string) book {
	b := book{root: root, titles: map[string]string{}}
	content, err := fs.ReadFile(site, path.Join(root, "SUMMARY.md"))
	if err != nil || len(content) > maxConfig {
		return b
	}
	for _, m := range chapter.FindAllStringSubmatch(string(content), -1) {
		b.titles[stem(path.Clean(decoded(m[2])))] = markdown.Resolve(m[1])
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
		roots: []string{b.root}, form: "/{path}.html", prepare: func(o *markdown.Options) { o.IDs, o.Prepare = b.ids, dropIncludes },
		excludes: func(inside string) bool {
			_, named := b.titles[stem(inside)]
			return !named && !strings.EqualFold(stem(inside), "README") || stem(inside) == "SUMMARY"
		},
		address: func(e entry) string { return b.base + "/" + htmlPath(e.inside, false, "index", "README") },
		more:    func(page *Page, e entry) { page.Title = b.titles[e.inside] },
	}
}

// include is what mdBook and HonKit replace by other files.
var include = regexp.MustCompile(`\{\{#[a-z_]+[^{}\n]*\}\}|\{%[^%\n]*%\}`)

func dropIncludes(source string) string { return include.ReplaceAllString(source, "") }

// textAndPictures is what a heading shows, with the descriptions of its pictures.
func textAndPictures(h markdown.Heading) string {
	for i, p := range h.Pieces {
		if p.Kind == markdown.AltPiece {
			h.Pieces = slices.Clone(h.Pieces)
			h.Pieces[i] = markdown.Piece{Kind: markdown.CodePiece, Text: p.Text}
		}
	}
	return h.Text()
}

// mdbookSlug is normalize_id of mdBook.
func mdbookSlug(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '_', r == '-', unicode.IsLetter(r), unicode.IsNumber(r):
			if r < 0x80 {
				return unicode.ToLower(r)
			}
			return r
		case unicode.IsSpace(r):
			return '-'
		}
		return -1
	}, s)
}
