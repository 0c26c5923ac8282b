package markdown

import (
	"slices"
	"strconv"
	"strings"
)

// anchors gives out the ids of the headings of one page.
type anchors struct {
	ids   IDs
	used  map[string]int // id -> number last appended to it
	tried map[string]int // id -> number last tried behind an underscore, for the way that has them
	boxed *anchors       // of headings inside HTML, nil until there are some
}

// of returns the id of a heading without one of its own, empty if it gets none that is on the page.
func (a *anchors) of(h Heading) string {
	id := a.made(h)
	if h.Level < a.ids.Shown {
		return ""
	}
	return id
}

// made returns the id that is made of a heading, empty for none.
func (a *anchors) made(h Heading) string {
	if h.boxed && a.ids.Boxed != nil {
		if a.boxed == nil {
			a.boxed = &anchors{ids: *a.ids.Boxed}
		}
		return a.boxed.of(h)
	}
	if h.Unseen || h.Level < a.ids.Level || a.ids.Has != nil && !a.ids.Has(h) {
		return ""
	}
	id := a.ids.Slug(a.ids.Text(h))
	if id == "" {
		id = a.ids.Nothing
	}
	if a.used == nil {
		a.used = map[string]int{}
	}
	switch a.ids.Repeat {
	case Counted:
		return a.count(id, 0)
	case FromTwo:
		return a.count(id, 1)
	case AnyObject:
		return a.countIn(id)
	case Underscored:
		return a.underscored(id)
	case Once:
		if a.count(id, 0) != id {
			return ""
		}
		return id
	}
	return a.free(id)
}

// free appends the next number that makes an id of its own. Numbers go on where the last one of the same id ended, so
// many equal headings take linear time.
func (a *anchors) free(slug string) string {
	id := slug
	for {
		if _, taken := a.used[id]; !taken {
			break
		}
		a.used[slug]++
		id = slug + "-" + strconv.Itoa(a.used[slug])
	}
	a.take(id)
	return id
}

// count appends how many equal ids came before, and how much more than that.
func (a *anchors) count(id string, more int) string {
	n := a.used[id]
	a.used[id]++
	if n == 0 {
		return id
	}
	return id + "-" + strconv.Itoa(n+more)
}

// underscored looks for a free id as the toc of Python-Markdown does: a number at the end is counted on. What was tried for the
// same id before is not tried again, so many equal headings take linear time.
func (a *anchors) underscored(id string) string {
	if _, taken := a.used[id]; taken || id == "" {
		if a.tried == nil {
			a.tried = map[string]int{}
		}
		base, n := id, 0
		if i := strings.LastIndexByte(id, '_'); i >= 0 && isDigits(id[i+1:]) {
			base = id[:i]
			n, _ = strconv.Atoi(id[i+1:])
		}
		n = max(n, a.tried[id])
		free := id
		for taken = true; taken; _, taken = a.used[free] {
			n++
			free = base + "_" + strconv.Itoa(n)
		}
		a.tried[id] = n
		id = free
	}
	a.used[id] = 0
	return id
}

// isDigits reports whether s is a number that can be counted on.
func isDigits(s string) bool { return s != "" && len(s) < 10 && strings.Trim(s, "0123456789") == "" }

// countIn counts as marked's renderer does, in an object of JavaScript. That has some names from the beginning, whose
// values are no numbers.
func (a *anchors) countIn(id string) string {
	inherited := []string{"constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString",
		"toString", "valueOf"}
	if _, seen := a.used[id]; !seen && slices.Contains(inherited, id) {
		a.used[id] = 0
		return id + "-NaN"
	}
	return a.count(id, 0)
}

// take marks an id that a post states as given, for the ways that look for free ones.
func (a *anchors) take(id string) {
	if a.ids.Repeat != NextFree {
		return
	}
	if a.used == nil {
		a.used = map[string]int{}
	}
	if _, taken := a.used[id]; !taken {
		a.used[id] = 0
	}
}
