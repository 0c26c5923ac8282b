package pairs

import "strings"

// Costs of what no rule covers, in hundredths of a sound. English vowels are heard in many ways, consonants in few.
const (
	otherVowel    = 50  // one vowel heard as another
	skippedVowel  = 45  // an unstressed vowel not heard
	addedVowel    = 60  // a vowel that no letter gives
	addedGlide    = 20  // ㅛ for ㅗ, ㅘ for ㅏ
	kindred       = 50  // one consonant heard as another made at the same place
	consonant     = 100 // a consonant more or less
	silentH       = 20
	finalS        = 30 // a plural: 컴포넌트(components)
	beforeR       = 20 // a vowel before r that is not heard as in car, for or her
	innerMute     = 20 // the e of pipeline
	heardMute     = 25 // an e at the end of a word that is heard, as in apache but not in cache
	addedInside   = 10 // ㅡ before a vowel, where two words meet: 로그인
	heardR        = 30 // an r that no vowel follows, as in server: Korean mostly does not hear it
	addedI        = 30 // ㅣ behind ㅅ, ㅈ and ㅊ
	spelledLetter = 10 // a letter heard by its name: API as 에이피아이
	tooFar        = 1 << 20
)

// latin is a Latin text prepared to be compared by sound.
type latin struct {
	letters string   // lower-cased, a blank between its words and between the parts of SpringBoot
	rules   [][]rule // for each letter the rules that apply there, with their cost at that place
	strict  bool     // see readStrictly
}

// In abbreviations the names of letters are heard. An abbreviation is a run of capitals, or a word without vowels of at
// most this many letters.
const maxSpelled = 4

func newLatin(text string) latin {
	letters := make([]byte, 0, len(text)+2)
	spelled := make([]bool, 0, len(text)+2)
	short := len(text) <= maxSpelled && !strings.ContainsAny(text, "aeiouAEIOU")
	for i := 0; i < len(text); i++ {
		c, before, after := text[i], at(text, i-1), at(text, i+1)
		if c == '-' || c == '_' {
			c = ' '
		}
		if isUpper(c) && (isLower(before) || isUpper(before) && isLower(after)) {
			letters, spelled = append(letters, ' '), append(spelled, false)
		}
		capital := isUpper(c) && (isUpper(before) || isUpper(after) || !isLower(after))
		letters, spelled = append(letters, lower(c)), append(spelled, short || capital || isDigit(c))
	}
	l := latin{letters: string(letters), rules: make([][]rule, len(letters))}
	for i, c := range letters {
		for _, r := range heard[c] {
			if strings.HasPrefix(l.letters[i:], r.letters) {
				r.cost = l.price(r, i)
				l.rules[i] = append(l.rules[i], r)
			}
		}
		if spelled[i] {
			l.rules[i] = append(l.rules[i], names[c]...)
		}
	}
	return l
}

// at returns the letter at i, a blank before the first and behind the last.
func at(text string, i int) byte {
	if i < 0 || i >= len(text) {
		return ' '
	}
	return text[i]
}

// price is the cost of a rule at i, which depends on the letters around.
func (l latin) price(r rule, i int) int {
	before, next := at(l.letters, i-1), at(l.letters, i+1)
	switch {
	case r.letters == "e" && l.mute(i):
		return max(r.cost, heardMute)
	case r.letters == "r" && strings.IndexByte("aeiouyr", next) < 0:
		return max(r.cost, heardR)
	case r.letters == "l" && r.sounds == "r" && before == ' ':
		return 0
	case len(r.letters) == 1 && isVowel(r.letters[0]) && next == 'r' && strings.IndexByte("aeiouyr", at(l.letters, i+2)) < 0 &&
		!strings.Contains("a o v", r.sounds):
		return max(r.cost, beforeR)
	case r.letters == "c" && (r.sounds == "s") != (strings.IndexByte("eiy", next) >= 0),
		r.letters == "sc" && r.sounds == "s" && strings.IndexByte("eiyh", at(l.letters, i+2)) < 0,          // 스크립트 is script, 스리프트 not
		r.letters == "n" && r.sounds == "N" && strings.IndexByte("kgcqx ", next) < 0,                       // 마킹 is no machine
		r.letters == "a" && r.sounds == "ei" && !isVowel(next) && next != 'y' && at(l.letters, i+2) == ' ', // 로케일 is locale, not local
		r.letters == "s" && r.sounds == "j" && before == ' ',
		r.letters == "o" && r.sounds == "a" && next == 'r':
		return kindred
	}
	return r.cost
}

// maxCells is the size of the table for a word of fifteen letters and fifteen sounds.
const maxCells = 256

// distance is the least cost of hearing the letters as the sounds, or tooFar when that is above limit. It is an alignment
// (Needleman and Wunsch). Its steps are the rules, and at a higher price what no rule covers.
func (l latin) distance(sounds string, limit int) int {
	wide := len(sounds) + 1
	var room [maxCells]int32 // most words need no allocation
	best := append(room[:0], make([]int32, (len(l.letters)+1)*wide)...)
	for i := range best {
		best[i] = tooFar
	}
	best[0] = 0
	reach := 0 // the last cell within the limit; no step leads from the cells behind it
	for cell := 0; cell <= reach; cell++ {
		cost := best[cell]
		if cost > int32(limit) {
			continue
		}
		l.steps(sounds, cell/wide, cell%wide, func(letters, heard, price int) {
			to := cell + letters*wide + heard
			if far := cost + int32(price); far <= int32(limit) && far < best[to] {
				best[to] = far
				reach = max(reach, to)
			}
		})
	}
	return int(best[len(best)-1])
}

// steps calls step for each way to go on from letter i and sound j: by so many letters and sounds, at a price.
func (l latin) steps(sounds string, i, j int, step func(letters, heard, price int)) {
	if j < len(sounds) {
		step(0, 1, addedSound(sounds, j))
	}
	if i == len(l.letters) {
		return
	}
	step(1, 0, l.skipped(i))
	for _, r := range l.rules[i] {
		if strings.HasPrefix(sounds[j:], r.sounds) {
			step(len(r.letters), len(r.sounds), r.cost)
		}
	}
	if j < len(sounds) {
		step(1, 1, unlike(l.letters[i], sounds[j]))
	}
}

// addedSound is the price of a sound without a letter. Korean adds ㅡ to a consonant that cannot end a syllable, and ㅣ to
// ㅅ, ㅈ and ㅊ.
func addedSound(sounds string, j int) int {
	switch sound, last := sounds[j], at(sounds, j-1); {
	case sound == 'x' && last != ' ' && !isVowelSound(last):
		if isVowelSound(at(sounds, j+1)) {
			return addedInside
		}
		return 0
	case sound == 'i' && strings.IndexByte("sjc", last) >= 0:
		return addedI
	case sound == 'y' || sound == 'w':
		return addedGlide
	case isVowelSound(sound):
		return addedVowel
	}
	return consonant
}

// mute reports whether an e at i is silent in English, as in cache and caches.
func (l latin) mute(i int) bool {
	rest := l.letters[i+1:]
	if end := strings.IndexByte(rest, ' '); end >= 0 {
		rest = rest[:end]
	}
	word := l.letters[strings.LastIndexByte(l.letters[:i], ' ')+1 : i]
	return (rest == "" || rest == "s") && strings.ContainsAny(word, "aeiouy") && !isVowel(word[len(word)-1])
}

// skipped is the price of not hearing the letter at i.
func (l latin) skipped(i int) int {
	c, before, after := l.letters[i], at(l.letters, i-1), at(l.letters, i+1)
	switch {
	case l.strict && c == 'r' && isVowel(before) && isVowel(after) && !l.mute(i+1):
		return consonant
	case c == ' ', c == '\'', c == 'e' && l.mute(i), c == before && !isVowel(c), c == 'r' && isVowel(before):
		return 0
	case c == 'e' && !isVowel(before) && !isVowel(after) && isVowel(at(l.letters, i-2)):
		return innerMute
	case c == 'h':
		return silentH
	case c == 's' && after == ' ':
		return finalS
	case isVowel(c) || c == 'y':
		return skippedVowel
	}
	return consonant
}

// unlike is the price of hearing a letter as a sound without a rule for it, tooFar for a sound of another kind.
func unlike(letter, sign byte) int {
	if isVowel(letter) && isVowelSound(sign) {
		return otherVowel
	}
	for _, kin := range [...][2]string{{"gkqc", "gkK"}, {"dt", "dtT"}, {"bpvf", "bpP"}, {"szcjx", "sjc"}, {"nm", "nmN"}} {
		if strings.IndexByte(kin[0], letter) >= 0 && strings.IndexByte(kin[1], sign) >= 0 {
			return kindred
		}
	}
	return tooFar
}

// farness is the distance between a Latin text and sounds, divided by the length of the longer, in hundredths, rounded up.
// 0 means that they are heard alike. What is farther than limit is tooFar.
func (l latin) farness(sounds string, limit int) int {
	length := max(len(sounds)-strings.Count(sounds, "x"), len(l.letters))
	if length == 0 {
		return tooFar
	}
	far := l.distance(sounds, limit*length)
	if far == tooFar {
		return tooFar
	}
	return (far + length - 1) / length
}

func isVowel(c byte) bool      { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }
func isVowelSound(c byte) bool { return strings.IndexByte("aevouxi", c) >= 0 }
func isUpper(c byte) bool      { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool      { return 'a' <= c && c <= 'z' }
func isDigit(c byte) bool      { return '0' <= c && c <= '9' }

func lower(c byte) byte {
	if isUpper(c) {
		return c + 'a' - 'A'
	}
	return c
}
