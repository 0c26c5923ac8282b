package markdown

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"

	"chaja/internal/lazyregexp"
)

// Link is where a page leads: a link, or a picture it shows.
type Link struct {
	Line   int    // from 1, in the source
	Target string // as the page states it
}

var (
	linkAttribute  = lazyregexp.New(`(?i)<(?:a|img)\b[^<>]*?\s(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
	placeAttribute = lazyregexp.New(`(?i)<[a-z][a-z0-9]*\b[^<>]*?\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
)

// Links returns the links of a source in their order, and the ids and names that tags of HTML give to places in it. A
// piece of it that is too hard for the parser has none, and a line with variables of a template has no links.
func Links(source string, o Options) (links []Link, places []string) {
	o.IDs = o.IDs.orGitHub()
	unknown, n := map[int]bool{}, 0 // lines, by number
	for line := range strings.Lines(source) {
		if n++; o.Unknown != nil && o.Unknown(line) {
			unknown[n] = true
		}
	}
	r := reader{options: o, budget: newBudget()}
	source = o.prepare(r.firstLines(source))
	r.definitions = definitions(source)
	for p := range parts(source) {
		if r.budget.tooHard(p.source) != "" {
			continue
		}
		l := &linkWalker{source: []byte(p.source), before: p.line, aside: o.Aside}
		if r.readLinks(l) == nil {
			links, places = append(links, l.links...), append(places, l.places...)
		}
	}
	return slices.DeleteFunc(links, func(link Link) bool { return unknown[link.Line] }), places
}

// readLinks reads a piece. The parser is not ours: if it panics, that is an error of this piece.
func (r *reader) readLinks(l *linkWalker) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("parser failed: %v", p)
		}
	}()
	for i, c := range l.source {
		if c == '\n' {
			l.ends = append(l.ends, i)
		}
	}
	return ast.Walk(newParser(r.options).Parse(gmtext.NewReader(l.source), parser.WithContext(r.context())), l.visit)
}

// linkWalker collects links from a syntax tree.
type linkWalker struct {
	source []byte
	ends   []int // of the lines of source
	before int   // lines of the post before it
	aside  *regexp.Regexp
	links  []Link
	places []string
}

func (l *linkWalker) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.Link:
		if l.aside == nil || !l.aside.Match(n.Title) {
			l.add(n, string(n.Destination))
		}
	case *ast.Image:
		l.add(n, string(n.Destination))
	case *ast.RawHTML:
		l.html(string(n.Segments.Value(l.source)), n.Segments.At(0).Start)
	case *ast.HTMLBlock:
		if n.Lines().Len() > 0 {
			l.html(string(n.Lines().Value(l.source)), n.Lines().At(0).Start)
		}
	}
	return ast.WalkContinue, nil
}

func (l *linkWalker) add(n ast.Node, target string) {
	if target = strings.TrimSpace(target); target != "" {
		l.links = append(l.links, Link{l.line(n.Pos()), target})
	}
}

func (l *linkWalker) html(html string, at int) {
	for _, m := range linkAttribute().FindAllStringSubmatchIndex(html, -1) {
		if target := group(html, m); target != "" {
			l.links = append(l.links, Link{l.line(at + m[0]), target})
		}
	}
	for _, m := range placeAttribute().FindAllStringSubmatchIndex(html, -1) {
		l.places = append(l.places, group(html, m))
	}
}

// group returns the one of the three groups of a match that is there.
func group(s string, m []int) string {
	for i := 2; i+1 < len(m); i += 2 {
		if m[i] >= 0 {
			return strings.TrimSpace(s[m[i]:m[i+1]])
		}
	}
	return ""
}

func (l *linkWalker) line(at int) int { return 1 + l.before + sort.SearchInts(l.ends, at) }
