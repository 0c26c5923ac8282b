package rewrite

import (
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/chars"
	"chaja/search/match"
)

const (
	maxHeard  = 8 // words, and parts of words, that are compared by sound with those of the site in one query: a millisecond each
	minCoined = 5 // letters of a word that is compared though no dictionary of English has it; shorter ones are abbreviations
)

// Heard returns, for words of a query, the word of the site that is heard alike in the other script (Tip for 팁), if the lexicon
// has no post with the word. Two words of letters that are one of Hangul (load balancer) have an entry with a blank.
func (f *Variants) Heard(words []string) map[string]string {
	l := listener{f, 0}
	found := map[string]string{}
	for i := 0; i < len(words); i++ {
		if i+1 < len(words) && isLatin(words[i]) && isLatin(words[i+1]) {
			if other := l.hear(words[i] + " " + words[i+1]); other != "" {
				found[words[i]+" "+words[i+1]] = other
				i++
				continue
			}
		}
		if other := l.hear(words[i]); other != "" {
			found[words[i]] = other
		}
	}
	return found
}

// listener compares words by their sound, within the bound of a query.
type listener struct {
	*Variants
	compared int
}

// hear returns what a word is heard as: all of it, what is before its particle, or the two words that make it up (로드밸런서).
func (l *listener) hear(text string) string {
	forms := l.lacking(text)
	for _, form := range forms {
		if other := l.alike(form); other != "" {
			return other
		}
	}
	if len(forms) == 0 {
		return ""
	}
	for _, both := range cuts(forms[len(forms)-1]) {
		if utf8.RuneCountInString(both[1]) < 2 {
			continue
		}
		if first := l.alike(both[0]); first != "" {
			if second := l.alike(both[1]); second != "" {
				return first + " " + second
			}
		}
	}
	return ""
}

func (l *listener) alike(word string) string {
	if l.compared == maxHeard {
		return ""
	}
	l.compared++
	other := l.Alike(word)
	for part := range strings.FieldsSeq(other) {
		if !l.isContent(part) {
			return ""
		}
	}
	return other
}

// isLatin reports whether a word has no letters but those of English.
func isLatin(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf })
}

// With returns the variants with words of the site that are heard like words of the query, as Heard returns them.
func (f *Variants) With(heard map[string]string) *Variants {
	given := maps.Clone(f.given)
	for text, other := range heard {
		given[text] = []match.Variant{{Text: other, Kind: match.Transliteration}}
	}
	return &Variants{f.lookup, given}
}

// lacking returns what of a word may be a loanword that no post has: all of it, and what is before its particle. It is empty for other
// words.
func (f *Variants) lacking(text string) []string {
	words := chars.Words(text, unicode.Mark)
	if len(words) == 0 || len(words) != 1+strings.Count(text, " ") {
		return nil
	}
	for _, word := range words {
		if len(words) > 1 && f.docs(word) > 0 {
			return nil
		}
	}
	word := strings.Join(words, "")
	base := f.stem(word)
	if f.docs(base) > 0 || f.docs(word) > 0 || len(f.paired(text, base)) > 0 || !f.isContent(base) {
		return nil
	}
	if base == word {
		return []string{word}
	}
	return []string{word, base}
}

// isContent reports whether a word is more than a stop word or an abbreviation of English.
func (f *Variants) isContent(word string) bool {
	if word == "" || word[0] >= utf8.RuneSelf {
		return true
	}
	word = strings.ToLower(word)
	return !analysis.IsStopWord(word) && (len(word) >= minCoined || f.analyzer.IsWord(word))
}
