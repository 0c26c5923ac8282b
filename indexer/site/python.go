package site

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"chaja/indexer/markdown"
)

// pythonIDs is the way of Python-Markdown's toc, with one of its slugify functions.
func pythonIDs(name string, slug func(string) string) markdown.IDs {
	return markdown.IDs{Name: name, Text: markdown.Heading.Text, Slug: slug, Repeat: markdown.Underscored}
}

var (
	pythonDropped = regexp.MustCompile(`[^\pL\pN_\s-]`)
	pythonBlanks  = regexp.MustCompile(`[-\s]+`)
	pymdownKept   = regexp.MustCompile(`[^\pL\pN_\- ]`)
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
	s = strings.ToLower(strings.TrimSpace(pythonDropped.ReplaceAllString(norm.NFKC.String(s), "")))
	return pythonBlanks.ReplaceAllString(s, "-")
}

// pymdownSlug is slugify of pymdownx.slugs, with case: lower.
func pymdownSlug(s string) string {
	s = strings.ToLower(strings.TrimSpace(norm.NFC.String(s)))
	return strings.ReplaceAll(pymdownKept.ReplaceAllString(s, ""), " ", "-")
}

// pymdownCased is the same without a case.
func pymdownCased(s string) string {
	s = strings.TrimSpace(norm.NFC.String(s))
	return strings.ReplaceAll(pymdownKept.ReplaceAllString(s, ""), " ", "-")
}
