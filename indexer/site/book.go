package site

import (
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

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
	book := bookOf(site, relative(s.table("book").text("src", "src"), "src"), decoded)
	book.base = basePath(s.table("output", "html").text("site-url", ""))
	book.ids = markdown.IDs{Name: "mdBook", Text: textAndPictures, Slug: mdbookSlug, Repeat: markdown.Counted, Explicit: true}
	return book.rules()
}

func openHonKit(site fs.FS, s settings, _ Options) rules {
	book := bookOf(site, relative(s.text("root", "."), "."), strings.Clone)
	book.lines = spaceHeadings
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
}

// chapter is a link in a summary.
var chapter = regexp.MustCompile(`\[((?:[^\[\]\\]|\\.)+)\]\(<?([^)>#\s]+\.md)`)

// bookOf reads a summary, in which names of files are written as decode reads them.
func bookOf(site fs.FS, root string, decode func(string) string) book {
	b := book{root: root, titles: map[string]string{}}
	content, err := fs.ReadFile(site, path.Join(root, "SUMMARY.md"))
	if err != nil || len(content) > maxConfig {
		return b
	}
	b.listed = true
	for _, m := range chapter.FindAllStringSubmatch(string(content), -1) {
		b.titles[stem(path.Clean(decode(m[2])))] = markdown.Resolve(m[1])
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
		roots: []string{b.root}, form: "/{path}.html", prepare: func(o *markdown.Options) {
			o.IDs, o.Prepare = b.ids, dropIncludes
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

// boundHeading begins a heading without a blank, which HonKit's Markdown (kramed) takes for one.
var boundHeading = regexp.MustCompile(`^( *#{1,6})([^ ].*)$`)

func spaceHeadings(lines []string) {
	openContainers(lines)
	for i, line := range lines {
		if m := boundHeading.FindStringSubmatch(line); m != nil && strings.Trim(line, " #") != "" && (len(m[1]) >= 6 || m[2][0] != '#') {
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
