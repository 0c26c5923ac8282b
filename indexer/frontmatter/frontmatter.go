// Package frontmatter reads what a post says about itself before its text: title, date, tags. It takes YAML, TOML
// and JSON as the generators do, and where the syntax is broken it takes what a person would still read there.
package frontmatter

import (
	"slices"
	"time"
)

// Matter is what a post says about itself. Text is valid UTF-8 in NFC, trimmed; what is absent is empty.
type Matter struct {
	Title      string
	Date       time.Time // in the zone the post states, DefaultZone if it states none
	Tags       []string  // of "tags" and "tag", as written, without repeats
	Categories []string  // of "categories" and "category"
	Lang       string
	Permalink  string // of "permalink" or "url", raw: it may be anything, an address elsewhere too
	Slug       string // raw

	// Values has every field by its key as written. A value is a Bare, a string, a []any or map[string]any of these, or
	// nil. It is for those who read front matter exactly as a generator does.
	Values map[string]any
	Broken bool // its syntax is broken: no generator reads it
	Odd    bool // it has no usual lines around it, or an empty line before it: few generators read it
}

// Problem is something wrong in the front matter. Line counts from 1 in the text given to Read.
type Problem struct {
	Line    int
	Message string
}

// maxBytes bounds front matter, which is a few lines in any real post: the YAML parser is not linear.
const maxBytes = 64 << 10

// Read splits text into what its front matter says and the body, which is the rest of text. Text must be clean (see
// package text). It is all body if it has no front matter, or if there are no fields between the lines that enclose
// front matter. Nothing is fatal: problems say what was wrong and how it was read.
func Read(text string) (Matter, string, []Problem) {
	b, problems := split(text)
	if b.format == none {
		return Matter{}, text, problems
	}
	fields, found, broken := b.fields()
	if fields == nil {
		return Matter{}, text, nil
	}
	r := reader{fields: fields, problems: append(problems, found...)}
	m := r.matter()
	m.Values, m.Broken, m.Odd = values(fields), broken, len(problems) > 0 // split has problems with odd ones only
	slices.SortStableFunc(r.problems, func(a, b Problem) int { return a.Line - b.Line })
	return m, b.body, r.problems
}
