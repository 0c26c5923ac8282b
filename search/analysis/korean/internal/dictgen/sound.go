package main

import (
	"math"
	"strings"

	"chaja/search/hangul"
)

// sounds counts syllables in words from abroad and in words at home.
type sounds struct {
	abroad, home [hangul.Last - hangul.First + 1]float64
}

// count adds a word of the dictionary. From abroad are the names of persons that mecab-ko-dic writes as several (Korean
// names it does not take apart); at home are the sounds of Hanja, predicates and adverbs. Nouns are left out, being both.
func (s *sounds) count(surface, tag string, columns []string) {
	sound, hanja := reading(surface, columns[columnReading])
	switch {
	case hanja:
		add(&s.home, sound)
	case tag == "NNP" && columns[columnMeaning] == "인명" && columns[columnKind] == "Preanalysis":
		add(&s.abroad, surface)
	case strings.HasPrefix(tag, "V") || tag == "MAG":
		add(&s.home, surface)
	}
}

func add(to *[hangul.Last - hangul.First + 1]float64, word string) {
	for _, r := range word {
		if hangul.IsSyllable(r) {
			to[r-hangul.First]++
		}
	}
}

// soundScale is how many steps of a weight make a factor of e.
const soundScale = 16

// weights returns for each syllable the logarithm of how much more often it is met abroad than at home, in steps of
// 1/soundScale, at most what fits a byte.
func (s *sounds) weights() []int8 {
	var abroad, home float64
	for i := range s.abroad {
		abroad += s.abroad[i]
		home += s.home[i]
	}
	const rare = 1e-5 // of all syllables: what was never met is taken to be met that often
	out := make([]int8, len(s.abroad))
	for i := range out {
		w := math.Log((s.abroad[i]/abroad + rare) / (s.home[i]/home + rare))
		out[i] = int8(max(math.MinInt8, min(math.MaxInt8, math.Round(w*soundScale))))
	}
	return out
}
