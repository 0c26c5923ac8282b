package query

import (
	"fmt"
	"strings"
	"time"
)

// Parsed is a query that has been read. It is immutable.
type Parsed struct {
	Tree      Node // nil when the input has nothing but blanks
	Truncated bool // a limit was met, and the rest left out

	text   string // what was read: valid, in NFC, without blanks around it
	places []place
	ended  bool // something stands behind the last word, or was left out there
}

// place is where a word stands in the text that was read. The parser reads the text from its beginning and knows what is
// left of it.
type place struct {
	left     int // bytes from the beginning of the word to the end of the text
	size     int
	excluded bool
}

// String returns the query as it was typed.
func (p Parsed) String() string { return p.text }

// Units returns what must hold: the nodes of the tree below its top, or the one that it is.
func (p Parsed) Units() []Node {
	switch n := p.Tree.(type) {
	case nil:
		return nil
	case And:
		return n.Nodes
	}
	return []Node{p.Tree}
}

// Words returns the words that are asked for, as they were typed, in order.
func (p Parsed) Words() (words []string) {
	p.Replace(func(word string) string {
		words = append(words, word)
		return word
	})
	return words
}

// Unfinished returns the word that a person who types this is at: the last unit, if it is a word and nothing stands behind
// it; else "".
func (p Parsed) Unfinished() string {
	units := p.Units()
	if p.ended || len(units) == 0 {
		return ""
	}
	word, _ := units[len(units)-1].(Word)
	return word.Text
}

// Bounds returns the dates that the query sets, the first included and the second not; zero for none. Of several the
// narrowest count.
func (p Parsed) Bounds() (after, before time.Time) {
	for _, unit := range p.Units() {
		switch n := unit.(type) {
		case After:
			t, _ := ParseDate(n.Date) // a date, or it would be a word
			after = Later(after, t)
		case Before:
			t, _ := ParseDate(n.Date)
			before = Earlier(before, t)
		}
	}
	return after, before
}

// Later and Earlier return the narrower of two bounds, of which zero is none.
func Later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// Earlier is described at Later.
func Earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Replace returns the query with f applied to the text of every word that is asked for. All else is as it was typed:
// phrases, values, what is excluded, parentheses. Several words in place of one are as many words, or a phrase where the
// one stood behind a key.
func (p Parsed) Replace(f func(word string) string) Parsed {
	r := replacer{f: f, from: p}
	if p.Tree != nil {
		p.Tree = r.node(p.Tree)
	}
	r.text.WriteString(p.text[r.done:])
	p.text, p.places = r.text.String(), r.places
	for i := range p.places {
		p.places[i].left += len(p.text)
	}
	return p
}

// replacer writes a query anew while it walks the tree, which has the words in the order of the text.
type replacer struct {
	f      func(word string) string
	from   Parsed
	done   int // bytes of the old text that are written
	text   strings.Builder
	places []place // left still lacks the length of the text
}

func (r *replacer) node(n Node) Node {
	switch n := n.(type) {
	case Word:
		return r.word(n, false)
	case In:
		if w, ok := n.Node.(Word); ok {
			n.Node = r.word(w, true)
		}
		return n
	case And:
		nodes := make([]Node, 0, len(n.Nodes))
		for _, node := range n.Nodes {
			nodes = append(nodes, flatten[And](r.node(node))...)
		}
		return And{nodes}
	case Or:
		nodes := make([]Node, 0, len(n.Nodes))
		for _, node := range n.Nodes {
			nodes = append(nodes, r.node(node))
		}
		return Or{nodes}
	}
	return n
}

// word writes what stands in place of a word; as a phrase, where it stands behind a key and is several.
func (r *replacer) word(w Word, keyed bool) Node {
	if w.number == 0 || r.from.places[w.number-1].excluded {
		return Word{Text: w.Text}
	}
	at := r.from.places[w.number-1]
	start := len(r.from.text) - at.left
	r.text.WriteString(r.from.text[r.done:start])
	r.done = start + at.size
	words := strings.Fields(r.f(w.Text))
	if keyed && len(words) > 1 {
		phrase := Phrase{strings.Join(words, " ")}
		r.text.WriteString(phrase.String())
		return phrase
	}
	var nodes []Node
	for i, text := range words {
		if i > 0 {
			r.text.WriteByte(' ')
		}
		r.places = append(r.places, place{left: -r.text.Len(), size: len(text)})
		r.text.WriteString(text)
		nodes = append(nodes, Word{text, len(r.places)})
	}
	return join(nodes, func(nodes []Node) Node { return And{nodes} })
}

// Zone is that of every day that a query names and of every year that posts are counted under, +0900: the blogs that chaja
// serves date their posts in it, and a day must not depend on where the server runs.
func Zone() *time.Location { return time.FixedZone("KST", 9*60*60) }

// ParseDate reads a year, a month or a day (2019, 2019-08, 2019-08-29) and returns the moment it begins, at +0900.
// As a lower bound that moment is included, as an upper bound excluded.
func ParseDate(s string) (time.Time, error) {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s, Zone()); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("date %.20q is not like 2019, 2019-08 or 2019-08-29", s)
}
