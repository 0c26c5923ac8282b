package indexer

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
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

// Parse makes the document of one post of plain Markdown. Any bytes make a document, and equal bytes the same one. The
// id is a path relative to the site. The URL is made of it, and so are the date and the title if the post states none.
// Hash is left empty, as it belongs to a run. Problems say what was wrong with the source and how it was read.
func Parse(id string, source []byte) (search.Document, []Problem) {
	p := parse(plainRules(), site.Post{ID: id, Path: id}, site.Included{Source: source})
	return p.document, p.problems
}

// plainRules are made once, as they know the clock of the machine through a century.
var plainRules = sync.OnceValue(site.PlainRules)

// parsed is what the source of a post says.
type parsed struct {
	document search.Document
	hidden   string // why its generator does not publish it; then there is no document
	problems []Problem
	page     site.Page
	matter   string // the front matter as it stands
	body     string // what follows, and how it was read
	options  markdown.Options
	weight   int             // of the document, see maxBatch
	hasty    bool            // another time it may be read better
	line     func(n int) int // of the post that a line of what was read comes from
}

// parse makes the document of a post as the generator of its site publishes it.
func parse(rules site.Rules, post site.Post, put site.Included) (p parsed) {
	source := put.Source
	report := func(kind Kind, line int, message string) {
		p.problems = append(p.problems, Problem{kind, post.ID, line, message})
	}
	whole, note, line := text.Decode(source)
	if note != "" {
		report(EncodingKind, line, note)
	}
	matter, body, found := frontmatter.Read(whole)
	for _, f := range found {
		if f.Message == frontmatter.AfterEmptyLine && rules.EmptyLines() {
			continue
		}
		report(FrontMatterKind, f.Line, f.Message)
	}
	p.matter, p.body = whole[:len(whole)-len(body)], body
	lines := strings.Count(p.matter, "\n")
	raw := asWritten(source, whole)
	rawMatter, rawBody := cutLines(raw, lines)
	if raw != whole && rawMatter != p.matter { // generators take names as they are written, in whatever form of Unicode
		if written, _, _ := frontmatter.Read(raw); !written.Broken {
			matter.Values = written.Values
		}
	}
	p.page = rules.Page(post, source, matter)
	switch p.hidden = p.page.Hidden; {
	case p.page.Unreadable:
		report(FileKind, 0, p.hidden+"; not indexed, as the site does not show it")
		return p
	case p.hidden != "":
		p.problems = nil
		return p
	}
	if p.page.Problem != "" {
		report(URLKind, 0, p.page.Problem)
	}
	p.options = rules.Options(post)
	p.body, p.options.Raw = rules.Fill(post, body, matter), rules.Fill(post, rawBody, matter)
	if shown := rules.Show(post, p.body, matter); shown != p.body {
		p.body, p.options.Raw = shown, cmp.Or(p.options.Raw, p.body)
	}
	if p.page.Protected != "" {
		p.body, p.options.Raw = p.page.Abstract, p.page.Abstract
	}
	page := markdown.Read(p.body, p.options)
	if p.page.Protected == "" {
		lead(&page, p.page.Names, p.page.Above)
	}
	if page.Note != "" {
		report(MarkupKind, put.Line(page.NoteLine+lines), page.Note)
	}
	for _, m := range put.Missing {
		report(MarkupKind, m.Line, m.Reason)
	}
	p.line = put.Line
	p.weight, p.hasty = page.Weight+documentWeight+len(page.Text), page.Hasty
	p.document = document(post.ID, matter, p.page, page)
	return p
}

// documentWeight is what an engine needs for a document beside its words, in bytes of memory.
const documentWeight = 16 << 10

// document puts together what a post states, what its generator makes of that, and what it shows.
func document(id string, matter frontmatter.Matter, place site.Page, page markdown.Page) search.Document {
	if place.Elsewhere != "" || place.Unplaced {
		for i := range page.Sections {
			page.Sections[i].Anchor = ""
		}
	}
	d := search.Document{
		ID:         id,
		URL:        cmp.Or(place.Elsewhere, place.URL),
		Title:      cmp.Or(plainTitle(place.Title), title(id, plainTitle(matter.Title), page.Sections)),
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
	return d
}

// Bounds of what stands before the text of a page, in bytes: its other names, and with them what its front matter shows.
const (
	maxNames = 4 << 10
	maxAbove = 64 << 10
)

// lead puts before the text of a page its other names, as the vault that it is from shows them, and what its front matter shows,
// a line each.
func lead(page *markdown.Page, names, above []string) {
	if all := strings.Join(names, ", "); len(all) > 0 && len(all) < maxNames {
		above = append([]string{all}, above...)
	}
	first := ""
	for _, line := range above {
		if line = strings.Join(strings.Fields(text.Clean(plainTitle(line))), " "); line != "" {
			first += line + "\n"
		}
	}
	if first == "" || len(first) > maxAbove {
		return
	}
	page.Text = first + page.Text
	for i := range page.Code {
		page.Code[i].Start, page.Code[i].End = page.Code[i].Start+len(first), page.Code[i].End+len(first)
	}
	if len(page.Sections) == 0 || page.Sections[0].Level > 0 {
		page.Sections = slices.Insert(page.Sections, 0, search.Section{})
	}
	for i := range page.Sections {
		s := &page.Sections[i]
		s.End += len(first)
		if i > 0 {
			s.Start += len(first)
		}
	}
}

// asWritten returns source as text that is not cleaned, with the same lines as whole, which is. It returns whole if
// source is not UTF-8.
func asWritten(source []byte, whole string) string {
	raw := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(bytes.TrimPrefix(source, []byte("\ufeff"))))
	if !utf8.ValidString(raw) || strings.Count(raw, "\n") != strings.Count(whole, "\n") {
		return whole
	}
	return raw
}

// cutLines cuts text after its first n lines.
func cutLines(text string, n int) (first, rest string) {
	rest = text
	for range n {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	return text[:len(text)-len(rest)], rest
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

// hangulShare is the share of Hangul among letters from which on a text is Korean. It is small, as Korean posts quote
// much code and English, while English posts quote hardly any Hangul.
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
