package pairs

import (
	"strings"
	"unicode/utf8"

	"chaja/search/hangul"
)

// sound writes Hangul as it is heard, folded as loanwords vary: one sign a sound, ㅔ and ㅐ alike, ㅋ and ㄲ alike, no y
// after ㅈ and ㅊ. Consonants are g k d t b p s j c m n h, r and for ㄹㄹ l, those that end a syllable K T P n m l N (ng),
// vowels a e v (ㅓ) o u x (ㅡ) i, glides y w. Everything but syllables is left out.
func sound(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	last := byte(0)
	add := func(signs string) {
		if signs == "" || signs == "r" && last == 'l' {
			return
		}
		b.WriteString(signs)
		last = signs[len(signs)-1]
	}
	for _, r := range text {
		if !hangul.IsSyllable(r) {
			continue
		}
		initial, vowel, final := hangul.Split(r)
		add(initialSound(initial))
		v := vowelSound(vowel)
		if (last == 'j' || last == 'c') && v[0] == 'y' {
			v = v[1:]
		}
		add(v)
		add(finalSound(final))
	}
	return b.String()
}

func initialSound(letter rune) string {
	switch letter {
	case 'ㄱ':
		return "g"
	case 'ㅋ', 'ㄲ':
		return "k"
	case 'ㄷ':
		return "d"
	case 'ㅌ', 'ㄸ':
		return "t"
	case 'ㅂ':
		return "b"
	case 'ㅍ', 'ㅃ':
		return "p"
	case 'ㅅ', 'ㅆ':
		return "s"
	case 'ㅈ':
		return "j"
	case 'ㅊ', 'ㅉ':
		return "c"
	case 'ㅁ':
		return "m"
	case 'ㄴ':
		return "n"
	case 'ㄹ':
		return "r"
	case 'ㅎ':
		return "h"
	}
	return "" // ㅇ
}

func vowelSound(letter rune) string {
	switch letter {
	case 'ㅏ':
		return "a"
	case 'ㅐ', 'ㅔ':
		return "e"
	case 'ㅑ':
		return "ya"
	case 'ㅒ', 'ㅖ':
		return "ye"
	case 'ㅓ':
		return "v"
	case 'ㅕ':
		return "yv"
	case 'ㅗ':
		return "o"
	case 'ㅘ':
		return "wa"
	case 'ㅙ', 'ㅚ', 'ㅞ':
		return "we"
	case 'ㅛ':
		return "yo"
	case 'ㅜ':
		return "u"
	case 'ㅝ':
		return "wv"
	case 'ㅟ':
		return "wi"
	case 'ㅠ':
		return "yu"
	case 'ㅡ':
		return "x"
	}
	return "i" // ㅣ, ㅢ
}

func finalSound(letter rune) string {
	switch letter {
	case 0, 'ㅎ':
		return ""
	case 'ㄱ', 'ㄲ', 'ㅋ', 'ㄳ', 'ㄺ':
		return "K"
	case 'ㅂ', 'ㅍ', 'ㅄ', 'ㄿ':
		return "P"
	case 'ㄴ', 'ㄵ', 'ㄶ':
		return "n"
	case 'ㅁ', 'ㄻ':
		return "m"
	case 'ㄹ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㅀ':
		return "l"
	case 'ㅇ':
		return "N"
	}
	return "T"
}

// firsts holds, for each byte a Latin word may begin with, the sounds it may begin with.
var firsts = firstSounds()

func firstSounds() (table [256]string) {
	for c := range table {
		for _, r := range heard[byte(c)] {
			if r.sounds == "" {
				table[c] += "aevouxiyw"
			} else {
				table[c] += r.sounds[:1]
			}
		}
		for _, r := range names[byte(c)] {
			table[c] += r.sounds[:1]
		}
	}
	return table
}

// plausible tells at a glance most texts that cannot sound alike: by their length and their first sound.
func plausible(hangulText, latinText string) bool {
	syllables, letters := len(hangulText)/3, len(latinText)
	if letters > maxLatin || syllables > maxSyllables || letters > 5*syllables+2 {
		return false
	}
	if syllables > letters+maxCut && syllables > 3*letters {
		return false
	}
	r, _ := utf8.DecodeRuneInString(hangulText)
	initial, vowel, _ := hangul.Split(r)
	first := initialSound(initial)
	if first == "" && vowel != 0 {
		first = vowelSound(vowel)
	}
	return first != "" && strings.IndexByte(firsts[lower(latinText[0])], first[0]) >= 0
}
