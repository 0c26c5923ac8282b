package pairs

import (
	"slices"
	"testing"
)

// TestAlike: words that a site lacks are found by their sound in the other script, and words that only resemble are not.
func TestAlike(t *testing.T) {
	site := NewAlike(slices.Values([]string{
		"Tip", "tuning", "schema", "kubernetes", "container", "spy", "optimize", "typing", "parent", "making", "compare", "lambda", "half", "not", "stamped", "cherry",
		"인터페이스", "벤치마크", "플래그", "리스트", "처리", "엔터", "샤딩",
	}))
	for word, want := range map[string]string{
		"팁":         "tip",
		"튜닝":        "tuning",
		"스키마":       "schema",
		"쿠버네티스":     "kubernetes",
		"컨테이너":      "container",
		"Interface": "인터페이스",
		"benchmark": "벤치마크",
		"flag":      "플래그",
		"list":      "리스트",
		"sharding":  "샤딩",

		"옵티마이저":  "", // not optimize
		"스피":     "", // not spy
		"타입":     "", // not tip
		"페인트":    "", // not parent, whose r is heard
		"마킹":     "", // not making, whose a is long
		"컴파":     "", // not compare
		"헬프":     "", // not half
		"노트":     "", // not not
		"스탬피드":   "", // not stamped
		"검색":     "", // no loanword
		"cherry": "", // 처리 is Korean
		"entire": "", // not 엔터
		"least":  "", // not 리스트: too few sounds to tell
		"서버":     "",
		"":       "",
	} {
		if got := site.Of(word); got != want {
			t.Errorf("%s is heard as %q, want %q", word, got, want)
		}
	}
}

// TestAlikeAmbiguous: of two words that are heard alike none is taken, but a word and its plural are one, and so are two spellings of
// one loanword.
func TestAlikeAmbiguous(t *testing.T) {
	if got := NewAlike(slices.Values([]string{"meter", "mitre"})).Of("미터"); got != "" {
		t.Errorf("one of two is taken: %q", got)
	}
	if got := NewAlike(slices.Values([]string{"benchmark", "benchmarks"})).Of("벤치마크"); got != "benchmark" {
		t.Errorf("a word and its plural give %q", got)
	}
	if got := NewAlike(slices.Values([]string{"컴포넌트", "콤포넌트"})).Of("component"); got != "컴포넌트" {
		t.Errorf("two spellings of one word give %q", got)
	}
}
