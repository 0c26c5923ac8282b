// Package markdown turns the body of a post into what is searched: plain text, cut into sections under headings.
package markdown

import (
	"fmt"

	"chaja/search"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Read returns the plain text of source, which must be clean (see package text), and its sections, with the ids that
// GitHub gives their headings.
func Read(source string) (text string, sections []search.Section, note string) {
	return GitHub.Read(source, source)
}

// Read returns the plain text of source, which must be clean (see package text), and its sections, with the ids that
// f gives their headings. Generators make ids of text as it was before it was cleaned: raw is that text, of the same
// lines.
//
// The text holds what a reader of the page sees, no markup: a block a line, soft-wrapped lines joined by one blank,
// code as it stands, the cells of a table row separated by tabs, pictures by their description. Headings are left
// out; they are in the sections, whose ranges are in order and together cover the text exactly.
//
// Markdown has corners where any parser takes quadratic time or memory. A source that goes there is read line by
// line, headings still found, or keeps some markup in its text; then note says so, otherwise it is empty.
func (f Flavour) Read(source, raw string) (text string, sections []search.Section, note string) {
	if note = tooHard(source); note == "" {
		p, tangled, err := readTree([]byte(source), []byte(raw), f)
		if err == nil {
			if tangled {
				note = "markup too tangled; some of it is read as text"
			}
			text, sections = p.finish()
			return text, sections, note
		}
		note = err.Error()
	}
	text, sections = readLines(source, f).finish()
	return text, sections, note + "; read as plain text"
}

// readTree reads source by its syntax tree. The parser is not ours: if it panics, that is an error of this post.
func readTree(source, raw []byte, f Flavour) (p *page, tangled bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("parser failed: %v", r)
		}
	}()
	context := parser.NewContext()
	tree := newParser(f).Parse(gmtext.NewReader(source), parser.WithContext(context))
	p = &page{anchors: anchors{flavour: f}}
	err = ast.Walk(tree, walker{p, source, newHeads(f, source, raw)}.visit)
	return p, tangles(context), err
}

// newParser reads GitHub's Markdown, with {#id} after headings where the flavour has them. Of goldmark's extensions, CJK is left out because it
// glues soft-wrapped Korean lines together, footnotes because it drops those that nothing refers to.
func newParser(f Flavour) parser.Parser {
	options := []parser.Option{parser.WithInlineParsers(util.Prioritized(guard{}, 0))}
	if f.rule().explicit {
		options = append(options, parser.WithHeadingAttribute())
	}
	return goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList),
		goldmark.WithParserOptions(options...),
	).Parser()
}
