package site

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

// pythonIDs is the way of Python-Markdown's toc, with one of its slugify functions. A heading of it is one line that begins with
// its marks.
func pythonIDs(name string, slug func(string) string) markdown.IDs {
	return markdown.IDs{
		Name: name, Text: func(h markdown.Heading) string { return pythonText(h, false, strings.Clone) }, Slug: slug, Repeat: markdown.Underscored, Unseen: unseenInHTML,
		Has: func(h markdown.Heading) bool {
			return !h.Nested && h.Before != "\n" && !strings.HasPrefix(h.Before, " ")
		},
	}
}

// pythonText is the name of a heading in the table of contents, without the marks of footnotes if there are any, its text as changed by
// of.
func pythonText(h markdown.Heading, notes bool, of func(string) string) string {
	h.Pieces = slices.DeleteFunc(slices.Clone(h.Pieces), func(p markdown.Piece) bool {
		return notes && p.Kind == markdown.NotePiece && h.Notes[p.Text[1:]]
	})
	return oneLine(h.Join(func(s string) string {
		if s = markdown.Resolve(s); notes {
			s = markdown.DropNotes(s, func(label string) bool { return h.Notes[label] })
		}
		return of(s)
	}))
}

// unseenInHTML are the parts of a source that are HTML to Python-Markdown, whatever stands in them.
func unseenInHTML(source string) (unseen, boxed []markdown.Span) {
	unseen, _ = insideHTML(source)
	return unseen, nil
}

var (
	pythonDropped = lazyregexp.New(`[^\pL\pN_\s-]`)
	pythonBlanks  = lazyregexp.New(`[-\s]+`)
	pymdownTags   = lazyregexp.New(`</?[^>]*>`)
	pymdownKept   = lazyregexp.New(`[^\pL\pN_\- ]`)
)

// pythonSlug is slugify of Python-Markdown: letters that ASCII lacks vanish.
func pythonSlug(s string) string {
	ascii := strings.Map(func(r rune) rune {
		if r > 0x7f {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
	return pythonUnicodeSlug(ascii)
}

// pythonUnicodeSlug is slugify_unicode of Python-Markdown.
func pythonUnicodeSlug(s string) string {
	s = strings.ToLower(strings.TrimSpace(pythonDropped().ReplaceAllString(norm.NFKC.String(s), "")))
	return pythonBlanks().ReplaceAllString(s, "-")
}

// pymdownSlug is slugify of pymdownx.slugs, with case: lower.
func pymdownSlug(s string) string { return pymdownCased(strings.ToLower(s)) }

// pymdownCased is the same without a case.
func pymdownCased(s string) string {
	s = strings.TrimSpace(pymdownTags().ReplaceAllString(norm.NFC.String(s), ""))
	return strings.ReplaceAll(pymdownKept().ReplaceAllString(s, ""), " ", "-")
}
