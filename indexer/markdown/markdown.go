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

// Page is what a reader of a post sees, without markup.
type Page struct {
	// Text has a line for each block, whose soft-wrapped lines are joined by one blank. Code has the lines it has, cells of
	// a table are separated by tabs, and a picture is its description. Headings are left out.
	Text     string
	Sections []search.Section // their ranges are in order and together cover Text exactly
	Code     []search.Range   // blocks of code, and of maths, in Text; in order, apart

	// Note says what of the source could not be read as Markdown; mostly empty.
	Note string
}

// Read returns what source shows. Source must be clean (see package text).
//
// Markdown has corners where any parser takes quadratic time or memory. A source that goes there is read line by line,
// with its headings, or keeps some markup in its text. The note says so.
func Read(source string, o Options) Page {
	o.IDs = o.IDs.orGitHub()
	heads := newHeads(o, source)
	source = o.prepare(source)
	note := tooHard(source)
	if note == "" {
		p, tangled, err := readTree([]byte(source), o, heads)
		switch {
		case err != nil:
			note = err.Error()
		case tangled:
			return p.finish("markup too tangled; some of it is read as text")
		default:
			return p.finish("")
		}
	}
	return readLines(source, o.IDs).finish(note + "; read as plain text")
}

// readTree reads source by its syntax tree. The parser is not ours: if it panics, that is an error of this post.
func readTree(source []byte, o Options, h *heads) (p *page, tangled bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("parser failed: %v", r)
		}
	}()
	context := parser.NewContext()
	tree := newParser(o).Parse(gmtext.NewReader(source), parser.WithContext(context))
	p = &page{anchors: anchors{ids: o.IDs}}
	err = ast.Walk(tree, walker{page: p, source: source, options: o, heads: h}.visit)
	return p, tangles(context), err
}

// newParser reads GitHub's Markdown, with {#id} after headings where the generator has it. Two extensions of goldmark are
// left out: CJK glues soft-wrapped Korean lines together, and footnotes drops those that nothing refers to.
func newParser(o Options) parser.Parser {
	extensions := []goldmark.Extender{extension.Table, extension.Strikethrough, extension.TaskList}
	if o.Definitions {
		extensions = append(extensions, extension.DefinitionList)
	}
	options := []parser.Option{parser.WithInlineParsers(util.Prioritized(guard{}, 0))}
	if o.IDs.Explicit {
		options = append(options, parser.WithHeadingAttribute())
	}
	return goldmark.New(goldmark.WithExtensions(extensions...), goldmark.WithParserOptions(options...)).Parser()
}
