package rewrite

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"chaja/search"
	"chaja/search/hangul"
	"chaja/search/lexicon/pairs"
)

// What words of one script are by chance in the other, so that the layout was hardly the wrong one. All lengths are in characters.
const (
	minReading  = 2 // shorter ones count only if a page of posts has them, or when another word was typed so
	minInitials = 3 // letters that initial consonants give, which are a pattern
	minSyllable = 4 // letters that whole syllables give, which are mostly a word
	minSlipped  = 3 // syllables of a word with a mistake in it; of Latin letters twice as many
	minStem     = 4 // letters before a particle of one syllable: spark is no spa with a particle
)

// keyboard looks for words that were typed with the keyboard set to the other language.
type keyboard struct {
	site
	typed
	speller *speller
}

// surely drafts the words that many more posts have as the other layout gives them.
func (k keyboard) surely() repairs {
	d := repairs{}
	for _, word := range k.words {
		if other := k.otherLayout(word); other != "" {
			d[word] = onKeyboard(other)
		}
	}
	if len(d) == 0 {
		k.slipped(d)
	}
	return d
}

func onKeyboard(text string) repair { return repair{text: text, reason: search.Keyboard, sure: true} }

// likewise drafts the other words in the same way as those of a draft, if it has any: those that the site lacks as they were
// typed, or all.
func (k keyboard) likewise(surely repairs, all bool) repairs {
	d := maps.Clone(surely)
	for _, word := range k.words {
		if _, ok := d[word]; ok || len(surely) == 0 || !all && k.known(word) > 0 {
			continue
		}
		if other := k.anyReading(word); other != "" {
			d[word] = onKeyboard(other)
		}
	}
	return d
}

// otherLayout returns the word as the other layout gives it, if many more posts have that; "" if not.
func (k keyboard) otherLayout(word string) string {
	best, most := "", 0
	wanted := len(k.counts.wanted)
	for _, other := range k.readings(word) {
		if n := k.name(other); n > most && isReading(word, other, n) {
			best, most = other, n
		}
	}
	if len(k.counts.wanted) > wanted {
		k.has(word) // compared with a reading once that is known: asked for at the same time
	}
	if best == "" {
		if best = k.inPart(word, false); best != "" {
			return best
		}
		return k.halfTyped(word)
	}
	if most <= muchMore*k.has(word) || hangul.IsPattern(word) && k.isInitials(word) {
		return ""
	}
	return best
}

// readings returns what the keys of a word give on the other layout, where these are syllables or no letters of Hangul. The
// last word may end in half a syllable while it is typed.
func (k keyboard) readings(word string) (readings []string) {
	for _, other := range hangul.OtherLayout(word) {
		finished := other
		if word == k.unfinished {
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
func (k keyboard) name(text string) int {
	length := utf8.RuneCountInString(text)
	if n := k.known(text); n > 0 && length > 1 {
		return n
	}
	tokens := k.morphemes(text)
	if len(tokens) == 0 || !strings.ContainsFunc(text, k.analyzer.Reads) {
		return 0 // the lexicon lists all words without a dictionary
	}
	if length == 1 {
		if last, _ := utf8.DecodeLastRuneInString(text); tokens[0].Term != text || !hangul.HasFinal(last) {
			return 0 // two keys give too many syllables
		}
		return k.posts(text)
	}
	if utf8.RuneCountInString(text[:tokens[0].End]) < minReading || slices.ContainsFunc(tokens, isNoName) {
		return 0
	}
	return k.posts(text)
}

// isReading reports whether a reading that some posts have is long enough to be none by chance.
func isReading(word, other string, posts int) bool {
	n := utf8.RuneCountInString(other)
	switch {
	case hangul.IsPattern(word):
		return n >= minInitials
	case hangul.IsComposed(word):
		return n >= minSyllable
	case n < minReading:
		return posts >= Enough
	}
	return true
}

// isInitials reports whether a pattern stands for something.
func (k keyboard) isInitials(pattern string) bool {
	starting, inside := k.Words.Initials(pattern, 1)
	return len(starting)+len(inside) > 0
}

// halfTyped returns the last word on the other layout while it is typed, if the site has a word that goes on like it.
func (k keyboard) halfTyped(word string) string {
	if word != k.unfinished || hangul.IsPattern(word) || k.has(word) > 0 {
		return ""
	}
	for _, other := range k.readings(word) {
		if utf8.RuneCountInString(other) >= minReading && len(k.Words.Prefix(other, 1)) > 0 {
			return other
		}
	}
	return ""
}

// inPart returns a word of which one end was typed on the wrong layout, with both ends on the right one; "" for another word.
// It begins with a name that the site has, and ends in a particle or another name. Of several cuts the one with the longest
// name counts. Once another word was typed so, the name may be short.
func (k keyboard) inPart(word string, short bool) string {
	if len(word) > maxJoined || hangul.IsPattern(word) || k.known(word) > 0 {
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
		if utf8.RuneCountInString(head) < minReading || hangul.IsTyped(head) || k.docs(head) == 0 {
			continue
		}
		tails := []string{tail}
		if !hangul.IsTyped(tail) {
			tails = k.readings(tail)
		}
		for _, tail := range tails {
			if hangul.IsComposed(tail) && k.isJoined(head, tail, short) {
				return head + tail
			}
		}
	}
	return ""
}

// isJoined reports whether tail is a particle behind a word of another script, or another word of the site.
func (k keyboard) isJoined(head, tail string, short bool) bool {
	if utf8.RuneCountInString(tail) == 1 {
		short = short || utf8.RuneCountInString(head) >= minStem || strings.ToUpper(head) == head
		return short && pairs.IsParticle(tail) && k.stem(head+tail) == head
	}
	return k.stem(head+tail) == head || k.known(tail) > 0
}

// slipped adds the words that were typed on the wrong layout and have a mistake besides.
func (k keyboard) slipped(d repairs) {
	for _, word := range k.words {
		if word == k.unfinished || hangul.IsPattern(word) || hangul.IsComposed(word) || k.known(word) > 0 {
			continue
		}
		for _, other := range k.readings(word) {
			if !isLong(other) || !k.speller.mayCompare() {
				continue
			}
			if c, ok := k.speller.compare(other, k.has(word)); ok && c.Edits == 1 {
				d[word] = onKeyboard(c.Text)
				break
			}
		}
	}
}

// anyReading returns a word as the other layout gives it, whatever the site has of it, unless that is no word; "" then. It is
// asked when another word of the query was typed so.
func (k keyboard) anyReading(word string) string {
	best, most := "", -1
	for _, other := range k.readings(word) {
		n := k.known(other)
		if n == 0 && !hangul.IsTyped(other) && (hangul.IsComposed(word) || hangul.IsPattern(word)) {
			continue
		}
		if n > most {
			best, most = other, n
		}
	}
	if best == "" {
		return k.inPart(word, true)
	}
	return best
}
