package bleveindex

import (
	"cmp"
	"context"
	"slices"

	"chaja/search/match"
)

// newSearcher opens the postings of every term of a query; nil stands for one that every document matches. Filters
// of the open kinds rule no document out.
func newSearcher(leaves []leaf, query *match.Query, open match.FilterKind, values *docValues) (*searcher, error) {
	s := &searcher{query: query, open: open, docs: uint64(len(values.dates)), all: query == nil}
	if query == nil {
		return s, nil
	}
	return s, s.prepare(leaves, values.stats)
}

// searcher walks the candidates of a query in the order of the index and keeps those that match. It has a cursor for
// each term; those of the candidate terms lead, the others follow to the document at hand when asked about it.
type searcher struct {
	query   *match.Query
	open    match.FilterKind
	scorer  *match.Scorer
	cursors []*cursor // by term
	leaders []*cursor
	all     bool                // every number is a candidate, and nothing leads
	docs    uint64              // the end of the numbers
	at      uint64              // the candidate at hand
	doc     match.Doc           // the same, for the scorer
	freq    [][match.Fields]int // by term, of the candidate at hand if the term is known there
	known   []uint64            // by term, the number of the last candidate whose freq was asked, counted from 1
	verdict match.Verdict       // on the candidate at hand
	err     error               // of a cursor that was to follow
}

func (s *searcher) prepare(leaves []leaf, stats match.Stats) error {
	n := len(s.query.Terms)
	s.cursors, s.freq, s.known = make([]*cursor, n), make([][match.Fields]int, n), make([]uint64, n)
	s.doc.Freq, s.doc.Positions = s.freqs, s.positions
	stats.DocFreq = make([]int, n)
	for term, t := range s.query.Terms {
		c, err := openCursor(leaves, term, t)
		if err != nil {
			return err
		}
		s.cursors[term], stats.DocFreq[term] = c, c.docFreq
	}
	s.scorer = s.query.Scorer(stats)
	return s.lead()
}

// lead chooses the cursors that lead and sets them to their first document.
func (s *searcher) lead() error {
	terms, ok := s.scorer.Candidates(s.open)
	if !ok {
		s.all = true
		return nil
	}
	slices.Sort(terms)
	for _, term := range slices.Compact(terms) {
		c := s.cursors[term]
		s.leaders = append(s.leaders, c)
		if err := c.next(); err != nil {
			return err
		}
	}
	return nil
}

// checkEvery is the number of candidates between two looks at the context.
const checkEvery = 256

// walk calls found with every document that matches, in the order of the index, until it returns false. Admits says
// what narrowing filters a number fails beside those of the query; numbers that no document has must not be
// admitted.
func (s *searcher) walk(ctx context.Context, admits func(doc uint64) (match.FilterKind, bool), f found) error {
	for n := uint64(0); ; n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if s.at = s.candidate(n); s.at == end {
			return nil
		}
		if failed, ok := admits(s.at); ok {
			verdict, failed := s.match(failed)
			s.verdict = verdict
			if s.err != nil {
				return s.err
			}
			if verdict.OK && !f(s, hit{doc: s.at, score: verdict.Score, full: verdict.Full}, failed) {
				return s.err
			}
		}
		if err := s.pass(); err != nil {
			return err
		}
	}
}

// match decides on the candidate at hand, which fails some filters.
func (s *searcher) match(failed match.FilterKind) (v match.Verdict, all match.FilterKind) {
	if s.query == nil {
		return match.Verdict{OK: true, Full: true}, failed
	}
	if failed |= s.scorer.Failed(&s.doc); failed&^s.open != 0 {
		return v, failed
	}
	return s.scorer.Match(&s.doc), failed
}

// hasNearness reports whether the nearness of words is to be added to scores.
func (s *searcher) hasNearness() bool { return s.query != nil && s.scorer.HasNearness() }

// mostNear returns what the score of the candidate at hand may become with nearness.
func (s *searcher) mostNear() float64 {
	if !s.hasNearness() {
		return s.verdict.Score
	}
	return s.scorer.MostNear(&s.doc, s.verdict)
}

// revisit goes to each of some hits once more, in the order of the index, into which it brings them, and calls f there.
func (s *searcher) revisit(hits []hit, f func(*hit)) error {
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Compare(a.doc, b.doc) })
	for _, c := range s.cursors {
		c.restart()
	}
	clear(s.known)
	for i := range hits {
		s.at = hits[i].doc
		f(&hits[i])
		if s.err != nil {
			return s.err
		}
	}
	return nil
}

// candidate returns the n-th candidate, the first document that a leader stands on; end after the last one.
func (s *searcher) candidate(n uint64) uint64 {
	if s.all && n < s.docs {
		return n
	}
	first := end
	for _, c := range s.leaders {
		first = min(first, c.doc)
	}
	return first
}

// pass moves the leaders that stand on the candidate at hand to their next document.
func (s *searcher) pass() error {
	for _, c := range s.leaders {
		if c.doc == s.at {
			if err := c.next(); err != nil {
				return err
			}
		}
	}
	return nil
}

// freqs brings the cursors of a term to the candidate at hand and returns what they say of it. An error, which a
// scorer can do nothing about, is left in s.err.
func (s *searcher) freqs(term int) *[match.Fields]int {
	freq := &s.freq[term]
	if s.known[term] == s.at+1 {
		return freq
	}
	*freq, s.known[term] = [match.Fields]int{}, s.at+1
	c, err := s.cursors[term], error(nil)
	if c.doc < s.at || !c.started {
		err = c.advance(s.at)
	}
	if err == nil && c.doc == s.at {
		err = c.freqs(freq, &s.doc.Length)
	}
	if err != nil {
		s.err = err
	}
	return freq
}

func (s *searcher) positions(term int, f match.Field) []int {
	if s.freqs(term)[f] == 0 {
		return nil // the cursor stands on a later document
	}
	at, err := s.cursors[term].positionsIn(f)
	if err != nil {
		s.err = err
	}
	return at
}
