// Package markdown turns the body of a post into what is searched: plain text, cut into sections under headings.
package markdown

import (
	"fmt"
	"strings"

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

	// Note says what of the source could not be read as Markdown, or not at all; mostly empty. NoteLine is the line of the
	// source where that begins, from 1.
	Note     string
	NoteLine int

	Weight int  // what an index needs for the text, in bytes of memory, at most about MaxWeight
	Hasty  bool // time ran out; another time it may be read better
}

// Read returns what source shows. Source must be clean (see package text).
//
// Markdown has corners where any parser takes quadratic time or memory. A source that goes there is read line by line,
// with its headings, or keeps some markup in its text. The note says so. See budget for what bounds the rest.
func Read(source string, o Options) Page {
	o.IDs = o.IDs.orGitHub()
	r := reader{options: o, page: &page{anchors: anchors{ids: o.IDs}}, budget: newBudget()}
	source = r.firstLines(source)
	r.heads = newHeads(o, source)
	source = o.prepare(source)
	r.definitions = definitions(source)
	for p := range parts(source) {
		if !r.read(p) {
			break
		}
	}
	return r.finish()
}

// reader reads a source piece by piece.
type reader struct {
	options     Options
	page        *page
	heads       *heads
	definitions []parser.Reference
	budget      *budget
	words       vocabulary
	sections    int // of the page that are weighed
	note        string
	line        int // of the note
}

// firstLines returns the lines of a source that are read.
func (r *reader) firstLines(source string) string {
	at := 0
	for range maxLines {
		i := strings.IndexByte(source[at:], '\n')
		if i < 0 {
			return source
		}
		at += i + 1
	}
	r.say(maxLines, fmt.Sprintf("more than %d lines; the text from here on is left out, divide the post", maxLines))
	return source[:at]
}

// say notes what is wrong in a line, from 0. Of several notes the first counts.
func (r *reader) say(line int, note string) {
	if r.note == "" {
		r.note, r.line = note, line+1
	}
}

// read reads a piece. It returns false if the text must end there.
func (r *reader) read(p part) bool {
	r.heads.begin(p.line)
	before := r.page.body.Len()
	if p.within {
		r.say(p.line, fmt.Sprintf("a block longer than %d KiB; read in parts", longPiece>>10))
	}
	if reason := r.budget.tooHard(p.source); reason != "" {
		r.say(max(p.line, 0), reason+"; read as plain text")
		r.page.readLines(p.source)
	} else if err := r.readTree(p.source); err != nil {
		r.say(max(p.line, 0), err.Error()+"; read as plain text")
		r.page.readLines(p.source)
	}
	r.weigh(before)
	if r.words.weight > MaxWeight {
		r.note = "" // what is left out counts more than how the rest was read
		r.say(r.heads.line, "more words than an index can hold of one post; the text from about here on is left out, divide the post")
		return false
	}
	return true
}

// weigh adds the words of the page from a place on.
func (r *reader) weigh(from int) {
	r.words.add(r.page.body.String()[from:])
	for ; r.sections < len(r.page.sections); r.sections++ {
		r.words.add(r.page.sections[r.sections].Heading)
	}
}

func (r *reader) finish() Page {
	p := r.page.finish()
	p.Note, p.NoteLine, p.Weight, p.Hasty = r.note, r.line, r.words.weight, r.budget.late
	return p
}

// readTree reads a piece by its syntax tree. The parser is not ours: if it panics, that is an error of this piece, and what
// was read of it is taken back.
func (r *reader) readTree(piece string) (err error) {
	before := r.page.mark()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("parser failed: %v", p)
			if late, ok := p.(outOfTime); ok {
				err = late
			}
		}
		if err != nil {
			r.page.reset(before)
		}
	}()
	source := []byte(piece)
	tree := newParser(r.options).Parse(gmtext.NewReader(source), parser.WithContext(r.context()))
	if r.budget.tangled() {
		r.say(max(r.heads.line, 0), "markup too tangled; some of it is read as text")
	}
	return ast.Walk(tree, walker{page: r.page, source: source, options: r.options, heads: r.heads}.visit)
}

// context is what the parser knows of the other pieces.
func (r *reader) context() parser.Context {
	c := parser.NewContext()
	c.Set(budgetKey, r.budget)
	for _, d := range r.definitions {
		c.AddReference(d)
	}
	return c
}

// newParser reads GitHub's Markdown, with {#id} after headings where the generator has it. Two extensions of goldmark are
// left out: CJK glues soft-wrapped Korean lines together, and footnotes drops those that nothing refers to.
func newParser(o Options) parser.Parser {
	extensions := []goldmark.Extender{extension.Table, extension.Strikethrough, extension.TaskList}
	if o.Definitions {
		extensions = append(extensions, extension.DefinitionList)
	}
	options := []parser.Option{
		parser.WithInlineParsers(util.Prioritized(guard{}, 0)), parser.WithBlockParsers(util.Prioritized(watch{}, 0)),
	}
	if o.IDs.Explicit {
		options = append(options, parser.WithHeadingAttribute())
	}
	return goldmark.New(goldmark.WithExtensions(extensions...), goldmark.WithParserOptions(options...)).Parser()
}
