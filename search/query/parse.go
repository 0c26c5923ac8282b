package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of a query. What lies beyond them is left out, and Parse says so.
const (
	// MaxUnits is the number of units used. Every unit costs a pass over the index; people type two or three, and
	// a pasted error message of 32 words is specific enough.
	MaxUnits = 32

	// MaxBytes is how much of the input is looked at: 32 Korean words of 40 syllables each, with room. It bounds
	// the work before anything is known about the input.
	MaxBytes = 4 << 10
)

const (
	tagPrefix      = "tag:"
	categoryPrefix = "category:"
	quotes         = "\"“”„" // any of them opens and any closes: keyboards mix them
)

// Parse reads a query. It never fails, whatever the bytes. The node is nil only when the input has nothing but
// blanks; truncated tells that a limit was met and the rest left out.
func Parse(s string) (root Node, truncated bool) {
	s, truncated = cut(s)
	rest := clean(s)
	var nodes []Node
	for {
		rest = strings.TrimSpace(rest)
		if rest == "" {
			break
		}
		if len(nodes) == MaxUnits {
			truncated = true
			break
		}
		var n Node
		n, rest = unit(rest)
		nodes = append(nodes, n)
	}
	switch len(nodes) {
	case 0:
		return nil, truncated
	case 1:
		return nodes[0], truncated
	}
	return And{Nodes: nodes}, truncated
}

// cut shortens s to MaxBytes, at a blank if it has one: half a word would ask for what nobody wrote.
func cut(s string) (string, bool) {
	if len(s) <= MaxBytes {
		return s, false
	}
	end := MaxBytes
	for back := 1; back < utf8.UTFMax && !utf8.RuneStart(s[end]); back++ {
		end--
	}
	if i := strings.LastIndexAny(s[:end], " \t\n"); i > 0 && strings.TrimSpace(s[:i]) != "" {
		end = i
	}
	return s[:end], true
}

// clean makes s valid UTF-8 in NFC, with blanks for control characters. Characters that take no room and only steer
// the display (zero-width blanks and joiners, direction marks, soft hyphens) come along with copied text and go.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
	return norm.NFC.String(s)
}

// unit reads the unit at the start of s, which is not blank, and returns what follows it. A minus excludes only
// when a unit other than a second minus follows at once: "--flag" is a word that people search for.
func unit(s string) (Node, string) {
	if after, ok := strings.CutPrefix(s, "-"); ok && startsUnit(after) {
		n, rest := plain(after)
		return Not{Node: n}, rest
	}
	return plain(s)
}

func startsUnit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && r != '-' && !unicode.IsSpace(r)
}

// plain reads a unit without a minus.
func plain(s string) (Node, string) {
	if inner, rest, ok := quoted(s); ok {
		if inner == "" {
			return Word{Text: `""`}, rest
		}
		return Phrase{Text: inner}, rest
	}
	for _, prefix := range []string{tagPrefix, categoryPrefix} {
		if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
			continue
		}
		value, rest := value(s[len(prefix):])
		switch {
		case value == "":
			return Word{Text: s[:len(prefix)]}, rest
		case prefix == tagPrefix:
			return Tag{Value: value}, rest
		default:
			return Category{Value: value}, rest
		}
	}
	text, rest := word(s)
	return Word{Text: text}, rest
}

// value reads what follows tag: or category:, up to the closing quote or the next blank.
func value(s string) (text, rest string) {
	if inner, rest, ok := quoted(s); ok {
		return inner, rest
	}
	return word(s)
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
