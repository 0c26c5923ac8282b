package search

import (
	"context"
	"strings"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/hangul"
	"chaja/search/match"
	"chaja/search/query"
	"chaja/search/suggest"
)

// Suggestion is another query that finds more.
type Suggestion struct {
	Query   string `json:"query"`
	Reason  Reason `json:"reason"`
	Applied bool   `json:"applied"` // the query as typed finds nothing, and the answer is that of this one
}

// Reason says what may be wrong with a query. Of several words that are mended it is that of the first.
type Reason string

// The reasons there are. Another script or spelling of a loanword is none: it is searched for along with the word.
const (
	Keyboard Reason = "keyboard" // typed with the keyboard set to the other language
	Spacing  Reason = "spacing"  // written as one word where the posts write two
	Spelling Reason = "spelling" // mistyped
)

const (
	// muchMore is how many times as many posts a suggestion must find beside a query that finds some, and a word beside
	// the one in place of which it is put.
	muchMore = 10

	// maxMendedWords is the number of words of a query that are looked at: people type two or three, and each costs up to
	// two passes over the words of the site and some queries.
	maxMendedWords = 8
)

// mend looks for a query that finds more when that of found finds no post with all the words, or only few. It returns
// found with the suggestion, or the matches of the suggestion where that is applied.
func (s *Service) mend(ctx context.Context, r Request, found matches) (matches, error) {
	if found.full >= enough || !found.query.Match.HasWords() {
		return found, nil
	}
	lexicon, err := s.index.Lexicon(ctx)
	if err != nil {
		return found, err
	}
	m := mender{Service: s, lexicon: lexicon, ctx: ctx}
	if r.Prefix {
		m.unfinished = query.LastWord(r.Query)
	}
	node, _ := query.Parse(r.Query)
	r.Query = query.Map(node, m.word).String()
	if m.err != nil || m.reason == "" {
		return found, m.err
	}
	q, err := s.compile(ctx, r)
	if err != nil || q == nil {
		return found, err
	}
	q.From, q.Size, q.Facets = found.query.From, found.query.Size, found.query.Facets
	better, err := s.find(ctx, r, q)
	if err != nil {
		return found, err
	}
	suggestion := &Suggestion{Query: r.Query, Reason: m.reason, Applied: found.full == 0}
	switch {
	case better.full <= muchMore*found.full:
		return found, nil
	case suggestion.Applied:
		found = better
	}
	found.suggestion = suggestion
	return found, nil
}

// mender mends the words of one query.
type mender struct {
	*Service
	lexicon    *Lexicon
	ctx        context.Context
	unfinished string // as in forms
	words      int    // so far
	reason     Reason // why the first of them was mended; empty when none was
	err        error  // of the index
}

// word returns what a word was meant to be, or the word.
func (m *mender) word(word string) string {
	if m.words++; m.words > maxMendedWords || m.err != nil {
		return word
	}
	has := m.posts(word) + m.otherwise(word)
	better, reason := m.typedElsewhere(word, has), Keyboard
	if better == "" && !hangul.IsPattern(word) {
		better, reason = m.apart(word, has), Spacing
		if better == "" {
			better, reason = m.respelled(word, has), Spelling
		}
	}
	if better == "" {
		return word
	}
	if m.reason == "" {
		m.reason = reason
	}
	return better
}

// posts counts the posts that have the words of text side by side.
func (m *mender) posts(text string) int {
	if m.err != nil {
		return 0
	}
	for word := range strings.FieldsSeq(text) {
		if !m.isWhole(word) {
			return max(m.lexicon.Words.Docs(text), m.lexicon.Words.Docs(m.stem(text)))
		}
	}
	phrase := match.Compile(query.Phrase{Text: text}, m.analyzer, nil)
	if phrase == nil {
		return 0
	}
	var found Matches
	found, m.err = m.index.Search(m.ctx, Query{Match: phrase})
	return found.Total
}

// isWhole reports whether the parts of a word make up all of it: a phrase asks for the parts, and would find too much.
func (m *mender) isWhole(word string) bool {
	end := 0
	for _, t := range m.analyzer.Analyze(word)[analysis.Morpheme] {
		if t.Start > end {
			return false
		}
		if !t.Whole {
			end = t.End
		}
	}
	return end == len(m.stem(word))
}

// otherwise counts the posts that have a word in another script or spelling.
func (m *mender) otherwise(word string) (n int) {
	for _, other := range m.lexicon.Pairs.Of(word) {
		n = max(n, m.lexicon.Words.Docs(other))
	}
	return n
}

// typedElsewhere returns the word as the other keyboard layout gives it, if many more posts have that; "" if not. What
// that gives may be mistyped too.
func (m *mender) typedElsewhere(word string, has int) string {
	for _, other := range hangul.OtherLayout(word) {
		typed := other
		if word == m.unfinished {
			typed = strings.TrimRightFunc(other, hangul.IsConsonant)
		}
		if utf8.RuneCountInString(typed) < 2 || strings.ContainsFunc(typed, isLoneLetter) {
			continue
		}
		switch {
		case m.posts(other) > muchMore*has:
			return other
		case has > 0:
			continue
		case word == m.unfinished && len(m.lexicon.Words.Prefix(other, 1)) > 0:
			return other
		}
		if better := m.respelled(other, 0); better != "" {
			return better
		}
	}
	return ""
}

// isLoneLetter reports whether r is a letter of Hangul alone, which no layout is meant to give.
func isLoneLetter(r rune) bool { return hangul.IsConsonant(r) || hangul.IsVowel(r) }

// apart returns the two words that make up a word, if many more posts have them side by side; "" if none do.
func (m *mender) apart(word string, has int) (best string) {
	most := muchMore * has
	for _, both := range cuts(m.stem(word)) {
		if m.lexicon.Words.Docs(both[0]) == 0 || m.lexicon.Words.Docs(both[1]) == 0 && utf8.RuneCountInString(both[1]) > 1 {
			continue
		}
		text := both[0] + " " + both[1]
		if n := m.posts(text); n > most {
			most, best = n, text
		}
	}
	return best
}

// respelled returns the word of the site that is nearest to a word, or to its stem, and much more frequent; "" if there
// is none. What some posts have must be a noun: the forms of verbs are near to each other.
func (m *mender) respelled(word string, has int) string {
	if has > 0 && !m.isNoun(word) {
		return ""
	}
	posts := func(text string) int {
		if n := m.lexicon.Words.Docs(text) + m.otherwise(text); n > muchMore*has && m.isNoun(text) && !m.isVerb(text) {
			return n
		}
		return 0
	}
	best, _ := m.lexicon.Words.Correct(word, posts)
	if stem := m.stem(word); stem != word {
		if c, ok := m.lexicon.Words.Correct(stem, posts); ok && (best == suggest.Correction{} || c.Edits < best.Edits) {
			best = c
		}
	}
	return best.Text
}

// isNoun reports whether text is one or more nouns, or words of another script, and nothing behind them.
func (m *mender) isNoun(text string) bool {
	end := 0
	for _, t := range m.analyzer.Analyze(text)[analysis.Morpheme] {
		if t.Start >= end && !isNoun(t) {
			return false
		}
		end = max(end, t.End)
	}
	return end == len(text) || end > 0 && !strings.ContainsFunc(text, isHangul)
}

// isVerb reports whether text is the stem of a verb or adjective; some are nouns too (배우).
func (m *mender) isVerb(text string) bool {
	tokens := m.analyzer.Analyze(text + "다")[analysis.Morpheme]
	return len(tokens) > 0 && tokens[0].Term == text && strings.HasPrefix(tokens[0].POS, "V")
}

// stem returns text without the particles at its end.
func (s *Service) stem(text string) string {
	tokens := s.analyzer.Analyze(text)[analysis.Morpheme]
	if len(tokens) == 0 {
		return text
	}
	return text[:tokens[len(tokens)-1].End]
}
