package markdown

import (
	"strings"

	"chaja/internal/lazyregexp"
)

// longComment is a comment of several lines that begins one, a line of it empty.
var longComment = lazyregexp.New(`(?m)^ {0,3}<!--(?:[^-\n]|-[^-\n]|--[^>\n])*\n(?s:.*?)-->`)

// fillComments makes a comment of each line of a comment that has empty ones, so that none of it is text when it stands in other HTML: to
// CommonMark that ends at an empty line, to a browser the comment goes on.
func fillComments(source string) string {
	if !strings.Contains(source, "<!--") {
		return source
	}
	var b strings.Builder
	for code, part := range Fenced(source) {
		if !code && strings.Contains(part, "<!--") {
			part = longComment().ReplaceAllStringFunc(part, func(comment string) string {
				if !emptyLine().MatchString(comment) {
					return comment
				}
				return strings.Repeat("<!-- -->\n", strings.Count(comment, "\n")) + "<!-- -->"
			})
		}
		b.WriteString(part)
	}
	return b.String()
}

var emptyLine = lazyregexp.New(`\n[ \t]*\n`)
