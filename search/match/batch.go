package match

import (
	"math"
	"math/bits"
	"slices"
	"sync"

	"chaja/search/ranking"
)

// Batch judges many documents together, term by term, as Lucene's BooleanScorer does: a term costs what its postings cost, and
// nothing for a document that lacks it. Its verdicts are those of Scorer.Match, to the last digit. It is not safe for concurrent use.
type Batch struct {
	scorer *Scorer // nil when every document matches
	find   Finder
	doc    func(i int) *Doc
	n      int // documents in the batch

	known []knowledge // by term
	found []Found     // by term
	sets  []Set       // by term, the documents that have it

	ok, full Set  // documents that match, and those of them with all the words
	named    Set  // documents that have one of the query's terms of which Space.IsName holds
	scored   bool // what follows is known of those that match
	own      Set  // see Weighted.Own
	exactly  Set  // documents that have something in exact
	exact    [BatchSize]float64
	boost    [BatchSize]float64
	words    [BatchSize]float64 // the score of the words
	have     [BatchSize]float64 // what of their weight a document has

	best, variant [2][BatchSize]float64 // the same two of a word and of its variant at hand; zero in between
}

// Found is what the documents of a batch have of one term.
type Found struct {
	At      []uint16 // the documents that have it, ascending
	Fields  []uint8  // by these: a bit for each field in which the term is; the first for a key
	Freqs   []uint32 // the number of occurrences, by these and, ascending, by field
	Lengths []uint32 // the number of tokens of the field in that document, in the same order; not of keys
}

// fields returns the number of fields in which the k-th document has the term.
func (f *Found) fields(k int) int { return bits.OnesCount8(f.Fields[k]) }

// Finder sets what the documents of a batch have of a term; At will do unless details are asked for. It is asked about terms that
// decide, mostly once.
type Finder func(term int, found *Found, details bool)

// knowledge is what is known of a term in a batch.
type knowledge uint8

const (
	nothing knowledge = iota
	which             // the documents that have it
	details           // how often
)

// released are batches that are not needed any more, as one is some tens of kilobytes.
var released = sync.Pool{New: func() any { return new(Batch) }}

// Batch returns a judge of batches, to be released after its last use. Doc returns one document of the batch, for what is decided by
// positions. A nil Scorer is that of a query that every document matches.
func (s *Scorer) Batch(find Finder, doc func(i int) *Doc) *Batch {
	b := released.Get().(*Batch)
	b.scorer, b.find, b.doc = s, find, doc
	b.best, b.variant = [2][BatchSize]float64{}, [2][BatchSize]float64{}
	if s == nil {
		return b
	}
	n := len(s.Query.Terms)
	b.found, b.sets, b.known = resized(b.found, n), resized(b.sets, n), resized(b.known, n)
	return b
}

// resized returns list with n elements, whatever they are.
func resized[T any](list []T, n int) []T { return slices.Grow(list[:0], n)[:n] }

// Release gives back what a Batch holds.
func (b *Batch) Release() {
	b.scorer, b.find, b.doc = nil, nil, nil
	clear(b.found)
	released.Put(b)
}

// Judged are the documents of a batch that match.
type Judged struct {
	OK     Set // those that do, whatever they fail of the filters that are open
	Full   Set // of these, those that have all the words
	failed [filterKinds]Set
}

// Passing returns the documents that match and fail no filters, but those of some kinds.
func (j *Judged) Passing(open FilterKind) Set {
	ok := j.OK
	for kind := range j.failed {
		if open>>kind&1 == 0 {
			ok = ok.Without(j.failed[kind])
		}
	}
	return ok
}

// Judge judges the next n documents, of which some are out of the bounds of dates. Filters of the open kinds rule none out.
func (b *Batch) Judge(n int, outOfDate Set, open FilterKind) (j Judged) {
	clear(b.known)
	b.n, b.scored, b.named = n, false, Set{}
	j.OK = firstOf(n)
	j.fail(DateFilter, outOfDate, open)
	if b.scorer == nil {
		j.Full = j.OK
		b.ok, b.full = j.OK, j.OK
		return j
	}
	for _, f := range b.scorer.Query.Filters {
		j.fail(f.Kind, j.OK.Without(f.Condition.among(b, j.OK)), open)
	}
	if j.OK = b.scorer.Query.Required.among(b, j.OK); !j.OK.isEmpty() {
		j.OK, j.Full = b.judge(j.OK)
	}
	return j
}

// fail marks documents that fail a filter.
func (j *Judged) fail(kind FilterKind, failing Set, open FilterKind) {
	if kind&open == 0 {
		j.OK = j.OK.Without(failing)
		return
	}
	at := bits.TrailingZeros8(uint8(kind))
	j.failed[at] = j.failed[at].Or(failing)
}

// judge judges documents that pass the filters and have what is required.
func (b *Batch) judge(within Set) (ok, full Set) {
	s := b.scorer
	for t, term := range s.Query.Terms {
		if term.Space.IsName() && s.Stats.DocFreq[t] > 0 {
			b.named = b.named.Or(b.set(t).And(within))
		}
	}
	if s.Query.loose {
		b.score(within) // first, as it asks for all that is to be known of a term
	}
	full = s.unnamed.among(b, within)
	if named := b.named.Without(full); !named.isEmpty() {
		full = full.Or(s.Full.among(b, named))
	}
	if ok = full; s.Query.loose {
		ok = full.Or(b.enough(within.Without(full)))
	}
	b.ok, b.full = ok, full
	return ok, full
}

// complete scores what matches, which nobody asks for where documents are only counted.
func (b *Batch) complete() {
	s := b.scorer
	b.scored = true
	if !s.Query.loose {
		b.score(b.ok)
	}
	b.findExact(b.ok)
	b.findBoosts()
	if b.own = (Set{}); s.Own != nil {
		b.own = b.exactly.And(b.full).Or(s.Own.among(b, b.full.Without(b.exactly)))
	}
}

// enough returns the documents of within that have enough of the weight of the words.
func (b *Batch) enough(within Set) (ok Set) {
	var few Set
	for i := range within.All() {
		switch share := b.scorer.enough(b.have[i]); {
		case share == ofAll:
			ok.Add(i)
		case share == ofWords:
			few.Add(i)
		}
	}
	return ok.Or(b.scorer.AnyWord.among(b, few))
}

// findExact finds titles and headings that are what was typed.
func (b *Batch) findExact(within Set) {
	s := b.scorer
	b.exactly = Set{}
	clear(b.exact[:b.n])
	give := func(to Set, bonus float64) {
		for i := range to.All() {
			b.exact[i] = bonus * s.Total
		}
		b.exactly, within = b.exactly.Or(to), within.Without(to)
	}
	named := func(names []int) (to Set) {
		if left := within.And(b.named); !left.isEmpty() {
			for _, t := range names {
				to = to.Or(b.set(t).And(left))
			}
		}
		return to
	}
	give(named(s.Query.Titles), ranking.ExactTitle)
	for _, n := range s.Query.Names {
		give(n.isTitleOf(b, within), ranking.SameTitle)
	}
	give(named(s.Query.Headings), ranking.ExactHeading)
	give(named(s.Query.Begun), ranking.BegunName)
}

// findBoosts multiplies the boosts of each document that matches.
func (b *Batch) findBoosts() {
	for i := range b.boost[:b.n] {
		b.boost[i] = 1
	}
	for i, term := range b.scorer.Query.boosted {
		boosted := b.set(term).And(b.ok)
		for doc := range boosted.All() {
			b.boost[doc] *= b.scorer.Query.Boosts[i].Factor
		}
	}
}

// Most returns what the score of a document that matches is at most, which costs less than the score.
func (b *Batch) Most(i int) float64 {
	if !b.scores() {
		return 0
	}
	const rounding = 1 + 1e-9
	share := 1 + b.scorer.few*(b.have[i]/b.scorer.Total-1) // Bernoulli's inequality: the power is not more
	return b.scorer.sum(b.words[i], share, b.exact[i], b.full.Has(i), b.own.Has(i), b.boost[i]) * rounding
}

// Verdict returns the verdict on a document that matches.
func (b *Batch) Verdict(i int) Verdict {
	v := Verdict{OK: true, Full: b.full.Has(i), Named: b.named.Has(i)}
	if !b.scores() {
		return v
	}
	v.words, v.share, v.exact = b.words[i], math.Pow(b.have[i]/b.scorer.Total, b.scorer.few), b.exact[i]
	v.own, v.boost = b.own.Has(i), b.boost[i]
	v.Score = b.scorer.sum(v.words, v.share, v.exact, v.Full, v.own, v.boost)
	return v
}

// scores reports whether documents have scores, and sees to it that these are known.
func (b *Batch) scores() bool {
	if b.scorer == nil || b.scorer.Total == 0 {
		return false
	}
	if !b.scored {
		b.complete()
	}
	return true
}

// of returns what the documents have of a term.
func (b *Batch) of(term int) *Found {
	b.learn(term, details)
	return &b.found[term]
}

// set returns the documents that have a term.
func (b *Batch) set(term int) Set {
	b.learn(term, which)
	return b.sets[term]
}

// learn sees to it that something is known of a term.
func (b *Batch) learn(term int, what knowledge) {
	if b.known[term] >= what {
		return
	}
	found, s := &b.found[term], &b.sets[term]
	b.find(term, found, what == details)
	if b.known[term] == nothing {
		*s = Set{}
		for _, i := range found.At {
			s.Add(int(i))
		}
	}
	b.known[term] = what
}
