package pairs

import (
	"fmt"
	"strings"
	"testing"
)

// benchText is 1 MB of text like that of a blog: Korean with particles, Latin names, brackets, every tenth word new.
func benchText() string {
	var b strings.Builder
	for i := 0; b.Len() < 1<<20; i++ {
		fmt.Fprintf(&b, "서버에서 쿠버네티스(Kubernetes)를 쓰면 배포한 파드 %d번이 node-%d 에서 다시 시작하고, ", i, i%97)
		fmt.Fprintf(&b, "로그를 보려면 kubectl logs 명령으로 확인한다. 캐시 cache 적중률은 Redis 설정값%c에 달렸다.\n", rune('가'+i%5000))
	}
	return b.String()
}

func BenchmarkAdd(b *testing.B) {
	text := benchText()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		NewLearner().Add("a.md", []string{"쿠버네티스", "Kubernetes"}, text)
	}
}

func BenchmarkFarness(b *testing.B) {
	word, sounds := newLatin("Kubernetes"), sound("쿠버네티스")
	for b.Loop() {
		word.farness(sounds, maxFarStated)
	}
}
