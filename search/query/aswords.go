package query

import "strings"

// AsWords returns the query with the words of its phrases, and those that it excludes, in place of these, so that quotes and
// hyphens of a pasted title ask for words like any other; tags, categories, fields, dates and groups stay. It is false where
// there are none of these, or nothing is asked for but what to leave out.
func (p Parsed) AsWords() (Parsed, bool) { return p.loose(true) }

// Unquoted is AsWords but for what the query excludes, which stays excluded.
func (p Parsed) Unquoted() (Parsed, bool) { return p.loose(false) }

// loose is AsWords, and leaves exclusions as they are unless they are to be words too.
func (p Parsed) loose(excluded bool) (Parsed, bool) {
	var texts []string
	changed, asks := false, false
	for _, unit := range p.Units() {
		text, operator := plain(unit)
		if not, ok := unit.(Not); ok {
			text, _ = plain(not.Node)
			operator = excluded && text != ""
		} else {
			asks = asks || text != ""
		}
		if changed = changed || operator; operator {
			texts = append(texts, text)
		} else {
			texts = append(texts, And{[]Node{unit}}.String())
		}
	}
	if !changed || !asks {
		return Parsed{}, false
	}
	loose := Parse(strings.Join(texts, " "))
	loose.Truncated = loose.Truncated || p.Truncated
	loose.ended = loose.ended || p.ended
	return loose, true
}

// plain returns what a word or phrase asks for, as words that are no operators; "" for another node. Phrase tells which it was.
func plain(n Node) (text string, phrase bool) {
	switch n := n.(type) {
	case Word:
		return n.Text, false
	case Phrase:
		words := strings.Fields(n.Text)
		for i, w := range words {
			words[i] = withoutOperator(w)
		}
		return strings.Join(words, " "), true
	}
	return "", false
}

// withoutOperator returns a word so that it is read as one where it stands alone.
func withoutOperator(word string) string {
	if word == or {
		return strings.ToLower(or)
	}
	word = strings.Trim(word, "-()"+quotes)
	if _, ok := Parse(word).Tree.(Word); !ok {
		return strings.Replace(word, ":", " ", 1) // tag:x
	}
	return word
}
