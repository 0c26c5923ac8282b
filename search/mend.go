package search

import (
	"context"
	"strings"
	"unicode"

	"chaja/search/analysis"
	"chaja/search/hangul"
	"chaja/search/query"
)

// Suggestion is another query that finds more.
type Suggestion struct {
	Query   string `json:"query"`
	Reason  Reason `json:"reason"`
	Applied bool   `json:"applied"` // the query as typed finds nothing, and the answer is that of this one
}

// Reason says what may be wrong with a query.
type Reason string

// The reasons there are.
const (
	Keyboard Reason = "keyboard" // typed with the keyboard set to the other language
	Spelling Reason = "spelling" // mistyped
)

// muchMore is how many times as many posts a suggestion must find beside a query that finds some.
const muchMore = 10

// mend looks for a query that finds more when q finds no post with all the words, or only few. It returns the matches
// of q, or those of the suggestion where that is applied.
func (s *Service) mend(ctx context.Context, r Request, q *Query, found matches) (*Query, matches, *Suggestion, error) {
	if found.full >= enough || !q.Match.HasWords() {
		return q, found, nil, nil
	}
	lexicon, err := s.index.Lexicon(ctx)
	if err != nil {
		return q, found, nil, err
	}
	node, _ := query.Parse(r.Query)
	for _, reason := range []Reason{Keyboard, Spelling} {
		better := s.rewrite(node, lexicon, reason)
		if better == "" {
			continue
		}
		other := r
		other.Query = better
		mended, err := s.compile(ctx, other)
		if err != nil || mended == nil {
			return q, found, nil, err
		}
		mended.From, mended.Size, mended.Facets = q.From, q.Size, q.Facets
		matches, err := s.find(ctx, other, mended)
		if err != nil {
			return q, found, nil, err
		}
		suggestion := &Suggestion{Query: better, Reason: reason}
		switch {
		case matches.full > 0 && found.full == 0:
			suggestion.Applied = true
			return mended, matches, suggestion, nil
		case matches.full > muchMore*found.full:
			return q, found, suggestion, nil
		}
	}
	return q, found, nil, nil
}

// rewrite mends the words that the site does not know. It returns "" when there is nothing to mend.
func (s *Service) rewrite(node query.Node, lexicon *Lexicon, reason Reason) string {
	changed := false
	mended := query.Map(node, func(word string) string {
		better, ok := "", false
		if reason == Keyboard {
			better, ok = s.otherKeyboard(word, lexicon)
		} else {
			better, ok = s.respelled(word, lexicon)
		}
		if !ok {
			return word
		}
		changed = true
		return better
	})
	if !changed {
		return ""
	}
	return mended.String()
}

// otherKeyboard returns the word as the other keyboard layout gives it, if the site knows that, and the word hardly.
func (s *Service) otherKeyboard(word string, lexicon *Lexicon) (string, bool) {
	other := hangul.ToLatin(word)
	if other == word {
		other = hangul.ToHangul(word)
	}
	if other == word || strings.ContainsFunc(other, isLoneLetter) || !s.known(other, lexicon) {
		return "", false
	}
	return other, !s.known(word, lexicon) || lexicon.Words.Docs(other) > muchMore*lexicon.Words.Docs(word)
}

// isLoneLetter reports whether r is a letter of Hangul alone, which no layout is meant to give.
func isLoneLetter(r rune) bool { return hangul.IsConsonant(r) || hangul.IsVowel(r) }

// respelled returns the nearest word of the site, for a noun or a word in another script that it does not know, or hardly.
func (s *Service) respelled(word string, lexicon *Lexicon) (string, bool) {
	for _, t := range s.analyzer.Analyze(word)[analysis.Morpheme] {
		if !isNoun(t) {
			return "", false
		}
	}
	stem := s.stem(word)
	if hangul.IsPattern(word) || lexicon.Words.Docs(stem) == 0 && s.known(word, lexicon) {
		return "", false
	}
	if better, ok := lexicon.Words.Correct(stem); ok {
		return better, true
	}
	return lexicon.Words.Correct(word)
}

// stem returns text without the particles at its end.
func (s *Service) stem(text string) string {
	tokens := s.analyzer.Analyze(text)[analysis.Morpheme]
	if len(tokens) == 0 {
		return text
	}
	return text[:tokens[len(tokens)-1].End]
}

// known reports whether the site has the word: the whole, or all of its parts and nothing between them.
func (s *Service) known(word string, lexicon *Lexicon) bool {
	if lexicon.Words.Docs(word) > 0 {
		return true
	}
	end := 0
	for _, t := range s.analyzer.Analyze(word)[analysis.Morpheme] {
		surface := word[t.Start:t.End]
		has := lexicon.Words.Docs(surface) > 0 || lexicon.Words.Docs(t.Term) > 0 || !strings.ContainsFunc(surface, unicode.IsLetter)
		switch {
		case t.Whole && has && t.Start <= end:
			end = max(end, t.End)
		case t.Whole || t.End <= end: // its parts follow; or it is one of a known whole
		case !has || t.Start > end:
			return false
		default:
			end = t.End
		}
	}
	return end > 0
}
