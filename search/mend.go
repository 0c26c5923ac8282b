package search

import (
	"context"
	"maps"
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
	// tell: few titles have more verbs, and each costs as much as a phrase in a query.
	maxCounted = 12
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
	m := mender{Service: s, lexicon: lexicon, ctx: ctx, counted: map[string]int{}, respelled: map[string]repair{}}
	m.read(r, found.full >= enough)
	elsewhere := m.typedElsewhere()
	first := m.lacking(m.likewise(elsewhere, false))
	var tried []attempt
	for _, next := range []func() draft{
		func() draft { return first },
		func() draft { return m.lacking(m.likewise(elsewhere, true)) },
		func() draft { return m.rare(first) },
	} {
		d := next()
		if m.err != nil {
			return found, m.err
		}
		if len(d) == 0 || len(tried) > 0 && d.equal(tried[len(tried)-1].draft) {
			continue
		}
		a, err := m.try(r, found, d)
		if err != nil {
			return found, err
		}
		if full := m.fullOf(found, d); a.found.Total > a.suggestion.Reason.times()*full {
			return m.take(a, found, full == 0 && !d.doubtful())
		}
		tried = append(tried, a)
	}
	if found.full > 0 || len(first) == 0 {
		return found, nil
	}
	return m.partly(r, found, tried[0])
}

// attempt is a draft and what the index has for it.
type attempt struct {
	draft
	request    Request
	query      *Query
	found      Matches // the posts with all its words
	suggestion Suggestion
}

// try asks the index for a draft in place of what was found.
func (m *mender) try(r Request, found matches, d draft) (a attempt, err error) {
	r.Query = m.write(r.Query, d)
	a = attempt{draft: d, request: r, suggestion: Suggestion{Query: r.Query, Reason: m.reason(d)}}
	if a.query, err = m.compile(m.ctx, r); err != nil || a.query == nil {
		return a, err
	}
	a.query.From, a.query.Size, a.query.Facets = found.query.From, found.query.Size, found.query.Facets
	a.found, err = m.index.Search(m.ctx, *a.query)
	return a, err
}

// take answers with an attempt, or offers it.
func (m *mender) take(a attempt, found matches, applied bool) (matches, error) {
	if !applied {
		found.suggestion = &a.suggestion
		return found, nil
	}
	better, err := m.complete(m.ctx, a.request, a.query, a.found)
	if err != nil || better.Total == 0 {
		return found, err
	}
	a.suggestion.Applied = true
	better.suggestion = &a.suggestion
	return better, nil
}

// partly takes an attempt that no post has all the words of, as more of them are known than of the query: with those of its
// repairs that are sure. If there are none, it is only offered.
func (m *mender) partly(r Request, found matches, a attempt) (matches, error) {
	sure := maps.Clone(a.draft)
	maps.DeleteFunc(sure, func(_ string, r repair) bool { return !r.sure })
	if len(sure) == 0 || len(sure) == len(a.draft) {
		return m.take(a, found, len(sure) > 0)
	}
	a, err := m.try(r, found, sure)
	if err != nil {
		return found, err
	}
	return m.take(a, found, true)
}

// fullOf is the number of posts with all the words of the query, none when these are pieces of a word that the draft mends.
func (m *mender) fullOf(found matches, d draft) int {
	for word := range d {
		if m.inPieces(word) {
			return 0
		}
	}
	return found.full
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
	return maps.EqualFunc(d, other, func(a, b repair) bool { return a.text == b.text })
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
	words      []string          // that are to be mended if need be, each once, without the signs around them
	unfinished string            // as in forms
	respelled  map[string]repair // words compared with those of the site so far
	counted    map[string]int    // the posts that the index has for a word
	err        error             // of the index
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

// known counts the posts that have a word, or the noun in front of its particle or ending, as far as the words of the site
// tell.
func (m *mender) known(word string) int {
	docs := max(m.lexicon.Words.Docs(word), m.lexicon.Words.Docs(pairs.WithoutParticle(word)))
	tokens := m.analyzer.Analyze(word)[analysis.Morpheme]
	if len(tokens) == 0 || !isNoun(tokens[0]) || tokens[0].End < tokens[len(tokens)-1].End || m.inPieces(word) {
		return docs
	}
	return max(docs, m.lexicon.Words.Docs(word[:tokens[0].End]))
}

// posts counts the posts that have the words of text side by side. It does not ask the index for words that many have.
func (m *mender) posts(text string) int {
	docs := m.lexicon.Words.Docs(text)
	if n, ok := m.counted[text]; ok || docs >= enough || !m.mayCount() {
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

// mayCount reports whether the index may be asked for one more word.
func (m *mender) mayCount() bool { return m.err == nil && len(m.counted) < maxCounted }

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
