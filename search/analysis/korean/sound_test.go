package korean

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"chaja/search/hangul"
)

// tails are what a noun takes: the first list after a vowel, the second after a consonant.
var tails = [2][]string{
	{"", "를", "가", "는", "로", "에서", "의", "와", "나", "도", "하고", "했다", "들은"},
	{"", "을", "이", "은", "으로", "에서", "의", "과", "이나", "도", "하고", "했다", "들은"},
}

// TestLoanwords takes names from software, few of them in the dictionary, through all tails. Which of them are cut is
// logged; nine in ten are to stay whole.
func TestLoanwords(t *testing.T) {
	b, err := os.ReadFile("testdata/loanwords.txt")
	if err != nil {
		t.Fatal(err)
	}
	a := open(t, "")
	whole, all := 0, 0
	var cut []string
	for _, word := range strings.Fields(string(b)) {
		last, _ := utf8.DecodeLastRuneInString(word)
		list := tails[0]
		if hangul.HasFinal(last) {
			list = tails[1]
		}
		for _, tail := range list {
			all++
			if terms := a.Morphemes(nil, word+tail); terms[0].Term == word {
				whole++
			} else {
				cut = append(cut, word+tail+" "+terms[0].Term)
			}
		}
	}
	t.Logf("%d of %d whole (%.1f%%); not: %s", whole, all, 100*float64(whole)/float64(all), strings.Join(cut, ", "))
	if float64(whole) < 0.9*float64(all) {
		t.Errorf("only %d of %d loanwords are whole", whole, all)
	}
}

// TestNoLoanwords holds that ordinary words are never read again as loanwords.
func TestNoLoanwords(t *testing.T) {
	a := open(t, "")
	w := a.workers.Get().(*worker)
	const words = `카카오뱅크 검색서비스 성능테스트 오징어슬라이스 우리나라 나라마다 스스로 아버지가 고르게 그러나 다르다고
		이라크에서 오르내리는 기다리다가 아니라면 사라지고 미국으로 크리스마스에 노래하는 바라보니 나누어라 도서관에서 비로소 서로서로
		가면 오다 지면 하자 보라 서라 크다 쓰면 나가 자라 노는 데운 쉬자 먹었다 먹는 갔다 왔다 봤다 했다 썼다 컸다 자면 주면 두고 사고
		파는 타고 내려 보니 오니 가니 가자 먹자 쉬고 쉬면 크면 크고 커서 써서 짜고 짠 진 졌다 섰다 서면 서고 펴서 폈다 치고 치면 찼다
		차고 켜고 켰다 끄고 껐다 낫다 나은 알고 알면 울고 울던 살던 살고 열고 열면 놀자 놀던 길다 긴 좋다 좋은 싫다 높고 낮은 젊은`
	for word := range strings.FieldsSeq(words) {
		w.cut(word)
		for _, found := range w.words {
			if found.source == fromSound {
				t.Errorf("%s is taken for a loanword", word)
			}
		}
	}
}
