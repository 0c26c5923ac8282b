package pairs

import "strings"

// particles are what may follow a name in one eojeol (조사), longest behind as the cut with the best sound wins.
const particles = " 은 는 이 가 을 를 의 에 로 와 과 도 만 나 란 인 들 등 용 간 별 식 화 형 부터 까지 에서 에게 으로 로서 로써 처럼 보다 마다 조차 이나 이란 라는 이라 라고 라면 라도 란 " +
	"이라는 이라고 에는 에도 에만 에서는 에서도 에서의 으로는 로는 로도 로의 으로의 으로서 으로써 와는 과는 와의 과의 와도 과도 들은 들이 들을 들의 들에 들과 들도 이며 이고 " +
	"이든 든 든지 이랑 랑 하고 같은 님 측 상 내 적 및 "

// verbal are the beginnings of what makes a verb or a clause of a name: 매핑하는, 디버깅할, 클래스입니다.
const verbal = "하할한함합해했되될된됨됩돼됐시입였이"

// isParticle reports whether text can be all that follows a name.
func isParticle(text string) bool {
	if strings.Contains(particles, " "+text+" ") {
		return true
	}
	for _, r := range text {
		return strings.ContainsRune(verbal, r) && len(text) <= maxVerbal
	}
	return false
}

// maxVerbal is the most bytes of an ending after a name: 하였습니다, 시켜주는 and the like.
const maxVerbal = 15

// maxCut is the most syllables cut off an eojeol.
const maxCut = 5

// cuts calls visit with text, and with text without each particle that it may end with.
func cuts(text string, visit func(stem string)) {
	visit(text)
	for n := 1; n <= maxCut; n++ {
		at := len(text) - 3*n
		if at <= 0 || text[at-1] == ' ' {
			return
		}
		if c := text[at]; c < 0xea || c > 0xed {
			return
		}
		if isParticle(text[at:]) {
			visit(text[:at])
		}
	}
}
