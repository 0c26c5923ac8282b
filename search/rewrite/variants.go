package rewrite

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/hangul"
	"chaja/search/lexicon"
	"chaja/search/match"
	"chaja/search/ranking"
)

// maxJoined is the longest word, in bytes, that is looked at for the two words that make it up: twenty syllables.
const maxJoined = 60

// Variants gives the other forms of the words of one request. It is not safe for concurrent use.
type Variants struct {
	*lookup
	given map[string][]match.Variant // of words that are not being typed
}

// NewVariants returns the variants that a lexicon knows.
func NewVariants(lexicon *lexicon.Lexicon, analyzer *analysis.Analyzer) *Variants {
	return &Variants{newLookup(lexicon, analyzer), map[string][]match.Variant{}}
}

// Of returns the variants of a word, or of several with blanks between them. Unfinished tells that the word is still being
// typed.
func (f *Variants) Of(text string, unfinished bool) []match.Variant {
	if unfinished {
		return f.of(text, true)
	}
	variants, ok := f.given[text]
	if !ok {
		variants = f.of(text, false)
		f.given[text] = variants
	}
	return variants
}

func (f *Variants) of(text string, unfinished bool) (variants []match.Variant) {
	add := func(kind match.VariantKind, texts ...string) {
		for _, t := range texts {
			variants = append(variants, match.Variant{Text: t, Kind: kind})
		}
	}
	base := f.stem(text)
	for _, word := range f.paired(text, base) {
		add(match.Pair, word)
		if spelled := f.respaced(word); spelled != "" {
			add(match.Pair, spelled)
		}
	}
	if isPattern(text) {
		starting, inside := f.Words.Initials(text, ranking.MaxVariants)
		for _, wording := range starting {
			if strings.Count(wording, " ") > strings.Count(text, " ") {
				add(match.InitialsAcross, wording)
			} else {
				add(match.Initials, wording)
			}
		}
		add(match.InitialsInside, inside...)
	}
	add(match.Spacing, formulas(text)...)
	if strings.Contains(text, " ") {
		if joined := f.respaced(text); joined != "" {
			add(match.Spacing, joined)
		}
		return variants
	}
	if spelled := f.respaced(base); spelled != "" {
		add(match.Spacing, spelled)
	} else if apart := f.apart(base); apart != "" {
		add(match.Spacing, apart)
	}
	if unfinished {
		add(match.Prefix, f.Words.Prefix(text, ranking.MaxVariants)...)
	}
	return variants
}

// paired returns the other spellings of a word or a name. A name that is in no pair has those of its words, put together.
func (f *Variants) paired(text, base string) []string {
	if paired := f.Pairs.Of(text); len(paired) > 0 {
		return paired
	}
	if paired := f.Pairs.Of(base); len(paired) > 0 {
		return paired
	}
	return f.Pairs.OfWords(text)
}

// respaced returns words without the blanks between them, or a word with blanks, if the site writes it so; else "".
func (f *Variants) respaced(word string) string {
	if joined := strings.ReplaceAll(word, " ", ""); joined != word {
		if f.docs(joined) > 0 {
			return joined
		}
		return ""
	}
	if spelled := f.Words.Spelling(word); strings.Contains(spelled, " ") {
		return spelled
	}
	return ""
}

// Names returns the titles and headings that several words stand for, if one of these is initial consonants, or the last one is
// unfinished. What each word may become is looked for by itself and bounded, and the post that is meant could be lost.
func (f *Variants) Names(text string, unfinished bool) []string {
	words := strings.Fields(text)
	if len(words) < 2 || !unfinished && !slices.ContainsFunc(words, isPattern) {
		return nil
	}
	return f.Words.Names(text, ranking.MaxNames)
}

// isPattern reports whether every word of text is one of initial consonants.
func isPattern(text string) bool {
	for word := range strings.FieldsSeq(text) {
		if !hangul.IsPattern(word) {
			return false
		}
	}
	return true
}

// apart cuts a word into the two words of the site that make it up, if they are met more often than the word: springboot
// is spring boot. It returns "" when there are none.
func (f *Variants) apart(word string) (best string) {
	most := f.docs(word)
	for _, both := range cuts(word) {
		if utf8.RuneCountInString(both[1]) < 2 {
			continue // a word by chance; see site.isSecond
		}
		if n := f.docs(both[0]); n > most {
			if n = min(n, f.docs(both[1])); n > most {
				most, best = n, both[0]+" "+both[1]
			}
		}
	}
	if best == "" {
		return f.afterSyllable(word)
	}
	return best
}

// afterSyllable cuts off the first syllable of a word of Hangul, if the rest is a word of the site that is met more often, or as
// often where the whole is no word of the dictionary (이미지 is no 미지): 딥러닝 is 딥 러닝. The lexicon has no single syllables, so
// whether a post has the two side by side shows when it is asked.
func (f *Variants) afterSyllable(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	rest := word[size:]
	if !hangul.IsSyllable(first) || len(word) > maxJoined || utf8.RuneCountInString(rest) < 2 {
		return ""
	}
	if more := f.docs(rest) - f.docs(word); more < 0 || f.docs(rest) == 0 || more == 0 && f.analyzer.IsWord(word) {
		return ""
	}
	return word[:size] + " " + rest
}

// cuts returns the ways in which a word may be two words. In scripts that are not syllabic none of the two may be so short that
// it is a word by chance.
func cuts(word string) (ways [][2]string) {
	if len(word) > maxJoined || strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		return nil // Next.js is not next and .js
	}
	for i, r := range word {
		first, second := utf8.RuneCountInString(word[:i]), utf8.RuneCountInString(word[i:])
		if first >= 3 && second >= 3 || first >= 2 && analysis.IsSyllabic(r) {
			ways = append(ways, [2]string{word[:i], word[i:]})
		}
	}
	return ways
}
