// Package suggest completes what is half typed and corrects what is mistyped, by the words of one site: its titles,
// headings, tags and terms. A Vocabulary is built once for an index, stored as a file, and asked at every key.
package suggest

import "chaja/search/snippet"

// Kind says what a suggestion is.
type Kind string

// The kinds, in the order in which they are shown.
const (
	KindTitle   Kind = "title"
	KindHeading Kind = "heading"
	KindTag     Kind = "tag"
	KindTerm    Kind = "term"
)

// Suggestion is one completion of what was typed.
type Suggestion struct {
	Text  string
	Kind  Kind
	URL   string         // of the post or section that Text leads to; empty when there are several, so that Text is a query
	Spans []snippet.Span // the parts of Text that were typed, in whole characters
}

// Limits. What is beyond them is left out, the least frequent first. It is never an error.
const (
	maxLimit   = 50      // suggestions in one answer: nobody reads more
	maxQuery   = 200     // bytes of what was typed that are used; a title of 60 syllables
	maxWords   = 8       // words of what was typed that may stand apart from each other in a text
	maxMatched = 400     // bytes of a text that are searched: twice maxQuery, for blanks and signs that nobody types
	maxTexts   = 1 << 20 // titles, headings and tags: ten times those of 10,000 posts
	maxTerms   = 1 << 20 // words: five times those of 10,000 posts
)
