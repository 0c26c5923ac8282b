package segment

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestAmong: what some documents have of a term is what a walk over all of its postings finds of them, however many they are and
// however far apart, forwards and once more.
func TestAmong(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	docs := randomDocs(random, "a", 3000)
	for it := range eachTerm(t, docs) {
		p, _ := it.Postings()
		freqs := map[uint32][]int{}
		for doc, _ := p.Next(); doc != End; doc, _ = p.Next() {
			freqs[doc] = make([]int, 3)
			if err := p.Freqs(freqs[doc]); err != nil {
				t.Fatal(err)
			}
		}
		checkAddTo(t, p, freqs, len(docs))
		for step := 1; step < len(docs); step *= 12 {
			for from := uint32(0); ; {
				var some []uint32
				for ; from < uint32(len(docs)) && len(some) < 500; from += 1 + uint32(random.IntN(step)) {
					some = append(some, from)
				}
				if len(some) == 0 {
					break
				}
				checkAmong(t, p, some, freqs, random.IntN(2) == 0)
				checkAmong(t, p, some, freqs, true)
			}
		}
	}
}

func checkAmong(t *testing.T, p *Postings, docs []uint32, freqs map[uint32][]int, details bool) {
	t.Helper()
	var got, want Selection
	for i, doc := range docs {
		of, ok := freqs[doc]
		if !ok {
			continue
		}
		want.At = append(want.At, uint16(i))
		parts := uint8(0)
		for part, n := range of {
			if n > 0 && details {
				parts |= 1 << part
				want.Freqs = append(want.Freqs, uint32(n))
			}
		}
		if details {
			want.Parts = append(want.Parts, parts)
		}
	}
	if err := p.Among(docs, &got, details); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.At, want.At) || !slices.Equal(got.Parts, want.Parts) || !slices.Equal(got.Freqs, want.Freqs) {
		t.Fatalf("of %d documents from %d on: %v, want %v", len(docs), docs[0], got, want)
	}
}

func checkAddTo(t *testing.T, p *Postings, freqs map[uint32][]int, n int) {
	t.Helper()
	set := make([]uint64, (n+63)/64)
	if err := p.AddTo(set); err != nil {
		t.Fatal(err)
	}
	found := 0
	for i, word := range set {
		found += bits.OnesCount64(word)
		for ; word != 0; word &= word - 1 {
			if doc := uint32(i*64 + bits.TrailingZeros64(word)); freqs[doc] == nil {
				t.Errorf("document %d lacks the term", doc)
			}
		}
	}
	if found != len(freqs) {
		t.Errorf("%d documents, want %d", found, len(freqs))
	}
}
