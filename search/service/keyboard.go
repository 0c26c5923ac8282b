package service

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search"

	"chaja/search/analysis"
	"chaja/search/hangul"
)

// What words of one script are by chance in the other, so that the layout was hardly the wrong one. All lengths are in characters.
const (
	minReading  = 2 // shorter ones count only if a page of posts has them, or when another word was typed so
	minInitials = 3 // letters that initial consonants give, which are a pattern
	minSyllable = 4 // letters that whole syllables give, which are mostly a word
	minSlipped  = 3 // syllables of a word with a mistake in it; of Latin letters twice as many
	minStem     = 4 // letters before a particle of one syllable: spark is no spa with a particle
)

// typedElsewhere returns the words of the query that many more posts have as the other layout gives them. They show that
// the keyboard was set to the other language.
func (m *mender) typedElsewhere() draft {
	d := draft{}
	for _, word := range m.words {
		if other := m.otherLayout(word); other != "" {
			d[word] = repair{text: other, reason: search.Keyboard, sure: true}
		}
	}
	if len(d) == 0 {
		m.slipped(d)
	}
	return d
}

// likewise returns a draft with the other words typed in the same way as those of elsewhere, if there are any: those that
// the site lacks as they were typed, or all.
func (m *mender) likewise(elsewhere draft, all bool) draft {
	d := maps.Clone(elsewhere)
	for _, word := range m.words {
		if _, ok := d[word]; ok || len(elsewhere) == 0 || !all && m.known(word) > 0 {
			continue
		}
		if other := m.anyReading(word); other != "" {
			d[word] = repair{text: other, reason: search.Keyboard, sure: true}
		}
	}
	return d
}

// otherLayout returns the word as the other layout gives it, if many more posts have that; "" if not.
func (m *mender) otherLayout(word string) string {
	best, most := "", 0
	for _, other := range m.readings(word) {
		if n := m.name(other); n > most && isReading(word, other, n) {
			best, most = other, n
		}
	}
	if best == "" {
		if best = m.inPart(word, false); best != "" {
			return best
		}
		return m.halfTyped(word)
	}
	if most <= muchMore*m.has(word) || hangul.IsPattern(word) && m.isInitials(word) {
		return ""
	}
	return best
}

// readings returns what the keys of a word give on the other layout, where these are syllables or letters of no Hangul. The
// last word may end in half a syllable while it is typed.
func (m *mender) readings(word string) (readings []string) {
	for _, other := range hangul.OtherLayout(word) {
		finished := other
		if word == m.unfinished {
			finished = strings.TrimRightFunc(other, hangul.IsConsonant)
		}
		if finished != "" && !hasLoneLetter(finished) {
			readings = append(readings, other)
		}
	}
	return readings
}

// hasLoneLetter reports whether text has a letter of Hangul alone, which no layout is meant to give.
func hasLoneLetter(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return hangul.IsConsonant(r) || hangul.IsVowel(r) })
}

// name counts the posts that have a name, with or without a particle: a noun or a word of another script, and no part of one.
func (m *mender) name(text string) int {
	if n := m.known(text); n > 0 && utf8.RuneCountInString(text) > 1 {
		return n
	}
	tokens := m.analyzer.Analyze(text)[analysis.Morpheme]
	if len(tokens) == 0 || !strings.ContainsFunc(text, m.analyzer.Reads) {
		return 0 // the words of the site have all words without a dictionary
	}
	if utf8.RuneCountInString(text) == 1 {
		if last, _ := utf8.DecodeLastRuneInString(text); tokens[0].Term != text || !hangul.HasFinal(last) {
			return 0 // two keys give too many syllables
		}
		return m.posts(text)
	}
	if utf8.RuneCountInString(text[:tokens[0].End]) < minReading || slices.ContainsFunc(tokens, isNoName) {
		return 0
	}
	return m.posts(text)
}

// isNoName reports whether a token is neither a noun nor a number, nor both.
func isNoName(t analysis.Token) bool { return !t.Class.IsNominal() && t.Class != analysis.Number }

// isReading reports whether a reading that some posts have is long enough to be none by chance.
func isReading(word, other string, posts int) bool {
	n := utf8.RuneCountInString(other)
	switch {
	case hangul.IsPattern(word):
		return n >= minInitials
	case hangul.IsComposed(word):
		return n >= minSyllable
	case n < minReading:
		return posts >= enough
	}
	return true
}

// isInitials reports whether a pattern stands for something.
func (m *mender) isInitials(pattern string) bool {
	starting, inside := m.lexicon.Words.Initials(pattern, 1)
	return len(starting)+len(inside) > 0
}

// halfTyped returns the last word on the other layout while it is typed, if the site has a word that goes on like it.
func (m *mender) halfTyped(word string) string {
	if word != m.unfinished || hangul.IsPattern(word) || m.has(word) > 0 {
		return ""
	}
	for _, other := range m.readings(word) {
		if utf8.RuneCountInString(other) >= minReading && len(m.lexicon.Words.Prefix(other, 1)) > 0 {
			return other
		}
	}
	return ""
}

// inPart returns a word of which one end was typed on the wrong layout: a name that the site has, and behind it a particle
// or another one; "" for another word. Of several cuts the one with the longest name counts. Once another word was typed
// so, the name may be short.
func (m *mender) inPart(word string, short bool) string {
	if len(word) > maxJoined || hangul.IsPattern(word) || m.known(word) > 0 {
		return ""
	}
	for at := len(word) - 1; at > 0; at-- {
		if !utf8.RuneStart(word[at]) {
			continue
		}
		head, tail := word[:at], word[at:]
		if hasLoneLetter(head) {
			head = hangul.ToLatin(head)
		}
		if utf8.RuneCountInString(head) < minReading || hangul.IsTyped(head) || m.lexicon.Words.Docs(head) == 0 {
			continue
		}
		tails := []string{tail}
		if !hangul.IsTyped(tail) {
			tails = m.readings(tail)
		}
		for _, tail := range tails {
			if hangul.IsComposed(tail) && m.isJoined(head, tail, short) {
				return head + tail
			}
		}
	}
	return ""
}

// isJoined reports whether tail is a particle behind a word of another script, or another word of the site.
func (m *mender) isJoined(head, tail string, short bool) bool {
	if utf8.RuneCountInString(tail) == 1 {
		short = short || utf8.RuneCountInString(head) >= minStem || strings.ToUpper(head) == head
		return short && m.stem(head+tail) == head
	}
	return m.stem(head+tail) == head || m.known(tail) > 0
}

// slipped adds the words that have a mistake beside being typed on the wrong layout, which are two at once.
func (m *mender) slipped(d draft) {
	for _, word := range m.words {
		if word == m.unfinished || hangul.IsPattern(word) || hangul.IsComposed(word) || m.known(word) > 0 {
			continue
		}
		for _, other := range m.readings(word) {
			if !isLong(other) || len(m.respelled) == maxRespelled {
				continue
			}
			m.respelled[other] = repair{}
			if c, ok := m.lexicon.Words.Correct(other, m.moreThan(m.has(word))); ok && c.Edits == 1 {
				d[word] = repair{text: c.Text, reason: search.Keyboard, sure: true}
				break
			}
		}
	}
}

// anyReading returns a word as the other layout gives it, given that another word of the query was typed so: whatever the
// site has of it, unless that is no word. It is "" then.
func (m *mender) anyReading(word string) string {
	best, most := "", -1
	for _, other := range m.readings(word) {
		n := m.known(other)
		if n == 0 && !hangul.IsTyped(other) && (hangul.IsComposed(word) || hangul.IsPattern(word)) {
			continue
		}
		if n > most {
			best, most = other, n
		}
	}
	if best == "" {
		return m.inPart(word, true)
	}
	return best
}
