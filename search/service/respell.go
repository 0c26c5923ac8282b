package service

import (
	"maps"
	"math"
	"strings"
	"unicode/utf8"

	"chaja/search"

	"chaja/search/analysis"
	"chaja/search/hangul"
	"chaja/search/lexicon/pairs"
)

// suffixes are syllables that stand behind a noun and are no word there: 호환성 is not 호환 and 성.
const suffixes = "적성화자형소들님용별률율력법론학과식상중기"

// minBeforePlural is the fewest syllables of a name before 들 that is looked for without it: 그레들 is no plural of 그레.
const minBeforePlural = 3

// lacking adds to a draft what the words that the site lacks were meant to be.
func (m *mender) lacking(d draft) draft {
	for _, typed := range m.words {
		word := d.meant(typed)
		if !m.isLacking(word) || typed == m.unfinished && len(m.lexicon.Words.Prefix(word, 1)) > 0 {
			continue
		}
		better := m.rewritten(word, 0)
		if r, ok := d[typed]; ok {
			better.reason, better.sure = r.reason, r.sure
		}
		if better.text != "" {
			d[typed] = better
		}
	}
	return d
}

// isLacking reports whether the site has not a word that may be mistyped.
func (m *mender) isLacking(word string) bool {
	if utf8.RuneCountInString(word) < 2 || hangul.IsPattern(word) {
		return false
	}
	return m.inPieces(word) || m.known(word) == 0 && m.mayCount() && m.has(word) == 0
}

// rare returns the draft with what the words that few posts have were meant to be. The site has them, so that they are only
// touched when nothing else helps.
func (m *mender) rare(sure draft) draft {
	d := maps.Clone(sure)
	for _, word := range m.words {
		if _, ok := d[word]; ok || !m.mayCount() || m.isLacking(word) || hangul.IsPattern(word) {
			continue
		}
		has := m.has(word)
		if has >= enough {
			continue // no mistake, if so many posts make it
		}
		if better := m.rewritten(word, has); better.text != "" {
			d[word] = better
		}
	}
	return d
}

// rewritten returns the words or word that many more posts have; no text if there is none. What stands side by side in a post
// comes before another word, and that before two words of the site, unless it takes two edits.
func (m *mender) rewritten(word string, has int) (better repair) {
	if r, ok := m.respelled[word]; ok || len(m.respelled) == maxRespelled {
		return r
	}
	defer func() { m.respelled[word] = better }()
	if apart := m.apart(word, has, m.posts); apart != "" {
		return repair{text: apart, reason: search.Spacing, sure: true, doubtful: has > 0}
	}
	respelled, edits := m.respell(word, has)
	if has == 0 && edits != 1 {
		if apart := m.apart(word, 0, m.rarest); apart != "" {
			return repair{text: apart, reason: search.Spacing}
		}
	}
	return respelled
}

// apart returns the two words of the site that make up a word, those that most posts have; "" if not more than has do.
func (m *mender) apart(word string, has int, posts func(words string) int) (best string) {
	most := more * has
	stem := m.stem(word)
	for _, both := range cuts(stem) {
		if m.lexicon.Words.Docs(both[0]) <= most || !m.isSecond(both[1]) {
			continue
		}
		text := both[0] + " " + both[1]
		if n := posts(text); n > most {
			most, best = n, text
		}
	}
	if best == "" {
		return ""
	}
	return best + word[len(stem):]
}

// isSecond reports whether a word may be the second of two that were written as one: the site has it, or its stem, or it is
// a syllable, of which the words of the site have none.
func (m *mender) isSecond(word string) bool {
	if utf8.RuneCountInString(word) == 1 {
		return !strings.Contains(suffixes, word)
	}
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

// respell returns the word of the site that is nearest to a word, the whole or without its particle, and much more
// frequent, with that particle behind it; no text when there is none. What some posts have must be a noun: the forms of verbs
// are near to each other. It stays in doubt, unless what passes for its particle was the mistake (카프가).
func (m *mender) respell(word string, has int) (best repair, edits int) {
	stem := m.stem(word)
	if has > 0 && !m.isNoun(stem) {
		return repair{}, 0
	}
	for _, form := range m.formsOf(word) {
		c, ok := m.lexicon.Words.Correct(form, m.moreThan(has))
		if ok && (best.text == "" || c.Edits < edits) {
			edits = c.Edits
			best = repair{
				text: m.withEnd(c.Text, word[len(form):]), reason: search.Spelling,
				sure:     edits == 1 && isLong(c.Text),
				doubtful: has > 0 && (form == stem || form != word || m.lexicon.Words.Docs(word) > 0),
			}
		}
	}
	return best, edits
}

// isLong reports whether a word is long enough for one edit to leave no doubt of it.
func isLong(word string) bool {
	if strings.ContainsFunc(word, analysis.IsSyllabic) {
		return utf8.RuneCountInString(word) >= minSlipped
	}
	return utf8.RuneCountInString(word) >= 2*minSlipped
}

// formsOf returns what a word may be a mistake for, each once: all of it, then without its particle, as the longer says more.
func (m *mender) formsOf(word string) []string {
	forms := []string{word}
	if form := pairs.WithoutParticle(word); form != word && !m.isPlural(word, form) {
		forms = append(forms, form)
	}
	if stem := m.stem(word); stem != word && stem != forms[len(forms)-1] && !m.inPieces(word) && !m.isPlural(word, stem) {
		forms = append(forms, stem)
	}
	return forms
}

// isPlural reports whether form is word without 들 and too short to be sure of it.
func (m *mender) isPlural(word, form string) bool {
	return strings.HasPrefix(word[len(form):], "들") && utf8.RuneCountInString(form) < minBeforePlural
}

// withEnd returns a word with the particle or ending behind it, if that is read as such there.
func (m *mender) withEnd(word, end string) string {
	if m.stem(word+end) == word {
		return word + end
	}
	return word
}

// moreThan returns what counts the posts that have a word, also in another script or spelling; it gives 0 where these are not
// many more than has, and where the word is not one as people look it up, but inflected.
func (m *mender) moreThan(has int) func(word string) int {
	return func(word string) int {
		n := m.lexicon.Words.Docs(word) + m.otherwise(word)
		if n <= muchMore*has || !m.isNoun(word) || m.isPronoun(word) || m.isVerb(word) {
			return 0
		}
		return n
	}
}

// isNoun reports whether text is one or more nouns, or words of another script, and nothing behind them.
func (m *mender) isNoun(text string) bool {
	end := 0
	for _, t := range m.analyzer.Analyze(text)[analysis.Morpheme] {
		if t.Start >= end && !t.Class.IsNominal() {
			return false
		}
		end = max(end, t.End)
	}
	return end == len(text) || end > 0 && !strings.ContainsFunc(text, m.analyzer.Reads)
}

// isPronoun reports whether text is a pronoun, which is in many posts and never what somebody looks for.
func (m *mender) isPronoun(text string) bool {
	tokens := m.analyzer.Analyze(text)[analysis.Morpheme]
	return len(tokens) == 1 && tokens[0].Class == analysis.Pronoun
}

// isVerb reports whether text is the stem of a verb or adjective; some are nouns too (배우).
func (m *mender) isVerb(text string) bool {
	tokens := m.analyzer.Analyze(text + "다")[analysis.Morpheme]
	return len(tokens) > 0 && tokens[0].Term == text && tokens[0].Class == analysis.Predicate
}
