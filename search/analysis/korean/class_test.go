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

// TestIsGrammar: the words of a query by which it is put are grammar, the same letters that name something are not.
func TestIsGrammar(t *testing.T) {
	a := analysis.New(open(t, ""))
	for word, want := range map[string]bool{
		"하나요": true, "되나요?": true, "가능한가요": false, "그런가요": true, "하나": false, "하나를": false, "가요": false, "가요를": false,
		"무엇인가요?": true, "알려주세요": true, "알림": false, "알림을": false, "때문에": true, "왜": true, "지하철": false, "what": true, "titles": false,
	} {
		if got := a.IsGrammar(word); got != want {
			t.Errorf("IsGrammar(%s) = %v: %v", word, got, a.Analyze(word)[analysis.Morpheme])
		}
	}
}
