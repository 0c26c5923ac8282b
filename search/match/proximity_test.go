package match_test

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestMostNear: nearness never takes from the score, nor adds more than MostNear says, whatever the document.
func TestMostNear(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 0))
	text := func(most int) string {
		words := make([]string, r.IntN(most+1))
		for i := range words {
			words[i] = string(rune('a' + r.IntN(8)))
		}
		return strings.Join(words, " ")
	}
	raised := 0
	for range 5000 {
		q := compiled(text(5) + " a b")
		if r.IntN(2) == 0 {
			q = q.Loose()
		}
		doc := document{text(3), text(4), text(2), text(40), text(20), nil}.forQuery(q)
		scorer := q.Scorer(stats(q, ten))
		v := scorer.Match(doc)
		if !v.OK {
			continue
		}
		score, most := scorer.Rescore(doc, v), scorer.MostNear(doc, v)
		if score < v.Score || score > most {
			t.Fatalf("%s: %v without nearness, %v with it, at most %v", q.Text, v.Score, score, most)
		}
		if score > v.Score {
			raised++
		}
	}
	if raised < 1000 {
		t.Errorf("nearness raised the score of %d documents only", raised)
	}
}
