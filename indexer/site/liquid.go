package site

import (
	"regexp"
	"strings"

	"chaja/indexer/frontmatter"
)

// pageVariable is a field of the front matter in a page of Jekyll, with filters that change nothing a reader sees.
var pageVariable = regexp.MustCompile(`\{\{-?\s*page\.([A-Za-z_][\w-]*)\s*(?:\|\s*(?:escape|escape_once|strip|strip_html|xml_escape)\s*)*-?\}\}`)

// fill replaces the texts of the front matter that stand in a page: # {{ page.title }}. Liquid runs before kramdown, so headings get
// their ids of that. Dates are left alone, as their form is that of the machine.
func (j *jekyll) fill(body string, m frontmatter.Matter) string {
	if !strings.Contains(body, "page.") || strings.Contains(body, "{% raw") {
		return body
	}
	v := valuesOf(m)
	return pageVariable.ReplaceAllStringFunc(body, func(variable string) string {
		name := pageVariable.FindStringSubmatch(variable)[1]
		value := strings.TrimSpace(v.text(name))
		if value == "" || name == "date" || strings.Contains(value, "\n") || len(value) > maxVariable {
			return variable
		}
		return value
	})
}

// maxVariable bounds a text that may stand in a page many times, in bytes.
const maxVariable = 1 << 10
