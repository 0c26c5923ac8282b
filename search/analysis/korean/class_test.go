package korean

import (
	"testing"

	"chaja/search/analysis"
)

func TestClass(t *testing.T) {
	a := open(t, "")
	for text, want := range map[string]analysis.Class{
		"데이터를": analysis.Noun, "데이터베이스": analysis.Noun, "하나": analysis.Noun, "호환성": analysis.Noun,
		"우리가": analysis.Pronoun, "2024": analysis.Number, "먹었다": analysis.Predicate, "입니다": analysis.Copula,
		"그리고": analysis.Conjunction, "에서는": analysis.Function, "매우": analysis.Grammatical, "천천히": analysis.Other,
	} {
		if got := a.Morphemes(nil, text)[0]; got.Class != want {
			t.Errorf("%s has class %d as %s, want %d", text, got.Class, got.POS, want)
		}
	}
}

func TestIsInflected(t *testing.T) {
	a := open(t, "")
	for word, want := range map[string]bool{
		"닫힙니다": true, "클래스다": true, "클래스": false, "바다": false, "니": false, "다": false, "": false,
	} {
		if got := a.IsInflected(word); got != want {
			t.Errorf("IsInflected(%s) = %v", word, got)
		}
	}
}
