package site

import (
	"strings"
	"unicode/utf8"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/internal/lazyregexp"
)

var (
	modules    = lazyregexp.New(`^(?:\s*(?:import|export)\s.*(?:\n|$))+`)
	levelOne   = lazyregexp.New(`(?m)^#[ \t]+(.+?)[ \t]*#*$`)
	underlined = lazyregexp.New(`(?mi)^([^\s#<>-].*)\n=+[ \t]*$|<h1[\s>]`)
)

// firstTitle returns the text of the first heading of the first level, empty for none.
func firstTitle(body string) string {
	for code, part := range markdown.Fenced(body) {
		if m := levelOne().FindStringSubmatch(part); !code && m != nil {
			return strings.TrimSpace(markdown.Resolve(m[1]))
		}
	}
	return ""
}

// beginsWithTitle reports whether a heading of the first level stands before anything else in a page but the imports of MDX.
func beginsWithTitle(body string) bool {
	_, body, _ = frontmatter.Read(body)
	body = modules().ReplaceAllString(strings.TrimLeft(body, "\ufeff"), "")
	first, rest, _ := strings.Cut(strings.TrimLeft(body, " \t\r\n"), "\n")
	return levelOne().MatchString(strings.TrimSpace(first)) || underlined().MatchString(first+"\n"+rest[:min(len(rest), 1+strings.IndexByte(rest+"\n", '\n'))])
}

// capital writes the first letter large and the others small, as Python does.
func capital(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:n]) + strings.ToLower(s[n:])
}
