package korean

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"chaja/search/hangul"
)

// particle is a particle in the forms that it has after a vowel and after a final consonant.
type particle struct{ open, closed string }

// particles are the commonest ones that only nouns take all of.
var particles = []particle{{"는", "은"}, {"를", "을"}, {"에서", "에서"}, {"가", "이"}, {"로", "으로"}, {"의", "의"}}

// after returns the particle in the form that it has after a word. 로 stands after ㄹ, too.
func (p particle) after(word string) string {
	last, _ := utf8.DecodeLastRuneInString(word)
	if _, _, final := hangul.Split(last); final == 0 || final == 'ㄹ' && p.open == "로" {
		return p.open
	}
	return p.closed
}

// frequentNouns returns the words of two syllables or more that texts have often, without a particle and with four of the
// particles. What has that many is a noun, whatever an analyzer makes of it.
func frequentNouns(texts []string, often int) []string {
	count := map[string]int{}
	for _, word := range eojeolsOf(texts) {
		count[word]++
	}
	var nouns []string
	for word, bare := range count {
		if bare < 2 || utf8.RuneCountInString(word) < 2 {
			continue
		}
		total, kinds := bare, 0
		for _, p := range particles {
			n := count[word+p.after(word)]
			total += n
			kinds += min(n, 1)
		}
		if total >= often && kinds >= 4 {
			nouns = append(nouns, word)
		}
	}
	slices.Sort(nouns)
	return nouns
}

// goldNouns returns the nouns that stand before a particle or alone in the treebanks.
func goldNouns(t *testing.T) []string {
	var nouns []string
	for _, name := range []string{"eval/morphemes/ko_gsd-ud-dev.conllu", "eval/morphemes/ko_kaist-ud-dev.conllu"} {
		for _, w := range goldWords(t, name) {
			if noun := strings.Join(w.stems, ""); w.nominal && utf8.RuneCountInString(noun) > 1 && strings.HasPrefix(w.form, noun) {
				nouns = append(nouns, noun)
			}
		}
	}
	slices.Sort(nouns)
	return slices.Compact(nouns)
}

// TestNounsWithParticles reports how many nouns give other terms with a particle than without, and holds the mean of all
// particles. The nouns are taken from texts, so that they are those that people search for and not those of a dictionary.
func TestNounsWithParticles(t *testing.T) {
	texts := posts(t)
	for _, set := range []string{"korquad-question", "ko-questions", "ko-support", "laws-spacing"} {
		texts = append(texts, sentencesOf(t, "eval/"+set+"/corpus.jsonl")...)
	}
	a := open(t, "")
	for _, list := range []struct {
		name  string
		nouns []string
		most  float64 // per cent
	}{
		{"corpora", frequentNouns(texts, 20), 2.3},
		{"treebanks", goldNouns(t), 3.1},
	} {
		all := 0
		for _, p := range particles {
			differ := 0
			for _, noun := range list.nouns {
				if termsOf(a, noun) != termsOf(a, noun+p.after(noun)) {
					differ++
				}
			}
			all += differ
			t.Logf("%s: of %d nouns %.1f%% differ with %s", list.name, len(list.nouns), percent(differ, len(list.nouns)), p.closed)
		}
		if mean := percent(all, len(particles)*len(list.nouns)); mean > list.most {
			t.Errorf("%s: %.2f%% differ on average, more than %.1f%%", list.name, mean, list.most)
		}
	}
}

func percent(n, all int) float64 { return 100 * float64(n) / float64(all) }

// TestHeads: nouns that are cut alike with and without a particle, one of each kind.
func TestHeads(t *testing.T) {
	a := open(t, "")
	for noun, want := range map[string]string{
		"경찰서":    "경찰서 경찰 서",        // a known noun, not 경찰 with the short form of 에서
		"장애인":    "장애인 장애 인",        // nor with the copula
		"완성도":    "완성도 완성 도",        // nor with a particle
		"예산안":    "예산안 예산 안",        // nor with an adverb
		"움직임":    "움직임",             // a noun made of a verb
		"대륙":     "대륙",              // not a number
		"무상교육":   "무상교육 무상 교육",      // the cut is that before particles
		"국가인권위원": "국가인권위원 국가 인권 위원", // as is this
		"금융사":    "금융사 금융 사",        // 금융사는 is no form of 살다
		"인증서":    "인증서 인증 서",        // 인증서로 has no 서로
	} {
		for _, p := range particles {
			if got := termsOf(a, noun+p.after(noun)); got != want {
				t.Errorf("%s%s gives %s, want %s", noun, p.after(noun), got, want)
			}
		}
		if got := termsOf(a, noun); got != want {
			t.Errorf("%s gives %s, want %s", noun, got, want)
		}
	}
}

func termsOf(a *Analyzer, text string) string {
	var terms []string
	for _, m := range a.Morphemes(nil, text) {
		terms = append(terms, m.Term)
	}
	return strings.Join(terms, " ")
}
