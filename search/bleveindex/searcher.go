package bleveindex

import (
	"context"
	"slices"
	"sync"

	"chaja/search/bleveindex/segment"
	"chaja/search/match"
)

// newSearcher opens the postings of every term of a query; nil stands for one that every document matches. Filters
// of the open kinds rule no document out.
func newSearcher(leaves []leaf, query *match.Query, open match.FilterKind, values *docValues) (*searcher, error) {
	s := &searcher{query: query, open: open, values: values, leaves: leaves, room: rooms.Get().(*room)}
	if query == nil {
		s.batch = s.scorer.Batch(nil, nil)
		return s, nil
	}
	if err := s.prepare(values.stats); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// searcher walks the candidates of a query in the order of the index, a batch at a time, and finds those that match. The postings of
// some terms say which documents are candidates; what they and the others have in a batch is read term by term. What needs positions
// looks at single documents.
type searcher struct {
	query    *match.Query // nil when every document matches
	open     match.FilterKind
	values   *docValues
	leaves   []leaf
	postings []*segment.Postings // by term and leaf; nil where no document has the term
	scorer   *match.Scorer
	leaders  []int // terms, one of which each candidate has; nil when every document is one
	batch    *match.Batch
	*room

	leaf   int // of the batch at hand
	single seeker
	err    error // of what the judge has asked for
}

// room is what a searcher needs memory for. It is used again, as a query may have a hundred terms.
type room struct {
	docs     []uint32            // in the batch at hand, by their numbers in the leaf
	selected []segment.Selection // by term, of the batch
	lengths  [][]uint32          // the same
	leading  []uint64            // see candidates
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// grow makes room for so many terms.
func (r *room) grow(terms int) {
	for len(r.selected) < terms {
		r.selected, r.lengths = append(r.selected, segment.Selection{}), append(r.lengths, nil)
	}
}

func (s *searcher) prepare(stats match.Stats) error {
	terms := s.query.Terms
	s.postings = make([]*segment.Postings, len(terms)*len(s.leaves))
	s.grow(len(terms))
	stats.DocFreq = make([]int, len(terms))
	for term, t := range terms {
		var err error
		if stats.DocFreq[term], err = s.openTerm(t, s.of(term)); err != nil {
			return err
		}
	}
	s.scorer = s.query.Scorer(stats)
	s.batch = s.scorer.Batch(s.find, s.document)
	s.single = newSeeker(s)
	if leaders, ok := s.scorer.Candidates(s.open); ok {
		slices.Sort(leaders)
		s.leaders = append([]int{}, slices.Compact(leaders)...)
	}
	return nil
}

// of returns the postings of a term by leaf.
func (s *searcher) of(term int) []*segment.Postings {
	return s.postings[term*len(s.leaves):][:len(s.leaves)]
}

// openTerm opens the postings of a term, and returns how many documents have it in the field where most do. Deleted ones are not
// counted.
func (s *searcher) openTerm(t match.Term, postings []*segment.Postings) (docFreq int, err error) {
	text := []byte(t.Text)
	var total [segment.MaxParts]int
	for i := range s.leaves {
		p, err := s.leaves[i].Terms(int(t.Space)).Postings(text)
		if err != nil {
			return 0, err
		}
		if p == nil {
			continue
		}
		postings[i] = p
		counts, err := p.Counts(s.leaves[i].deleted)
		if err != nil {
			return 0, err
		}
		for part, n := range counts {
			total[part] += n
			docFreq = max(docFreq, total[part])
		}
	}
	return docFreq, nil
}

// close ends the use of a searcher, which may be nil.
func (s *searcher) close() {
	if s == nil {
		return
	}
	for i, p := range s.postings {
		if p != nil {
			p.Release()
			s.postings[i] = nil
		}
	}
	s.postings = nil
	s.single.close()
	if s.batch != nil {
		s.batch.Release()
		s.batch = nil
	}
	if s.room != nil {
		rooms.Put(s.room)
		s.room = nil
	}
}

// walk calls f with each batch of candidates that was judged, until it returns false. Documents that are out of the bounds of dates
// are ruled out like those that filters rule out.
func (s *searcher) walk(ctx context.Context, low, high int64, f found) error {
	for s.leaf = range s.leaves {
		l := &s.leaves[s.leaf]
		candidates, err := s.candidates(l)
		if err != nil {
			return err
		}
		for from := uint32(0); ; {
			if err := ctx.Err(); err != nil {
				return err
			}
			var outOfDate match.Set
			from, outOfDate = s.fill(l, candidates, from, low, high)
			if len(s.docs) == 0 {
				break
			}
			judged := s.batch.Judge(len(s.docs), outOfDate, s.open)
			if s.err != nil {
				return s.err
			}
			if judged.OK != (match.Set{}) && !f(s, &judged) {
				return nil
			}
		}
	}
	return nil
}

// number returns the number in the index of a document of the batch.
func (s *searcher) number(i int) uint64 { return s.leaves[s.leaf].base + uint64(s.docs[i]) }

// find is the match.Finder of a batch. An error, which a judge can do nothing about, is left in s.err.
func (s *searcher) find(term int, found *match.Found, details bool) {
	p, selected := s.of(term)[s.leaf], &s.selected[term]
	selected.Reset()
	if p != nil {
		if err := p.Among(s.docs, selected, details); err != nil {
			s.err = err
			selected.Reset()
		}
	}
	found.At, found.Fields, found.Freqs = selected.At, selected.Parts, selected.Freqs
	if space := s.query.Terms[term].Space; details && space.IsText() {
		s.lengths[term] = s.leaves[s.leaf].appendLengths(s.lengths[term][:0], space, s.docs, selected)
		found.Lengths = s.lengths[term]
	}
}

// document returns a document of the batch.
func (s *searcher) document(i int) *match.Doc { return s.single.to(s.number(i)) }

// hasNearness reports whether the nearness of words is to be added to scores.
func (s *searcher) hasNearness() bool { return s.query != nil && s.scorer.HasNearness() }

// revisit goes to each of some hits once more, in the order of the index, into which it brings them, and calls f there.
func (s *searcher) revisit(hits []hit, f func(*hit, *match.Doc)) error {
	inOrder(hits)
	for i := range hits {
		f(&hits[i], s.single.to(hits[i].doc))
		if s.err != nil {
			return s.err
		}
	}
	return nil
}
