package searchbox

import (
	"html"
	"net/url"
	"strings"
	"unicode"

	"chaja/search"
)

// maxParts bounds the sections shown of a hit, as the box does: the next post is worth more than its third section.
const maxParts = 2

// hit is a post with its addresses on the site.
type hit struct {
	search.Hit
	Link  string // as it stands
	Open  string // with the words to mark there
	Parts []part
}

// part is a section of a hit.
type part struct {
	search.HitSection
	Above []string // the headings it stands under, without the title
	Open  string
}

// tagLink is a tag of a hit.
type tagLink struct{ Value, Link string }

// TagLinks are the tags of a hit, each with the search for it.
func (h hit) TagLinks() (links []tagLink) {
	for _, tag := range h.Tags {
		links = append(links, tagLink{tag, "./?" + url.Values{"tag": {tag}}.Encode()})
	}
	return links
}

// newHit shows the sections that say more than the title: the best, and another one whose heading was searched for, as
// view.js does.
func newHit(h search.Hit, blog Blog) hit {
	words := markedWords(h)
	if isElsewhere(h.URL) {
		words = nil // other sites need not know what was searched for
	}
	shown := hit{Hit: h, Link: blog.address(h.URL)}
	shown.Open = marking(shown.Link, words)
	for _, s := range h.Sections {
		further := len(shown.Parts) > 0
		if len(shown.Parts) == maxParts || saysTheSame(s.Heading, h.Title) || further && !strings.Contains(s.HeadingHTML, "<mark>") {
			continue
		}
		if further {
			s.ExcerptHTML = ""
		}
		p := part{HitSection: s, Open: marking(blog.address(s.URL), words)}
		for _, step := range s.Path {
			if !saysTheSame(step, h.Title) && !saysTheSame(step, s.Heading) {
				p.Above = append(p.Above, step)
			}
		}
		shown.Parts = append(shown.Parts, p)
	}
	return shown
}

// saysTheSame compares letters, digits and the signs of names (C# is not C++), whatever their case, as view.js does.
func saysTheSame(a, b string) bool {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsNumber(r) || r == '#' || r == '+' {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	return letters(a) == letters(b)
}

// segment is a piece of text that matches or not.
type segment struct {
	Text string
	Mark bool
}

// segments reads a field ending in _html, which is escaped text with <mark>. html/template escapes the segments again, so
// a page never trusts HTML.
func segments(field string) []segment {
	var found []segment
	for field != "" {
		before, rest, _ := strings.Cut(field, "<mark>")
		if before != "" {
			found = append(found, segment{Text: html.UnescapeString(before)})
		}
		inside, after, _ := strings.Cut(rest, "</mark>")
		if inside != "" {
			found = append(found, segment{html.UnescapeString(inside), true})
		}
		field = after
	}
	return found
}

// First is the number of the first hit.
func (page searchPage) First() int { return (page.Question.Request.Page-1)*search.DefaultPerPage + 1 }

// Last is the number of the last hit.
func (page searchPage) Last() int { return page.First() + len(page.Hits) - 1 }
