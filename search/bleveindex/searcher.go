package bleveindex

import (
	"context"
	"math"

	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"chaja/search/match"
)

// newSearcher opens the postings of every term of a query; nil stands for one that every document matches. Filters of the open
// kinds rule no document out. The numbers of documents are below docs.
func newSearcher(r index.IndexReader, query *match.Query, open match.FilterKind, docs int) (*searcher, error) {
	s := &searcher{query: query, open: open, docs: uint64(docs), all: query == nil}
	if query == nil {
		return s, nil
	}
	return s, s.prepare(r)
}

// searcher walks the candidates of a query in the order of the index and keeps those that match. It has a cursor for
// each term and field; those of the candidate terms lead, the others follow to the document at hand when asked about it.
type searcher struct {
	query   *match.Query
	open    match.FilterKind
	scorer  *match.Scorer
	cursors []*cursor
	byTerm  [][match.Fields]*cursor // the same; nil where no document has the term in the field
	leaders []*cursor
	all     bool                // every number is a candidate, and nothing leads
	docs    uint64              // the end of the numbers
	at      uint64              // the candidate at hand
	doc     match.Doc           // the same, for the scorer
	freq    [][match.Fields]int // by term, of the candidate at hand if the term is known there
	known   []uint64            // by term, the number of the last candidate whose freq was asked, counted from 1
	err     error               // of a cursor that was to follow
}

func (s *searcher) prepare(r index.IndexReader) error {
	n := len(s.query.Terms)
	s.byTerm, s.freq, s.known = make([][match.Fields]*cursor, n), make([][match.Fields]int, n), make([]uint64, n)
	s.doc.Freq, s.doc.Positions = s.freqs, s.positions
	stats, err := s.stats(r)
	if err != nil {
		return err
	}
	for term, t := range s.query.Terms {
		if err := s.openTerm(r, term, t); err != nil {
			return err
		}
		for _, c := range s.cursors {
			if c.term == term {
				stats.DocFreq[term] = max(stats.DocFreq[term], int(c.postings.count))
			}
		}
	}
	s.scorer = s.query.Scorer(stats)
	return s.lead()
}

func (s *searcher) stats(r index.IndexReader) (match.Stats, error) {
	docs, err := r.DocCount()
	if err != nil {
		return match.Stats{}, err
	}
	totals, err := readTotals(r)
	if err != nil {
		return match.Stats{}, err
	}
	stats := match.Stats{Docs: int(docs), DocFreq: make([]int, len(s.query.Terms))}
	for lane := range totals.Tokens {
		for f, n := range totals.Tokens[lane] {
			stats.AvgLength[lane][f] = float64(n) / float64(totals.Docs[lane][f]) // asked for only where some document has the field
		}
	}
	return stats, nil
}

// openTerm adds the cursors of one term.
func (s *searcher) openTerm(r index.IndexReader, term int, t match.Term) error {
	if !t.Space.IsText() {
		return s.openCursor(r, &cursor{term: term, space: t.Space, name: keyFields[t.Space]}, t.Text, false)
	}
	for f := range match.Field(match.Fields) {
		c := &cursor{term: term, space: t.Space, field: f, name: textField(f, t.Space)}
		if err := s.openCursor(r, c, t.Text, s.query.NeedsPositions(term)); err != nil {
			return err
		}
	}
	return nil
}

func (s *searcher) openCursor(r index.IndexReader, c *cursor, text string, positions bool) (err error) {
	if c.postings, err = openPostings(r, c.name, text, positions); err != nil || c.postings.count == 0 {
		return err
	}
	s.cursors = append(s.cursors, c)
	s.byTerm[c.term][c.field] = c
	return nil
}

// lead chooses the cursors that lead and sets them to their first document.
func (s *searcher) lead() error {
	terms, ok := s.scorer.Candidates(s.open)
	if !ok {
		s.all = true
		return nil
	}
	leads := make([]bool, len(s.query.Terms))
	for _, t := range terms {
		leads[t] = true
	}
	for _, c := range s.cursors {
		if leads[c.term] {
			s.leaders = append(s.leaders, c)
			if err := c.next(); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkEvery is the number of candidates between two looks at the context.
const checkEvery = 256

// walk calls found with every document that matches, in the order of the index, until it returns false. Admits says what
// narrowing filters a number fails beside those of the query; numbers that no document has must not be admitted.
func (s *searcher) walk(ctx context.Context, admits func(doc uint64) (match.FilterKind, bool), found func(hit, match.FilterKind, func() []int) bool) error {
	for n := uint64(0); ; n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if s.at = s.candidate(n); s.at == end {
			return nil
		}
		if failed, ok := admits(s.at); ok {
			verdict, failed := s.match(failed)
			if s.err != nil {
				return s.err
			}
			if verdict.OK && !found(hit{doc: s.at, score: verdict.Score, full: verdict.Full}, failed, s.lacks) {
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

// lacks returns the words that the candidate at hand has not. An error is left in s.err, as by freqs.
func (s *searcher) lacks() []int { return s.scorer.Missing(&s.doc) }

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

// freqs brings the cursors of a term to the candidate at hand and returns what they say of it. An error, which a scorer can
// do nothing about, is left in s.err.
func (s *searcher) freqs(term int) *[match.Fields]int {
	freq := &s.freq[term]
	if s.known[term] == s.at+1 {
		return freq
	}
	*freq, s.known[term] = [match.Fields]int{}, s.at+1
	for _, c := range s.byTerm[term] {
		if c == nil {
			continue
		}
		if c.doc < s.at || !c.started {
			if err := c.advance(s.at); err != nil {
				s.err = err
				return freq
			}
		}
		if c.doc != s.at {
			continue
		}
		freq[c.field] = int(c.at.Frequency())
		if c.space.IsText() {
			norm := c.at.Norm() // the length as Bleve tells it
			s.doc.Length[c.space][c.field] = int(math.Round(1 / (norm * norm)))
		}
	}
	return freq
}

func (s *searcher) positions(term int, f match.Field) []int {
	if s.freqs(term)[f] == 0 {
		return nil // the cursor stands on a later document
	}
	c := s.byTerm[term][f]
	if len(c.positions) == 0 {
		for _, l := range c.at.Locations() {
			c.positions = append(c.positions, int(l.Pos())-1)
		}
	}
	return c.positions
}

// end is the number of a document after the last one.
const end uint64 = math.MaxUint64

// cursor walks the documents that have a term in a field.
type cursor struct {
	term     int
	space    match.Space
	field    match.Field
	name     string
	postings *postings
	started  bool
	doc      uint64          // the document it stands on, or end
	at       segment.Posting // what is known of the term there

	positions []int // there, once they have been asked for
}

func (c *cursor) next() error {
	return c.stand(c.postings.next())
}

// advance moves to doc, which lies ahead. If doc lacks the term, it moves to the next document that has it.
func (c *cursor) advance(doc uint64) error {
	switch {
	case c.doc == end:
		return nil
	case c.started && doc == c.doc+1:
		return c.next() // the same for less
	}
	return c.stand(c.postings.advance(doc))
}

func (c *cursor) stand(at segment.Posting, err error) error {
	c.started, c.doc, c.at, c.positions = true, end, at, c.positions[:0]
	if err == nil && at != nil {
		c.doc = c.postings.base + at.Number()
	}
	return err
}
