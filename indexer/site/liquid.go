package site

import (
	"strings"

	"chaja/indexer/frontmatter"
	"chaja/internal/lazyregexp"
)

// pageVariable is a field of the front matter in a page of Jekyll, with filters that change nothing a reader sees.
var pageVariable = lazyregexp.New(`\{\{-?\s*page\.([A-Za-z_][\w-]*)\s*(?:\|\s*(?:escape|escape_once|strip|strip_html|xml_escape)\s*)*-?\}\}`)

// fill replaces the texts of the front matter that stand in a page: # {{ page.title }}. Liquid runs before kramdown, so headings get
// their ids of that. Dates are left alone, as their form is that of the machine.
func (j *jekyll) fill(body string, m frontmatter.Matter) string {
	if !strings.Contains(body, "page.") {
		return body
	}
	v := valuesOf(m)
	return outsideVerbatim(body, func(text string) string {
		return pageVariable().ReplaceAllStringFunc(text, func(variable string) string {
			name := pageVariable().FindStringSubmatch(variable)[1]
			value := strings.TrimSpace(v.text(name))
			if value == "" || name == "date" || strings.Contains(value, "\n") || len(value) > maxVariable {
				return variable
			}
			return value
		})
	})
}

// verbatimTag begins or ends a text in which templates stay as they are.
var verbatimTag = lazyregexp.New(`\{%-?\s*(end)?(raw|verbatim)\s*-?%\}`)

// outsideVerbatim changes a text where templates are read in it.
func outsideVerbatim(source string, change func(string) string) string {
	var b strings.Builder
	at, within := 0, ""
	for _, m := range verbatimTag().FindAllStringSubmatchIndex(source, -1) {
		name, ends := source[m[4]:m[5]], m[2] >= 0
		switch {
		case within == "" && !ends:
			b.WriteString(change(source[at:m[0]]))
			at, within = m[0], name
		case within == name && ends:
			b.WriteString(source[at:m[1]])
			at, within = m[1], ""
		}
	}
	if within != "" { // not closed
		b.WriteString(source[at:])
		return b.String()
	}
	b.WriteString(change(source[at:]))
	return b.String()
}

// maxVariable bounds a text that may stand in a page many times, in bytes.
const maxVariable = 1 << 10
