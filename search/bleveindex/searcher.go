package bleveindex

import (
	"cmp"
	"context"
	"slices"
	"sort"

	"chaja/search/bleveindex/segment"
	"chaja/search/match"
)

// newSearcher opens the postings of every term of a query; nil stands for one that every document matches. Filters
// of the open kinds rule no document out.
func newSearcher(leaves []leaf, query *match.Query, open match.FilterKind, values *docValues) (*searcher, error) {
	s := &searcher{query: query, open: open, docs: uint64(len(values.dates)), all: query == nil}
	if query == nil {
		return s, nil
	}
	if err := s.prepare(leaves, values.stats); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// searcher walks the candidates of a query in the order of the index and keeps those that match. It has a cursor for
// each term; those of the candidate terms lead, the others follow to the document at hand when asked about it.
type searcher struct {
	query    *match.Query
	open     match.FilterKind
	leaves   []leaf
	scorer   *match.Scorer
	cursors  []cursor // by term
	leaders  []*cursor
	names    []*cursor     // of names
	named    uint64        // the first document that has one of these, from the candidate at hand on
	all      bool          // every number is a candidate, and nothing leads
	docs     uint64        // the end of the numbers
	at       uint64        // the candidate at hand
	doc      match.Doc     // the same, for the scorer
	measured lengths       // those of doc that are known
	verdict  match.Verdict // on the candidate at hand
	err      error         // of a cursor that was to follow
}

// lengths is a set of lengths of fields that are known of a document.
type lengths struct {
	leaf  *leaf
	doc   uint32
	known [match.Lanes][match.Fields]bool
}

func (s *searcher) prepare(leaves []leaf, stats match.Stats) error {
	n := len(s.query.Terms)
	s.leaves, s.cursors = leaves, make([]cursor, n)
	s.doc.Freq, s.doc.Positions = s.freqs, s.positions
	stats.DocFreq = make([]int, n)
	parts := make([]*segment.Postings, n*len(leaves))
	for term, t := range s.query.Terms {
		c := &s.cursors[term]
		if err := c.open(leaves, parts[term*len(leaves):][:len(leaves)], t); err != nil {
			return err
		}
		if stats.DocFreq[term] = c.docFreq; t.Space.IsName() && c.docFreq > 0 {
			s.names = append(s.names, c)
		}
	}
	s.scorer = s.query.Scorer(stats)
	return s.lead()
}

// close ends the use of a searcher, which may be nil.
func (s *searcher) close() {
	if s == nil {
		return
	}
	for i := range s.cursors {
		s.cursors[i].close()
	}
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
		c := &s.cursors[term]
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
		at := s.candidate(n)
		if at == end {
			return nil
		}
		s.goTo(at)
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
	for i := range s.cursors {
		s.cursors[i].restart()
	}
	s.named, s.doc.Unnamed = 0, false
	for i := range hits {
		s.goTo(hits[i].doc)
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

// goTo makes a document the one at hand.
func (s *searcher) goTo(doc uint64) {
	s.at = doc
	l := s.measured.leaf
	if l == nil || doc < l.base || doc >= l.end() {
		i := sort.Search(len(s.leaves), func(i int) bool { return doc < s.leaves[i].end() })
		if i == len(s.leaves) {
			return
		}
		l = &s.leaves[i]
	}
	s.measured = lengths{leaf: l, doc: uint32(doc - l.base)}
	if doc > s.named || doc == s.named && !s.doc.Unnamed {
		s.findNamed()
	}
	s.doc.Unnamed = doc != s.named
}

// findNamed sets the first document from the candidate at hand on that has a name.
func (s *searcher) findNamed() {
	s.named = end
	for _, c := range s.names {
		if c.doc < s.at || !c.started {
			if err := c.advance(s.at); err != nil {
				s.err = err
			}
		}
		s.named = min(s.named, c.doc)
	}
}

// noFreq is that of a term which the document at hand has not.
var noFreq [match.Fields]int

// freqs brings the cursor of a term to the candidate at hand and returns what it says of it. An error, which a scorer
// can do nothing about, is left in s.err.
func (s *searcher) freqs(term int) *[match.Fields]int {
	c := &s.cursors[term]
	if c.doc < s.at || !c.started {
		if err := c.advance(s.at); err != nil {
			s.err = err
			return &noFreq
		}
	}
	if c.doc != s.at {
		return &noFreq
	}
	if !c.counted {
		if err := c.count(); err != nil {
			s.err = err
			return &noFreq
		}
		s.measure(c)
	}
	return &c.freq
}

// measure sets the lengths of the fields that have a term.
func (s *searcher) measure(c *cursor) {
	if !c.space.IsText() {
		return
	}
	for f, n := range &c.freq {
		if n > 0 && !s.measured.known[c.space][f] {
			column := s.measured.leaf.Numbers(lengthColumn(int(c.space), f))
			s.doc.Length[c.space][f], s.measured.known[c.space][f] = int(column.Of(s.measured.doc)), true
		}
	}
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
