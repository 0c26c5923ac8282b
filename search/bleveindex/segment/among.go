package segment

import (
	"sort"
)

// Selection is what some documents have of a term.
type Selection struct {
	At    []uint16 // which of the documents that were asked for have the term, ascending, by their index
	Parts []uint8  // by these, a bit for each part in which it is
	Freqs []uint32 // how often it is there, by these and, ascending, by part
}

// Reset makes s empty.
func (s *Selection) Reset() { s.At, s.Parts, s.Freqs = s.At[:0], s.Parts[:0], s.Freqs[:0] }

// Among adds to s which of docs have the term and, if asked for, how often. Docs ascend and are at most 65,536. Blocks without any of them are not decoded.
func (p *Postings) Among(docs []uint32, s *Selection, details bool) error {
	if p.block > 0 && len(docs) > 0 && (p.n == 0 || docs[0] < p.docs[0]) {
		p.Restart()
	}
	for i := 0; i < len(docs); {
		for p.n == 0 || p.docs[p.n-1] < docs[i] {
			if at, err := p.enter(p.find(docs[i])); err != nil || at == End {
				return err
			}
		}
		end := i + countUpTo(docs[i:], p.docs[p.n-1])
		if err := p.amongBlock(docs[i:end], uint16(i), s, details); err != nil {
			return err
		}
		i = end
	}
	return nil
}

// countUpTo returns how many of docs, which ascend, are not behind last.
func countUpTo(docs []uint32, last uint32) int {
	if n := len(docs); docs[n-1] <= last {
		return n
	}
	return sort.Search(len(docs), func(i int) bool { return docs[i] > last })
}

// sparse is how many times more numbers one list has than the other for its numbers to be looked up in the other, and not met on a way
// through both.
const sparse = 8

// amongBlock adds what the block at hand has of docs, none of which lies behind it.
func (p *Postings) amongBlock(docs []uint32, base uint16, s *Selection, details bool) error {
	var index [blockSize]uint8 // in the block, of each document that is found
	found := index[:0]
	block := p.docs[:p.n]
	if first := docs[0]; block[0] < first {
		block = block[sort.Search(p.n, func(i int) bool { return block[i] >= first }):]
	}
	skipped := uint8(p.n - len(block))
	switch {
	case len(block) > sparse*len(docs):
		for i, doc := range docs {
			if j := lookUp(block, doc); j < len(block) && block[j] == doc {
				s.At, found = append(s.At, base+uint16(i)), append(found, skipped+uint8(j))
			}
		}
	case len(docs) > sparse*len(block):
		for j, doc := range block {
			if i := lookUp(docs, doc); i < len(docs) && docs[i] == doc {
				s.At, found = append(s.At, base+uint16(i)), append(found, skipped+uint8(j))
			}
		}
	default:
		j := 0
		for i, doc := range docs {
			for j < len(block) && block[j] < doc {
				j++
			}
			if j == len(block) {
				break
			}
			if block[j] == doc {
				s.At, found = append(s.At, base+uint16(i)), append(found, skipped+uint8(j))
			}
		}
	}
	if !details {
		return nil
	}
	return p.appendDetails(found, s)
}

// lookUp returns the index of the first of some ascending numbers that is not less than doc. As no two are equal, it is never further
// than doc is from the first.
func lookUp(docs []uint32, doc uint32) int {
	low, high := 0, len(docs)
	if doc <= docs[0] {
		return 0
	}
	if far := doc - docs[0]; far < uint32(high) {
		if high = int(far); docs[high] == doc {
			return high
		}
	}
	for low < high {
		if mid := int(uint(low+high) >> 1); docs[mid] < doc {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// appendDetails adds in which parts, and how often, documents of the block at hand have the term.
func (p *Postings) appendDetails(found []uint8, s *Selection) error {
	if len(found) == 0 {
		return nil
	}
	if p.plain {
		for range found {
			s.Parts, s.Freqs = append(s.Parts, 1<<p.field.Usual), append(s.Freqs, 1)
		}
		return nil
	}
	if err := p.detail(); err != nil {
		return err
	}
	for _, i := range found {
		s.Parts = append(s.Parts, p.parts[i])
		s.Freqs = append(s.Freqs, p.freqs[p.first[i]:p.first[i+1]]...)
	}
	return nil
}

// AddTo sets the bit of each document with the term. Afterwards the postings stand before the first document.
func (p *Postings) AddTo(docs []uint64) error {
	defer p.Restart()
	for block := 0; block*blockSize < p.count; block++ {
		if _, err := p.enter(block); err != nil {
			return err
		}
		for _, doc := range p.docs[:p.n] {
			docs[doc/64] |= 1 << (doc % 64)
		}
	}
	return nil
}
