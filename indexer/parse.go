package indexer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/indexer/site"
	"chaja/indexer/text"
	"chaja/search"
)

// Problem is something wrong with a post. It never stops a run.
type Problem struct {
	Path    string `json:"path"`           // relative to the site
	Line    int    `json:"line,omitempty"` // from 1; 0 when it concerns the whole file
	Message string `json:"message"`
}

// String formats the problem as editors and terminals know it: path:line: message.
func (p Problem) String() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.Path, p.Message)
	}
	return fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Message)
}

// Parse makes the document of one post from its bytes; it depends on nothing else, and anything is a document. The
// id, a path relative to the site, gives the URL, and the date and the title where the post states none. Hash is left
// empty: it belongs to a run. Problems say what was wrong with the source and how it was read.
func Parse(id string, source []byte) (search.Document, []Problem) {
	var problems []Problem
	report := func(line int, message string) {
		problems = append(problems, Problem{id, line, message})
	}
	whole, note, line := text.Decode(source)
	if note != "" {
		report(line, note)
	}
	matter, rest, found := frontmatter.Read(whole)
	for _, p := range found {
		report(p.Line, p.Message)
	}
	page := markdown.Read(rest, markdown.Options{})
	if page.Note != "" {
		report(1+strings.Count(whole[:len(whole)-len(rest)], "\n"), page.Note)
	}
	document := search.Document{
		ID:         id,
		URL:        site.URL(id),
		Title:      title(id, matter.Title, page.Sections),
		Date:       matter.Date,
		Tags:       matter.Tags,
		Categories: matter.Categories,
		Lang:       matter.Lang,
		Body:       page.Text,
		Sections:   page.Sections,
		Code:       page.Code,
	}
	if date, _ := site.Name(id); document.Date.IsZero() {
		document.Date, _ = frontmatter.ParseDate(date)
	}
	if document.Lang == "" {
		document.Lang = language(document.Title, page.Text)
	}
	return document, problems
}

// title falls back from what the post states to its first heading, then to its file name.
func title(id, stated string, sections []search.Section) string {
	if stated != "" {
		return stated
	}
	named := func(s search.Section) bool { return s.Heading != "" }
	if i := slices.IndexFunc(sections, named); i >= 0 {
		return sections[i].Heading
	}
	_, name := site.Name(id)
	words := strings.Fields(strings.NewReplacer("-", " ", "_", " ").Replace(text.Clean(name)))
	return cmp.Or(strings.Join(words, " "), id, "untitled")
}

// hangulShare is the share of Hangul among letters that makes a text Korean. Korean posts quote much code and
// English; English posts hardly any Hangul.
const hangulShare = 0.05

func language(texts ...string) string {
	letters, hangul := 0, 0
	for _, t := range texts {
		for _, r := range t {
			switch {
			case unicode.Is(unicode.Hangul, r):
				hangul++
				letters++
			case unicode.IsLetter(r):
				letters++
			}
		}
	}
	if hangul > 0 && float64(hangul) >= hangulShare*float64(letters) {
		return "ko"
	}
	return "en"
}
