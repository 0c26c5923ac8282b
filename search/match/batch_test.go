package match_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	. "chaja/search/match"
)

// TestBatch: a batch of documents is judged as each of them by itself, whatever the query, and no score is above what it is said to
// be at most. A Batch is used again for the next documents.
func TestBatch(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	text := func(most int) string {
		words := make([]string, r.IntN(most+1))
		for i := range words {
			words[i] = string(rune('a' + r.IntN(8)))
		}
		return strings.Join(words, " ")
	}
	matched := 0
	for range 100 {
		q := compiled(fmt.Sprintf(`%s a %s`, text(4), []string{"b", "-b", `"a b"`, "c OR d", `title:c`, "tag:x"}[r.IntN(6)]))
		if q == nil {
			continue
		}
		if loose := q.Loose(); loose != nil && r.IntN(2) == 0 {
			q = loose
		}
		if r.IntN(2) == 0 {
			q = q.Named([]string{text(3), text(2)})
		}
		if r.IntN(2) == 0 {
			q = q.Boosted([]Boost{{Term{TagKeys, "x"}, 0.5}, {Term{TagKeys, "y"}, 3}})
		}
		scorer := q.Scorer(stats(q, ten))
		batch := batchOf{query: q}
		judge := scorer.Batch(batch.find, func(i int) *Doc { return batch.docs[i] })
		for range 2 {
			batch.docs = make([]*Doc, 1+r.IntN(150))
			for i := range batch.docs {
				var keys []Term
				for _, tag := range []string{"x", "y"} {
					if r.IntN(3) == 0 {
						keys = append(keys, Term{TagKeys, tag})
					}
				}
				title := text(4)
				keys = append(keys, Term{TitleKey, strings.ReplaceAll(title, " ", "")})
				batch.docs[i] = document{title, text(2), text(2), text(20), text(5), keys}.forQuery(q)
			}
			judged := judge.Judge(len(batch.docs), Set{}, TagFilter)
			passing := judged.Passing(0)
			for i, doc := range batch.docs {
				want, failed := scorer.Match(doc), scorer.Failed(doc)
				if judged.OK.Has(i) != want.OK || passing.Has(i) != (want.OK && failed == 0) || want.OK && judged.Full.Has(i) != want.Full {
					t.Fatalf("%s: document %d matches %t, passes %t, has all %t; want %+v, failing %b",
						q.Text, i, judged.OK.Has(i), passing.Has(i), judged.Full.Has(i), want, failed)
				}
				if !want.OK {
					continue
				}
				matched++
				if got := judge.Verdict(i); got != want {
					t.Fatalf("%s: document %d is %+v, want %+v", q.Text, i, got, want)
				}
				if most := judge.Most(i); want.Score > most {
					t.Fatalf("%s: the score is %v, at most %v", q.Text, want.Score, most)
				}
			}
		}
		judge.Release()
	}
	if matched < 1000 {
		t.Errorf("%d documents match", matched)
	}
}

// batchOf finds terms in documents.
type batchOf struct {
	query *Query
	docs  []*Doc
}

func (b *batchOf) find(term int, found *Found, _ bool) {
	*found = Found{}
	for i, d := range b.docs {
		freq := d.Freq(term)
		if *freq == [Fields]int{} {
			continue
		}
		fields := uint8(0)
		for f, n := range freq {
			if n > 0 {
				fields |= 1 << f
				found.Freqs = append(found.Freqs, uint32(n))
				if space := b.query.Terms[term].Space; space.IsText() {
					found.Lengths = append(found.Lengths, uint32(d.Length[space][f]))
				}
			}
		}
		found.At, found.Fields = append(found.At, uint16(i)), append(found.Fields, fields)
	}
}
