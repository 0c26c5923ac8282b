package pairs

import (
	"slices"
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
		add(initialSounds.of(initial))
		v := vowelSounds.of(vowel)
		if (last == 'j' || last == 'c') && v[0] == 'y' {
			v = v[1:]
		}
		add(v)
		add(finalSounds.of(final))
	}
	return b.String()
}

// letterSounds are the sounds of letters of Hangul by their distance from ㄱ, empty for a silent letter.
type letterSounds ['ㅣ' - 'ㄱ' + 1]string

var (
	initialSounds = readSounds("gㄱ kㅋㄲ dㄷ tㅌㄸ bㅂ pㅍㅃ sㅅㅆ jㅈ cㅊㅉ mㅁ nㄴ rㄹ hㅎ")
	vowelSounds   = readSounds("aㅏ eㅐㅔ yaㅑ yeㅒㅖ vㅓ yvㅕ oㅗ waㅘ weㅙㅚㅞ yoㅛ uㅜ wvㅝ wiㅟ yuㅠ xㅡ iㅣㅢ")
	finalSounds   = readSounds("Kㄱㄲㅋㄳㄺ Pㅂㅍㅄㄿ nㄴㄵㄶ mㅁㄻ lㄹㄼㄽㄾㅀ Nㅇ Tㄷㅅㅆㅈㅊㅌ")
)

// readSounds reads a table of signs, each with the letters that sound so behind it.
func readSounds(table string) (sounds letterSounds) {
	for entry := range strings.FieldsSeq(table) {
		letters := strings.TrimLeftFunc(entry, func(r rune) bool { return r < utf8.RuneSelf })
		for _, letter := range letters {
			sounds[letter-'ㄱ'] = strings.TrimSuffix(entry, letters)
		}
	}
	return sounds
}

// of returns the sound of a letter; 0 is no letter and has none.
func (s *letterSounds) of(letter rune) string {
	if letter == 0 {
		return ""
	}
	return s[letter-'ㄱ']
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

// consonantClass returns one sign for those of a place of the mouth, 0 for a vowel, a glide and h.
func consonantClass(sign byte) byte {
	return classOf[sign]
}

// classOf is consonantClass by sign.
var classOf = func() (classes [256]byte) {
	for i, sign := range []byte("gkKdtTbpPsjcnNlrm") {
		classes[sign] = "kkktttpppsssnnllm"[i]
	}
	return classes
}()

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
	first := initialSounds.of(initial)
	if first == "" && vowel != 0 {
		first = vowelSounds.of(vowel)
	}
	if first == "" {
		return false
	}
	begins := func(r rule) bool {
		return strings.HasPrefix(r.sounds, first[:1]) || r.sounds == "" && strings.Contains("aevouxiyw", first[:1])
	}
	letter := lower(latinText[0])
	return slices.ContainsFunc(heard[letter], begins) || slices.ContainsFunc(names[letter], begins)
}
