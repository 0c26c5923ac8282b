package rewrite

import (
	"maps"
	"strings"
	"unicode"

	"chaja/search"
	"chaja/search/chars"
	"chaja/search/query"
)

// Draft is a query with some of its words mended.
type Draft struct {
	Query  query.Parsed
	Reason search.Reason // why the first of the mended words was

	repairs repairs
	pieces  bool // it mends a word of which what was found had only pieces
}

// repairs are what stands in place of a word.
type repairs map[string]repair

// repair is what a word was meant to be.
type repair struct {
	text     string
	reason   search.Reason
	sure     bool // it may be applied though no post has all the words then
	doubtful bool // it is only offered though some post has all the words then, as the site has the word as it was typed
}

// meant returns what a word is after the repairs.
func (r repairs) meant(word string) string {
	if better, ok := r[word]; ok {
		return better.text
	}
	return word
}

func (r repairs) equal(other repairs) bool {
	return maps.EqualFunc(r, other, func(a, b repair) bool { return a.text == b.text })
}

// Verdict is what becomes of a draft.
type Verdict int

// The verdicts.
const (
	Ignored Verdict = iota
	Offered         // the answer is that of the query as typed
	Applied         // the answer is that of the draft
)

// Verdict judges a draft by the number of posts with all the words, of the query as typed and of the draft.
func (d Draft) Verdict(typed, draft int) Verdict {
	if d.pieces {
		typed = 0
	}
	times := muchMore
	if d.Reason == search.Spacing {
		times = more
	}
	if draft <= times*typed {
		return Ignored
	}
	for _, r := range d.repairs {
		if r.doubtful {
			return Offered
		}
	}
	if typed > 0 {
		return Offered
	}
	return Applied
}

// drafts writes the query with each of several repairs that are not empty.
func (d *DidYouMean) drafts(all ...repairs) (drafts []Draft) {
	for _, r := range all {
		if len(r) > 0 {
			drafts = append(drafts, d.draft(r))
		}
	}
	return drafts
}

// draft writes the query with the repairs in place of the words typed; the signs around these stay.
func (d *DidYouMean) draft(r repairs) Draft {
	draft := Draft{repairs: r}
	for i := len(d.words) - 1; i >= 0; i-- {
		if better, ok := r[d.words[i]]; ok {
			draft.Reason = better.reason
			draft.pieces = draft.pieces || d.inPieces(d.words[i])
		}
	}
	draft.Query = d.parsed.Replace(func(text string) string {
		var b strings.Builder
		for _, word := range chars.Words(text, unicode.Mark) {
			before, after, _ := strings.Cut(text, word)
			b.WriteString(before + r.meant(word))
			text = after
		}
		return b.String() + text
	})
	return draft
}
