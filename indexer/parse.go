package indexer

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/indexer/frontmatter"
	"chaja/indexer/markdown"
	"chaja/indexer/site"
	"chaja/indexer/text"
	"chaja/search"
)

// Problem is something wrong with a post. It never stops a run.
type Problem struct {
	Kind    Kind   `json:"kind"`
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

// Parse makes the document of one post of plain Markdown from its bytes; it depends on nothing else, and anything is
// a document. The id, a path relative to the site, gives the URL, and the date and the title where the post states
// none. Hash is left empty: it belongs to a run. Problems say what was wrong with the source and how it was read.
func Parse(id string, source []byte) (search.Document, []Problem) {
	document, _, problems := parse(site.PlainRules(), site.Post{ID: id, Path: id}, source)
	return document, problems
}

// parse makes the document of a post as the generator of its site publishes it. It returns no document, but the
// reason, for one that the generator hides.
func parse(rules site.Rules, post site.Post, source []byte) (d search.Document, hidden string, problems []Problem) {
	id := post.ID
	report := func(kind Kind, line int, message string) {
		problems = append(problems, Problem{kind, id, line, message})
	}
	whole, note, line := text.Decode(source)
	if note != "" {
		report(EncodingKind, line, note)
	}
	matter, rest, found := frontmatter.Read(whole)
	for _, p := range found {
		report(FrontMatterKind, p.Line, p.Message)
	}
	raw := asWritten(source, whole)
	if raw != whole { // generators take names as they are written, in whatever form of Unicode
		if written, _, _ := frontmatter.Read(raw); !written.Broken {
			matter.Values = written.Values
		}
	}
	place := rules.Page(post, source, matter)
	switch {
	case place.Unreadable:
		report(FileKind, 0, place.Hidden+"; not indexed, as the site does not show it")
		return search.Document{}, place.Hidden, problems
	case place.Hidden != "":
		return search.Document{}, place.Hidden, nil
	}
	if place.Problem != "" {
		report(URLKind, 0, place.Problem)
	}
	options := rules.Markdown
	options.Raw = tail(raw, whole, rest)
	page := markdown.Read(rest, options)
	if page.Note != "" {
		report(MarkupKind, 1+strings.Count(whole[:len(whole)-len(rest)], "\n"), page.Note)
	}
	d = search.Document{
		ID:         id,
		URL:        place.URL,
		Title:      title(id, matter.Title, page.Sections),
		Date:       place.Date,
		Tags:       place.Tags,
		Categories: place.Categories,
		Lang:       cmp.Or(matter.Lang, place.Lang),
		Body:       page.Text,
		Sections:   page.Sections,
		Code:       page.Code,
	}
	if d.Lang == "" {
		d.Lang = language(d.Title, page.Text)
	}
	return d, "", problems
}

// asWritten returns the text of source before it was cleaned to whole, of the same lines; whole itself if there is no
// such text.
func asWritten(source []byte, whole string) string {
	raw := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(bytes.TrimPrefix(source, []byte("\ufeff"))))
	if !utf8.ValidString(raw) || strings.Count(raw, "\n") != strings.Count(whole, "\n") {
		return whole
	}
	return raw
}

// tail returns what follows as many lines of raw as come before rest in whole.
func tail(raw, whole, rest string) string {
	for range strings.Count(whole[:len(whole)-len(rest)], "\n") {
		_, raw, _ = strings.Cut(raw, "\n")
	}
	return raw
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
