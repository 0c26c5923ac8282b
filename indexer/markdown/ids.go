package markdown

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// IDs is the way in which a generator makes the ids of headings. The zero value is GitHub's way.
type IDs struct {
	Name string // for a person

	Text    func(Heading) string // what of a heading its id is made of
	Slug    func(string) string  // makes the id of that
	Nothing string               // id of a heading of which Slug leaves nothing
	Repeat  Repeat               // how the second of equal ids differs
	Level   int                  // highest level that gets an id; 0 for all levels
	Shown   int                  // highest level whose id is on the page; those above it are made and left out

	// Unknown says that headings have ids of their own on the page, and that these are not known here.
	Unknown bool
	// Has reports whether this heading of GitHub's is one to the generator too; nil if all are.
	Has func(Heading) bool
	// Explicit says that {#id} after a heading is its id, as goldmark reads it.
	Explicit bool
	// Stated returns the id that a post states for a heading in another way, and the part of its line that states it. The
	// heading stands in the lines from first to last. Stated may take that part off the heading, or make it Unseen. It is
	// nil if there is no other way.
	Stated func(h *Heading, lines []string, first, last int) (id, part string)
	// Unseen returns the parts of a source, in bytes, that the generator does not read as Markdown, and those inside HTML
	// that it does. It is nil if there are none.
	Unseen func(source string) (unseen, boxed []Span)
	// Boxed is the way inside HTML, nil if it is the same.
	Boxed *IDs
}

// Repeat is a way to tell equal ids apart.
type Repeat int

// The ways.
const (
	NextFree    Repeat = iota // -1, -2 and so on, past the ids that are taken
	Counted                   // -1, -2 and so on, even if that id is taken
	FromTwo                   // the same from -2 on
	Underscored               // _1, _2 and so on until it is free, of an empty one too, as Python-Markdown
	Once                      // it does not: the second has none
	AnyObject                 // like Counted, but names that every object of JavaScript has come out as NaN
)

// GitHubIDs is the way of GitHub, and of the packages of JavaScript that are named slugger and slug.
func GitHubIDs() IDs {
	return IDs{Name: "GitHub", Text: Heading.Text, Slug: func(s string) string { return Words(s, " \n") }, Explicit: true}
}

// NoIDs gives headings no ids but those that a post states.
func NoIDs() IDs {
	return IDs{Name: "none", Text: Heading.Text, Slug: func(string) string { return "" }, Repeat: Counted, Explicit: true, Level: 7}
}

// orGitHub returns the ways of GitHub for none.
func (f IDs) orGitHub() IDs {
	if f.Slug == nil {
		return GitHubIDs()
	}
	return f
}

// Words keeps hyphens and the characters of words, as \w has them in Ruby, in lower case. It makes hyphens of blanks.
func Words(s, blanks string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(blanks, r):
			return '-'
		case r == '-', unicode.IsLetter(r), unicode.IsMark(r), unicode.In(r, unicode.Nd, unicode.Nl, unicode.Pc, unicode.Other_Alphabetic):
			return r
		}
		return -1
	}, cases.Lower(language.Und).String(s))
}
