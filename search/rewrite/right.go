package rewrite

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chaja/search/analysis"
	"chaja/search/hangul"
	"chaja/search/lexicon/pairs"
)

// minSwapped is the fewest characters of a word that a dictionary has and that is taken for another one with two of them
// swapped: 소감 is no slip of 감소, but hardly anybody means 정안성.
const minSwapped = 3

// isRight reports whether a word is spelled right, whatever the site has of it: a dictionary has it, alone or as the stem of
// the form of a verb, or words of the site go on with it.
func (s site) isRight(word string) bool {
	return s.analyzer.IsWord(word) || hangul.IsComposed(word) && (s.isBeginning(word) || s.isVerb(word))
}

// isBeginning reports whether a word of the site begins with all syllables of another one.
func (s site) isBeginning(word string) bool {
	longer := s.Words.Prefix(word, 1)
	return len(longer) > 0 && strings.HasPrefix(longer[0], word) && !strings.Contains(longer[0], " ")
}

// isVerb reports whether a word is a form of a verb or adjective whose stem is no single syllable: of these something passes
// for one in nearly every mistake.
func (s site) isVerb(word string) bool {
	tokens := s.morphemes(word)
	return len(tokens) == 1 && tokens[0].Class == analysis.Predicate && utf8.RuneCountInString(tokens[0].Term) > 1 &&
		s.analyzer.IsPredicate(tokens[0].Term)
}

// mayMean reports whether a word of the site may be what was meant by another word. What is spelled right was meant to be
// another word only where the two are often confused. An abbreviation is no slip of a word, nor a word one of an abbreviation.
func (s site) mayMean(typed, other string) bool {
	if isAbbreviation(typed) != isAbbreviation(other) || scripts(typed) != scripts(other) || goesOn(typed, other) || isAcronym(typed) {
		return false
	}
	if !s.isRight(typed) {
		return !s.analyzer.IsName(typed) || isSwapped(typed, other) || isSameWord(typed, other) || s.docs(other) >= minForName
	}
	return isSwapped(typed, other) || isSameWord(typed, other) || isJoining(typed, other)
}

// maxAcronym is the longest acronym, in letters, that is known by its capitals; longer words may be typed with caps lock.
const maxAcronym = 4

// isAcronym reports whether a word is an acronym with vowels, as its capitals show: CIRT.
func isAcronym(word string) bool {
	return len(word) <= maxAcronym && word == strings.ToUpper(word) && strings.ContainsAny(word, "AEIOUY")
}

// goesOn reports whether a word has letters behind another one, which mean something (systemd, mysqld), and not only its last
// letter twice.
func goesOn(longer, word string) bool {
	longer, word = strings.ToLower(longer), strings.ToLower(word)
	rest, ok := strings.CutPrefix(longer, word)
	return ok && rest != "" && !strings.HasSuffix(word, rest)
}

// minForName is the fewest posts that must have a word for it to be meant by what is the name of somebody, too.
const minForName = 2 * Enough

// isSameWord reports whether two words of Hangul are heard alike or may be spellings of one loanword.
func isSameWord(a, b string) bool { return hangul.IsComposed(a) && pairs.Confusable(a, b) }

// isJoining reports whether a word has the ㅅ that joins another one to the next word of a compound (사이시옷): 바닷 of 바다.
func isJoining(word, joining string) bool {
	return hangul.IsComposed(word) && hangul.ToLatin(word)+"t" == hangul.ToLatin(joining)
}

// maxAbbreviated is the longest abbreviation, in letters.
const maxAbbreviated = 5

// isAbbreviation reports whether a word has letters, but no vowel: HSTS, mssql.
func isAbbreviation(word string) bool {
	return len(word) <= maxAbbreviated && !strings.ContainsAny(strings.ToLower(word), "aeiouy")
}

// scripts tells which of Hangul and other letters a word has.
func scripts(word string) (kinds [2]bool) {
	for _, r := range word {
		kinds[0] = kinds[0] || hangul.IsSyllable(r)
		kinds[1] = kinds[1] || unicode.IsLetter(r) && !hangul.IsSyllable(r)
	}
	return kinds
}

// isSwapped reports whether two words differ by two neighbouring characters that changed places.
func isSwapped(a, b string) bool {
	left, right := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	if len(left) != len(right) || len(left) < minSwapped {
		return false
	}
	for i := range len(left) - 1 {
		if left[i] != right[i] {
			left[i], left[i+1] = left[i+1], left[i]
			return slices.Equal(left, right)
		}
	}
	return false
}
