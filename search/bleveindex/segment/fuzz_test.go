package segment

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"
)

// FuzzOpen: a segment with other bytes at some places, or cut, gives errors or wrong answers, in bounded time and
// memory. The input is a list of places, two bytes each, with what is to be there.
func FuzzOpen(f *testing.F) {
	var whole [][]byte
	for _, n := range []int{1, 20, 300} {
		data, err := build(&testPlugin.Schema, randomDocs(rand.New(rand.NewPCG(9, uint64(n))), "a", n))
		if err != nil {
			f.Fatal(err)
		}
		whole = append(whole, data)
	}
	random := rand.New(rand.NewPCG(10, 11))
	for range 300 {
		change := make([]byte, 3*(1+random.IntN(3)))
		for i := range change {
			change[i] = byte(random.Uint32())
		}
		f.Add(uint8(random.IntN(3)), change, uint32(0))
	}
	for _, from := range []uint32{1, 2, 8, 16, 17, 100} {
		f.Add(uint8(1), []byte{}, from)
	}
	f.Fuzz(func(t *testing.T, of uint8, change []byte, cut uint32) {
		data := slices.Clone(whole[int(of)%len(whole)])
		for ; len(change) >= 3; change = change[3:] {
			at := int(binary.LittleEndian.Uint16(change)) * len(data) >> 16
			data[at] = change[2]
			if change[0] == 0xff { // near the end, where the directory is
				data[len(data)-1-int(change[1])%min(len(data), 60)] = change[2]
			}
		}
		data = data[:len(data)-int(cut)%len(data)]
		s, err := parse(data, &testPlugin.Schema)
		if err != nil {
			return
		}
		walkAll(s)
	})
}

// walkAll reads whatever a segment has, past errors.
func walkAll(s *Segment) {
	const most = 2000 // documents, terms and blocks: that a damaged segment can say it has
	for i := -1; i < len(s.schema.Stored); i++ {
		r := s.Stored(i)
		for doc := range min(s.docs, most) {
			_, _ = r.Value(uint32(doc))
		}
	}
	for i := range s.numbers {
		for doc := range min(s.docs, most) {
			s.Numbers(i).Of(uint32(doc))
		}
	}
	for field := -1; field < len(s.schema.Terms); field++ {
		terms := s.Terms(field)
		it := terms.Iterate()
		for range most {
			if ok, err := it.Next(); !ok || err != nil {
				break
			}
			_, _ = terms.Postings(it.Term)
			if p, err := it.Postings(); err == nil {
				walkPostings(p)
			}
		}
	}
}

func walkPostings(p *Postings) {
	freqs := make([]int, p.field.Parts)
	for range 2000 {
		doc, err := p.Next()
		if err != nil || doc == End {
			break
		}
		_ = p.Freqs(freqs)
		for part := range freqs {
			_, _ = p.Positions(nil, part)
		}
	}
	again, selected := p.Again(), new(Selection)
	_, _ = again.Advance(100)
	_ = again.Among([]uint32{0, 3, 100, 1000}, selected, true)
	_ = again.AddTo(make([]uint64, p.limit/64+1))
}
