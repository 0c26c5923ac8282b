// Package rewrite is what a query may have meant: other forms of its words (variants.go), and other words in place of
// those that find nothing (this file: did you mean).
//
// Its functions are pure: what they return depends on the words typed, the lexicon of the site, the analysis, and numbers of
// posts that the index has counted. What must be counted they say first, so that one answer asks the index once for all.
package rewrite

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"chaja/search"
	"chaja/search/chars"
	"chaja/search/query"
)

// Enough is the number of posts with all the words of a query from which on it is answered as it is: a first page. A word that
// so many posts have is no mistake.
const Enough = search.DefaultPerPage

const (
	// muchMore is how many times as many posts a draft must find beside a query that finds some, and a word beside the one
	// in place of which it is put.
	muchMore = 10

	// more is the same for two words written as one, which are still what was asked for.
	more = 2
)

// DidYouMean makes drafts of one query. It is not safe for concurrent use.
//
// What becomes of a query that finds less than a page of posts with all its words:
//
//	situation                                          tried                                    if it finds far more
//	a word makes sense only on the other layout        Sure: it and what the site lacks on      applied where the query
//	                                                   that layout; then all words on it        finds nothing, else offered
//	the site lacks a word                              Sure: it respelled, or as two words      the same
//	neither helps, and few posts have a word           Rare: that word respelled too            offered where some post has
//	                                                                                            the word, else as above
//	nothing helps, and the query finds nothing         Rest: another layout or blanks of the    applied; offered where there
//	                                                   first draft, which change no word        are none of these
//
// Far more is Draft.Verdict. Another word is never applied where no post has all the words then, nor in doubt: what is
// spelled right (right.go) and what takes two edits is offered at most. At most two drafts are tried at a time, so that the
// index is asked twice.
type DidYouMean struct {
	site
	typed
	parsed  query.Parsed
	speller *speller

	first, last repairs // of the drafts of Sure
}

// typed are the words of a query that are to be mended if need be, each once, without the signs around them.
type typed struct {
	words      []string
	unfinished string // the last one, while it is being typed; else ""
}

// New looks at the words of a query; prefix tells that the last one is still being typed, full how many posts have all its
// words, variants what it was compiled with. When these are plenty, only words that analysis cuts into pieces are mended.
func New(parsed query.Parsed, prefix bool, full int, variants *Variants) *DidYouMean {
	s := site{variants.lookup, &counts{known: map[string]int{}}, map[string]int{}}
	d := &DidYouMean{site: s, parsed: parsed, speller: newSpeller(s)}
	if prefix {
		last := parsed.Unfinished()
		if words := chars.Words(last, unicode.Mark); len(words) > 0 && strings.HasSuffix(last, words[len(words)-1]) {
			d.unfinished = words[len(words)-1]
		}
	}
	for _, text := range parsed.Words() {
		for _, word := range chars.Words(text, unicode.Mark) {
			if !slices.Contains(d.words, word) && (full < Enough || word != d.unfinished && s.inPieces(word)) {
				d.words = append(d.words, word)
			}
		}
	}
	return d
}

// Wanted returns the texts of which a step, d.Sure or d.Rare, would know how many posts have their words side by side, at most
// maxCounted in all. Tell it with Know before the step is taken. What is not told counts as far as the lexicon knows.
func (d *DidYouMean) Wanted(step func() []Draft) []string {
	asked, done := slices.Clone(d.counts.asked), maps.Clone(d.speller.done)
	d.counts.wanted, d.speller.listening = nil, true
	step()
	d.counts.asked, d.speller.done, d.speller.listening = asked, done, false
	return d.counts.wanted
}

// Know takes in the number of posts for a text.
func (d *DidYouMean) Know(text string, posts int) { d.counts.known[text] = posts }

// Sure is the first step. It returns the drafts to try first, none of them empty: the words that were surely typed on the other
// layout, and the other words that the site lacks likewise; then the same with all words. In both the words that the site lacks
// otherwise are respelled.
func (d *DidYouMean) Sure() []Draft {
	k := keyboard{d.site, d.typed, d.speller}
	surely := k.surely()
	d.first = d.speller.lacking(d.typed, k.likewise(surely, false))
	d.last = d.first
	if len(surely) > 0 {
		d.last = d.speller.lacking(d.typed, k.likewise(surely, true))
	}
	if d.first.equal(d.last) {
		return d.drafts(d.first)
	}
	return d.drafts(d.first, d.last)
}

// Rare is the second step. It returns the first draft of Sure with the words respelled that few posts have, none if there are
// no such words.
func (d *DidYouMean) Rare() []Draft {
	rare := d.speller.rare(d.typed, maps.Clone(d.first))
	if rare.equal(d.last) {
		return nil // tried before
	}
	return d.drafts(rare)
}

// Rest returns what of the first draft of Sure is left to do for a query that finds nothing, with its verdict; ok is false
// where there is no first draft.
func (d *DidYouMean) Rest() (draft Draft, v Verdict, ok bool) {
	if len(d.first) == 0 {
		return Draft{}, Ignored, false
	}
	sure := maps.Clone(d.first)
	maps.DeleteFunc(sure, func(_ string, r repair) bool { return !r.sure })
	if len(sure) == 0 {
		return d.draft(d.first), Offered, true
	}
	return d.draft(sure), Applied, true
}
