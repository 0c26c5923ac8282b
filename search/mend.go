package search

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/hangul"
	"chaja/search/match"
	"chaja/search/pairs"
	"chaja/search/query"
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

	// maxRespelled is the number of words of a query that are compared with those of the site: people mistype one or two, and
	// each costs some passes over all these words, of a millisecond each on 10,000 posts.
	maxRespelled = 4

	// maxCounted is the number of words for which the index is asked how many posts have them, as the words of the site do not
	// tell: a long title has no more verbs, and each costs as much as a word of a query.
	maxCounted = 24
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
	m := mender{Service: s, lexicon: lexicon, ctx: ctx, counted: map[string]int{}}
	m.read(r, found.full >= enough)
	var first, last draft
	for _, next := range []func() draft{
		func() draft { return m.lacking(m.typedElsewhere(false)) },
		func() draft { return m.lacking(m.typedElsewhere(true)) },
		func() draft { return m.rare(first) },
	} {
		d := next()
		if m.err != nil {
			return found, m.err
		}
		if first == nil {
			first = d
		}
		if len(d) == 0 || d.equal(last) {
			continue
		}
		if better, err := m.accept(r, found, d); err != nil || better != nil {
			return better.or(found), err
		}
		last = d
	}
	if found.full > 0 || len(first) == 0 {
		return found, nil
	}
	return m.partly(r, found, first)
}

// partly returns what is found for a draft that has more of the words than the query, though no post has them all: that of
// its repairs that are sure. If there are none, it is only offered.
func (m *mender) partly(r Request, found matches, d draft) (matches, error) {
	sure := draft{}
	for word, r := range d {
		if r.sure {
			sure[word] = r
		}
	}
	if len(sure) == 0 {
		found.suggestion = &Suggestion{Query: m.write(r.Query, d), Reason: m.reason(d)}
		return found, nil
	}
	better, err := m.answer(r, found, sure)
	if err != nil || better.Total == 0 {
		return found, err
	}
	return better, nil
}

// or returns the matches, or others if there are none.
func (m *matches) or(others matches) matches {
	if m == nil {
		return others
	}
	return *m
}

// accept returns what is found for a draft, or what was found with the draft as suggestion; nil if it finds not much more.
func (m *mender) accept(r Request, found matches, d draft) (*matches, error) {
	full := found.full
	if m.inPiecesBefore(d) {
		full = 0
	}
	mended := r
	mended.Query = m.write(r.Query, d)
	q, err := m.compile(m.ctx, mended)
	if err != nil || q == nil {
		return nil, err
	}
	better, err := m.index.Search(m.ctx, *q) // their number
	if err != nil || better.Total <= m.reason(d).times()*full {
		return nil, err
	}
	if full == 0 && !d.doubtful() {
		answer, err := m.answer(r, found, d)
		return &answer, err
	}
	found.suggestion = &Suggestion{Query: mended.Query, Reason: m.reason(d)}
	return &found, nil
}

// answer returns what is found for a draft in place of what was found.
func (m *mender) answer(r Request, found matches, d draft) (matches, error) {
	r.Query = m.write(r.Query, d)
	q, err := m.compile(m.ctx, r)
	if err != nil || q == nil {
		return matches{}, err
	}
	q.From, q.Size, q.Facets = found.query.From, found.query.Size, found.query.Facets
	better, err := m.find(m.ctx, r, q)
	better.suggestion = &Suggestion{Query: r.Query, Reason: m.reason(d), Applied: true}
	return better, err
}

// times is how many times as many posts must be found for it to be worth telling.
func (r Reason) times() int {
	if r == Spacing {
		return more
	}
	return muchMore
}

// draft is a query with some of its words mended: what stands in place of a word.
type draft map[string]repair

// repair is what a word was meant to be.
type repair struct {
	text     string
	reason   Reason
	sure     bool // even if it finds no post with all the words
	doubtful bool // even if it finds some: the site has the word as it was typed
}

func (d draft) equal(other draft) bool {
	if len(d) != len(other) {
		return false
	}
	for word, r := range d {
		if other[word].text != r.text {
			return false
		}
	}
	return true
}

// doubtful reports whether the draft is only to be offered.
func (d draft) doubtful() bool {
	for _, r := range d {
		if r.doubtful {
			return true
		}
	}
	return false
}

// meant returns what a word is in the draft.
func (d draft) meant(word string) string {
	if r, ok := d[word]; ok {
		return r.text
	}
	return word
}

// mender mends the words of one query.
type mender struct {
	*Service
	lexicon    *Lexicon
	ctx        context.Context
	words      []string       // that are to be mended if need be, each once, without the signs around them
	unfinished string         // as in forms
	respelled  int            // words compared with those of the site so far
	counted    map[string]int // the posts that the index has for a word
	err        error          // of the index
}

// read collects the words of a request. When plenty is found, only what is found in pieces is mended.
func (m *mender) read(r Request, plenty bool) {
	if r.Prefix {
		if words := wordsOf(query.LastWord(r.Query)); len(words) > 0 && strings.HasSuffix(r.Query, words[len(words)-1]) {
			m.unfinished = words[len(words)-1]
		}
	}
	query.Replace(r.Query, func(text string) string {
		for _, word := range wordsOf(text) {
			if !slices.Contains(m.words, word) && (!plenty || word != m.unfinished && m.inPieces(word)) {
				m.words = append(m.words, word)
			}
		}
		return text
	})
}

// write returns the query with the words of a draft in place of those typed; the rest is as it was typed.
func (m *mender) write(text string, d draft) string {
	return query.Replace(text, func(text string) string {
		var b strings.Builder
		for _, word := range wordsOf(text) {
			before, after, _ := strings.Cut(text, word)
			b.WriteString(before + d.meant(word))
			text = after
		}
		return b.String() + text
	})
}

// wordsOf cuts what stands between blanks at signs that belong to no word.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '+' && r != '#'
	})
}

// reason is why the first of the words of a draft was mended.
func (m *mender) reason(d draft) Reason {
	for _, word := range m.words {
		if r, ok := d[word]; ok {
			return r.reason
		}
	}
	return ""
}

// inPiecesBefore reports whether what is found for a word that the draft mends are pieces of it.
func (m *mender) inPiecesBefore(d draft) bool {
	for word := range d {
		if m.inPieces(word) {
			return true
		}
	}
	return false
}

// known counts the posts that have a word or, if none has, the noun in front of its particle or ending, as far as the words
// of the site tell.
func (m *mender) known(word string) int {
	if n := m.lexicon.Words.Docs(word); n > 0 {
		return n
	}
	if n := m.lexicon.Words.Docs(pairs.WithoutParticle(word)); n > 0 {
		return n
	}
	tokens := m.analyzer.Analyze(word)[analysis.Morpheme]
	if len(tokens) == 0 || !isNoun(tokens[0]) || tokens[0].End < tokens[len(tokens)-1].End || m.inPieces(word) {
		return 0
	}
	return m.lexicon.Words.Docs(word[:tokens[0].End])
}

// posts counts the posts that have the words of text side by side. It does not ask the index for words that many have.
func (m *mender) posts(text string) int {
	docs := m.lexicon.Words.Docs(text)
	if n, ok := m.counted[text]; ok || docs >= enough || m.err != nil || len(m.counted) == maxCounted {
		return max(n, docs)
	}
	for word := range strings.FieldsSeq(text) {
		if m.inPieces(word) || !m.isWhole(word) {
			return docs
		}
	}
	phrase := match.Compile(query.Phrase{Text: text}, m.analyzer, nil)
	if phrase == nil {
		return 0
	}
	var found Matches
	found, m.err = m.index.Search(m.ctx, Query{Match: phrase})
	m.counted[text] = found.Total
	return found.Total
}

// has counts the posts that have a word, in another script or spelling too.
func (m *mender) has(word string) int { return m.posts(word) + m.otherwise(word) }

// otherwise counts the posts that have a word in another script or spelling.
func (m *mender) otherwise(word string) (n int) {
	for _, other := range m.lexicon.Pairs.Of(word) {
		n = max(n, m.lexicon.Words.Docs(other))
	}
	return n
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

func isHangulWord(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return !hangul.IsSyllable(r) })
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
