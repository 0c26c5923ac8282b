package pairs

import (
	"chaja/search/hangul"
	"slices"
	"strings"
)

// countConsonants counts the consonants of sounds.
func countConsonants(sounds string) (n int) {
	for i := range len(sounds) {
		if consonantClass(sounds[i]) != 0 {
			n++
		}
	}
	return n
}

// endAlike reports whether letters with an r at their end have sounds with the vowel that is heard there, and other letters have not:
// an optimizer is no optimize.
func endAlike(word, sounds string) bool {
	last := sounds[len(sounds)-1]
	if strings.HasSuffix(word, "ge") && strings.HasSuffix(sounds, "jx") {
		return false // 페이즈 is no page
	}
	stem := strings.TrimSuffix(word, "e")
	if strings.HasSuffix(stem, "r") {
		return last == 'v' || last == 'a' && strings.HasSuffix(word, "ar") || last == 'o' && strings.HasSuffix(stem, "or")
	}
	return last != 'v' || strings.HasSuffix(word, "a")
}

// readStrictly leaves to letters how they are heard by the rules of English spelling: a vowel is long before a consonant with e or
// ing behind it (type, making), r is heard between vowels, g is hard but before e, i and y. In brief words a vowel before a consonant
// is short, too (tip), and th no stop.
func (l *latin) readStrictly(brief bool) {
	l.strict = true
	for i, rules := range l.rules {
		l.rules[i] = slices.DeleteFunc(rules, func(r rule) bool { return !l.mayRead(i, r, brief) })
	}
}

func (l *latin) mayRead(i int, r rule, brief bool) bool {
	before, behind := at(l.letters, i-1), l.letters[min(i+len(r.letters), len(l.letters)):]
	switch {
	case r.letters == "th":
		return l.mayReadTh(i, r.sounds)
	case r.letters == "g":
		return (r.sounds == "j") == (behind != "" && strings.IndexByte("eiy", behind[0]) >= 0) || behind != "" && strings.IndexByte("iy", behind[0]) >= 0
	case strings.Contains(inStrict[r.letters], " "):
		return strings.Contains(inStrict[r.letters], " "+r.sounds+" ")
	case r.letters == "ue":
		return behind == "" || behind == "s" // value, but fuel
	case len(r.letters) == 2 && isVowel(r.letters[0]) && r.letters[1] == 'r':
		return behind != "e" // square, entire
	case len(r.letters) == 1 && strings.Contains("ai au ee ea", string(before)+r.letters):
		return r.letters == "a" // mail, pause, greedy: the two are one vowel
	case r.letters == "y" && behind == "":
		return r.sounds == "ai" || strings.ContainsAny(l.letters[:i], "aeiou") // spy, but query
	case len(r.letters) > 1 || !isVowel(r.letters[0]) && (r.letters != "y" || i == 0),
		isVowel(before), behind == "", isVowel(behind[0]):
		return true
	}
	return mayReadVowel(r, behind, brief)
}

// mayReadTh reports how th is heard: ㅅ, in the middle also ㄷ, and ㅌ at the beginning of names (Thomas).
func (l *latin) mayReadTh(i int, sounds string) bool {
	switch sounds {
	case "s":
		return true
	case "d":
		return i > 0 && at(l.letters, i+2) != 'r'
	case "t":
		return i == 0 && at(l.letters, 2) != 'r'
	}
	return false
}

// mayReadVowel reports how a vowel before a consonant is heard, by what stands behind the vowel.
func mayReadVowel(r rule, behind string, brief bool) bool {
	double := len(behind) > 1 && (behind[0] == behind[1] && behind[0] != 'l' && behind[0] != 'r' || behind[:2] == "ck")
	switch {
	case isLong(behind[1:], brief || r.letters == "a"):
		return strings.Contains(longVowels[r.letters], " "+r.sounds+" ")
	case brief && (len(behind) == 1 || !isVowel(behind[1])):
		return strings.Contains(shortVowels[r.letters], " "+r.sounds+" ")
	case r.letters == "a" && double:
		return r.sounds != "a" && r.sounds != "ei" // passing is no 파싱
	case r.letters == "i" && len(behind) == 1:
		return r.sounds != "ai" // gigabit
	case r.letters == "e" && behind == "d":
		return r.sounds != "i" // stamped
	}
	return true
}

// isLong reports whether a vowel is long by what stands behind the consonant that follows it.
func isLong(behind string, brief bool) bool {
	return behind == "ing" || brief && (behind == "e" || behind == "es" || behind == "er" || behind == "ed")
}

// How vowels are heard, see rule.
var (
	inStrict    = map[string]string{"ai": " ei e ", "ay": " ei ai ", "ui": " u i ", "qu": " kw ku "}
	longVowels  = map[string]string{"a": " ei ", "e": " i ", "i": " ai ", "o": " o ou ", "u": " u yu ", "y": " ai "}
	shortVowels = map[string]string{"a": " e ", "e": " e ", "i": " i ", "o": " o a ", "u": " v u ", "y": " i "}
)

// agreeOnE reports whether letters can have the ㅔ and ㅐ of a word of Hangul, which sound writes alike: ㅐ is an a, ㅔ an e, or, before
// 이, a long a.
func agreeOnE(hangulWord, latinWord string) bool {
	var e, ae int
	syllables := []rune(hangulWord)
	for i, r := range syllables {
		_, vowel, _ := hangul.Split(r)
		switch vowel {
		case 'ㅐ':
			ae++
		case 'ㅔ':
			if i+1 < len(syllables) {
				if initial, next, _ := hangul.Split(syllables[i+1]); initial == 'ㅇ' && next == 'ㅣ' {
					continue
				}
			}
			e++
		}
	}
	if word := singular(latinWord); strings.HasSuffix(word, "er") || strings.HasSuffix(word, "e") && strings.ContainsAny(word[:len(word)-1], "aeiouy") {
		e++ // matter, pale: their last e is none
	}
	return e <= strings.Count(latinWord, "e")+strings.Count(latinWord, "ai")+strings.Count(latinWord, "ay") && ae <= strings.Count(latinWord, "a")
}

// stopsAlike reports whether the stop at the end of a brief word is one in Hangul: behind a single short vowel it ends the syllable
// (tip 팁, lock 락), and has none of its own (note 노트).
func stopsAlike(word, sounds string) bool {
	stem := strings.TrimSuffix(singular(word), "k")
	n := len(stem)
	if n < 2 {
		return true
	}
	if stem == singular(word) && strings.IndexByte("ptk", stem[n-1]) < 0 || stem != singular(word) && stem[n-1] != 'c' {
		return true
	}
	return !isVowel(stem[n-2]) || isVowel(at(stem, n-3)) || !strings.HasSuffix(sounds, "x")
}
