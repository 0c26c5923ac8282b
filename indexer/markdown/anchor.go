package markdown

import (
	"strconv"
	"strings"
	"unicode"
)

// anchors gives out the ids of the headings of one page.
type anchors struct {
	used map[string]int // id -> number last appended to it
}

// of returns the id that GitHub gives a heading: its slug, and for a repeated one "-1", "-2" and so on after it.
// Numbers go on where the last one of the same slug ended, so many equal headings take linear time.
func (a *anchors) of(heading string) string {
	s := slug(heading)
	id := s
	for {
		if _, taken := a.used[id]; !taken {
			break
		}
		a.used[s]++
		id = s + "-" + strconv.Itoa(a.used[s])
	}
	a.take(id)
	return id
}

// take marks an id as given.
func (a *anchors) take(id string) {
	if a.used == nil {
		a.used = map[string]int{}
	}
	if _, taken := a.used[id]; !taken {
		a.used[id] = 0
	}
}

// slug is GitHub's rule: lower case, blanks to hyphens, and of the rest only letters, marks, digits, "_" and "-".
func slug(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ', r == '\t', r == '\n':
			return '-'
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsMark(r), unicode.IsNumber(r):
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}
