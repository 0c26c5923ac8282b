package rewrite

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/hangul"
	"chaja/search/lexicon/pairs"
)

// site answers what is known of a word on one site. Most of it stands in the lexicon.
type site struct {
	*lookup
	counts *counts
	found  map[string]int // by known
}

// known counts the posts that have a word, or the noun in front of its particle or ending, as far as the lexicon tells. Each
// word is looked up once.
func (s site) known(word string) int {
	n, ok := s.found[word]
	if !ok {
		n = s.lookUp(word)
		s.found[word] = n
	}
	return n
}

func (s site) lookUp(word string) int {
	docs := max(s.docs(word), s.docs(pairs.WithoutParticle(word)))
	tokens := s.morphemes(word)
	if len(tokens) == 0 || !tokens[0].Class.IsNominal() || tokens[0].End < tokens[len(tokens)-1].End || s.inPieces(word) {
		return docs
	}
	return max(docs, s.docs(word[:tokens[0].End]))
}

// posts counts the posts that have the words of text side by side. The index is not asked for words that many posts have,
// nor for words that analysis cuts into pieces.
func (s site) posts(text string) int {
	docs := s.docs(text)
	if docs >= Enough {
		return docs
	}
	for word := range strings.FieldsSeq(text) {
		if s.inPieces(word) || !s.isWhole(word) {
			return docs
		}
	}
	if n, ok := s.counts.of(text); ok {
		return n
	}
	return docs
}

// has counts the posts that have a word, in another script or spelling too.
func (s site) has(word string) int { return s.posts(word) + s.otherwise(word) }

// otherwise counts the posts that have a word in another script or spelling.
func (s site) otherwise(word string) (n int) {
	for _, other := range s.Pairs.Of(word) {
		n = max(n, s.docs(other))
	}
	return n
}

// isLacking reports whether the site lacks a word that may be mistyped.
func (s site) isLacking(word string) bool {
	if utf8.RuneCountInString(word) < 2 || hangul.IsPattern(word) {
		return false
	}
	return s.inPieces(word) || s.known(word) == 0 && s.counts.mayAsk() && s.has(word) == 0
}

// isWhole reports whether the parts of a word make up all of it. The index looks for the parts, and would find too much
// otherwise.
func (s site) isWhole(word string) bool {
	end := 0
	for _, t := range s.morphemes(word) {
		if t.Start > end {
			return false
		}
		if !t.Whole {
			end = t.End
		}
	}
	return end == len(s.stem(word))
}

// inPieces reports whether the site lacks a word of which analysis takes a part for a particle, and lacks the rest too:
// 부라우저 is taken for 부 and a particle.
func (s site) inPieces(word string) bool {
	tokens := s.morphemes(word)
	stem := s.stem(word)
	if len(tokens) != 1 || !tokens[0].Class.IsNominal() || len(stem) >= len(pairs.WithoutParticle(word)) || !hangul.IsComposed(word) {
		return false
	}
	return s.docs(word) == 0 && (utf8.RuneCountInString(stem) == 1 || s.docs(stem) == 0)
}

// isNoun reports whether text is one or more nouns, or words of another script, and nothing behind them.
func (s site) isNoun(text string) bool {
	end := 0
	for _, t := range s.morphemes(text) {
		if t.Start >= end && !t.Class.IsNominal() {
			return false
		}
		end = max(end, t.End)
	}
	return end == len(text) || end > 0 && !strings.ContainsFunc(text, s.analyzer.Reads)
}

// isPronoun reports whether text is a pronoun, which is in many posts and never what somebody looks for.
func (s site) isPronoun(text string) bool {
	tokens := s.morphemes(text)
	return len(tokens) == 1 && tokens[0].Class == analysis.Pronoun
}

// isSecond reports whether a word may be the second of two that were written as one: the site has it or its stem, or it is
// a single syllable, which the lexicon never lists.
func (s site) isSecond(word string) bool {
	if utf8.RuneCountInString(word) == 1 {
		return !s.analyzer.IsSuffix(word)
	}
	return s.docs(word) > 0 || s.docs(s.stem(word)) > 0
}

// isNoName reports whether a token is neither a noun nor a number.
func isNoName(t analysis.Token) bool { return !t.Class.IsNominal() && t.Class != analysis.Number }

// counts are the numbers of posts that the index gives for texts, as far as they are known. For one query
// maxCounted of them may be asked: few titles have more verbs, and each costs as much as a phrase in a query.
type counts struct {
	known  map[string]int
	asked  []string // so far
	wanted []string // those of them that are not known
}

const maxCounted = 12

// mayAsk reports whether one more text may be asked for.
func (c *counts) mayAsk() bool { return len(c.asked) < maxCounted }

// of returns the number of posts for a text; ok is false where it is not known or too many were asked for.
func (c *counts) of(text string) (n int, ok bool) {
	n, ok = c.known[text]
	if slices.Contains(c.asked, text) {
		return n, ok
	}
	if !c.mayAsk() {
		return 0, false
	}
	c.asked = append(c.asked, text)
	if !ok {
		c.wanted = append(c.wanted, text)
	}
	return n, ok
}
