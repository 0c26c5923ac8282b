package pairs

import (
	"strings"
	"unicode/utf8"

	"chaja/search/hangul"
)

// particles are what may follow a name in one eojeol (조사). Their order does not matter, as the stem that sounds best wins.
const particles = " 은 는 이 가 을 를 의 에 로 와 과 도 만 나 란 인 들 등 용 간 별 식 화 형 부터 까지 에서 에게 으로 로서 로써 처럼 보다 마다 조차 이나 이란 라는 이라 라고 라면 라도 란 " +
	"이라는 이라고 에는 에도 에만 에서는 에서도 에서의 으로는 로는 로도 로의 으로의 으로서 으로써 와는 과는 와의 과의 와도 과도 들은 들이 들을 들의 들에 들과 들도 이며 이고 " +
	"이든 든 든지 이랑 랑 하고 같은 님 측 상 내 적 및 "

// verbal are the first syllables of endings that make a verb or a clause of a name: 매핑하는, 디버깅할, 클래스입니다.
const verbal = " 하 한 할 함 합 해 했 되 된 될 됨 됩 돼 됐 시키 시킨 시킬 시킴 시켜 시켰 입니 이다 이었 이어 였 이며 이고 이지 이므 이라 이란 이자 인데 인지 인가 일까 이죠 이야 "

// endings are syllables that are always a particle at the end of a word: no loanword ends with them.
const endings = "을를의는에께으"

// IsParticle reports whether text can follow a name in one eojeol.
func IsParticle(text string) bool {
	if strings.Contains(particles, " "+text+" ") {
		return true
	}
	if len(text) > maxVerbal {
		return false
	}
	return strings.Contains(verbal, " "+text[:syllable]+" ") ||
		len(text) >= 2*syllable && strings.Contains(verbal, " "+text[:2*syllable]+" ")
}

// syllable is the bytes of a syllable.
const syllable = len("가")

// maxVerbal is the most bytes of an ending after a name: 하였습니다, 시켜주는 and the like.
const maxVerbal = 15

// maxCut is the most syllables cut off an eojeol.
const maxCut = 5

// cuts calls visit with each stem of text: with text itself, and with text without each particle that it may end with.
func cuts(text string, visit func(stem string)) {
	last, _ := utf8.DecodeLastRuneInString(text)
	if !strings.ContainsRune(endings, last) {
		visit(text)
	}
	for n := 1; n <= maxCut; n++ {
		at := len(text) - n*syllable
		if at <= 0 || text[at-1] < utf8.RuneSelf {
			return // a name keeps its words
		}
		last, _ := utf8.DecodeLastRuneInString(text[:at])
		if IsParticle(text[at:]) && follows(text[at:], last) && !strings.ContainsRune(endings, last) {
			visit(text[:at])
		}
	}
}

// WithoutParticle returns text without the longest particle that it may end with. Analysis needs to know the word before a
// particle, and this does not: 쿠버내티스에서 is 쿠버내티스, whatever that is.
func WithoutParticle(text string) string {
	shortest := text
	cuts(text, func(stem string) { shortest = stem })
	return shortest
}

// follows reports whether a particle has the form that it takes after a syllable. 은, 이, 을, 과 and 으로 follow a final
// consonant. 는, 가, 를 and 와 follow a vowel.
func follows(particle string, last rune) bool {
	first, size := utf8.DecodeRuneInString(particle)
	switch first {
	case '은', '을', '과', '으':
		return hangul.HasFinal(last)
	case '이':
		return hangul.HasFinal(last) || len(particle) > size // 데이터이다 is written, 데이터이 is not
	case '는', '가', '를', '와':
		return !hangul.HasFinal(last)
	}
	return true
}

// foreignSounds is the number of sounds that no Korean word of one morpheme has.
const foreignSounds = 7

// soundsForeign reports whether a word is hardly Korean. It is long, or it has ㅋ, ㅌ, ㅍ or ㅡ, which are rare in Korean and
// common in loanwords.
func soundsForeign(text string) bool {
	n := soundsOf(text)
	return n >= foreignSounds || n > minTogetherSounds && strings.ContainsAny(sound(text), "ktpx")
}

// foreignSigns counts the sounds that are rare in Korean words.
func foreignSigns(sounds string) (n int) {
	for _, sign := range "ktpxP" {
		n += strings.Count(sounds, string(sign))
	}
	return n
}

// isForeign reports whether text can consist of loanwords by the shape of its syllables. By 외래어 표기법 (chapter 1, articles
// 3 and 4) a syllable of a loanword ends in ㄱ, ㄴ, ㄹ, ㅁ, ㅂ, ㅅ or ㅇ, and none begins with ㄲ, ㄸ, ㅃ or ㅉ, though 직쏘 is in
// use. A consonant before ㅇ is rare, because it moves to the next syllable: 모듈이 has a particle, and 만약 is Korean.
func isForeign(text string) bool {
	closed := false
	for _, r := range text {
		initial, _, final := hangul.Split(r)
		if strings.ContainsRune("ㄲㄸㅃㅉ", initial) || closed && initial == 'ㅇ' {
			return false
		}
		if closed = final != 0; closed && !strings.ContainsRune("ㄱㄴㄹㅁㅂㅅㅇ", final) {
			return false
		}
	}
	return true
}
