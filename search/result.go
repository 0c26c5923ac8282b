package search

import (
	"time"
)

// Request is a question as a person or a program asks it. Numbers beyond the limits below are taken for the limit.
type Request struct {
	Query      string // in the query language; empty matches every post
	Prefix     bool   // the last word is still being typed, unless a blank follows it
	Explain    bool   // hits say how they were found
	Way        Way    // WordsAndMeaning when empty
	Locale     string // a language tag or Accept-Language header: the language of Result.Warning and Hit.Why; by default that of the query
	Tags       []string
	Categories []string
	Lang       string
	After      time.Time // first moment included; zero for no bound
	Before     time.Time // first moment excluded; zero for no bound
	Sort       Sort      // ByRelevance when empty
	Page       int       // from 1; 0 means 1
	PerPage    int       // 0 means DefaultPerPage
}

// Way says by what posts are found.
type Way string

// The ways there are. Meaning counts where there are vectors and the query is one for it.
const (
	WordsAndMeaning Way = "1"
	WordsAlone      Way = "0"
)

// Limits of a request. Deeper pages cost memory in proportion to their depth and are not read by people.
const (
	DefaultPerPage = 10
	MaxPerPage     = 100
	MaxDepth       = 1000 // last hit that paging reaches

	DefaultSuggestions = 8
	MaxSuggestions     = 20
)

// Result is the answer to a Request. No list in it is nil.
type Result struct {
	Query     string  `json:"query"` // as asked
	Total     int     `json:"total"`
	AtLeast   bool    `json:"at_least,omitempty"`   // total is what is certain, and more may have some of the words
	Full      int     `json:"full"`                 // posts with all the words; the rest have some
	ByMeaning int     `json:"by_meaning,omitempty"` // posts that are listed beside those of total, as meaning alone found them; where words find none, total counts them
	Truncated bool    `json:"truncated"`            // the query is too long, and was used in part
	Warning   string  `json:"notice,omitempty"`     // what of the query could not be used as it may be meant, for a person to read
	TookMS    float64 `json:"took_ms"`
	Page      int     `json:"page"`
	PerPage   int     `json:"per_page"`
	Hits      []Hit   `json:"hits"`
	Facets    Facets  `json:"facets"`

	Suggestion *Suggestion `json:"suggestion"` // nil when nothing finds more

	WithoutMeaning bool `json:"-"` // no vector of the query came in time: asked again, the answer may be another
}

// Listed is the number of hits on all pages.
func (r Result) Listed() int { return r.Total + r.ByMeaning }

// Hit is one post of an answer. Fields ending in HTML are escaped text with <mark> around what matched, and
// contain no other markup.
type Hit struct {
	ID          string        `json:"id"`
	URL         string        `json:"url"`
	Title       string        `json:"title"`
	TitleHTML   string        `json:"title_html"`
	Date        time.Time     `json:"date,omitzero"`
	Tags        []string      `json:"tags"`
	Categories  []string      `json:"categories"`
	Lang        string        `json:"lang"`
	Score       float64       `json:"score"`
	Full        bool          `json:"full"` // it has all the words of the query
	ExcerptHTML string        `json:"excerpt_html"`
	Pinned      bool          `json:"pinned,omitempty"`     // the owner of the site wants it in front for this query
	ByMeaning   bool          `json:"by_meaning,omitempty"` // it is found by what the query means alone, not by its words
	Missing     []string      `json:"missing,omitempty"`    // words of the query that the post has not
	Why         []Explanation `json:"why,omitempty"`        // how each word was found, if asked for
	Sections    []HitSection  `json:"sections"`             // those that match, best first, at most three
}

// HitSection is a section of a hit that matches.
type HitSection struct {
	Path        []string `json:"path"` // the headings that it stands under, the outermost first
	Heading     string   `json:"heading"`
	HeadingHTML string   `json:"heading_html"`
	Level       int      `json:"level"`
	Anchor      string   `json:"anchor"`
	URL         string   `json:"url"` // of the post, with the anchor
	ExcerptHTML string   `json:"excerpt_html"`
}

// Suggestions is the answer to what is being typed. The list is not nil.
type Suggestions struct {
	Query       string       `json:"query"` // as typed
	Suggestions []Completion `json:"suggestions"`
}

// Completion is what a person may be about to type.
type Completion struct {
	Text     string `json:"text"`
	TextHTML string `json:"text_html"` // with <mark> around what was typed
	Kind     string `json:"kind"`      // "title", "heading", "tag" or "term"
	URL      string `json:"url"`       // of the post or section; empty where Text leads to several, and is to be searched for
}

// Explanation says how a hit was found by one word of the query.
type Explanation struct {
	Word    string   `json:"word"`              // as typed
	Grammar bool     `json:"grammar,omitempty"` // it only carries grammar: it counts little, and posts need not have it
	Form    string   `json:"form,omitempty"`    // another form of the word, which the post has in its place
	Reason  Reason   `json:"reason,omitempty"`  // Transliteration where Form only sounds like the word, which no post has
	Lane    string   `json:"lane,omitempty"`    // "morpheme", or "bigram" for a word found as it stands; empty when the post lacks the word. "pin" and "boost" are no words: what the owner wants
	Fields  []string `json:"fields"`            // "title", "heading", "tag", "body", "code"
	Text    string   `json:"text"`              // the same in plain words, in the language of Request.Locale
}

// Suggestion is another query that finds more.
type Suggestion struct {
	Query   string `json:"query"`
	Reason  Reason `json:"reason"`
	Applied bool   `json:"applied"` // the query as typed finds nothing, and the answer is that of this one
}

// Reason says what may be wrong with a query, or why another word was found in place of one. Of several words that are mended it is
// that of the first.
type Reason string

// The reasons there are, of a Suggestion. A word that the site is known to write in two scripts has none: both are searched for.
const (
	Keyboard Reason = "keyboard" // typed with the keyboard set to the other language
	Spacing  Reason = "spacing"  // written as one word where the posts write two
	Spelling Reason = "spelling" // mistyped
)

// Transliteration is the reason of an Explanation: the site has a loanword in the other script only, and states no pair.
const Transliteration Reason = "transliteration"
