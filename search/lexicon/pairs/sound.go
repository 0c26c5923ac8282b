package pairs

import (
	"strings"
	"unicode/utf8"

	"chaja/search/hangul"
)

// sound writes the syllables of a text as they are heard, one sign for a sound. What loanwords do not tell apart has one sign:
// ㅔ and ㅐ, ㅋ and ㄲ, and after ㅈ and ㅊ the vowels with and without y. The signs are, at the start of a syllable,
// g k d t b p s j c m n h r, and l for ㄹㄹ; at its end K T P n m l, and N for ng; as vowels a e o u i, v for ㅓ and x for ㅡ; as
// glides y w.
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

// consonants returns the key by which words are looked up: the consonants of some sounds. Those that are made at one place of
// the mouth are one.
func consonants(sounds string) string {
	var key []byte
	for i := range len(sounds) {
		c := consonantClass(sounds[i])
		if c != 0 && (len(key) == 0 || key[len(key)-1] != c) {
			key = append(key, c)
		}
	}
	return string(key)
}

func consonantClass(sign byte) byte {
	switch sign {
	case 'g', 'k', 'K':
		return 'k'
	case 'd', 't', 'T':
		return 't'
	case 'b', 'p', 'P':
		return 'p'
	case 's', 'j', 'c':
		return 's'
	case 'n', 'N':
		return 'n'
	case 'l', 'r':
		return 'l'
	case 'm':
		return 'm'
	}
	return 0
}

// firsts holds for each byte the sounds that a Latin word with this first byte may begin with.
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

// plausible reports whether two texts may sound alike, judged quickly by their length and their first sound.
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
