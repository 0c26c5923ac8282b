package search

import (
	"context"
	"math"
	"strings"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/hangul"
	"chaja/search/match"
	"chaja/search/pairs"
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

	// more is the same for two words written as one, which are still what was asked for.
	more = 2

	// maxMendedWords is the number of words of a query that are looked at: people type two or three, and each costs some
	// passes over the words of the site, of a millisecond each on 10,000 posts, and some queries.
	maxMendedWords = 4
)

// mend looks for a query that finds more when that of found finds no post with all the words, or only few. It returns
// found with the suggestion, or the matches of the suggestion where that is applied.
func (s *Service) mend(ctx context.Context, r Request, found matches) (matches, error) {
	if !found.query.Match.HasWords() {
		return found, nil
	}
	lexicon, err := s.index.Lexicon(ctx)
	if err != nil {
		return found, err
	}
	m := mender{Service: s, lexicon: lexicon, ctx: ctx, plenty: found.full >= enough}
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
	better, err := s.index.Search(ctx, *q) // their number
	if err != nil {
		return found, err
	}
	full := found.full
	if m.pieces {
		full = 0
	}
	if better.Total <= m.reason.times()*full {
		return found, nil
	}
	if full == 0 {
		q.From, q.Size, q.Facets = found.query.From, found.query.Size, found.query.Facets
		if found, err = s.find(ctx, r, q); err != nil {
			return found, err
		}
	}
	found.suggestion = &Suggestion{Query: r.Query, Reason: m.reason, Applied: full == 0}
	return found, nil
}

// times is how many times as many posts must be found for it to be worth telling.
func (r Reason) times() int {
	if r == Spacing {
		return more
	}
	return muchMore
}

// mender mends the words of one query.
type mender struct {
	*Service
	lexicon    *Lexicon
	ctx        context.Context
	plenty     bool   // enough is found, so that only what is found in pieces is mended
	unfinished string // as in forms
	words      int    // so far
	reason     Reason // why the first of them was mended; empty when none was
	pieces     bool   // what is found for one that was mended are pieces of it
	err        error  // of the index
}

// word returns what a word was meant to be, or the word.
func (m *mender) word(word string) string {
	pieces := word != m.unfinished && m.inPieces(word)
	if m.words++; m.words > maxMendedWords || m.err != nil || m.plenty && !pieces {
		return word
	}
	has := m.posts(word) + m.otherwise(word)
	if has >= enough {
		return word // no mistake, if so many posts make it
	}
	better, reason := m.typedElsewhere(word, has), Keyboard
	if better == "" {
		better, reason = m.rewritten(word, has)
	}
	if better == "" {
		return word
	}
	if m.reason == "" {
		m.reason = reason
	}
	m.pieces = m.pieces || pieces
	return better
}

// rewritten returns the words or word that many more posts have; "" if there is none. What stands side by side in a post
// comes before another word, and that before two words of the site, unless it takes two edits.
func (m *mender) rewritten(word string, has int) (better string, reason Reason) {
	if hangul.IsPattern(word) {
		return "", ""
	}
	if better = m.apart(word, has, m.posts); better != "" {
		return better, Spacing
	}
	c, ok := m.respelled(word, has)
	if has == 0 && (!ok || c.Edits > 1) {
		if better = m.apart(word, 0, m.rarest); better != "" {
			return better, Spacing
		}
	}
	return c.Text, Spelling
}

// posts counts the posts that have the words of text side by side. It does not ask the index for words that many have.
func (m *mender) posts(text string) int {
	if n := m.lexicon.Words.Docs(text); n >= enough || m.err != nil {
		return n
	}
	for word := range strings.FieldsSeq(text) {
		if m.inPieces(word) || !m.isWhole(word) {
			return m.lexicon.Words.Docs(text)
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

// inPieces reports whether the site has not the word, and analysis takes for a particle what is none, so that what is left
// of it is no word of the site: 부라우저 is taken for 부.
func (m *mender) inPieces(word string) bool {
	tokens := m.analyzer.Analyze(word)[analysis.Morpheme]
	stem := m.stem(word)
	if len(tokens) != 1 || !isNoun(tokens[0]) || len(stem) >= len(pairs.WithoutParticle(word)) || !isHangulWord(word) {
		return false
	}
	return m.lexicon.Words.Docs(word) == 0 && (utf8.RuneCountInString(stem) == 1 || m.lexicon.Words.Docs(stem) == 0)
}

// otherwise counts the posts that have a word in another script or spelling.
func (m *mender) otherwise(word string) (n int) {
	for _, other := range m.lexicon.Pairs.Of(word) {
		n = max(n, m.lexicon.Words.Docs(other))
	}
	return n
}

// typedElsewhere returns the word as the other keyboard layout gives it, if many more posts have that; "" if not. What
// that gives may have one mistake, too.
func (m *mender) typedElsewhere(word string, has int) string {
	for _, other := range hangul.OtherLayout(word) {
		finished := other
		if word == m.unfinished {
			finished = strings.TrimRightFunc(other, hangul.IsConsonant)
		}
		if utf8.RuneCountInString(finished) < 2 || strings.ContainsFunc(finished, isLoneLetter) {
			continue
		}
		n := m.posts(other)
		if c, ok := m.lexicon.Words.Correct(other, m.moreThan(n)); ok && c.Edits == 1 && has == 0 && word != m.unfinished {
			return c.Text
		}
		if n > muchMore*has || word == m.unfinished && has == 0 && len(m.lexicon.Words.Prefix(other, 1)) > 0 {
			return other
		}
	}
	return ""
}

// isLoneLetter reports whether r is a letter of Hangul alone, which no layout is meant to give.
func isLoneLetter(r rune) bool { return hangul.IsConsonant(r) || hangul.IsVowel(r) }

// apart returns the two words of the site that make up a word, those that most posts have; "" if not more than has do.
func (m *mender) apart(word string, has int, posts func(words string) int) (best string) {
	most := more * has
	for _, both := range cuts(m.stem(word)) {
		if m.lexicon.Words.Docs(both[0]) <= most || utf8.RuneCountInString(both[1]) > 1 && !m.isKnown(both[1]) {
			continue
		}
		text := both[0] + " " + both[1]
		if n := posts(text); n > most {
			most, best = n, text
		}
	}
	return best
}

// isKnown reports whether the site has a word, or its stem.
func (m *mender) isKnown(word string) bool {
	return m.lexicon.Words.Docs(word) > 0 || m.lexicon.Words.Docs(m.stem(word)) > 0
}

// rarest counts the posts that have the rarest of some words.
func (m *mender) rarest(words string) int {
	n := math.MaxInt
	for word := range strings.FieldsSeq(words) {
		n = min(n, m.lexicon.Words.Docs(word))
	}
	return n
}

// respelled returns the word of the site that is nearest to a word, the whole or without its particle, and much more
// frequent. What some posts have must be a noun: the forms of verbs are near to each other.
func (m *mender) respelled(word string, has int) (best suggest.Correction, ok bool) {
	if has > 0 && !m.isNoun(word) {
		return suggest.Correction{}, false
	}
	tried := ""
	forms := []string{word, pairs.WithoutParticle(word), m.stem(word)} // the longer says more
	if m.inPieces(word) {
		forms = forms[:2]
	}
	for _, form := range forms {
		if form == word && tried != "" || form == tried {
			continue
		}
		if c, found := m.lexicon.Words.Correct(form, m.moreThan(has)); found && (!ok || c.Edits < best.Edits) {
			best, ok = c, true
		}
		tried = form
	}
	return best, ok
}

// moreThan returns what counts the posts that have a word, also in another script or spelling; it gives 0 where these are not
// many more than has, and where the word is not one as people look it up, but inflected.
func (m *mender) moreThan(has int) func(word string) int {
	return func(word string) int {
		n := m.lexicon.Words.Docs(word) + m.otherwise(word)
		if n <= muchMore*has || !m.isNoun(word) || m.isVerb(word) {
			return 0
		}
		return n
	}
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

func isHangulWord(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return !hangul.IsSyllable(r) })
}

// isVerb reports whether text is the stem of a verb or adjective; some are nouns too (배우).
func (m *mender) isVerb(text string) bool {
	tokens := m.analyzer.Analyze(text + "다")[analysis.Morpheme]
	return len(tokens) > 0 && tokens[0].Term == text && strings.HasPrefix(tokens[0].POS, "V")
}

// stem returns text without the particles at its end.
func (s *Service) stem(text string) string {
	end := 0
	for _, t := range s.analyzer.Analyze(text)[analysis.Morpheme] {
		end = max(end, t.End)
	}
	if end == 0 {
		return text
	}
	return text[:end]
}
