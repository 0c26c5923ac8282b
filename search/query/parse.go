package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chaja/search/chars"
)

// Limits of a query. What lies beyond them is left out, and Parse says so.
const (
	// MaxUnits is the number of units used. Every unit costs a pass over the index; people type two or three, and
	// a pasted error message of 32 words is specific enough.
	MaxUnits = 128

	// MaxFixed is how many of the units may be phrases or stand in a field. A word that most posts have can be passed over in
	// a long query, while for these the positions in each post must be looked up.
	MaxFixed = 4

	// MaxBytes is how much of the input is looked at: 32 Korean words of 40 syllables each, with room. It bounds
	// the work before anything is known about the input.
	MaxBytes = 4 << 10
)

// maxDepth bounds parentheses in parentheses; a person writes two. What is deeper is left out, as what is too long.
const maxDepth = 16

const quotes = "\"“”„" // any of them opens and any closes: keyboards mix them

// Parse reads a query. It never fails, whatever the bytes.
func Parse(s string) Parsed {
	s, truncated := cut(s)
	cleaned := clean(s)
	text := strings.TrimSpace(cleaned)
	p := parser{rest: text, truncated: truncated}
	tree := p.either()
	return Parsed{
		Tree: tree, Truncated: p.truncated, text: text, places: p.places,
		ended: p.truncated || strings.TrimRight(cleaned, " ") != cleaned,
	}
}

// parser reads a query from its rest, which has no blanks at its beginning.
type parser struct {
	rest      string
	depth     int // of parentheses
	units     int
	fixed     int // units that are phrases or stand in a field
	truncated bool
	places    []place // of the words, in order
}

// either reads up to the end, or to the parenthesis that closes the group at hand.
func (p *parser) either() Node {
	var alternatives []Node
	for {
		n, more := p.list()
		if more || len(alternatives) > 0 {
			n = withoutBounds(n)
		}
		if n != nil {
			alternatives = append(alternatives, flatten[Or](n)...)
		}
		if !more {
			return join(alternatives, func(nodes []Node) Node { return Or{nodes} })
		}
	}
}

const or = "OR"

// list reads units up to an OR that stands between two units, or to the end of the group; more tells that there was an OR.
func (p *parser) list() (n Node, more bool) {
	var nodes []Node
	for p.rest != "" && !p.closes() {
		if p.units == MaxUnits {
			p.truncated, p.rest = true, ""
			break
		}
		if len(nodes) > 0 && p.isOr() {
			p.skip(len(or))
			more = true
			break
		}
		if n := p.unit(); n != nil {
			nodes = append(nodes, flatten[And](n)...)
		}
	}
	return join(nodes, func(nodes []Node) Node { return And{nodes} }), more
}

// isOr reports whether the rest begins with OR and a unit follows that is not OR itself.
func (p *parser) isOr() bool {
	after, ok := strings.CutPrefix(p.rest, or)
	next := strings.TrimLeftFunc(after, unicode.IsSpace)
	if !ok || next == after || next == "" || p.depth > 0 && next[0] == ')' {
		return false
	}
	following, _ := word(next)
	return following != or
}

// closes reports whether the rest begins with the end of the group at hand.
func (p *parser) closes() bool { return p.depth > 0 && strings.HasPrefix(p.rest, ")") }

// skip takes n bytes and the blanks behind them off the rest.
func (p *parser) skip(n int) { p.rest = strings.TrimSpace(p.rest[n:]) }

// withoutBounds makes bounds of dates words, as they are beside OR and after a minus.
func withoutBounds(n Node) Node {
	switch n := n.(type) {
	case After, Before:
		return Word{Text: n.String()}
	case And:
		for i := range n.Nodes {
			n.Nodes[i] = withoutBounds(n.Nodes[i])
		}
	}
	return n
}

// flatten returns the nodes of a list of type T, else n alone.
func flatten[T interface {
	And | Or
	Node
}](n Node) []Node {
	if list, ok := n.(T); ok {
		return struct{ Nodes []Node }(list).Nodes
	}
	return []Node{n}
}

func join(nodes []Node, list func([]Node) Node) Node {
	switch len(nodes) {
	case 0:
		return nil
	case 1:
		return nodes[0]
	}
	return list(nodes)
}

// cut shortens s to MaxBytes, at a blank if it has one: half a word would ask for what nobody wrote.
func cut(s string) (string, bool) {
	if len(s) <= MaxBytes {
		return s, false
	}
	end := chars.Start(s, MaxBytes)
	if i := strings.LastIndexAny(s[:end], " \t\n"); i > 0 && strings.TrimSpace(s[:i]) != "" {
		end = i
	}
	return s[:end], true
}

// clean makes s one line of valid UTF-8 in NFC.
func clean(s string) string { return norm.NFC.String(chars.OneLine(s)) }

// unit reads a unit. A minus excludes only when a unit other than a second minus follows at once: "--flag" is a word that
// people search for.
func (p *parser) unit() Node {
	if after, ok := strings.CutPrefix(p.rest, "-"); ok && startsUnit(after) && (p.depth == 0 || after[0] != ')') {
		p.rest = after
		places := len(p.places)
		n := withoutBounds(p.plain())
		for i := range p.places[places:] {
			p.places[places+i].excluded = true
		}
		if not, ok := n.(Not); ok || n == nil { // of a group
			return not.Node
		}
		return Not{n}
	}
	return p.plain()
}

func startsUnit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && r != '-' && !unicode.IsSpace(r)
}

// plain reads a unit without a minus.
func (p *parser) plain() Node {
	if p.opens() {
		return p.group()
	}
	p.units++
	if inner, rest, ok := quoted(p.rest); ok {
		p.take(rest)
		if inner == "" {
			return Word{Text: `""`}
		}
		return p.fix(Phrase{inner})
	}
	if n := p.keyed(); n != nil {
		if _, ok := n.(In); ok {
			return p.fix(n)
		}
		return n
	}
	left := len(p.rest)
	return p.numbered(p.word(), left)
}

// numbered returns the word of a text that begins so many bytes before the end of the input, and notes its place.
func (p *parser) numbered(text string, left int) Word {
	p.places = append(p.places, place{left: left, size: len(text)})
	return Word{text, len(p.places)}
}

// fix counts a unit that is a phrase or stands in a field; nil for one too many.
func (p *parser) fix(n Node) Node {
	if p.fixed == MaxFixed {
		p.truncated = true
		return nil
	}
	p.fixed++
	return n
}

// opens reports whether the rest begins with a group: a parenthesis that is closed and has something in it.
func (p *parser) opens() bool {
	if !strings.HasPrefix(p.rest, "(") {
		return false
	}
	end := closing(p.rest)
	return end > 0 && strings.TrimSpace(p.rest[1:end]) != ""
}

// closing returns the index of the parenthesis that closes the one at the start of s, outside of quotes; 0 without one.
func closing(s string) int {
	depth, inQuotes := 0, false
	for i, r := range s {
		switch {
		case strings.ContainsRune(quotes, r):
			inQuotes = !inQuotes
		case inQuotes:
		case r == '(':
			depth++
		case r == ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return 0
}

// group reads a group in parentheses; nil when it is too deep.
func (p *parser) group() Node {
	if p.depth == maxDepth {
		p.truncated, p.rest = true, ""
		return nil
	}
	p.skip(len("("))
	p.depth++
	n := p.either()
	p.depth--
	if strings.HasPrefix(p.rest, ")") {
		p.skip(len(")"))
	}
	return n
}

// keyed reads a unit with a key, such as tag:x; nil when there is none.
func (p *parser) keyed() Node {
	key, after, ok := strings.Cut(p.rest, ":")
	key = strings.ToLower(key)
	if !ok || !slices.Contains([]string{"tag", "category", "title", "heading", "after", "before"}, key) {
		return nil
	}
	inner, rest, isQuoted := quoted(after)
	value := inner
	if !isQuoted {
		value, rest = p.wordIn(after)
	}
	if value == "" {
		text := p.rest[:len(key)+1]
		p.take(rest)
		return Word{Text: text}
	}
	n := keyedNode(key, value, isQuoted)
	if n == nil {
		return nil
	}
	p.take(rest)
	if in, ok := n.(In); ok && !isQuoted && p.fixed < MaxFixed {
		in.Node = p.numbered(value, len(after))
		return in
	}
	return n
}

func keyedNode(key, value string, isQuoted bool) Node {
	switch _, err := ParseDate(value); {
	case key == "tag":
		return Tag{value}
	case key == "category":
		return Category{value}
	case (key == "title" || key == "heading") && isQuoted:
		return In{key, Phrase{value}}
	case key == "title" || key == "heading":
		return In{key, Word{Text: value}}
	case err != nil:
		return nil
	case key == "after":
		return After{value}
	}
	return Before{value}
}

func (p *parser) take(rest string) { p.rest = strings.TrimSpace(rest) }

// word reads up to the next blank, or to the end of the group at hand.
func (p *parser) word() string {
	text, rest := p.wordIn(p.rest)
	p.take(rest)
	return text
}

func (p *parser) wordIn(s string) (text, rest string) {
	text, rest = word(s)
	if p.depth == 0 {
		return text, rest
	}
	open := 0
	for i, r := range text {
		switch r {
		case '(':
			open++
		case ')':
			if open--; open < 0 {
				return s[:i], s[i:]
			}
		}
	}
	return text, rest
}

// word reads up to the next blank.
func word(s string) (text, rest string) {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// quoted reads a quoted text at the start of s, up to the next quote or else to the end. Blanks inside are single.
func quoted(s string) (inner, rest string, ok bool) {
	open, size := utf8.DecodeRuneInString(s)
	if s == "" || !strings.ContainsRune(quotes, open) {
		return "", s, false
	}
	inner = s[size:]
	if i := strings.IndexAny(inner, quotes); i >= 0 {
		_, size := utf8.DecodeRuneInString(inner[i:])
		inner, rest = inner[:i], inner[i+size:]
	}
	return strings.Join(strings.Fields(inner), " "), rest, true
}
