package bleveindex

import (
	"math/bits"
	"slices"

	"chaja/search/bleveindex/segment"
	"chaja/search/match"
)

// candidates returns the documents of a leaf that a query may find, a bit for each; nil for all.
func (s *searcher) candidates(l *leaf) ([]uint64, error) {
	if s.leaders == nil {
		return nil, nil
	}
	n := int(l.Count()+63) / 64
	s.leading = slices.Grow(s.leading[:0], n)[:n]
	docs := s.leading
	clear(docs)
	for _, term := range s.leaders {
		if p := s.of(term)[s.leaf]; p != nil {
			if err := p.AddTo(docs); err != nil {
				return nil, err
			}
		}
	}
	return docs, nil
}

// fill makes s.docs the next candidates from a document on, without those that do not exist any more or are out of the bounds of
// dates; where these are open, it says which are out of them. It returns where the candidates after these begin.
func (s *searcher) fill(l *leaf, candidates []uint64, from uint32, low, high int64) (next uint32, outOfDate match.Set) {
	s.docs = s.docs[:0]
	dates := s.values.dates[l.base:l.end()]
	for doc := nextIn(candidates, from, uint32(len(dates))); doc < uint32(len(dates)); doc = nextIn(candidates, doc+1, uint32(len(dates))) {
		if len(s.docs) == match.BatchSize {
			return doc, outOfDate
		}
		date := dates[doc]
		if date < low || date >= high {
			if date == noDocument || s.open&match.DateFilter == 0 {
				continue
			}
			outOfDate.Add(len(s.docs))
		}
		s.docs = append(s.docs, doc)
	}
	return uint32(len(dates)), outOfDate
}

// nextIn returns the first document from one on that has its bit, end if there is none; without bits every document has it.
func nextIn(docs []uint64, from, end uint32) uint32 {
	if docs == nil {
		return from
	}
	at := int(from / 64)
	if at >= len(docs) {
		return end
	}
	if word := docs[at] >> (from % 64); word != 0 {
		return from + uint32(bits.TrailingZeros64(word))
	}
	for at++; at < len(docs); at++ {
		if docs[at] != 0 {
			return uint32(at*64 + bits.TrailingZeros64(docs[at]))
		}
	}
	return end
}

// appendLengths appends the lengths of the fields in which documents have a term.
func (l *leaf) appendLengths(lengths []uint32, space match.Space, docs []uint32, selected *segment.Selection) []uint32 {
	var columns [match.Fields]*segment.Numbers
	for f := range columns {
		columns[f] = l.Numbers(lengthColumn(int(space), f))
	}
	for k, i := range selected.At {
		for fields := selected.Parts[k]; fields != 0; fields &= fields - 1 {
			lengths = append(lengths, uint32(columns[bits.TrailingZeros8(fields)].Of(docs[i])))
		}
	}
	return lengths
}
